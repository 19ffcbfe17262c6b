import { hourWeight, planConversations, type Region } from './conversations-arrivals.ts';
import { dayMs, hourMs } from './presence-hours.ts';
import type { Cell, WorldBasis } from './world.ts';

interface Session {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly phone: string | null;
  readonly status: 'connected' | 'disconnected' | 'reconnecting';
  /** Seconds before the end of the world at which it was last heard of. */
  readonly silentSeconds: number;
  readonly region: Region;
  /** Share of all messages that go through it. */
  readonly share: number;
}

const sessions: readonly Session[] = [
  session('WA-1', 'WhatsApp support EMEA', 'WhatsApp', '+49 ••• ••01', 'connected', 4, 'EMEA', 0.25),
  session('WA-2', 'WhatsApp support Americas', 'WhatsApp', '+1 ••• ••02', 'connected', 9, 'Americas', 0.2),
  session('WA-3', 'WhatsApp campaigns', 'WhatsApp', '+49 ••• ••03', 'disconnected', 11_400, 'EMEA', 0.08),
  session('WA-4', 'WhatsApp billing', 'WhatsApp', '+44 ••• ••04', 'reconnecting', 95, 'EMEA', 0.06),
  session('WC-1', 'Web chat', 'Web chat', null, 'connected', 1, 'EMEA', 0.28),
  session('SC-1', 'Slack Connect', 'Slack Connect', null, 'connected', 2, 'Americas', 0.13),
];

function session(
  id: string,
  name: string,
  channel: string,
  phone: string | null,
  status: Session['status'],
  silentSeconds: number,
  region: Region,
  share: number,
): Session {
  return { id, name, channel, phone, status, silentSeconds, region, share };
}

export const sessionHeader = ['session_id', 'name', 'channel', 'phone', 'status', 'last_seen_at'] as const;

export function sessionRows(asOf: Date): readonly (readonly Cell[])[] {
  const seen = (seconds: number): string =>
    new Date(Math.floor(asOf.getTime() / 1000) * 1000 - seconds * 1000).toISOString();
  return sessions.map((one) => [
    one.id,
    one.name,
    one.channel,
    one.phone,
    one.status,
    seen(one.silentSeconds),
  ]);
}

export const brokenSessions = (): readonly string[] =>
  sessions.filter(({ status }) => status !== 'connected').map(({ id }) => id);

export const queueHeader = ['session_id', 'channel', 'sampled_at', 'depth', 'processed_per_minute'] as const;

const stepMs = 5 * 60_000;
const sampled = { small: 1, demo: 2, large: 6 } as const;
/** Hours before the planted evening at which the samples begin; a large world has a month. */
const leadHours = { small: 6, demo: 24, large: 30 * 24 } as const;
/** On the planted evening so many messages come where one would, and so little of the capacity is left. */
const rush = { inflow: 5, capacity: 0.12 } as const;

export interface QueueSample {
  readonly session: string;
  readonly at: number;
  readonly depth: number;
  readonly row: readonly Cell[];
}

/** How many messages wait in each session every five minutes: what came in less what was worked off. */
export function* streamQueue(basis: WorldBasis): Generator<QueueSample> {
  const { asOf, scale, size } = basis;
  const { waits, start } = planConversations(basis);
  const from = Math.max(start, waits.from - leadHours[size] * hourMs);
  const perStep = (scale.messages / scale.days) * (stepMs / dayMs);
  for (const one of sessions.slice(0, sampled[size])) {
    const random = basis.random('queue').fork(one.id);
    const weight = hourWeight(one.region);
    const mean = perStep * one.share;
    const capacity = Math.max(2, 6 * mean);
    let depth = 0;
    for (let at = from; at < asOf.getTime(); at += stepMs) {
      const isRush = at >= waits.from && at < waits.to;
      const usual = isRush ? Math.max(mean * weight(at), mean, 0.2) * rush.inflow : mean * weight(at);
      const inflow = random.negativeBinomial(usual, 3);
      const able = Math.round(capacity * (isRush ? rush.capacity : 0.8 + 0.4 * random.next()));
      const done = Math.min(depth + inflow, able);
      depth += inflow - done;
      const perMinute = Math.round((done / 5) * 10) / 10;
      const row = [one.id, one.channel, new Date(at).toISOString(), depth, perMinute];
      yield { session: one.id, at, depth, row };
    }
  }
}
