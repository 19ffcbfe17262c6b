import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { channelJson, messageJson } from '../slack-json.ts';
import type { HistoryRange } from '../state/message-store.ts';
import { isInside } from '../state/message-store.ts';
import type { Channel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { findChannel, requireChannelScope, requireMembership } from './access.ts';
import type { Arguments } from './arguments.ts';
import { flag, requiredText, text } from './arguments.ts';
import type { MethodTable } from './method.ts';
import { paginate } from './paging.ts';

const reading = { token: 'bot', scopes: ['channels:read', 'groups:read', 'im:read'] } as const;

export const conversationMethods: MethodTable = {
  'conversations.list': { ...reading, run: (workspace, args) => list(workspace, args, () => true) },
  'conversations.info': { token: 'bot', run: info },
  'conversations.open': { token: 'bot', scopes: ['im:write'], run: open },
  'conversations.history': { token: 'bot', run: history },
  'conversations.replies': { token: 'bot', run: replies },
  'conversations.members': { token: 'bot', run: members },
  'conversations.join': { token: 'bot', scopes: ['channels:join'], run: join },
  'users.conversations': {
    ...reading,
    run: (workspace, args) => {
      const user = text(args, 'user') || workspace.app.botUserId;
      return list(workspace, args, (channel) => workspace.world.isMember(channel.id, user));
    },
  },
};

const kindOfType: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'direct',
};

function list(workspace: Workspace, args: Arguments, isWanted: (channel: Channel) => boolean): JsonObject {
  const { world, app } = workspace;
  const types = (text(args, 'types') || 'public_channel').split(',').map((type) => type.trim());
  const kinds = types.flatMap((type) => {
    if (type === 'mpim') return [];
    const kind = kindOfType[type];
    if (kind === undefined) throw new SlackError('invalid_types');
    return [kind];
  });
  const shown = world
    .channels()
    .filter((channel) => kinds.includes(channel.kind) && isWanted(channel))
    .filter((channel) => channel.kind === 'public' || world.isMember(channel.id, app.botUserId))
    .filter((channel) => !channel.isArchived || flag(args, 'exclude_archived') !== true);
  const page = paginate(shown, (channel) => channel.id, args, { default: 100, max: 1000 });
  return {
    channels: page.items.map((channel) => channelJson(workspace, channel)),
    response_metadata: page.response_metadata,
  };
}

function info(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findChannel(workspace, text(args, 'channel'));
  requireChannelScope(workspace, channel, 'read');
  return { channel: channelJson(workspace, channel) };
}

/** Direct conversations only: one person. */
function open(workspace: Workspace, args: Arguments): JsonObject {
  const known = text(args, 'channel');
  if (known !== '') return { channel: channelJson(workspace, findChannel(workspace, known)) };
  const users = requiredText(args, 'users').split(',');
  if (users.length > 1) throw new SlackError('not_supported', ['[ERROR] the sandbox opens one-to-one only']);
  const user = workspace.world.user(users[0]?.trim() ?? '');
  if (user === undefined) throw new SlackError('user_not_found');
  if (user.kind !== 'person') throw new SlackError('cannot_dm_bot');
  const channel = workspace.world.directMessage(user.id);
  return { channel: flag(args, 'return_im') === true ? channelJson(workspace, channel) : { id: channel.id } };
}

function history(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findChannel(workspace, text(args, 'channel'));
  requireChannelScope(workspace, channel, 'history');
  requireMembership(workspace, channel);
  const shown = workspace.messages.history(channel.id, range(args), visibleUntil(workspace, channel.id));
  const page = paginate(shown, (message) => message.ts, args, { default: 100, max: 999 });
  const metadata = flag(args, 'include_all_metadata') === true;
  return {
    messages: page.items.map((message) => messageJson(workspace, message, { metadata })),
    has_more: page.hasMore,
    pin_count: 0,
    response_metadata: page.response_metadata,
  };
}

/** The parent always comes first, whatever the range. */
function replies(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findChannel(workspace, text(args, 'channel'));
  requireChannelScope(workspace, channel, 'history');
  requireMembership(workspace, channel);
  const ts = requiredText(args, 'ts');
  const parentTs = workspace.messages.find(channel.id, ts)?.threadTs ?? ts;
  const thread = workspace.messages.thread(channel.id, parentTs, visibleUntil(workspace, channel.id));
  if (thread.length === 0) throw new SlackError('thread_not_found');
  const limits = range(args);
  const shown = thread.filter((message) => message.ts === parentTs || isInside(message.ts, limits));
  const page = paginate(shown, (message) => message.ts, args, { default: 1000, max: 1000 });
  const metadata = flag(args, 'include_all_metadata') === true;
  return {
    messages: page.items.map((message) => messageJson(workspace, message, { metadata })),
    has_more: page.hasMore,
    response_metadata: page.response_metadata,
  };
}

function range(args: Arguments): HistoryRange {
  const oldest = text(args, 'oldest');
  const latest = text(args, 'latest');
  for (const [name, ts] of [
    ['oldest', oldest],
    ['latest', latest],
  ] as const)
    if (ts !== '' && !/^\d{1,11}(\.\d{1,6})?$/.test(ts)) throw new SlackError(`invalid_ts_${name}`);
  return {
    ...(oldest === '' || oldest === '0' ? {} : { oldest }),
    ...(latest === '' ? {} : { latest }),
    inclusive: flag(args, 'inclusive') === true,
  };
}

function visibleUntil(workspace: Workspace, channelId: string): number {
  return workspace.clock.now().getTime() - workspace.historyLag.of(channelId);
}

function members(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findChannel(workspace, text(args, 'channel'));
  requireChannelScope(workspace, channel, 'read');
  const page = paginate(workspace.world.members(channel.id), (id) => id, args, { default: 100, max: 999 });
  return { members: [...page.items], response_metadata: page.response_metadata };
}

function join(workspace: Workspace, args: Arguments): JsonObject {
  const channel = findChannel(workspace, text(args, 'channel'));
  if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type');
  if (channel.isArchived) throw new SlackError('is_archived');
  workspace.world.join(channel.id, workspace.app.botUserId);
  workspace.feed.publish({ kind: 'world' });
  return { channel: channelJson(workspace, channel) };
}
