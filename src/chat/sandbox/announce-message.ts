import { stableId } from '../../toolkit/ids.ts';
import type { JsonObject } from './json.ts';
import { compact, messageJson } from './slack-json.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { Channel } from './state/world.ts';
import type { Workspace } from './workspace.ts';

const eventOfKind = { direct: 'message.im', public: 'message.channels', private: 'message.groups' } as const;
const channelTypeOfKind = { direct: 'im', public: 'channel', private: 'group' } as const;

/** Sends the events that a new message causes: `message` where subscribed, `app_mention` when the bot is named. */
export function announceMessage(workspace: Workspace, message: StoredMessage): void {
  const channel = audience(workspace, message);
  if (channel === undefined) return;
  const { app, link } = workspace;
  if (app.events.has(eventOfKind[channel.kind])) link.event(messageEvent(workspace, message, channel));
  const isMention = message.user !== app.botUserId && message.text.includes(`<@${app.botUserId}>`);
  // In a direct message a mention is an ordinary message.
  if (isMention && channel.kind !== 'direct' && app.events.has('app_mention'))
    link.event({ ...base(workspace, message), type: 'app_mention' });
}

/** Sends `message_changed` where messages are subscribed. */
export function announceChange(workspace: Workspace, message: StoredMessage, previous: StoredMessage): void {
  const channel = audience(workspace, message);
  if (channel === undefined || !workspace.app.events.has(eventOfKind[channel.kind])) return;
  const ts = workspace.timestamps.next(message.channel);
  workspace.link.event({
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: message.channel,
    channel_type: channelTypeOfKind[channel.kind],
    message: messageJson(workspace, message),
    previous_message: messageJson(workspace, previous),
    ts,
    event_ts: ts,
  });
}

/** The channel, when the app is in it and the message is not for one person only. */
function audience(workspace: Workspace, message: StoredMessage): Channel | undefined {
  if (message.visibleTo !== null) return undefined;
  const channel = workspace.world.channel(message.channel);
  if (channel === undefined || !workspace.world.isMember(channel.id, workspace.app.botUserId))
    return undefined;
  return channel;
}

function messageEvent(workspace: Workspace, message: StoredMessage, channel: Channel): JsonObject {
  return { ...base(workspace, message), type: 'message', channel_type: channelTypeOfKind[channel.kind] };
}

function base(workspace: Workspace, message: StoredMessage): JsonObject {
  const isPerson = message.user !== workspace.app.botUserId;
  return compact({
    ...messageJson(workspace, message),
    client_msg_id: isPerson ? stableId('message', message.channel, message.ts) : undefined,
    channel: message.channel,
    event_ts: message.ts,
  });
}
