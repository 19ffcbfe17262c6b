import { el } from './dom.js';
import { textObject } from './inline.js';

/** Asks before an action, as its `confirm` object says. @returns whether the person went on */
export function confirmFirst(confirm) {
  return new Promise((resolve) => {
    const dialog = el(
      'dialog',
      { class: 'dialog dialog-small', 'aria-label': confirm.title?.text ?? 'Are you sure?' },
      el('h2', { class: 'dialog-title', text: confirm.title?.text ?? 'Are you sure?' }),
      el('div', { class: 'dialog-body' }, textObject(confirm.text)),
      el(
        'div',
        { class: 'dialog-actions' },
        el('button', {
          class: 'button',
          type: 'button',
          text: confirm.deny?.text ?? 'Cancel',
          on: { click: () => dialog.close('no') },
        }),
        el('button', {
          class: `button button-${confirm.style ?? 'primary'}`,
          type: 'button',
          text: confirm.confirm?.text ?? 'Yes',
          on: { click: () => dialog.close('yes') },
        }),
      ),
    );
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes');
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
