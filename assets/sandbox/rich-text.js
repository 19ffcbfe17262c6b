// The `rich_text` block.
import { el } from './dom.js';
import { emojiNode, textNodes } from './emoji.js';
import { formatDate } from './format.js';
import { channelMention, link, userMention } from './inline.js';

export function richText(block) {
  return el('div', { class: 'rich-text' }, ...(block.elements ?? []).map(part));
}

function part(element) {
  switch (element.type) {
    case 'rich_text_list': {
      const items = element.elements.map((item) => el('li', {}, ...inlineAll(item.elements)));
      return el(
        element.style === 'ordered' ? 'ol' : 'ul',
        { style: { 'margin-left': `${(element.indent ?? 0) * 20}px` } },
        ...items,
      );
    }
    case 'rich_text_quote':
      return el('blockquote', {}, ...inlineAll(element.elements));
    case 'rich_text_preformatted':
      return el('pre', { text: element.elements.map((one) => one.text ?? one.url ?? '').join('') });
    default:
      return el('div', {}, ...inlineAll(element.elements));
  }
}

function inlineAll(elements) {
  return (elements ?? []).map((element) => styled(one(element), element.style ?? {}));
}

function one(element) {
  switch (element.type) {
    case 'text':
      return el('span', { class: 'keep-breaks' }, ...textNodes(element.text));
    case 'link':
      return link(element.url, document.createTextNode(element.text ?? element.url));
    case 'user':
      return userMention(element.user_id);
    case 'channel':
      return channelMention(element.channel_id);
    case 'broadcast':
      return el('span', { class: 'mention mention-special', text: `@${element.range}` });
    case 'usergroup':
      return el('span', { class: 'mention', text: `@${element.usergroup_id}` });
    case 'emoji':
      return emojiNode(element.name);
    case 'date':
      return el('time', { text: formatDate(element.timestamp, element.format, element.fallback ?? '') });
    default:
      return el('span', { text: element.value ?? '' });
  }
}

function styled(node, style) {
  let result = node;
  if (style.code) result = el('code', {}, result);
  if (style.bold) result = el('strong', {}, result);
  if (style.italic) result = el('em', {}, result);
  if (style.strike) result = el('del', {}, result);
  return result;
}
