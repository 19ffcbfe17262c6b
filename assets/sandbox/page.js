// The page of the sandbox: puts the parts together. Everything it shows comes from this server, as the acting person.
import { showActing } from './acting.js';
import { createConversation } from './conversation.js';
import { icon } from './dom.js';
import { showModal } from './modal.js';
import { showSidebar } from './sidebar.js';
import { actAs, state, watch } from './store.js';
import { createThread } from './thread.js';
import { toast } from './toast.js';

const conversation = createConversation();
const thread = createThread();
const acting = document.getElementById('acting');
const sidebar = document.getElementById('sidebar');
const scrim = document.getElementById('scrim');
const menuButton = document.getElementById('menu-button');

function openMenu(isOpen) {
  document.body.classList.toggle('menu-open', isOpen);
  scrim.hidden = !isOpen;
  menuButton.setAttribute('aria-expanded', String(isOpen));
}

menuButton.append(icon('menu'));
menuButton.addEventListener('click', () => openMenu(!document.body.classList.contains('menu-open')));
scrim.addEventListener('click', () => openMenu(false));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') openMenu(false);
});

watch(() => {
  document.getElementById('team-name').textContent = state.world.team.name;
  showActing(acting);
  showSidebar(sidebar, () => openMenu(false));
  conversation.show();
  thread.show();
  showModal();
  const unread = state.world.channels.reduce((sum, one) => sum + one.unread, 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${state.world.team.name}`;
});

/** Where the address points: `#/c/<channel>/t/<thread>`, `#/home`, or a permalink `/archives/<channel>/p<ts>`. */
function readAddress() {
  const permalink = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})/.exec(location.pathname);
  if (permalink) {
    const thread = new URLSearchParams(location.search).get('thread_ts') ?? '';
    return { place: { kind: 'channel', id: permalink[1] }, thread, ts: `${permalink[2]}.${permalink[3]}` };
  }
  if (location.hash === '#/home') return { place: { kind: 'home' }, thread: '', ts: '' };
  const match = /^#\/c\/([A-Z0-9]+)(?:\/t\/([\d.]+))?/.exec(location.hash);
  return match ? { place: { kind: 'channel', id: match[1] }, thread: match[2] ?? '', ts: '' } : null;
}

const address = readAddress();
if (address) {
  state.place = address.place;
  state.thread = address.thread;
}
const wanted =
  new URLSearchParams(location.search).get('as') ?? localStorage.getItem('sandbox-acting-as') ?? '';

async function start() {
  try {
    await actAs(wanted);
    if (address?.ts)
      setTimeout(
        () =>
          document
            .querySelector(`[data-ts="${CSS.escape(address.ts)}"]`)
            ?.scrollIntoView({ block: 'center' }),
        200,
      );
  } catch (error) {
    // Nobody lives here yet, or the server restarts: look again soon.
    toast(error.message);
    setTimeout(() => void start(), 1500);
  }
}
void start();
