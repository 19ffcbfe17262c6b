import { SlackError } from '../slack-error.ts';
import type { Channel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';

/** Refuses with `missing_scope`, naming what is needed and what the token has. */
export function requireScope(workspace: Workspace, anyOf: readonly string[]): void {
  const { scopes } = workspace.app;
  if (anyOf.some((scope) => scopes.has(scope))) return;
  throw new SlackError('missing_scope', [], {
    needed: anyOf.join(','),
    provided: [...scopes].join(','),
  });
}

const prefixOfKind = { public: 'channels', private: 'groups', direct: 'im' } as const;

/** `channels:history`, `groups:history` or `im:history`, and the same for `read`. */
export function requireChannelScope(workspace: Workspace, channel: Channel, right: 'history' | 'read'): void {
  requireScope(workspace, [`${prefixOfKind[channel.kind]}:${right}`]);
}

/** The channel as the app may know it: private channels without the app do not exist for it. */
export function findChannel(workspace: Workspace, id: string): Channel {
  const { world, app } = workspace;
  const channel = world.channel(id);
  const isHidden = channel !== undefined && channel.kind !== 'public' && !world.isMember(id, app.botUserId);
  if (channel === undefined || isHidden) throw new SlackError('channel_not_found');
  return channel;
}

/** Refuses with `not_in_channel`. */
export function requireMembership(workspace: Workspace, channel: Channel): void {
  if (!workspace.world.isMember(channel.id, workspace.app.botUserId)) throw new SlackError('not_in_channel');
}

/**
 * Where a post goes: a channel id, `#name`, or a person's id (their direct conversation). The app must be a member,
 * except of public channels with `chat:write.public`; archived channels take nothing.
 */
export function findPostTarget(workspace: Workspace, target: string): Channel {
  const { world, app } = workspace;
  const channel = resolve(workspace, target);
  if (channel.isArchived) throw new SlackError('is_archived');
  const mayWritePublic = channel.kind === 'public' && app.scopes.has('chat:write.public');
  if (!world.isMember(channel.id, app.botUserId) && !mayWritePublic) throw new SlackError('not_in_channel');
  return channel;
}

function resolve(workspace: Workspace, target: string): Channel {
  const { world } = workspace;
  const person = world.user(target);
  if (person?.kind === 'person') return world.directMessage(person.id);
  const named = world.channelByName(target.replace(/^#/, ''));
  return findChannel(workspace, named?.id ?? target);
}
