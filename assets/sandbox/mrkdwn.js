// Slack's mrkdwn as a tree. Pure: no DOM here. Texts in the tree are plain (entities decoded); whoever shows the tree
// writes them as text.

/**
 * @typedef {{kind:'text',text:string} | {kind:'code',text:string} | {kind:'pre',text:string} | {kind:'break'}
 *   | {kind:'strong'|'em'|'del'|'quote',children:Node[]} | {kind:'link',url:string,children:Node[]}
 *   | {kind:'user',id:string,label:string} | {kind:'channel',id:string,label:string} | {kind:'special',label:string}
 *   | {kind:'date',seconds:string,format:string,fallback:string} | {kind:'emoji',name:string}} Node
 */

/** @param {string} source as stored by Slack: `&amp;`, `&lt;` and `&gt;` are the only entities @returns {Node[]} */
export function parseMrkdwn(source) {
  return splitFences(source).flatMap((part) =>
    part.isCode ? [{ kind: 'pre', text: decode(part.text.replace(/^\n|\n$/g, '')) }] : parseLines(part.text),
  );
}

/** Undoes Slack's escaping, once: `&amp;lt;` is the text `&lt;`. */
export function decode(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name]);
}

function splitFences(source) {
  return source
    .split(/```([\s\S]+?)```/)
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function parseLines(text) {
  const nodes = [];
  let quote = null;
  text.split('\n').forEach((line, index) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (quote) quote.children.push({ kind: 'break' });
      else {
        quote = { kind: 'quote', children: [] };
        nodes.push(quote);
      }
      quote.children.push(...parseInline(quoted[1]));
      return;
    }
    if (index > 0 && !quote) nodes.push({ kind: 'break' });
    quote = null;
    nodes.push(...parseInline(line));
  });
  return nodes;
}

const marks = { '*': 'strong', _: 'em', '~': 'del' };

function parseInline(text) {
  const nodes = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') nodes.push({ kind: 'text', text: decode(plain) });
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const found = inlineAt(text, at);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

/** A construct that starts here, or null. */
function inlineAt(text, at) {
  const letter = text[at];
  if (letter === '<') {
    const end = text.indexOf('>', at);
    return end > at ? { node: parseAngle(text.slice(at + 1, end)), end: end + 1 } : null;
  }
  if (letter === '`') {
    const end = text.indexOf('`', at + 1);
    return end > at + 1
      ? { node: { kind: 'code', text: decode(text.slice(at + 1, end)) }, end: end + 1 }
      : null;
  }
  if (letter === ':') {
    const match = /^:([a-z0-9_+'-]+):/.exec(text.slice(at));
    const isTime = /\d/.test(text[at - 1] ?? '');
    return match && !isTime ? { node: { kind: 'emoji', name: match[1] }, end: at + match[0].length } : null;
  }
  const kind = marks[letter];
  if (!kind || isWord(text[at - 1])) return null;
  const end = closingMark(text, at, letter);
  return end < 0 ? null : { node: { kind, children: parseInline(text.slice(at + 1, end)) }, end: end + 1 };
}

/** The mark that closes: not after a space, not inside of a word. */
function closingMark(text, at, letter) {
  if (text[at + 1] === undefined || /\s/.test(text[at + 1]) || text[at + 1] === letter) return -1;
  for (let end = text.indexOf(letter, at + 1); end > 0; end = text.indexOf(letter, end + 1))
    if (!/\s/.test(text[end - 1]) && !isWord(text[end + 1])) return end;
  return -1;
}

function isWord(letter) {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
}

/** What stands between `<` and `>`. */
function parseAngle(inner) {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : decode(inner.slice(bar + 1));
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), label };
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = ''] = target.split('^');
    return { kind: 'date', seconds, format, fallback: label };
  }
  if (target.startsWith('!')) return { kind: 'special', label: label || `@${target.slice(1).split('^')[0]}` };
  const url = decode(target);
  // Neither a mention nor an address that may be opened: shown as it was written.
  if (!isSafeUrl(url)) return { kind: 'text', text: `<${decode(inner)}>` };
  return { kind: 'link', url, children: [{ kind: 'text', text: label || url.replace(/^mailto:/, '') }] };
}

/** Only addresses that cannot run anything. */
export function isSafeUrl(url) {
  return /^(https?:\/\/|mailto:|tel:)/i.test(url);
}
