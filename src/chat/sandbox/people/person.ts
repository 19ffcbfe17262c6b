import type { JsonObject } from '../json.ts';
import type { Channel, User } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { PersonError } from './person-error.ts';

export function findPerson(workspace: Workspace, userId: string): User {
  const user = workspace.world.user(userId);
  if (user?.kind !== 'person') throw new PersonError('user_not_found', `no person with the id "${userId}"`);
  return user;
}

/** The channel, when the person is in it. */
export function findOwnChannel(workspace: Workspace, userId: string, channelId: string): Channel {
  findPerson(workspace, userId);
  const channel = workspace.world.channel(channelId);
  if (channel === undefined)
    throw new PersonError('channel_not_found', `no conversation with the id "${channelId}"`);
  if (!workspace.world.isMember(channelId, userId))
    throw new PersonError('not_in_channel', `"${userId}" is not in "${channelId}"`);
  return channel;
}

/** Fields that every interaction payload starts with. */
export function payloadHead(workspace: Workspace, userId: string): JsonObject {
  const { app } = workspace;
  const user = findPerson(workspace, userId);
  return {
    team: { id: app.teamId, domain: app.teamDomain },
    user: { id: user.id, username: user.name, name: user.name, team_id: app.teamId },
    api_app_id: app.appId,
    token: app.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** `directmessage` and the channel's name, as Slack writes them in payloads. */
export function channelNameInPayload(channel: Channel): string {
  return channel.kind === 'direct' ? 'directmessage' : channel.name;
}

/** `1732147200.123456` for `action_ts`: the moment, not a message. */
export function actionTimestamp(workspace: Workspace): string {
  const milliseconds = workspace.clock.now().getTime();
  return `${Math.floor(milliseconds / 1000)}.${String((milliseconds % 1000) * 1000).padStart(6, '0')}`;
}
