import { Temporal } from 'temporal-polyfill';
import type { BusinessCalendar } from '../../domain/sla-policy.ts';

/**
 * Business time of one calendar as a number line: open spans in UTC and, for each, the business seconds before it.
 * Elapsed time and due dates are then two binary searches, whatever the zone, the shifts and the holidays.
 * All instants are whole seconds since 1970 in UTC.
 */
export interface BusinessAxis {
  readonly calendar: BusinessCalendar;
  /** The axis knows [from, to); asking outside is a bug of the caller. */
  readonly from: number;
  readonly to: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Business seconds before each span. */
  readonly before: Float64Array;
  readonly totalSeconds: number;
}

const DAY_SECONDS = 86_400;
const DAY_MINUTES = 1_440;

/**
 * Builds the axis for [from, to). Local times that a clock change skips count as the later instant (02:30 becomes
 * 03:30), times that happen twice as the first of the two: Temporal's `compatible`.
 */
export function buildBusinessAxis(calendar: BusinessCalendar, range: { from: Date; to: Date }): BusinessAxis {
  const from = Math.floor(range.from.getTime() / 1000);
  const to = Math.ceil(range.to.getTime() / 1000);
  const spans = isAlwaysOpen(calendar) ? [{ start: from, end: to }] : buildSpans(calendar, from, to);
  const starts = Float64Array.from(spans, (span) => span.start);
  const ends = Float64Array.from(spans, (span) => span.end);
  const before = new Float64Array(spans.length);
  let totalSeconds = 0;
  for (const [index, span] of spans.entries()) {
    before[index] = totalSeconds;
    totalSeconds += span.end - span.start;
  }
  return { calendar, from, to, starts, ends, before, totalSeconds };
}

/** Business seconds from the beginning of the axis to an instant. */
function secondsUntil(axis: BusinessAxis, at: number): number {
  if (at < axis.from || at > axis.to) {
    throw new RangeError(
      `calendar "${axis.calendar.id}" was not built for ${new Date(at * 1000).toISOString()}`,
    );
  }
  const index = countUpTo(axis.starts, at) - 1;
  if (index < 0) return 0;
  return axis.before[index]! + Math.min(at, axis.ends[index]!) - axis.starts[index]!;
}

/** Business seconds in [from, to); negative when `to` is the earlier one. */
export function secondsBetween(axis: BusinessAxis, from: number, to: number): number {
  return secondsUntil(axis, to) - secondsUntil(axis, from);
}

/**
 * The instant at which `seconds` of business time after `start` are used up; null when that lies beyond the axis.
 * A target used up exactly when business closes is due at closing time, not at the next opening; products differ
 * here, so `boundary` chooses.
 */
export function addSeconds(
  axis: BusinessAxis,
  start: number,
  seconds: number,
  boundary: 'closing' | 'opening' = 'closing',
): number | null {
  const position = secondsUntil(axis, start) + seconds;
  if (seconds === 0) return nextOpening(axis, start);
  if (position > axis.totalSeconds) return null;
  // `before` ascends: the span is the last that begins before the position, or at it when openings count.
  const count = boundary === 'closing' ? countBelow(axis.before, position) : countUpTo(axis.before, position);
  const index = Math.max(count - 1, 0);
  const at = axis.starts[index]! + position - axis.before[index]!;
  return boundary === 'opening' && at >= axis.ends[index]! ? null : at;
}

/** The instant itself while business is open, else the next opening; null when the axis knows none. */
export function nextOpening(axis: BusinessAxis, at: number): number | null {
  const index = countUpTo(axis.starts, at) - 1;
  if (index >= 0 && at < axis.ends[index]!) return at;
  return axis.starts[index + 1] ?? null;
}

/** How many of the ascending values are <= x. */
function countUpTo(values: Float64Array, x: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending values are < x. */
function countBelow(values: Float64Array, x: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function isAlwaysOpen(calendar: BusinessCalendar): boolean {
  if (calendar.holidays.size > 0) return false;
  return calendar.week.every((ranges) =>
    ranges.some((range) => range.fromMinute === 0 && range.toMinute >= DAY_MINUTES),
  );
}

function buildSpans(calendar: BusinessCalendar, from: number, to: number): readonly Span[] {
  const pieces = piecesPerWeekday(calendar);
  // A local day can begin up to 14 hours before or after the UTC day of the same date.
  let day = toPlainDate(from - 2 * DAY_SECONDS);
  const lastDay = toPlainDate(to + 2 * DAY_SECONDS);
  const spans: Span[] = [];
  while (Temporal.PlainDate.compare(day, lastDay) <= 0) {
    for (const piece of isHoliday(calendar, day) ? [] : pieces[day.dayOfWeek - 1]!) {
      const start = Math.max(toInstant(day, piece.fromMinute, calendar.zone), from);
      const end = Math.min(toInstant(day, piece.toMinute, calendar.zone), to);
      if (end > start) spans.push({ start, end });
    }
    day = day.add({ days: 1 });
  }
  return mergeSpans(spans);
}

/** Sorted and merged: a range that begins in a skipped hour can start after the next one, and shifts may overlap. */
function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/**
 * Ranges cut at midnight, so that a holiday closes exactly its own day: of an overnight shift the part on the other
 * day stays.
 */
function piecesPerWeekday(calendar: BusinessCalendar): readonly (readonly Piece[])[] {
  const days: Piece[][] = Array.from({ length: 7 }, () => []);
  for (const [weekday, ranges] of calendar.week.entries()) {
    for (const { fromMinute, toMinute } of ranges) {
      days[weekday]!.push({ fromMinute, toMinute: Math.min(toMinute, DAY_MINUTES) });
      if (toMinute > DAY_MINUTES)
        days[(weekday + 1) % 7]!.push({ fromMinute: 0, toMinute: toMinute - DAY_MINUTES });
    }
  }
  return days;
}

interface Piece {
  readonly fromMinute: number;
  readonly toMinute: number;
}

function isHoliday(calendar: BusinessCalendar, day: Temporal.PlainDate): boolean {
  if (calendar.holidays.size === 0) return false;
  const text = day.toString();
  return calendar.holidays.has(text) || calendar.holidays.has(text.slice(5));
}

function toInstant(day: Temporal.PlainDate, minute: number, zone: string): number {
  const date = minute === DAY_MINUTES ? day.add({ days: 1 }) : day;
  const within = minute % DAY_MINUTES;
  const wall = date.toPlainDateTime({ hour: Math.floor(within / 60), minute: within % 60 });
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds / 1000;
}

function toPlainDate(at: number): Temporal.PlainDate {
  return Temporal.PlainDate.from(new Date(at * 1000).toISOString().slice(0, 10));
}
