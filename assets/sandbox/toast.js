import { el } from './dom.js';

/** A short sentence at the bottom of the page, read out by screen readers; goes away by itself. */
export function toast(sentence) {
  const note = el('div', { class: 'toast', text: sentence });
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), 6000);
}
