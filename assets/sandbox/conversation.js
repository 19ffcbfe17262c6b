// The middle of the page: head, messages or home tab, and the composer.
import { avatar } from './avatar.js';
import { blocks } from './blocks.js';
import { createComposer } from './composer.js';
import { el, icon } from './dom.js';
import { plural } from './format.js';
import { showMessages } from './message-list.js';
import { statusLine } from './status.js';
import { appChannel, currentChannel, goTo, isApp, state } from './store.js';

export function createConversation() {
  const head = document.getElementById('conversation-head');
  const list = document.getElementById('messages');
  // A region that scrolls must be reachable by keyboard.
  list.tabIndex = 0;
  const area = document.getElementById('composer-area');
  const status = el('div', { class: 'status', role: 'status', 'aria-live': 'polite' });
  const composer = createComposer(() => {
    const here = currentChannel();
    return { channel: here?.id ?? '', threadTs: '', label: `Message ${nameOf(here)}` };
  });
  area.append(composer.node, status);

  return {
    show() {
      const here = currentChannel();
      showHead(head, here);
      area.hidden = here === undefined || here.isArchived;
      if (here === undefined) return showHome(list);
      // A conversation with the app reads as one talk: replies stand where they were said.
      const isFlat = here.kind === 'direct';
      const shown = isFlat ? here.messages : here.messages.filter((message) => isOutside(message, here));
      showMessages(list, shown, {
        key: `${state.world.me}:${here.id}`,
        isFlat,
        lead: [welcome(here)],
        tail: promptNodes(here, composer),
      });
      statusLine(status, here.statuses);
      composer.refresh();
    },
  };
}

/** Not a reply, or one that is shown in the channel, too; also a reply whose parent is not here. */
function isOutside(message, here) {
  if (!message.thread_ts || message.thread_ts === message.ts || message.is_broadcast) return true;
  return !here.messages.some((one) => one.ts === message.thread_ts);
}

function nameOf(here) {
  if (!here) return '';
  return here.kind === 'direct' ? state.world.app.name : `#${here.name}`;
}

function showHead(head, here) {
  const { app } = state.world;
  const isAppPlace = !here || here.kind === 'direct';
  const title = isAppPlace
    ? [
        avatar(app.botUserId, 24),
        el('h1', { text: app.name }),
        el('span', { class: 'app-badge', text: 'APP' }),
      ]
    : [icon(here.kind === 'private' ? 'lock' : 'hash'), el('h1', { text: here.name })];
  const facts = isAppPlace
    ? tabs(here)
    : [
        here.topic ? el('span', { class: 'topic', text: here.topic }) : null,
        el('span', { class: 'members' }, icon('people'), plural(here.memberCount, 'member')),
      ];
  const offline = state.isOnline
    ? null
    : el('span', { class: 'offline', role: 'status', text: 'Reconnecting…' });
  head.replaceChildren(
    el('div', { class: 'head-title' }, ...title),
    ...facts.filter(Boolean),
    ...(offline ? [offline] : []),
  );
}

function tabs(here) {
  const tab = (text, isHere, place) =>
    el('button', {
      class: 'tab',
      type: 'button',
      'aria-current': isHere ? 'page' : null,
      text,
      on: { click: () => goTo(place) },
    });
  return [
    el(
      'div',
      { class: 'tabs' },
      tab('Home', !here, { kind: 'home' }),
      tab('Messages', Boolean(here), { kind: 'channel', id: appChannel()?.id ?? '' }),
    ),
  ];
}

function welcome(here) {
  const { app } = state.world;
  if (here.kind === 'direct')
    return el(
      'div',
      { class: 'welcome' },
      avatar(app.botUserId, 56),
      el('h2', { text: app.name }),
      el('p', {
        text: `This is the very beginning of your conversation with ${app.name}. Ask it something, or type / for its commands.`,
      }),
    );
  return el(
    'div',
    { class: 'welcome' },
    el('h2', { text: `# ${here.name}` }),
    el('p', { text: `This is the very beginning of the #${here.name} channel.` }),
  );
}

/** Suggested questions, while the last word was not the person's own. */
function promptNodes(here, composer) {
  const last = here.messages.at(-1);
  if (here.prompts.length === 0 || (last && (last.user === state.world.me || isApp(last.user)))) return [];
  return [
    el(
      'div',
      { class: 'prompts', role: 'group', 'aria-label': 'Suggested questions' },
      ...here.prompts.map((prompt) =>
        el('button', {
          class: 'prompt',
          type: 'button',
          text: prompt.title,
          title: prompt.message,
          on: { click: () => void composer.say(prompt.message) },
        }),
      ),
    ),
  ];
}

function showHome(list) {
  const { home, app } = state.world;
  const content = home
    ? blocks(home.blocks, { kind: 'view', id: home.id })
    : el('p', { class: 'empty', text: `${app.name} has nothing to show here yet.` });
  const key = `home:${home?.hash ?? ''}`;
  if (list.dataset.list === key) return;
  list.dataset.list = key;
  list.keyedNodes = new Map();
  list.replaceChildren(el('div', { class: 'home' }, content));
  list.scrollTop = 0;
}
