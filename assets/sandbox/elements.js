// Interactive elements: buttons, menus, choices. `place` says what they belong to: a message or a view.
import { control } from './api.js';
import { confirmFirst } from './confirm.js';
import { el, icon } from './dom.js';
import { plain } from './inline.js';
import { state } from './store.js';
import { toast } from './toast.js';

/** @param place `{kind: 'message', channel, ts}` or `{kind: 'view', id}` */
export function element(source, place) {
  switch (source.type) {
    case 'button':
      return button(source, place);
    case 'icon_button':
      return pressable('button icon-button', [icon('trash'), plain(source.text.text)], source, place, {});
    case 'feedback_buttons':
      return feedback(source, place);
    case 'overflow':
      return overflow(source, place);
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return select(source, place);
    case 'radio_buttons':
    case 'checkboxes':
      return choices(source, (selected) => act(source, place, { selected }));
    case 'datepicker':
    case 'timepicker':
      return picker(source, place);
    default:
      return el('span', { class: 'unsupported', text: `[${source.type}]` });
  }
}

/** Sends what the person did; says so when it did not work. */
async function act(source, place, choice) {
  if (source.confirm && !(await confirmFirst(source.confirm))) return false;
  const person = { user: state.world.me, action: source.action_id, ...choice };
  try {
    if (place.kind === 'view') await control('press-in-view', { ...person, view: place.id });
    else await control('press', { ...person, channel: place.channel, ts: place.ts });
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

function pressable(className, content, source, place, choice) {
  const node = el('button', {
    class: className,
    type: 'button',
    'aria-label': source.accessibility_label,
    'data-action-id': source.action_id,
    on: {
      click: async () => {
        node.setAttribute('aria-busy', 'true');
        node.disabled = true;
        await act(source, place, choice);
        node.disabled = false;
        node.removeAttribute('aria-busy');
      },
    },
  });
  node.append(...content);
  return node;
}

function button(source, place) {
  const style = source.style ? ` button-${source.style}` : '';
  if (!source.url) return pressable(`button${style}`, [plain(source.text.text)], source, place, {});
  return el(
    'a',
    {
      class: `button${style}`,
      href: /^https?:/i.test(source.url) ? source.url : null,
      target: '_blank',
      rel: 'noopener noreferrer',
      'aria-label': source.accessibility_label,
      on: { click: () => void act(source, place, {}) },
    },
    plain(source.text.text),
  );
}

function feedback(source, place) {
  const one = (which, name) => {
    const part = source[`${which}_button`];
    const node = pressable(
      'feedback-button',
      [icon(name)],
      { ...source, accessibility_label: part.accessibility_label ?? part.text.text },
      place,
      { selected: which },
    );
    node.title = part.text.text;
    node.addEventListener('click', () => {
      for (const sibling of node.parentElement.children)
        sibling.setAttribute('aria-pressed', String(sibling === node));
    });
    return node;
  };
  const down = one('negative', 'up');
  down.classList.add('is-down');
  return el(
    'span',
    { class: 'feedback', role: 'group', 'aria-label': 'Feedback' },
    one('positive', 'up'),
    down,
  );
}

/** A disclosure with a list of choices. */
function overflow(source, place) {
  const list = el('div', { class: 'menu', role: 'menu', hidden: true });
  const opener = el(
    'button',
    {
      class: 'button icon-only',
      type: 'button',
      'aria-label': 'More actions',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
    },
    icon('more'),
  );
  const show = (isOpen) => {
    list.hidden = !isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) list.querySelector('button')?.focus();
  };
  for (const option of source.options) {
    const choose = async () => {
      show(false);
      opener.focus();
      await act(source, place, { selected: option.value });
    };
    list.append(
      el(
        'button',
        { class: 'menu-item', role: 'menuitem', type: 'button', on: { click: choose } },
        plain(option.text.text),
      ),
    );
  }
  opener.addEventListener('click', () => show(list.hidden));
  const box = el('span', { class: 'overflow' }, opener, list);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      show(false);
      opener.focus();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(event, list);
  });
  box.addEventListener('focusout', (event) => {
    if (!box.contains(event.relatedTarget)) show(false);
  });
  return box;
}

function moveFocus(event, list) {
  event.preventDefault();
  const items = [...list.children];
  const step = event.key === 'ArrowDown' ? 1 : -1;
  const next = (items.indexOf(document.activeElement) + step + items.length) % items.length;
  items[next]?.focus();
}

function select(source, place) {
  const node = selectNode(source);
  node.addEventListener('change', async () => {
    node.disabled = true;
    await act(source, place, { selected: node.value });
    node.disabled = false;
  });
  return el('span', { class: 'select' }, node, icon('down'));
}

/** The bare menu, also used in forms. */
export function selectNode(source) {
  const chosen = source.initial_option?.value ?? source.initial_user ?? source.initial_channel ?? '';
  const label = source.placeholder?.text ?? 'Choose an option';
  const node = el('select', {
    'aria-label': label,
    'data-action-id': source.action_id,
    multiple: source.type.startsWith('multi_'),
  });
  if (!node.multiple)
    node.append(el('option', { value: '', text: label, disabled: true, selected: chosen === '' }));
  for (const group of source.option_groups ?? [{ options: optionsOf(source) }]) {
    const options = group.options.map((option) =>
      el('option', { value: option.value, text: option.text.text, selected: option.value === chosen }),
    );
    if (group.label) node.append(el('optgroup', { label: group.label.text }, ...options));
    else node.append(...options);
  }
  return node;
}

function optionsOf(source) {
  const option = (value, text) => ({ value, text: { text } });
  if (source.type === 'users_select')
    return state.world.users
      .filter((one) => one.kind === 'person')
      .map((one) => option(one.id, one.realName));
  if (source.type === 'channels_select' || source.type === 'conversations_select')
    return state.world.channels.filter((one) => one.name).map((one) => option(one.id, `#${one.name}`));
  return source.options ?? [];
}

/** Radio buttons or checkboxes. @param onChange gets the chosen values */
export function choices(source, onChange) {
  const isOne = source.type === 'radio_buttons';
  const chosen = new Set(
    [...(source.initial_options ?? []), source.initial_option].filter(Boolean).map((option) => option.value),
  );
  const box = el('fieldset', { class: 'choices', 'data-action-id': source.action_id });
  for (const option of source.options) {
    const input = el('input', {
      type: isOne ? 'radio' : 'checkbox',
      name: source.action_id,
      value: option.value,
      checked: chosen.has(option.value),
    });
    input.addEventListener('change', () => {
      const values = [...box.querySelectorAll('input:checked')].map((one) => one.value);
      void onChange(isOne ? (values[0] ?? '') : values);
    });
    box.append(
      el(
        'label',
        { class: 'choice' },
        input,
        el(
          'span',
          {},
          plain(option.text.text),
          option.description ? el('small', { text: option.description.text }) : null,
        ),
      ),
    );
  }
  return box;
}

function picker(source, place) {
  const isDate = source.type === 'datepicker';
  return el('input', {
    class: 'input input-small',
    type: isDate ? 'date' : 'time',
    value: (isDate ? source.initial_date : source.initial_time) ?? '',
    'aria-label': source.placeholder?.text ?? (isDate ? 'Date' : 'Time'),
    on: { change: (event) => void act(source, place, { selected: event.target.value }) },
  });
}
