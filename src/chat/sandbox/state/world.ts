import type { AppIdentity } from '../options.ts';
import { newSlackId, stableSlackId } from './slack-id.ts';

/** A person or a bot of the workspace. */
export interface User {
  readonly id: string;
  /** Handle, for example `maria`. */
  readonly name: string;
  readonly realName: string;
  /** What the person does, for example `Support engineer`. */
  readonly title: string;
  readonly email: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly kind: 'person' | 'bot' | 'slackbot';
}

export interface NewUser {
  readonly id?: string;
  readonly name: string;
  readonly realName?: string;
  readonly title?: string;
  readonly email?: string;
  readonly timeZone?: string;
}

export interface Channel {
  readonly id: string;
  /** Without `#`; '' for direct messages. */
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
  readonly topic: string;
  readonly isArchived: boolean;
  readonly createdSeconds: number;
}

export interface NewChannel {
  readonly id?: string;
  readonly name: string;
  readonly private?: boolean;
  readonly topic?: string;
}

/** Users, channels and who is in which. */
export interface World {
  addUser(user: NewUser): User;
  addChannel(channel: NewChannel): Channel;
  archive(channelId: string): void;
  join(channelId: string, userId: string): void;
  leave(channelId: string, userId: string): void;
  user(id: string): User | undefined;
  users(): readonly User[];
  userByEmail(email: string): User | undefined;
  channel(id: string): Channel | undefined;
  channelByName(name: string): Channel | undefined;
  channels(): readonly Channel[];
  isMember(channelId: string, userId: string): boolean;
  members(channelId: string): readonly string[];
  /** The direct conversation of a person with the app, made on first use. */
  directMessage(userId: string): Channel;
  /** The person of a direct conversation. */
  partner(channelId: string): string | undefined;
}

/** @param now seconds, becomes `created` of new channels */
export function createWorld(app: AppIdentity, now: () => number): World {
  const users = new Map<string, User>();
  const channels = new Map<string, Channel>();
  const memberships = new Map<string, Set<string>>();
  const partners = new Map<string, string>();

  const put = (channel: Channel): Channel => {
    channels.set(channel.id, channel);
    if (!memberships.has(channel.id)) memberships.set(channel.id, new Set());
    return channel;
  };
  const world: World = {
    addUser(user) {
      const id = user.id ?? freeId('U', user.name, users);
      const added: User = {
        id,
        name: user.name,
        realName: user.realName ?? user.name,
        title: user.title ?? '',
        email: user.email ?? `${user.name}@example.com`,
        timeZone: user.timeZone ?? 'UTC',
        kind: 'person',
      };
      users.set(id, added);
      return added;
    },
    addChannel: (channel) =>
      put({
        id: channel.id ?? freeId('C', channel.name, channels),
        name: channel.name,
        kind: channel.private === true ? 'private' : 'public',
        topic: channel.topic ?? '',
        isArchived: false,
        createdSeconds: now(),
      }),
    archive(channelId) {
      const channel = channels.get(channelId);
      if (channel !== undefined) channels.set(channelId, { ...channel, isArchived: true });
    },
    join: (channelId, userId) => void memberships.get(channelId)?.add(userId),
    leave: (channelId, userId) => void memberships.get(channelId)?.delete(userId),
    user: (id) => users.get(id),
    users: () => [...users.values()],
    userByEmail: (email) =>
      [...users.values()].find((user) => user.email === email && user.kind === 'person'),
    channel: (id) => channels.get(id),
    channelByName: (name) => [...channels.values()].find((channel) => channel.name === name && name !== ''),
    channels: () => [...channels.values()],
    isMember: (channelId, userId) => memberships.get(channelId)?.has(userId) ?? false,
    members: (channelId) => [...(memberships.get(channelId) ?? [])],
    directMessage(userId) {
      const id = stableSlackId('D', userId);
      const known = channels.get(id);
      if (known !== undefined) return known;
      partners.set(id, userId);
      const made = put({
        id,
        name: '',
        kind: 'direct',
        topic: '',
        isArchived: false,
        createdSeconds: now(),
      });
      world.join(id, userId);
      world.join(id, app.botUserId);
      return made;
    },
    partner: (channelId) => partners.get(channelId),
  };
  addResidents(users, app);
  return world;
}

function addResidents(users: Map<string, User>, app: AppIdentity): void {
  const handle = app.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const common = { title: '', email: '', timeZone: 'UTC' };
  users.set(app.botUserId, {
    ...common,
    id: app.botUserId,
    name: handle,
    realName: app.name,
    kind: 'bot',
  });
  users.set('USLACKBOT', {
    ...common,
    id: 'USLACKBOT',
    name: 'slackbot',
    realName: 'Slackbot',
    kind: 'slackbot',
  });
}

function freeId(prefix: string, name: string, taken: ReadonlyMap<string, unknown>): string {
  const id = stableSlackId(prefix, name);
  return taken.has(id) ? newSlackId(prefix) : id;
}
