// One message: who, when, what, and what can be done with it.
import { avatar } from './avatar.js';
import { blocks, picture } from './blocks.js';
import { el, icon } from './dom.js';
import { emojiNode } from './emoji.js';
import { fullTimeOf, plural, timeOf } from './format.js';
import { mrkdwn } from './inline.js';
import { goTo, isApp, state, user } from './store.js';

/** @param options `isFollowing`: right after a message of the same person; `inThread`: shown in the thread pane; `isFlat`: replies are shown in place */
export function messageNode(message, { isFollowing = false, inThread = false, isFlat = false } = {}) {
  const who = user(message.user);
  const classes = ['message', isFollowing && 'is-following', message.is_ephemeral && 'is-ephemeral'];
  return el(
    'article',
    {
      class: classes.filter(Boolean).join(' '),
      'data-ts': message.ts,
      'aria-label': `${who.realName}, ${timeOf(message.ts)}`,
    },
    message.is_ephemeral ? el('div', { class: 'only-you' }, icon('eye'), 'Only visible to you') : null,
    el('div', { class: 'gutter' }, isFollowing ? time(message, 'side-time') : avatar(message.user)),
    el(
      'div',
      { class: 'message-body' },
      isFollowing ? null : head(message, who),
      content(message),
      reactions(message),
      inThread || isFlat ? null : replyBar(message),
    ),
    inThread || message.is_ephemeral ? null : hoverActions(message),
  );
}

function head(message, who) {
  return el(
    'div',
    { class: 'message-head' },
    el('span', { class: 'author', text: who.realName }),
    isApp(message.user) ? el('span', { class: 'app-badge', text: 'APP' }) : null,
    who.title ? el('span', { class: 'author-title', text: who.title }) : null,
    time(message, 'time'),
  );
}

function time(message, className) {
  return el('time', { class: className, title: fullTimeOf(message.ts), text: timeOf(message.ts) });
}

function content(message) {
  const box = el('div', { class: 'message-content' });
  const hasBlocks = (message.blocks ?? []).length > 0;
  if (hasBlocks)
    box.append(blocks(message.blocks, { kind: 'message', channel: message.channel, ts: message.ts }));
  else if (message.text) box.append(el('div', { class: 'message-text' }, mrkdwn(message.text)));
  for (const attachment of message.attachments ?? []) box.append(attachmentNode(attachment, message));
  for (const file of message.files ?? []) box.append(fileNode(file));
  if (message.streaming_state)
    box.append(el('span', { class: 'caret', role: 'img', 'aria-label': 'still writing' }));
  if (message.edited)
    box.append(el('span', { class: 'edited', title: fullTimeOf(message.edited.ts), text: '(edited)' }));
  return box;
}

/** A coloured bar beside its words. */
function attachmentNode(attachment, message) {
  const colour = /^#?[0-9a-f]{6}$/i.test(attachment.color ?? '')
    ? `#${attachment.color.replace('#', '')}`
    : '#c5c7ca';
  const inner = attachment.blocks
    ? blocks(attachment.blocks, { kind: 'message', channel: message.channel, ts: message.ts })
    : el(
        'div',
        {},
        attachment.title ? el('strong', { text: attachment.title }) : null,
        el('div', {}, mrkdwn(attachment.text ?? attachment.fallback ?? '')),
      );
  return el('div', { class: 'attachment', style: { '--bar': colour } }, inner);
}

function fileNode(file) {
  if (file.mimetype === '' || file.mimetype.startsWith('image/'))
    return el(
      'figure',
      { class: 'file' },
      el('figcaption', { text: file.title }),
      picture(`/page/files/${file.id}`, file.alt_txt || file.title, 'block-image'),
    );
  return el('div', { class: 'file file-card', text: file.title });
}

function reactions(message) {
  if (!message.reactions) return null;
  return el(
    'div',
    { class: 'reactions' },
    ...message.reactions.map((reaction) =>
      el(
        'span',
        { class: 'reaction', title: reaction.users.map((id) => user(id).realName).join(', ') },
        emojiNode(reaction.name),
        ` ${reaction.count}`,
      ),
    ),
  );
}

function replyBar(message) {
  if (!message.reply_count) return null;
  const people = message.reply_users.slice(0, 4).map((id) => avatar(id, 24));
  return el(
    'button',
    { class: 'reply-bar', type: 'button', on: { click: () => openThread(message) } },
    ...people,
    el('span', { class: 'reply-count', text: plural(message.reply_count, 'reply') }),
    el('span', { class: 'reply-time', text: `Last reply ${timeOf(message.latest_reply)}` }),
  );
}

function hoverActions(message) {
  return el(
    'div',
    { class: 'hover-actions' },
    el(
      'button',
      {
        class: 'icon-button',
        type: 'button',
        'aria-label': 'Reply in thread',
        title: 'Reply in thread',
        on: { click: () => openThread(message) },
      },
      icon('reply'),
    ),
  );
}

function openThread(message) {
  goTo(state.place, message.thread_ts ?? message.ts);
}
