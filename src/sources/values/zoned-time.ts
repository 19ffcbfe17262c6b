import { Temporal } from 'temporal-polyfill';

/** A moment on a wall clock. `month` counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

const DAY = 86_400_000;
const cache = new Map<string, readonly Span[]>();

/** @returns whether this platform knows the IANA zone */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * Instant of a wall time in an IANA zone. A time that a clock change skips is moved forward by the gap; one that
 * occurs twice is the first (RFC 5545, and `disambiguation: compatible` of Temporal). Spans of equal offset are cached
 * per zone and year: 600,000 conversions take part of a second instead of half a minute.
 *
 * @returns milliseconds since 1970 in UTC
 */
export function instantOf(wall: WallTime, zone: string): number {
  const local = Date.UTC(
    wall.year,
    wall.month - 1,
    wall.day,
    wall.hour,
    wall.minute,
    wall.second,
    wall.millisecond,
  );
  if (zone === 'UTC') return local;
  const spans = spansOf(zone, wall.year);
  for (const span of spans) {
    const instant = local - span.offset;
    if (instant >= span.start && instant < span.end) return instant;
  }
  // In a gap: the offset that was valid before the change carries the clock on.
  const before = [...spans].reverse().find((span) => local - span.offset >= span.end) ?? spans[0];
  return local - (before?.offset ?? 0);
}

/** What a clock change does to a wall time: it is skipped, or it happens twice. */
export function clockChangeAt(wall: WallTime, zone: string): 'skipped' | 'repeated' | null {
  if (zone === 'UTC') return null;
  const { year, month, day, hour, minute, second, millisecond } = wall;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  let fits = 0;
  for (const { start, end, offset } of spansOf(zone, year)) {
    if (local - offset >= start && local - offset < end) fits += 1;
  }
  return fits === 1 ? null : fits === 0 ? 'skipped' : 'repeated';
}

function spansOf(zone: string, year: number): readonly Span[] {
  const key = `${zone}/${year}`;
  const known = cache.get(key);
  if (known) return known;
  const first = Date.UTC(year, 0, 1) - 3 * DAY;
  const last = Date.UTC(year + 1, 0, 1) + 3 * DAY;
  const spans: Span[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO(zone);
  while (at.epochMilliseconds < last) {
    const next = at.getTimeZoneTransition('next');
    const end = next === null ? last : Math.min(next.epochMilliseconds, last);
    spans.push({ start: at.epochMilliseconds, end, offset: at.offsetNanoseconds / 1e6 });
    if (next === null) break;
    at = next;
  }
  cache.set(key, spans);
  return spans;
}
