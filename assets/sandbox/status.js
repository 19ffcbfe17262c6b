import { avatar } from './avatar.js';
import { el } from './dom.js';
import { state } from './store.js';

/** "App is thinking…" while it works; empty otherwise. Only touched when it changes, so that it is read out once. */
export function statusLine(node, statuses) {
  const status = statuses.at(-1);
  const words = status ? `${state.world.app.name} ${status.text}` : '';
  if (node.dataset.words === words) return;
  node.dataset.words = words;
  node.replaceChildren(
    ...(status ? [avatar(state.world.app.botUserId, 18), el('span', { class: 'shimmer', text: words })] : []),
  );
}
