// "Acting as": who the person at the keyboard is.
import { avatar } from './avatar.js';
import { el, icon } from './dom.js';
import { actAs, state, user } from './store.js';
import { toast } from './toast.js';

export function showActing(container) {
  const me = user(state.world.me);
  const people = state.world.users.filter((one) => one.kind === 'person');
  const key = JSON.stringify([me.id, people]);
  if (container.dataset.key === key) return;
  container.dataset.key = key;
  const choose = el('select', {
    class: 'acting-select',
    'aria-label': 'Act as',
    on: { change: () => void actAs(choose.value).catch((error) => toast(error.message)) },
  });
  for (const one of people)
    choose.append(
      el('option', {
        value: one.id,
        text: one.title ? `${one.realName} · ${one.title}` : one.realName,
        selected: one.id === me.id,
      }),
    );
  container.replaceChildren(
    el('span', { class: 'acting-label', text: 'Act as' }),
    el(
      'span',
      { class: 'acting-box' },
      avatar(me.id, 24),
      el(
        'span',
        { class: 'acting-who' },
        el('strong', { text: me.realName }),
        me.title ? el('span', { text: me.title }) : null,
      ),
      icon('down'),
      choose,
    ),
  );
}
