// The list above the composer: people after `@`, channels after `#`, commands after a leading `/`.
import { avatar } from './avatar.js';
import { el } from './dom.js';
import { state } from './store.js';

let counter = 0;

/** @param {HTMLTextAreaElement} box */
export function createSuggestions(box) {
  counter += 1;
  const id = `suggestions-${counter}`;
  const node = el('div', {
    class: 'suggestions',
    id,
    role: 'listbox',
    'aria-label': 'Suggestions',
    hidden: true,
  });
  box.setAttribute('aria-controls', id);
  let shown = [];
  let chosen = 0;

  const close = () => {
    shown = [];
    node.hidden = true;
    box.removeAttribute('aria-activedescendant');
  };
  const draw = () => {
    node.hidden = shown.length === 0;
    node.replaceChildren(
      ...shown.map((one, index) =>
        el(
          'div',
          {
            class: `suggestion${index === chosen ? ' is-chosen' : ''}`,
            id: `${id}-${index}`,
            role: 'option',
            'aria-selected': String(index === chosen),
            on: {
              mousedown: (event) => {
                event.preventDefault();
                take(one);
              },
            },
          },
          one.sign ?? null,
          el('strong', { text: one.name }),
          one.note ? el('span', { class: 'suggestion-note', text: one.note }) : null,
        ),
      ),
    );
    if (shown.length > 0) box.setAttribute('aria-activedescendant', `${id}-${chosen}`);
  };
  const take = (one) => {
    const start = box.selectionStart - one.typed;
    box.setRangeText(`${one.insert} `, start, box.selectionStart, 'end');
    close();
    box.dispatchEvent(new Event('input'));
    close();
  };
  box.addEventListener('input', () => {
    shown = find(box.value.slice(0, box.selectionStart));
    chosen = 0;
    draw();
  });
  box.addEventListener('blur', close);
  return {
    node,
    /** @returns whether the key was for the list */
    onKey(event) {
      if (shown.length === 0) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length;
        draw();
      } else if (event.key === 'Escape') close();
      else if ((event.key === 'Enter' && !shown[chosen].isComplete) || event.key === 'Tab')
        take(shown[chosen]);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}

function find(before) {
  const mention = /(?:^|\s)@([\w .-]{0,24})$/.exec(before);
  if (mention) return people(mention[1]);
  const hash = /(?:^|\s)#([\w-]{0,40})$/.exec(before);
  if (hash) return channels(hash[1]);
  const slash = /^\/([\w-]*)$/.exec(before);
  return slash ? commands(slash[1]) : [];
}

function people(typed) {
  const wanted = typed.toLowerCase();
  if (wanted.endsWith(' ')) return [];
  return state.world.users
    .filter(
      (one) =>
        one.kind !== 'slackbot' &&
        (one.realName.toLowerCase().startsWith(wanted) || one.name.startsWith(wanted)),
    )
    .sort((a, b) => Number(b.kind === 'bot') - Number(a.kind === 'bot'))
    .slice(0, 6)
    .map((one) => ({
      name: one.realName,
      note: one.kind === 'bot' ? 'App' : one.title,
      insert: `@${one.realName}`,
      typed: typed.length + 1,
      sign: avatar(one.id, 22),
    }));
}

function channels(typed) {
  return state.world.channels
    .filter((one) => one.name.startsWith(typed.toLowerCase()) && one.name)
    .slice(0, 6)
    .map((one) => ({
      name: `#${one.name}`,
      note: one.topic,
      insert: `#${one.name}`,
      typed: typed.length + 1,
    }));
}

function commands(typed) {
  return state.world.app.commands
    .filter((one) => one.command.startsWith(`/${typed}`))
    .map((one) => ({
      name: one.command,
      note: [one.usageHint, one.description].filter(Boolean).join(' · '),
      insert: one.command,
      typed: typed.length + 1,
      isComplete: one.command === `/${typed}`,
    }));
}
