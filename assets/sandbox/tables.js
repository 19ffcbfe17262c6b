// The `table` and `data_table` blocks.
import { el, icon } from './dom.js';
import { plain } from './inline.js';
import { richText } from './rich-text.js';

export function table(block) {
  const [head = [], ...rows] = block.rows;
  const settings = block.column_settings ?? [];
  const cellNode = (cell, index, tag, more = {}) => {
    const setting = settings[index] ?? {};
    const align = setting.align ?? 'left';
    const wrap = setting.is_wrapped === false ? ' no-wrap' : '';
    return el(tag, { class: `align-${align}${wrap}`, ...more }, content(cell));
  };
  return scroll(
    'Table',
    el(
      'table',
      { class: 'table' },
      el(
        'thead',
        {},
        el('tr', {}, ...head.map((cell, index) => cellNode(cell, index, 'th', { scope: 'col' }))),
      ),
      el(
        'tbody',
        {},
        ...rows.map((row) => el('tr', {}, ...row.map((cell, index) => cellNode(cell, index, 'td')))),
      ),
    ),
  );
}

/** Sortable by its headers, a page at a time. Keeps its own state: sorting is nobody else's business. */
export function dataTable(block) {
  const [head = [], ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const header = block.row_header_column_index ?? 0;
  let sorted = { column: -1, isUp: true };
  let page = 0;
  const box = el('div', { class: 'data-table' });

  const draw = () => {
    const ordered = order(rows, sorted);
    const shown = ordered.slice(page * size, page * size + size);
    const pages = Math.max(1, Math.ceil(rows.length / size));
    box.replaceChildren(
      scroll(
        block.caption,
        el(
          'table',
          { class: 'table' },
          el('caption', { text: block.caption }),
          el('thead', {}, el('tr', {}, ...head.map((cell, index) => headCell(cell, index)))),
          el(
            'tbody',
            {},
            ...shown.map((row) => el('tr', {}, ...row.map((cell, index) => bodyCell(cell, index)))),
          ),
        ),
      ),
      pages > 1 ? pager(pages, ordered.length) : '',
    );
  };
  const headCell = (cell, index) => {
    const isSorted = sorted.column === index;
    const sort = () => {
      sorted = { column: index, isUp: isSorted ? !sorted.isUp : true };
      page = 0;
      draw();
      box.querySelectorAll('th button')[index]?.focus();
    };
    return el(
      'th',
      {
        scope: 'col',
        class: `align-${alignOf(rows, index)}`,
        'aria-sort': isSorted ? (sorted.isUp ? 'ascending' : 'descending') : 'none',
      },
      el(
        'button',
        {
          class: `sort-button${isSorted ? (sorted.isUp ? ' is-up' : ' is-down') : ''}`,
          type: 'button',
          on: { click: sort },
        },
        content(cell),
      ),
    );
  };
  const bodyCell = (cell, index) =>
    index === header
      ? el('th', { scope: 'row', class: `align-${alignOf(rows, index)}` }, content(cell))
      : el('td', { class: `align-${alignOf(rows, index)}` }, content(cell));
  const pager = (pages, total) => {
    const step = (by, name, sign) =>
      el(
        'button',
        {
          class: 'icon-button',
          type: 'button',
          'aria-label': name,
          disabled: page + by < 0 || page + by >= pages,
          on: {
            click: () => {
              page += by;
              draw();
            },
          },
        },
        icon(sign),
      );
    const first = page * size + 1;
    return el(
      'div',
      { class: 'pager' },
      el('span', { text: `${first}–${Math.min(total, first + size - 1)} of ${total}` }),
      step(-1, 'Previous page', 'left'),
      step(1, 'Next page', 'right'),
    );
  };
  draw();
  return box;
}

function content(cell) {
  return cell.type === 'rich_text' ? richText(cell) : plain(cell.text ?? String(cell.value ?? ''));
}

function scroll(label, node) {
  return el('div', { class: 'table-scroll', tabindex: '0', role: 'group', 'aria-label': label }, node);
}

function order(rows, { column, isUp }) {
  if (column < 0) return rows;
  const key = (row) => row[column]?.value ?? words(row[column]);
  const compare = (a, b) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a).localeCompare(String(b), 'en', { numeric: true });
  return [...rows].sort((a, b) => compare(key(a), key(b)) * (isUp ? 1 : -1));
}

function words(cell) {
  if (cell?.text) return cell.text;
  return (cell?.elements ?? []).map(words).join('');
}

/** Numbers stand right. */
function alignOf(rows, index) {
  return rows.length > 0 && rows.every((row) => row[index]?.type === 'raw_number') ? 'right' : 'left';
}
