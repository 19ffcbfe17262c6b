import { Temporal } from 'temporal-polyfill';
import type { HistoryGrain } from '../../domain/snapshot-settings.ts';
import type { TimeUnit } from '../metric-query.ts';

/** Half-open, in milliseconds since 1970; days of a date column are those of UTC. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Piece extends Span {
  readonly grain: HistoryGrain;
}

/** What of a range is read from where. The pieces and the live spans make up the range, none overlaps another. */
export interface Cover {
  readonly pieces: readonly Piece[];
  readonly live: readonly Span[];
}

export interface Kept {
  /** Zone that the buckets were cut in; `UTC` for a column of dates. */
  readonly zone: string;
  /** First local day of each grain, `YYYY-MM-DD`; a grain that is not kept is absent. */
  readonly from: Readonly<Partial<Record<HistoryGrain, string>>>;
  /** The values speak of this moment; the bucket that it lies in is open. */
  readonly asOf: number;
}

/** Buckets that lie wholly within those of the grain that is asked for, coarsest first. */
const nested: Readonly<Record<TimeUnit | 'none', readonly HistoryGrain[]>> = {
  none: ['week', 'day', 'hour'],
  hour: ['hour'],
  day: ['day', 'hour'],
  week: ['week', 'day', 'hour'],
  month: ['day', 'hour'],
  quarter: ['day', 'hour'],
  year: ['day', 'hour'],
};

/**
 * Covers a range with whole buckets that are kept, the coarsest that fit, and leaves the rest to the records: what is
 * older than what is kept, parts of a bucket, the open bucket and days that have changed.
 *
 * @param asked grain that the answer is grouped by
 * @param changedDays local days, `YYYY-MM-DD`
 */
export function coverRange(
  range: Span,
  asked: TimeUnit | 'none',
  kept: Kept,
  changedDays: readonly string[],
): Cover {
  const pieces: Piece[] = [];
  const live: Span[] = [];
  const cover = (span: Span, grains: readonly HistoryGrain[]): void => {
    if (span.from >= span.to) return;
    const [grain, ...finer] = grains;
    if (grain === undefined) {
      live.push(span);
      return;
    }
    const first = kept.from[grain];
    if (first === undefined) {
      cover(span, finer);
      return;
    }
    const from = ceil(Math.max(span.from, startOf(first, kept.zone)), grain, kept.zone);
    const to = floor(Math.min(span.to, kept.asOf), grain, kept.zone);
    if (from >= to) {
      cover(span, finer);
      return;
    }
    cover({ from: span.from, to: from }, finer);
    pieces.push({ grain, from, to });
    cover({ from: to, to: span.to }, finer);
  };
  let at = range.from;
  for (const day of [...changedDays, ...unevenDays(kept)].sort()) {
    const from = Math.max(startOf(day, kept.zone), at);
    const to = Math.min(startOf(nextDay(day), kept.zone), range.to);
    if (from >= to) continue;
    cover({ from: at, to: from }, nested[asked]);
    live.push({ from, to });
    at = to;
  }
  cover({ from: at, to: range.to }, nested[asked]);
  return { pieces, live: joinNeighbours(live) };
}

/** Days whose clocks change by a part of an hour: their hours overlap. */
function unevenDays({ zone, from }: Kept): readonly string[] {
  if (from.hour === undefined || zone === 'UTC') return [];
  const days: string[] = [];
  let change = Temporal.PlainDate.from(from.hour).toZonedDateTime(zone).getTimeZoneTransition('next');
  const last = Temporal.PlainDate.from(from.hour).add({ days: 400 });
  while (change && Temporal.PlainDate.compare(change.toPlainDate(), last) <= 0) {
    if (!Number.isInteger(change.hoursInDay)) days.push(change.toPlainDate().toString());
    change = change.getTimeZoneTransition('next');
  }
  return days;
}

function joinNeighbours(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && last.to === span.from) last.to = span.to;
    else joined.push({ ...span });
  }
  return joined;
}

/** Beginning of the local hour, day or week that an instant lies in. */
export function floor(at: number, grain: HistoryGrain, zone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  if (grain === 'hour') return local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).epochMilliseconds;
  const day = local.toPlainDate();
  const first = grain === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day;
  return first.toZonedDateTime(zone).epochMilliseconds;
}

function ceil(at: number, grain: HistoryGrain, zone: string): number {
  const start = floor(at, grain, zone);
  if (start === at) return at;
  const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
  if (grain === 'hour') return local.add({ hours: 1 }).epochMilliseconds;
  const next = local.toPlainDate().add({ days: grain === 'week' ? 7 : 1 });
  return next.toZonedDateTime(zone).epochMilliseconds;
}

function startOf(day: string, zone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

function nextDay(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** Local day of an instant. */
export function dayAt(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}
