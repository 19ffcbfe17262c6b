import type { Clock } from '../../toolkit/clock.ts';
import type { Faults } from './faults.ts';
import type { AppIdentity } from './options.ts';
import type { AppLink } from './outbound/app-link.ts';
import type { ChannelPacing } from './pacing.ts';
import type { ChangeFeed } from './state/change-feed.ts';
import type { ConversationStates } from './state/conversation-states.ts';
import type { Counters } from './state/counters.ts';
import type { FileStore } from './state/file-store.ts';
import type { MessageStore } from './state/message-store.ts';
import type { OneTimeKeys } from './state/one-time-keys.ts';
import type { ReadMarks } from './state/read-marks.ts';
import type { Timestamps } from './state/timestamps.ts';
import type { TruthLog } from './state/truth-log.ts';
import type { ViewStore } from './state/view-store.ts';
import type { World } from './state/world.ts';

/** Everything that one sandbox holds; handlers take it as their first argument. */
export interface Workspace {
  readonly app: AppIdentity;
  readonly clock: Clock;
  readonly world: World;
  readonly messages: MessageStore;
  readonly timestamps: Timestamps;
  readonly files: FileStore;
  readonly views: ViewStore;
  readonly states: ConversationStates;
  readonly readMarks: ReadMarks;
  readonly log: TruthLog;
  readonly feed: ChangeFeed;
  readonly faults: Faults;
  readonly pacing: ChannelPacing;
  readonly counters: Counters;
  /** Valid for three seconds, once. */
  readonly triggers: OneTimeKeys<TriggerTarget>;
  /** Valid for thirty minutes, five times. */
  readonly responseUrls: OneTimeKeys<ResponseTarget>;
  readonly link: AppLink;
  /** Ticket for a socket connection. */
  readonly issueSocketTicket: () => string;
  readonly historyLag: HistoryLag;
  /** `http://127.0.0.1:1234`, known after listening. */
  readonly baseUrl: () => string;
}

interface TriggerTarget {
  readonly userId: string;
}

/** Where answers to an interaction go. */
export interface ResponseTarget {
  readonly channelId: string;
  readonly userId: string;
  /** The message that was acted on; null for commands. */
  readonly messageTs: string | null;
  readonly threadTs: string | null;
}

/** How long a stored message stays invisible to the history methods. */
export interface HistoryLag {
  set(milliseconds: number, channelId?: string): void;
  of(channelId: string): number;
}

export function createHistoryLag(): HistoryLag {
  let general = 0;
  const byChannel = new Map<string, number>();
  return {
    set(milliseconds, channelId) {
      if (channelId === undefined) {
        general = milliseconds;
        byChannel.clear();
      } else byChannel.set(channelId, milliseconds);
    },
    of: (channelId) => byChannel.get(channelId) ?? general,
  };
}
