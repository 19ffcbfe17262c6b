import { acceptMessage, changeMessage, editTimestamp, removeMessage } from '../accept-message.ts';
import type { JsonObject } from '../json.ts';
import { limits } from '../rules/limits.ts';
import { SlackError } from '../slack-error.ts';
import { messageJson } from '../slack-json.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Workspace } from '../workspace.ts';
import { findChannel, findPostTarget, requireMembership } from './access.ts';
import type { Arguments } from './arguments.ts';
import { flag, requiredText, text } from './arguments.ts';
import { readContent, readThread } from './message-content.ts';
import type { MethodTable } from './method.ts';

const writing = { token: 'bot', scopes: ['chat:write'] } as const;

export const chatMethods: MethodTable = {
  'chat.postMessage': { ...writing, run: postMessage },
  'chat.postEphemeral': { ...writing, run: postEphemeral },
  'chat.update': { ...writing, run: update },
  'chat.delete': { ...writing, run: remove },
  'chat.getPermalink': { token: 'bot', run: getPermalink },
};

function postMessage(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findPostTarget(workspace, text(args, 'channel'));
  const content = readContent(workspace, args, limits.postTextLength);
  const threadTs = readThread(workspace, channel.id, args);
  workspace.pacing.take(channel.id);
  const message = acceptMessage(workspace, 'chat.postMessage', {
    channel: channel.id,
    user: workspace.app.botUserId,
    text: content.text ?? '',
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    metadata: content.metadata ?? null,
    threadTs,
    isBroadcast: threadTs !== null && flag(args, 'reply_broadcast') === true,
  });
  return {
    channel: channel.id,
    ts: message.ts,
    message: messageJson(workspace, message, { metadata: true }),
  };
}

function postEphemeral(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findPostTarget(workspace, text(args, 'channel'));
  requireMembership(workspace, channel);
  const user = requiredText(args, 'user');
  if (workspace.world.user(user) === undefined) throw new SlackError('user_not_found');
  if (!workspace.world.isMember(channel.id, user)) throw new SlackError('user_not_in_channel');
  const content = readContent(workspace, args, limits.postTextLength);
  const threadTs = readThread(workspace, channel.id, args);
  workspace.pacing.take(channel.id);
  const message = acceptMessage(workspace, 'chat.postEphemeral', {
    channel: channel.id,
    user: workspace.app.botUserId,
    text: content.text ?? '',
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    threadTs,
    visibleTo: user,
  });
  return { message_ts: message.ts };
}

/** What the caller leaves out stays: blocks, attachments, metadata; an empty list or object removes it. */
function update(workspace: Workspace, args: Arguments): JsonObject {
  const message = findOwn(workspace, args, 'cant_update_message');
  if (findChannel(workspace, message.channel).isArchived) throw new SlackError('is_archived');
  const content = readContent(workspace, args, limits.updateTextLength);
  const changed = changeMessage(workspace, 'chat.update', {
    ...message,
    text: content.text ?? message.text,
    blocks: content.blocks ?? message.blocks,
    attachments: content.attachments ?? message.attachments,
    metadata: content.metadata === undefined ? message.metadata : orNull(content.metadata),
    editedTs: editTimestamp(workspace, message),
    isStreaming: false,
  });
  return {
    channel: message.channel,
    ts: message.ts,
    text: changed.text,
    message: messageJson(workspace, changed, { metadata: true }),
  };
}

function orNull(metadata: JsonObject): JsonObject | null {
  return Object.keys(metadata).length === 0 ? null : metadata;
}

function remove(workspace: Workspace, args: Arguments): JsonObject {
  const message = findOwn(workspace, args, 'cant_delete_message');
  removeMessage(workspace, 'chat.delete', message);
  return { channel: message.channel, ts: message.ts };
}

/** The app's own message. Ephemeral messages cannot be found: only their response URL can change them. */
function findOwn(workspace: Workspace, args: Arguments, refusal: string): StoredMessage {
  const channel = findChannel(workspace, text(args, 'channel'));
  const message = workspace.messages.find(channel.id, text(args, 'ts'));
  if (message === undefined || message.visibleTo !== null) throw new SlackError('message_not_found');
  if (message.user !== workspace.app.botUserId) throw new SlackError(refusal);
  return message;
}

function getPermalink(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findChannel(workspace, text(args, 'channel'));
  const ts = text(args, 'message_ts');
  const message = workspace.messages.find(channel.id, ts);
  if (message === undefined) throw new SlackError('message_not_found');
  const thread = message.threadTs === null ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return {
    channel: channel.id,
    permalink: `${workspace.baseUrl()}/archives/${channel.id}/p${ts.replace('.', '')}${thread}`,
  };
}
