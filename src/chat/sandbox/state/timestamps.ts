import type { Clock } from '../../../toolkit/clock.ts';

/**
 * Microseconds since 1970 of a Slack timestamp such as `1732147200.000100`; also takes `1732147200` as clients write
 * for `oldest`. NaN when it is none.
 */
export function microseconds(ts: string): number {
  const match = /^(\d{1,11})(?:\.(\d{1,6}))?$/.exec(ts);
  if (match === null) return Number.NaN;
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'));
}

/** `1732147200.000100`: ten digits, a dot, six digits, so that strings sort as times. */
function formatTimestamp(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${String(seconds).padStart(10, '0')}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** Hands out timestamps that are unique and increasing in each channel, whatever the clock does. */
export interface Timestamps {
  next(channelId: string): string;
  /** Never goes back behind this one (used when a stored log is read). */
  seen(channelId: string, ts: string): void;
}

export function createTimestamps(clock: Clock): Timestamps {
  const last = new Map<string, number>();
  return {
    next(channelId) {
      const now = clock.now().getTime() * 1000;
      const micros = Math.max(now, (last.get(channelId) ?? 0) + 1);
      last.set(channelId, micros);
      return formatTimestamp(micros);
    },
    seen(channelId, ts) {
      last.set(channelId, Math.max(last.get(channelId) ?? 0, microseconds(ts) || 0));
    },
  };
}
