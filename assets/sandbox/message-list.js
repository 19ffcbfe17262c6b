// A list of messages that stays at its end while it is there.
import { el, reconcile } from './dom.js';
import { dayOf } from './format.js';
import { messageNode } from './message.js';

/** Messages of one person within this many seconds stand under one name. */
const followingSeconds = 300;

/**
 * @param {HTMLElement} container the element that scrolls
 * @param {{inThread?: boolean, isFlat?: boolean, afterFirst?: string, lead?: Node[], tail?: Node[], key: string}} options
 *   `key`: another key means another list; `isFlat`: replies stand among the others; `afterFirst`: words of a line under the first message
 */
export function showMessages(container, messages, options) {
  const isOther = container.dataset.list !== options.key;
  const isAtEnd = isOther || container.scrollHeight - container.scrollTop - container.clientHeight < 80;
  container.dataset.list = options.key;
  const items = [
    ...(options.lead ?? []).map((node, index) => ({
      key: `lead-${index}`,
      content: node.textContent,
      build: () => node,
    })),
    ...withDays(messages, options),
    ...(options.tail ?? []).map((node, index) => ({
      key: `tail-${index}`,
      content: node.textContent,
      build: () => node,
    })),
  ];
  reconcile(
    container,
    items,
    (item) => item.key,
    (item) => item.content,
    (item) => item.build(),
  );
  if (!isAtEnd) return;
  toEnd(container);
  for (const image of container.querySelectorAll('img'))
    if (!image.complete)
      image.addEventListener('load', () => container.dataset.list === options.key && toEnd(container), {
        once: true,
      });
}

function toEnd(container) {
  container.scrollTop = container.scrollHeight;
}

function withDays(messages, options) {
  const items = [];
  let previous = null;
  for (const message of messages) {
    const day = dayOf(message.ts);
    const isNewDay = !options.inThread && (previous === null || dayOf(previous.ts) !== day);
    if (isNewDay)
      items.push({
        key: `day-${day}`,
        content: day,
        build: () => el('div', { class: 'day', role: 'separator' }, el('span', { text: day })),
      });
    const isFirstReply = options.inThread && items.length === 2;
    const isFollowing = !isNewDay && !isFirstReply && follows(message, previous);
    items.push({
      key: message.ts,
      content: `${isFollowing}${JSON.stringify(message)}`,
      build: () =>
        messageNode(message, {
          isFollowing,
          inThread: options.inThread === true,
          isFlat: options.isFlat === true,
        }),
    });
    if (previous === null && options.afterFirst)
      items.push({
        key: 'after-first',
        content: options.afterFirst,
        build: () => el('div', { class: 'reply-divider' }, el('span', { text: options.afterFirst })),
      });
    previous = message;
  }
  return items;
}

function follows(message, previous) {
  if (previous === null || previous.user !== message.user || previous.reply_count) return false;
  if (message.is_ephemeral || previous.is_ephemeral) return false;
  return Number(message.ts) - Number(previous.ts) < followingSeconds;
}
