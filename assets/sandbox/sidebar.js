// Conversations with their unread counts.
import { avatar } from './avatar.js';
import { el, icon, reconcile } from './dom.js';
import { goTo, state } from './store.js';

export function showSidebar(container, onChoose) {
  const { channels, app, home } = state.world;
  const named = channels.filter((one) => one.kind !== 'direct').sort((a, b) => a.name.localeCompare(b.name));
  const direct = channels.filter((one) => one.kind === 'direct');
  const items = [
    heading('Channels'),
    ...named.map((one) =>
      entry(
        `c-${one.id}`,
        { kind: 'channel', id: one.id },
        icon(one.kind === 'private' ? 'lock' : 'hash'),
        one.name,
        one.unread,
        onChoose,
      ),
    ),
    heading('Direct messages'),
    ...direct.map((one) =>
      entry(
        `d-${one.id}`,
        { kind: 'channel', id: one.id },
        avatar(app.botUserId, 20),
        app.name,
        one.unread,
        onChoose,
        'APP',
      ),
    ),
    heading('Apps'),
    entry('home', { kind: 'home' }, icon('home'), `${app.name} Home`, 0, onChoose, home ? '' : ''),
  ];
  reconcile(
    container,
    items,
    (item) => item.key,
    (item) => item.content,
    (item) => item.build(),
  );
}

function heading(text) {
  return { key: `h-${text}`, content: text, build: () => el('h2', { class: 'sidebar-heading', text }) };
}

function entry(key, place, sign, name, unread, onChoose, badge = '') {
  const isHere = place.kind === state.place.kind && (place.kind === 'home' || place.id === state.place.id);
  const classes = ['sidebar-entry', isHere && 'is-here', unread > 0 && 'is-unread'].filter(Boolean).join(' ');
  return {
    key,
    content: JSON.stringify([isHere, unread, name]),
    build: () =>
      el(
        'button',
        {
          class: classes,
          type: 'button',
          'aria-current': isHere ? 'page' : null,
          on: {
            click: () => {
              goTo(place);
              onChoose();
            },
          },
        },
        sign,
        el('span', { class: 'sidebar-name', text: name }),
        badge ? el('span', { class: 'app-badge', text: badge }) : null,
        unread > 0
          ? el('span', { class: 'unread', 'aria-label': `${unread} unread`, text: String(unread) })
          : null,
      ),
  };
}
