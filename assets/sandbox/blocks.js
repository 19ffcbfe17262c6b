// One function per type of block. `place` goes to the interactive elements (see elements.js).
import { chart } from './charts.js';
import { el, icon } from './dom.js';
import { element } from './elements.js';
import { plain, textObject } from './inline.js';
import { markdown } from './markdown.js';
import { richText } from './rich-text.js';
import { dataTable, table } from './tables.js';

/** All blocks of a message or a view. */
export function blocks(list, place) {
  return el('div', { class: 'blocks' }, ...list.map((one) => block(one, place)));
}

export function block(source, place) {
  switch (source.type) {
    case 'header':
      return el(
        'div',
        { class: 'block-header', role: 'heading', 'aria-level': '3' },
        plain(source.text.text),
      );
    case 'section':
      return section(source, place);
    case 'divider':
      return el('hr');
    case 'context':
      return el('div', { class: 'block-context' }, ...source.elements.map(contextElement));
    case 'actions':
      return el('div', { class: 'block-actions' }, ...source.elements.map((one) => element(one, place)));
    case 'context_actions':
      return el(
        'div',
        { class: 'block-actions context-actions' },
        ...source.elements.map((one) => element(one, place)),
      );
    case 'image':
      return imageBlock(source);
    case 'rich_text':
      return richText(source);
    case 'markdown':
      return el('div', { class: 'markdown' }, markdown(source.text));
    case 'table':
      return table(source);
    case 'data_table':
      return dataTable(source);
    case 'data_visualization':
      return chart(source);
    case 'alert':
      return el('div', { class: `alert alert-${source.level ?? 'default'}` }, textObject(source.text));
    case 'task_card':
      return task(source);
    case 'plan':
      return el(
        'div',
        { class: 'plan' },
        el('strong', { text: source.title }),
        ...(source.tasks ?? []).map(task),
      );
    default:
      return el('div', { class: 'unsupported', text: `This page cannot show a "${source.type}" block.` });
  }
}

function section(source, place) {
  const words = el('div', { class: 'section-words' });
  if (source.text) words.append(el('div', { class: 'section-text' }, textObject(source.text)));
  if (source.fields)
    words.append(
      el(
        'div',
        { class: 'fields' },
        ...source.fields.map((field) => el('div', { class: 'field' }, textObject(field))),
      ),
    );
  if (!source.accessory) return el('div', { class: 'block-section' }, words);
  const accessory =
    source.accessory.type === 'image'
      ? image(source.accessory, 'accessory-image')
      : element(source.accessory, place);
  return el('div', { class: 'block-section' }, words, el('div', { class: 'accessory' }, accessory));
}

function contextElement(source) {
  if (source.type === 'image') return image(source, 'context-image');
  return el('span', { class: 'context-text' }, textObject(source));
}

/** A picture with its title above; a click folds it away, as in the real client. */
function imageBlock(source) {
  const picture = image(source, 'block-image');
  if (!source.title) return el('div', { class: 'block-picture' }, picture);
  const fold = el(
    'button',
    { class: 'fold', type: 'button', 'aria-expanded': 'true' },
    plain(source.title.text),
    icon('down'),
  );
  fold.addEventListener('click', () => {
    picture.hidden = !picture.hidden;
    fold.setAttribute('aria-expanded', String(!picture.hidden));
  });
  return el('div', { class: 'block-picture' }, fold, picture);
}

/** Uploaded pictures and data addresses are shown; others stay outside: this page asks nobody else for anything. */
function image(source, className) {
  const address = source.slack_file ? fileAddress(source.slack_file) : (source.image_url ?? '');
  const isOwn = address.startsWith('/page/files/') || /^data:image\/(png|jpeg|gif|webp);/.test(address);
  if (!isOwn)
    return el('span', {
      class: `${className} image-outside`,
      role: 'img',
      'aria-label': source.alt_text,
      text: source.alt_text,
    });
  return picture(address, source.alt_text, className);
}

function fileAddress(file) {
  const id = file.id ?? /\/files\/(F[A-Z0-9]+)\//.exec(file.url ?? '')?.[1] ?? '';
  return `/page/files/${encodeURIComponent(id)}`;
}

/** An image that is asked for again a few times: a file may still be in processing. */
export function picture(address, altText, className) {
  const node = el('img', { class: className, src: address, alt: altText });
  let tries = 0;
  node.addEventListener('error', () => {
    if (tries >= 5) return;
    tries += 1;
    setTimeout(() => node.setAttribute('src', `${address}?try=${tries}`), 250 * tries);
  });
  return node;
}

const signs = { pending: '○', in_progress: '◔', complete: '✓', error: '✕' };

function task(source) {
  return el(
    'div',
    { class: `task task-${source.status}` },
    el('span', {
      class: 'task-sign',
      role: 'img',
      'aria-label': source.status.replace('_', ' '),
      text: signs[source.status] ?? '○',
    }),
    el('span', { text: source.title }),
  );
}
