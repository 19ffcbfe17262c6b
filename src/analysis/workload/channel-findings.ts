import type { Finding } from '../../domain/finding.ts';
import type { WorkloadSettings } from '../../domain/workload-settings.ts';
import { writeDuration, writeInstant, writeNumber } from '../wording.ts';

interface Moment {
  readonly now: Date;
  readonly zone: string;
}

/** A connection to a messaging channel that does not stand. */
export interface BrokenSession {
  readonly id: string;
  readonly name: string | null;
  readonly channel: string | null;
  readonly state: 'disconnected' | 'reconnecting';
  /** Null: the source does not say. */
  readonly lastSeenAt: Date | null;
  /** When its source last spoke of it. */
  readonly updatedAt: Date;
}

/** One `session-down` finding for each connection that is down; the rule decides after how many minutes that matters. */
export function buildSessionFindings(
  sessions: readonly BrokenSession[],
  { now, zone }: Moment,
): readonly Finding[] {
  return sessions.map((session): Finding => {
    const { id, channel, state } = session;
    const name = session.name ?? 'A messaging session';
    const seenAt = session.lastSeenAt ?? session.updatedAt;
    const seconds = Math.max(0, Math.round((now.getTime() - seenAt.getTime()) / 1000));
    return {
      kind: 'session-down',
      subject: { kind: 'messaging_session', id, label: name },
      accountId: null,
      ownerId: null,
      teamId: null,
      value: seconds / 60,
      observedAt: now,
      facts: {
        headline: `${name} is ${state}`,
        sentence: `${name}${channel === null ? '' : ` (${channel})`} was last seen ${writeDuration(seconds)} ago, at ${writeInstant(seenAt, zone)}. Messages wait until it is back.`,
        over: `${name} is connected again`,
        name,
        channel,
        state,
        last_seen_at: session.lastSeenAt?.toISOString() ?? null,
        down_seconds: seconds,
      },
      evidence: {
        caption: 'Minutes = now less the moment at which the connection was last seen, as its source says.',
        columns: ['Session', 'Channel', 'State', 'Last seen', 'Not seen for'],
        rows: [[name, channel, state, writeInstant(seenAt, zone), writeDuration(seconds)]],
      },
      chart: null,
    };
  });
}

/** What a queue did in the window, and what it usually does. */
export interface QueueWindow {
  /** Id of the messaging session, or the channel where the source names no session. */
  readonly id: string;
  readonly name: string | null;
  readonly channel: string | null;
  /** Means over the samples of the window. */
  readonly depth: number;
  readonly ratePerMinute: number;
  /** Mean of the 14 days before; null without samples. */
  readonly usualRatePerMinute: number | null;
  readonly samples: readonly { readonly at: Date; readonly depth: number; readonly ratePerMinute: number }[];
}

/** A queue that stands still would need for ever. */
const longestDrainMinutes = 1440;
const EVIDENCE_ROWS = 20;

/**
 * One `queue-pressure` finding for each queue that is deep and slow at once: more waits than `high_depth`, and
 * waiting / messages a minute is more than `slow_drain_minutes` (Little's law: how long the last one in the queue waits).
 */
export function buildQueueFindings(
  queues: readonly QueueWindow[],
  { queue: limits }: WorkloadSettings,
  { now, zone }: Moment,
): readonly Finding[] {
  return queues.flatMap((queue): Finding[] => {
    const drain = queue.ratePerMinute > 0 ? queue.depth / queue.ratePerMinute : longestDrainMinutes;
    const minutes = Math.min(longestDrainMinutes, drain);
    const newest = queue.samples.at(-1);
    if (queue.depth < limits.highDepth || minutes < limits.slowDrainMinutes || newest === undefined)
      return [];
    const name = queue.name ?? queue.channel ?? 'The message queue';
    const usual =
      queue.usualRatePerMinute === null
        ? ''
        : `, usually ${writeNumber(queue.usualRatePerMinute, 1)} a minute`;
    return [
      {
        kind: 'queue-pressure',
        subject: { kind: 'messaging_session', id: queue.id, label: name },
        accountId: null,
        ownerId: null,
        teamId: null,
        value: minutes,
        observedAt: now,
        facts: {
          headline: `${name}: the queue is deep and slow`,
          sentence: `${writeNumber(queue.depth)} messages wait and ${writeNumber(queue.ratePerMinute, 1)} a minute are processed${usual}: the last one waits ${writeDuration(minutes * 60)}.`,
          over: `The queue of ${name} is worked off`,
          name,
          channel: queue.channel,
          depth: Math.round(queue.depth * 10) / 10,
          rate_per_minute: Math.round(queue.ratePerMinute * 10) / 10,
          usual_rate_per_minute: queue.usualRatePerMinute,
          drain_seconds: Math.round(minutes * 60),
          sampled_at: newest.at.toISOString(),
        },
        evidence: {
          caption: `Samples of the last ${limits.windowMinutes} minutes. Time to work it off = mean depth / mean messages a minute; told from ${limits.highDepth} waiting and ${limits.slowDrainMinutes} minutes on.`,
          columns: ['Sampled', 'Waiting', 'Processed a minute'],
          rows: queue.samples
            .slice(-EVIDENCE_ROWS)
            .map(({ at, depth, ratePerMinute }) => [writeInstant(at, zone), depth, ratePerMinute]),
        },
        chart: null,
      },
    ];
  });
}
