import type { Inline } from '../../../messages/message.ts';

/** Hosts that messages may link to. */
export type LinkHosts = readonly string[];

/**
 * The one escaper: `& < >` are the only characters that Slack gives meaning beyond the text (mentions, links, special
 * mentions); control characters, direction overrides and zero-width characters are dropped, because they let one name
 * look like another.
 */
export function escapeText(text: string): string {
  return cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** For plain_text objects, which need no escaping but the same cleaning. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n]|\p{Bidi_Control}|[\u200b\u2060\ufeff]/gu, '');
}

/** Cuts by code points, so that no emoji is torn apart, and says so with an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const point of text) {
    if (kept.length + point.length > most - 1) break;
    kept += point;
  }
  return `${kept.trimEnd()}…`;
}

/** Inlines as mrkdwn, not longer than `most` after escaping; a run is cut before it is marked up, never inside. */
export function renderInlines(content: readonly Inline[], hosts: LinkHosts, most: number): string {
  let out = '';
  for (const inline of content) {
    const room = most - out.length - 1;
    const next = room < 8 ? null : renderInline(inline, hosts, room);
    if (next === null || next.length > room) return `${out}…`;
    out += next;
  }
  return out;
}

function renderInline(inline: Inline, hosts: LinkHosts, room: number): string {
  if (typeof inline === 'string') return escapeWithin(inline, room);
  switch (inline.kind) {
    case 'strong':
      return marked(inline.text, '*', room);
    case 'emphasis':
      return marked(inline.text, '_', room);
    case 'code':
      return marked(inline.text, '`', room);
    case 'person':
      return inline.chatUserId !== null && /^[UW][A-Z0-9]+$/.test(inline.chatUserId)
        ? `<@${inline.chatUserId}>`
        : escapeWithin(inline.name, room);
    case 'link':
      return renderLink(inline.url, inline.text, hosts, room);
  }
}

/** A mark inside the marked text would end it early, so it is replaced by a look-alike. */
function marked(text: string, mark: '*' | '_' | '`', room: number): string {
  const lookAlike = { '*': '∗', _: '_\u2009', '`': 'ˋ' }[mark];
  const inner = escapeWithin(text.replaceAll(mark, lookAlike), room - 2);
  // A mark counts only right beside a word, so blanks stay outside of it.
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(inner) ?? [];
  return words === '' ? inner : `${before}${mark}${words}${mark}${after}`;
}

function renderLink(url: string, text: string, hosts: LinkHosts, room: number): string {
  const label = escapeWithin(text.replaceAll('|', '¦'), Math.max(8, room - url.length - 3));
  try {
    const parsed = new URL(url);
    const allowed = ['https:', 'mailto:', 'tel:'].includes(parsed.protocol);
    const known = parsed.protocol !== 'https:' || hosts.includes(parsed.hostname);
    if (!allowed || !known) return label;
    return `<${parsed.href.replaceAll('|', '%7C').replaceAll('>', '%3E').replaceAll('<', '%3C')}|${label}>`;
  } catch {
    return label;
  }
}

function escapeWithin(text: string, room: number): string {
  let wanted = text;
  let escaped = escapeText(wanted);
  // Escaping lengthens; shorten the source until the escaped text fits.
  while (escaped.length > room && wanted.length > 1) {
    wanted = cut(wanted, Math.max(1, Math.floor(wanted.length * (room / escaped.length)) - 1));
    escaped = escapeText(wanted);
  }
  return escaped;
}
