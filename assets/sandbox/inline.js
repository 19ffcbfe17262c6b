// Shows trees of inline nodes (see mrkdwn.js) as elements.
import { el } from './dom.js';
import { emojiNode, textNodes } from './emoji.js';
import { formatDate } from './format.js';
import { isSafeUrl, parseMrkdwn } from './mrkdwn.js';
import { channel, goTo, state, user } from './store.js';

/** mrkdwn as a fragment. */
export function mrkdwn(source) {
  return inline(parseMrkdwn(source));
}

export function inline(nodes) {
  const fragment = document.createDocumentFragment();
  for (const node of nodes) fragment.append(...show(node));
  return fragment;
}

/** A text object: plain text (emoji names only) or mrkdwn. */
export function textObject(object) {
  if (!object) return document.createDocumentFragment();
  return object.type === 'mrkdwn' ? mrkdwn(object.text) : plain(object.text);
}

/** Plain text with emoji names and characters drawn; line breaks are kept by CSS. */
export function plain(text) {
  const fragment = document.createDocumentFragment();
  text.split(/:([a-z0-9_+'-]+):/).forEach((part, index) => {
    if (index % 2 === 1) fragment.append(emojiNode(part));
    else fragment.append(...textNodes(part));
  });
  return fragment;
}

function show(node) {
  switch (node.kind) {
    case 'text':
      return textNodes(node.text);
    case 'break':
      return [el('br')];
    case 'strong':
      return [el('strong', {}, inline(node.children))];
    case 'em':
      return [el('em', {}, inline(node.children))];
    case 'del':
      return [el('del', {}, inline(node.children))];
    case 'quote':
      return [el('blockquote', {}, inline(node.children))];
    case 'code':
      return [el('code', { text: node.text })];
    case 'pre':
      return [el('pre', { text: node.text })];
    case 'link':
      return [link(node.url, inline(node.children))];
    case 'user':
      return [userMention(node.id, node.label)];
    case 'channel':
      return [channelMention(node.id, node.label)];
    case 'special':
      return [el('span', { class: 'mention mention-special', text: node.label })];
    case 'date':
      return [el('time', { text: formatDate(node.seconds, node.format, node.fallback) })];
    case 'emoji':
      return [emojiNode(node.name)];
    default:
      return [];
  }
}

/** A link that opens elsewhere and tells nobody where it was clicked; plain text when the address is not a safe one. */
export function link(url, content) {
  if (!isSafeUrl(url)) return el('span', {}, content);
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, content);
}

export function userMention(id, label = '') {
  const name = state.world.users.find((one) => one.id === id)?.realName ?? (label || id);
  const isMe = id === state.world.me;
  return el('span', {
    class: `mention${isMe ? ' mention-me' : ''}`,
    title: user(id).title || null,
    text: `@${name}`,
  });
}

export function channelMention(id, label = '') {
  const known = channel(id);
  const name = known?.name ?? (label || id);
  if (!known) return el('span', { class: 'mention', text: `#${name}` });
  return el('button', {
    class: 'mention mention-button',
    type: 'button',
    text: `#${name}`,
    on: { click: () => goTo({ kind: 'channel', id }) },
  });
}
