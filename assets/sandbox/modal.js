// The app's modal: a dialog with the view's blocks, a form when it has inputs.
import { control } from './api.js';
import { block } from './blocks.js';
import { el, icon } from './dom.js';
import { choices, selectNode } from './elements.js';
import { state } from './store.js';
import { toast } from './toast.js';

let dialog = null;
let shownHash = '';

/** Opens, updates or closes the dialog so that it shows the person's current modal. */
export function showModal() {
  const view = state.world.modal;
  const hash = view ? `${view.id}:${view.hash}` : '';
  if (hash === shownHash) return;
  shownHash = hash;
  dialog?.remove();
  dialog = null;
  if (!view) return;
  dialog = build(view);
  document.body.append(dialog);
  dialog.showModal();
}

function build(view) {
  const form = el('form', { class: 'dialog-form', novalidate: true });
  const body = el(
    'div',
    { class: 'dialog-body blocks' },
    ...view.blocks.map((one) =>
      one.type === 'input' ? inputBlock(one) : block(one, { kind: 'view', id: view.id }),
    ),
  );
  const close = () => void control('close-view', { user: state.world.me, view: view.id });
  const submit = view.submit
    ? el('button', { class: 'button button-primary', type: 'submit', text: view.submit.text })
    : null;
  form.append(
    el(
      'header',
      { class: 'dialog-head' },
      el('h2', { class: 'dialog-title', text: view.title.text }),
      el(
        'button',
        { class: 'icon-button', type: 'button', 'aria-label': 'Close', on: { click: close } },
        icon('close'),
      ),
    ),
    body,
    el(
      'footer',
      { class: 'dialog-actions' },
      el('button', {
        class: 'button',
        type: 'button',
        text: view.close?.text ?? 'Cancel',
        on: { click: close },
      }),
      submit,
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const outcome = await control('submit-view', {
        user: state.world.me,
        view: view.id,
        answers: answersOf(form),
      });
      showErrors(form, outcome.errors);
      if (!outcome.acknowledged && Object.keys(outcome.errors).length === 0)
        toast('The app did not answer in time.');
    } catch (error) {
      toast(error.message);
    }
  });
  const result = el('dialog', { class: 'dialog', 'aria-label': view.title.text }, form);
  result.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  return result;
}

function inputBlock(source) {
  const id = `input-${source.block_id}`;
  const field = inputNode(source.element, id);
  return el(
    'div',
    { class: 'input-block', 'data-block-id': source.block_id },
    el(
      'label',
      { class: 'input-label', for: id },
      source.label.text,
      source.optional ? el('span', { class: 'optional', text: ' (optional)' }) : null,
    ),
    field,
    source.hint ? el('p', { class: 'hint', text: source.hint.text }) : null,
    el('p', { class: 'input-error', role: 'alert', hidden: true }),
  );
}

function inputNode(source, id) {
  const common = {
    id,
    class: 'input',
    'data-action-id': source.action_id,
    placeholder: source.placeholder?.text ?? null,
  };
  switch (source.type) {
    case 'plain_text_input':
      if (source.multiline) return el('textarea', { ...common, rows: '4', text: source.initial_value ?? '' });
      return el('input', { ...common, type: 'text', value: source.initial_value ?? '' });
    case 'number_input':
      return el('input', {
        ...common,
        type: 'number',
        step: source.is_decimal_allowed ? 'any' : '1',
        value: source.initial_value ?? '',
      });
    case 'email_text_input':
      return el('input', { ...common, type: 'email', value: source.initial_value ?? '' });
    case 'url_text_input':
      return el('input', { ...common, type: 'url', value: source.initial_value ?? '' });
    case 'datepicker':
      return el('input', {
        ...common,
        type: 'date',
        value: source.initial_date ?? '',
        'data-selected': 'one',
      });
    case 'timepicker':
      return el('input', {
        ...common,
        type: 'time',
        value: source.initial_time ?? '',
        'data-selected': 'one',
      });
    case 'radio_buttons':
    case 'checkboxes':
      return choices(source, () => {});
    default: {
      const node = selectNode(source);
      node.id = id;
      node.classList.add('input');
      return node.multiple ? node : el('span', { class: 'select select-wide' }, node, icon('down'));
    }
  }
}

/** Answers by action id, in the words of the control API. */
function answersOf(form) {
  const answers = {};
  for (const field of form.querySelectorAll('.input-block [data-action-id]')) {
    const id = field.dataset.actionId;
    if (field.tagName === 'FIELDSET') {
      const values = [...field.querySelectorAll('input:checked')].map((one) => one.value);
      const isOne = field.querySelector('input')?.type === 'radio';
      if (values.length > 0) answers[id] = { selected: isOne ? values[0] : values };
    } else if (field.tagName === 'SELECT') {
      const values = [...field.selectedOptions].map((one) => one.value).filter(Boolean);
      if (values.length > 0) answers[id] = { selected: field.multiple ? values : values[0] };
    } else if (field.value !== '')
      answers[id] = field.dataset.selected ? { selected: field.value } : { value: field.value };
  }
  return answers;
}

function showErrors(form, errors) {
  for (const box of form.querySelectorAll('.input-block')) {
    const note = box.querySelector('.input-error');
    const sentence = errors[box.dataset.blockId] ?? '';
    note.textContent = sentence;
    note.hidden = sentence === '';
    box.classList.toggle('has-error', sentence !== '');
  }
  form.querySelector('.has-error .input')?.focus();
  if (errors['']) toast(errors['']);
}
