import type { Json, JsonObject } from './json.ts';
import type { StoredFile } from './state/file-store.ts';
import { sniffMimetype } from './state/file-store.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { Channel, User } from './state/world.ts';
import type { Workspace } from './workspace.ts';

/** A message as the Web API and events show it. Metadata only when asked for. */
export function messageJson(
  workspace: Workspace,
  message: StoredMessage,
  options: { readonly metadata?: boolean } = {},
): JsonObject {
  const { app } = workspace;
  const isBot = message.user === app.botUserId;
  const replies = message.threadTs === null ? workspace.messages.replies(message.channel, message.ts) : [];
  return compact({
    type: 'message',
    subtype: message.fileIds.length > 0 ? 'file_share' : message.isBroadcast ? 'thread_broadcast' : undefined,
    user: message.user,
    team: app.teamId,
    bot_id: isBot ? app.botId : undefined,
    app_id: isBot ? app.appId : undefined,
    bot_profile: isBot
      ? { id: app.botId, app_id: app.appId, name: app.name, team_id: app.teamId, deleted: false }
      : undefined,
    text: message.text,
    ts: message.ts,
    blocks: message.blocks.length > 0 ? message.blocks : undefined,
    attachments: message.attachments.length > 0 ? message.attachments : undefined,
    thread_ts: message.threadTs ?? (replies.length > 0 ? message.ts : undefined),
    parent_user_id: parentUser(workspace, message),
    ...(replies.length > 0
      ? {
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          reply_users_count: new Set(replies.map((reply) => reply.user)).size,
          latest_reply: replies.at(-1)?.ts,
        }
      : {}),
    edited: message.editedTs === null ? undefined : { user: message.user, ts: message.editedTs },
    reactions:
      message.reactions.length > 0
        ? message.reactions.map(({ name, users }) => ({ name, users: [...users], count: users.length }))
        : undefined,
    files: fileList(workspace, message),
    streaming_state: message.isStreaming ? 'in_progress' : undefined,
    metadata: options.metadata === true && message.metadata !== null ? message.metadata : undefined,
  });
}

function parentUser(workspace: Workspace, message: StoredMessage): string | undefined {
  if (message.threadTs === null) return undefined;
  return workspace.messages.find(message.channel, message.threadTs)?.user;
}

function fileList(workspace: Workspace, message: StoredMessage): Json | undefined {
  if (message.fileIds.length === 0) return undefined;
  return message.fileIds.flatMap((id) => {
    const file = workspace.files.find(id);
    return file === undefined ? [] : [fileJson(workspace, file)];
  });
}

/** A file; `mimetype` stays empty until it is processed. */
export function fileJson(workspace: Workspace, file: StoredFile): JsonObject {
  const isReady = workspace.files.stage(file) === 'ready';
  const url = `${workspace.baseUrl()}/files/${file.id}/${encodeURIComponent(file.name)}`;
  const mimetype = isReady && file.content !== null ? sniffMimetype(file.content) : '';
  return {
    id: file.id,
    created: Math.floor((file.completedAt ?? 0) / 1000),
    timestamp: Math.floor((file.completedAt ?? 0) / 1000),
    name: file.name,
    title: file.title,
    mimetype,
    filetype: mimetype === '' ? '' : (mimetype.split('/')[1] ?? ''),
    pretty_type: mimetype === '' ? '' : (mimetype.split('/')[1] ?? '').toUpperCase(),
    user: workspace.app.botUserId,
    editable: false,
    size: file.content?.length ?? 0,
    mode: 'hosted',
    is_external: false,
    is_public: file.channels.length > 0,
    alt_txt: file.altText,
    url_private: url,
    url_private_download: url,
    channels: [...file.channels],
    groups: [],
    ims: [],
    shares: sharesOf(workspace, file),
  };
}

/** The messages that show a file, by kind of conversation and channel. */
function sharesOf(workspace: Workspace, file: StoredFile): JsonObject {
  const shares: Record<'public' | 'private', Record<string, Json>> = { public: {}, private: {} };
  for (const channelId of file.channels) {
    const kind = workspace.world.channel(channelId)?.kind === 'public' ? 'public' : 'private';
    shares[kind][channelId] = workspace.messages
      .all(channelId)
      .filter(({ fileIds }) => fileIds.includes(file.id))
      .map(({ ts, threadTs }) => compact({ ts, thread_ts: threadTs ?? undefined }));
  }
  return Object.fromEntries(
    Object.entries(shares).filter(([, channels]) => Object.keys(channels).length > 0),
  );
}

export function userJson(workspace: Workspace, user: User): JsonObject {
  return {
    id: user.id,
    team_id: workspace.app.teamId,
    name: user.name,
    deleted: false,
    real_name: user.realName,
    tz: user.timeZone,
    tz_label: user.timeZone,
    tz_offset: zoneOffsetSeconds(user.timeZone, workspace.clock.now()),
    profile: compact({
      title: user.title,
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      // Slack leaves the address out without this scope.
      email: workspace.app.scopes.has('users:read.email') && user.email !== '' ? user.email : undefined,
      team: workspace.app.teamId,
    }),
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_bot: user.kind === 'bot',
    is_app_user: false,
    updated: 0,
    locale: 'en-US',
  };
}

export function channelJson(workspace: Workspace, channel: Channel): JsonObject {
  const { world, app } = workspace;
  const common = {
    id: channel.id,
    created: channel.createdSeconds,
    is_archived: channel.isArchived,
    is_im: channel.kind === 'direct',
    is_mpim: false,
    context_team_id: app.teamId,
  };
  if (channel.kind === 'direct')
    return { ...common, user: world.partner(channel.id) ?? '', is_user_deleted: false, priority: 0 };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_private: channel.kind === 'private',
    is_member: world.isMember(channel.id, app.botUserId),
    is_general: false,
    is_shared: false,
    is_org_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    pending_connected_team_ids: [],
    creator: 'USLACKBOT',
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: world.members(channel.id).length,
  };
}

/** Seconds that a zone is ahead of UTC at an instant; 0 for names that are no zone. */
function zoneOffsetSeconds(timeZone: string, at: Date): number {
  try {
    const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find((part) => part.type === 'timeZoneName')?.value;
    const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '');
    if (match === null) return 0;
    const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
    return match[1] === '-' ? -seconds : seconds;
  } catch {
    return 0;
  }
}

/** The object without its undefined fields, so that they do not appear as keys. */
export function compact(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
