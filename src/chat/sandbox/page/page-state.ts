import type { JsonObject } from '../json.ts';
import { messageJson } from '../slack-json.ts';
import type { Change } from '../state/change-feed.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Channel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';

/** Messages of a conversation that the page starts with. */
const pageMessages = 300;

/** Everything one person sees when the page opens. Also makes sure that they have a conversation with the app. */
export function pageState(workspace: Workspace, userId: string): JsonObject {
  const { world, app, states, views } = workspace;
  world.directMessage(userId);
  const channels = world.channels().filter((channel) => world.isMember(channel.id, userId));
  return {
    me: userId,
    team: { id: app.teamId, name: app.teamName },
    app: {
      name: app.name,
      botUserId: app.botUserId,
      commands: (app.commands ?? []).map((command) => ({ ...command })),
    },
    users: world.users().map((user) => ({
      id: user.id,
      name: user.name,
      realName: user.realName,
      title: user.title,
      kind: user.kind,
    })),
    channels: channels.map((channel) => ({
      id: channel.id,
      name: channel.name,
      kind: channel.kind,
      topic: channel.topic,
      isArchived: channel.isArchived,
      memberCount: world.members(channel.id).length,
      unread: countUnread(workspace, channel, userId),
      messages: visibleMessages(workspace, channel.id, userId)
        .slice(-pageMessages)
        .map((message) => pageMessage(workspace, message)),
      statuses: states.statuses(channel.id).map((status) => ({ ...status })),
      prompts: promptsOf(workspace, channel).map((prompt) => ({ ...prompt })),
    })),
    home: views.home(userId) ?? null,
    modal: views.modal(userId) ?? null,
  };
}

/** A change as this person's page hears of it; null when it is none of their business. */
export function pageChange(workspace: Workspace, change: Change, userId: string): JsonObject | null {
  const { world } = workspace;
  switch (change.kind) {
    case 'message':
      if (!isVisible(workspace, change.message, userId)) return null;
      return { kind: 'message', isNew: change.isNew, message: pageMessage(workspace, change.message) };
    case 'removed':
      if (!isVisible(workspace, change.message, userId)) return null;
      return { kind: 'removed', channel: change.message.channel, ts: change.message.ts };
    case 'status':
      return world.isMember(change.channel, userId) ? { ...change } : null;
    case 'home':
      return change.userId === userId ? { kind: 'home', view: change.view } : null;
    case 'modal':
      return change.userId === userId ? { kind: 'modal', view: change.view } : null;
    case 'prompts': {
      const channel = world.channel(change.channel);
      if (channel === undefined || !world.isMember(channel.id, userId)) return null;
      const prompts = promptsOf(workspace, channel).map((prompt) => ({ ...prompt }));
      return { kind: 'prompts', channel: channel.id, prompts };
    }
    case 'world':
      return { kind: 'world' };
  }
}

/** What a person sees in a conversation, oldest first. */
export function visibleMessages(
  workspace: Workspace,
  channelId: string,
  userId: string,
): readonly StoredMessage[] {
  return workspace.messages.all(channelId).filter((message) => isVisible(workspace, message, userId));
}

function isVisible(workspace: Workspace, message: StoredMessage, userId: string): boolean {
  if (message.visibleTo !== null && message.visibleTo !== userId) return false;
  return workspace.world.isMember(message.channel, userId);
}

function pageMessage(workspace: Workspace, message: StoredMessage): JsonObject {
  return {
    ...messageJson(workspace, message),
    channel: message.channel,
    is_ephemeral: message.visibleTo !== null,
    is_broadcast: message.isBroadcast,
  };
}

/** In a channel the messages outside of threads count; in a direct conversation all do. */
function countUnread(workspace: Workspace, channel: Channel, userId: string): number {
  const readUntil = workspace.readMarks.get(userId, channel.id);
  return visibleMessages(workspace, channel.id, userId).filter(
    (message) =>
      message.ts > readUntil &&
      message.user !== userId &&
      (message.threadTs === null || channel.kind === 'direct'),
  ).length;
}

function promptsOf(workspace: Workspace, channel: Channel): readonly { title: string; message: string }[] {
  if (channel.kind !== 'direct') return [];
  return workspace.states.prompts(channel.id) ?? workspace.app.suggestedPrompts;
}
