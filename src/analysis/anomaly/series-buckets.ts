import { startOfDay } from '../local-days.ts';
import { addDays, localDay } from '../wording.ts';
import { buildHourBuckets, type HourBucket, slotSeconds } from './hour-buckets.ts';

export type SeriesGrain = 'hour' | 'day';

export function pointsPerDayOf(grain: SeriesGrain): number {
  return grain === 'hour' ? 24 : 1;
}

const dayMs = 86_400_000;

/** Days since 1970 of a calendar day. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

/** Calendar day of a number of days since 1970. */
export function dayOfNumber(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** The local hours or days that touch [from, to), in order. */
export function buildBuckets(from: Date, to: Date, zone: string, grain: SeriesGrain): readonly HourBucket[] {
  if (grain === 'hour') return buildHourBuckets(from, to, zone);
  const buckets: HourBucket[] = [];
  for (let day = localDay(from, zone); ; day = addDays(day, 1)) {
    const start = startOfDay(day, zone);
    if (start.getTime() >= to.getTime()) return buckets;
    const number = dayNumber(day);
    // 1 January 1970 was a Thursday.
    const weekday = (number + 3) % 7;
    const end = startOfDay(addDays(day, 1), zone);
    buckets.push({ start, end, hourOfDay: 0, hourOfWeek: weekday * 24, localDay: number });
  }
}

/**
 * Which of the buckets a stored bucket number belongs to: quarters of an hour since 1970 for hours, days since 1970 for
 * days.
 */
export function indexBuckets(
  buckets: readonly HourBucket[],
  grain: SeriesGrain,
): ReadonlyMap<number, number> {
  const index = new Map<number, number>();
  for (const [place, bucket] of buckets.entries()) {
    if (grain === 'day') {
      index.set(bucket.localDay, place);
      continue;
    }
    const first = bucket.start.getTime() / 1000 / slotSeconds;
    const end = bucket.end.getTime() / 1000 / slotSeconds;
    for (let slot = first; slot < end; slot += 1) index.set(slot, place);
  }
  return index;
}
