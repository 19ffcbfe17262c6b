// The pane on the right: a message and its replies.
import { createComposer } from './composer.js';
import { el, icon } from './dom.js';
import { plural } from './format.js';
import { showMessages } from './message-list.js';
import { statusLine } from './status.js';
import { currentChannel, goTo, state } from './store.js';

export function createThread() {
  const pane = document.getElementById('thread');
  const list = el('div', { class: 'message-scroll', role: 'log', 'aria-label': 'Replies', tabindex: '0' });
  const where = el('span', { class: 'thread-where' });
  const status = el('div', { class: 'status', role: 'status', 'aria-live': 'polite' });
  const composer = createComposer(() => ({
    channel: state.place.id,
    threadTs: state.thread,
    label: 'Reply…',
  }));
  const close = () => goTo(state.place);
  pane.append(
    el(
      'header',
      { class: 'thread-head' },
      el('div', {}, el('h2', { text: 'Thread' }), where),
      el(
        'button',
        { class: 'icon-button', type: 'button', 'aria-label': 'Close thread', on: { click: close } },
        icon('close'),
      ),
    ),
    list,
    el('div', { class: 'composer-area' }, composer.node, status),
  );
  pane.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  let shown = '';
  return {
    show() {
      const here = currentChannel();
      const parent = here?.messages.find((message) => message.ts === state.thread);
      pane.hidden = !parent;
      if (!parent) {
        shown = '';
        return;
      }
      where.textContent = here.kind === 'direct' ? state.world.app.name : `# ${here.name}`;
      const replies = here.messages.filter(
        (message) => message.thread_ts === parent.ts && message.ts !== parent.ts,
      );
      showMessages(list, [parent, ...replies], {
        key: `${state.world.me}:thread-${parent.ts}`,
        inThread: true,
        afterFirst: replies.length > 0 ? plural(replies.length, 'reply') : '',
      });
      statusLine(
        status,
        here.statuses.filter((one) => one.threadTs === parent.ts),
      );
      composer.refresh();
      if (shown !== parent.ts) composer.focus();
      shown = parent.ts;
    },
  };
}
