import type { JsonObject } from '../json.ts';
import { microseconds } from './timestamps.ts';

export interface StoredMessage {
  readonly channel: string;
  readonly ts: string;
  /** Who wrote it. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
  readonly metadata: JsonObject | null;
  /** Parent's ts for a reply. */
  readonly threadTs: string | null;
  /** A reply that is also shown in the channel. */
  readonly isBroadcast: boolean;
  readonly editedTs: string | null;
  readonly fileIds: readonly string[];
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** The one person who sees an ephemeral message; null for everyone. */
  readonly visibleTo: string | null;
  /** While a streamed message is still being written. */
  readonly isStreaming: boolean;
  /** Milliseconds; from here the visibility lag of the history counts. */
  readonly storedAt: number;
}

export interface HistoryRange {
  readonly oldest?: string;
  readonly latest?: string;
  readonly inclusive?: boolean;
}

/** Messages by channel, oldest first. */
export interface MessageStore {
  put(message: StoredMessage): void;
  remove(channel: string, ts: string): void;
  find(channel: string, ts: string): StoredMessage | undefined;
  /** Everything in a channel, ephemeral messages included, oldest first. */
  all(channel: string): readonly StoredMessage[];
  /** What the history of a channel shows: no replies, nothing ephemeral, newest first. */
  history(channel: string, range: HistoryRange, storedBefore: number): readonly StoredMessage[];
  /** Parent and replies, oldest first. */
  thread(channel: string, parentTs: string, storedBefore: number): readonly StoredMessage[];
  replies(channel: string, parentTs: string): readonly StoredMessage[];
}

export function createMessageStore(): MessageStore {
  const channels = new Map<string, Map<string, StoredMessage>>();
  const replyIndex = new Map<string, Set<string>>();
  const of = (channel: string): Map<string, StoredMessage> => {
    const known = channels.get(channel);
    if (known !== undefined) return known;
    const made = new Map<string, StoredMessage>();
    channels.set(channel, made);
    return made;
  };
  const replies = (channel: string, parentTs: string): readonly StoredMessage[] =>
    [...(replyIndex.get(`${channel}:${parentTs}`) ?? [])].flatMap((ts) => of(channel).get(ts) ?? []);
  return {
    put(message) {
      of(message.channel).set(message.ts, message);
      if (message.threadTs === null || message.visibleTo !== null) return;
      const key = `${message.channel}:${message.threadTs}`;
      const known = replyIndex.get(key) ?? new Set();
      replyIndex.set(key, known.add(message.ts));
    },
    remove(channel, ts) {
      const threadTs = of(channel).get(ts)?.threadTs;
      if (threadTs !== undefined && threadTs !== null) replyIndex.get(`${channel}:${threadTs}`)?.delete(ts);
      of(channel).delete(ts);
    },
    find: (channel, ts) => of(channel).get(ts),
    all: (channel) => [...of(channel).values()],
    history: (channel, range, storedBefore) =>
      [...of(channel).values()]
        .filter(
          (message) =>
            message.visibleTo === null &&
            message.storedAt <= storedBefore &&
            (message.threadTs === null || message.isBroadcast) &&
            isInside(message.ts, range),
        )
        .reverse(),
    thread(channel, parentTs, storedBefore) {
      const parent = of(channel).get(parentTs);
      if (parent === undefined) return [];
      return [parent, ...replies(channel, parentTs)].filter((message) => message.storedAt <= storedBefore);
    },
    replies,
  };
}

/** Slack leaves the two ends out unless `inclusive`. */
export function isInside(ts: string, range: HistoryRange): boolean {
  const at = microseconds(ts);
  const oldest = range.oldest === undefined ? Number.NEGATIVE_INFINITY : microseconds(range.oldest);
  const latest = range.latest === undefined ? Number.POSITIVE_INFINITY : microseconds(range.latest);
  return range.inclusive === true ? at >= oldest && at <= latest : at > oldest && at < latest;
}
