// Standard Markdown, as far as the `markdown` block shows it: headings, lists, quotes, tables, code, bold, italic,
// strike, links. Pure parsers first, then the elements.
import { el } from './dom.js';
import { inline } from './inline.js';
import { isSafeUrl } from './mrkdwn.js';

/** A markdown text as a fragment. */
export function markdown(source) {
  const fragment = document.createDocumentFragment();
  for (const block of parseMarkdown(source)) fragment.append(showBlock(block));
  return fragment;
}

/** @returns blocks: heading, list, quote, table, code, rule, paragraph */
export function parseMarkdown(source) {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    const found = blockAt(lines, at);
    if (found.block) blocks.push(found.block);
    at = found.next;
  }
  return blocks;
}

function blockAt(lines, at) {
  const line = lines[at];
  if (line.trim() === '') return { next: at + 1 };
  const fence = /^```/.exec(line);
  if (fence) {
    const end = lines.findIndex((one, index) => index > at && one.startsWith('```'));
    const last = end < 0 ? lines.length : end;
    return { block: { kind: 'code', text: lines.slice(at + 1, last).join('\n') }, next: last + 1 };
  }
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading)
    return { block: { kind: 'heading', level: heading[1].length, text: heading[2] }, next: at + 1 };
  if (/^ {0,3}([-*_])( *\1){2,} *$/.test(line)) return { block: { kind: 'rule' }, next: at + 1 };
  if (line.includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? ''))
    return tableAt(lines, at);
  if (line.startsWith('>')) {
    const end = endOf(lines, at, (one) => one.startsWith('>'));
    const inner = lines.slice(at, end).map((one) => one.replace(/^> ?/, ''));
    return { block: { kind: 'quote', blocks: parseMarkdown(inner.join('\n')) }, next: end };
  }
  if (listMark.test(line)) {
    const end = endOf(lines, at, (one) => listMark.test(one) || /^\s{2,}\S/.test(one));
    return { block: listOf(lines.slice(at, end)), next: end };
  }
  const end = endOf(lines, at, (one, index) => index === at || !startsBlock(one));
  return { block: { kind: 'paragraph', text: lines.slice(at, end).join('\n') }, next: end };
}

const listMark = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

function startsBlock(line) {
  return line.trim() === '' || /^(#{1,6}\s|```|>)/.test(line) || listMark.test(line);
}

function endOf(lines, at, belongs) {
  let end = at;
  while (end < lines.length && belongs(lines[end], end)) end += 1;
  return Math.max(end, at + 1);
}

function listOf(lines) {
  const first = listMark.exec(lines[0]);
  const items = [];
  for (const line of lines) {
    const item = listMark.exec(line);
    if (item) items.push({ depth: Math.floor(item[1].length / 2), text: item[3] });
    else items.at(-1).text += `\n${line.trim()}`;
  }
  return { kind: 'list', isOrdered: /\d/.test(first[2]), items };
}

function tableAt(lines, at) {
  const end = endOf(lines, at, (one, index) => index <= at + 1 || one.includes('|'));
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|'));
  const aligns = cells(lines[at + 1]).map((mark) =>
    mark.endsWith(':') ? (mark.startsWith(':') ? 'center' : 'right') : 'left',
  );
  return {
    block: { kind: 'table', head: cells(lines[at]), rows: lines.slice(at + 2, end).map(cells), aligns },
    next: end,
  };
}

const rules = [
  [/`([^`]+)`/, (match) => ({ kind: 'code', text: match[1] })],
  [
    /\[([^\]]+)\]\(([^()\s]+)\)/,
    (match) =>
      isSafeUrl(match[2])
        ? { kind: 'link', url: match[2], children: parseSpans(match[1]) }
        : { kind: 'text', text: match[1] },
  ],
  [/\*\*(\S(?:.*?\S)?)\*\*/, (match) => ({ kind: 'strong', children: parseSpans(match[1]) })],
  [/__(\S(?:.*?\S)?)__/, (match) => ({ kind: 'strong', children: parseSpans(match[1]) })],
  [/~~(\S(?:.*?\S)?)~~/, (match) => ({ kind: 'del', children: parseSpans(match[1]) })],
  [
    /(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?!\w)/,
    (match) => ({ kind: 'em', children: parseSpans(match[1]) }),
  ],
  [/(?<!\w)_([^\s_](?:[^_]*[^\s_])?)_(?!\w)/, (match) => ({ kind: 'em', children: parseSpans(match[1]) })],
  [/<@([A-Z0-9]+)>/, (match) => ({ kind: 'user', id: match[1], label: '' })],
  [/<#([A-Z0-9]+)(?:\|[^>]*)?>/, (match) => ({ kind: 'channel', id: match[1], label: '' })],
  [/(?<!\d):([a-z0-9_+'-]+):/, (match) => ({ kind: 'emoji', name: match[1] })],
];

/** Inline nodes of a line, in the shape that inline.js shows. */
export function parseSpans(text) {
  let first = null;
  for (const [pattern, build] of rules) {
    const match = pattern.exec(text);
    if (match && (first === null || match.index < first.match.index)) first = { match, build };
  }
  if (first === null) return text === '' ? [] : [{ kind: 'text', text }];
  const { match, build } = first;
  return [
    ...parseSpans(text.slice(0, match.index)),
    build(match),
    ...parseSpans(text.slice(match.index + match[0].length)),
  ];
}

const spans = (text) =>
  inline(
    text
      .split('\n')
      .flatMap((line, index) => [...(index > 0 ? [{ kind: 'break' }] : []), ...parseSpans(line)]),
  );

function showBlock(block) {
  switch (block.kind) {
    case 'heading':
      return el(
        'p',
        { class: `md-heading md-heading-${block.level}`, role: 'heading', 'aria-level': block.level + 2 },
        spans(block.text),
      );
    case 'code':
      return el('pre', { text: block.text });
    case 'rule':
      return el('hr');
    case 'quote': {
      const quote = el('blockquote');
      for (const inner of block.blocks) quote.append(showBlock(inner));
      return quote;
    }
    case 'list':
      return el(
        block.isOrdered ? 'ol' : 'ul',
        {},
        ...block.items.map((item) =>
          el('li', { style: { 'margin-left': `${item.depth * 20}px` } }, spans(item.text)),
        ),
      );
    case 'table':
      return el(
        'div',
        { class: 'table-scroll', tabindex: '0', role: 'group', 'aria-label': 'Table' },
        el(
          'table',
          { class: 'table' },
          el(
            'thead',
            {},
            el(
              'tr',
              {},
              ...block.head.map((cell, index) =>
                el('th', { scope: 'col', class: `align-${block.aligns[index] ?? 'left'}` }, spans(cell)),
              ),
            ),
          ),
          el(
            'tbody',
            {},
            ...block.rows.map((row) =>
              el(
                'tr',
                {},
                ...row.map((cell, index) =>
                  el('td', { class: `align-${block.aligns[index] ?? 'left'}` }, spans(cell)),
                ),
              ),
            ),
          ),
        ),
      );
    default:
      return el('p', {}, spans(block.text));
  }
}
