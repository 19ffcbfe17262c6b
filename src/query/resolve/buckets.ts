import type { Temporal } from 'temporal-polyfill';
import type { TimeUnit } from '../metric-query.ts';
import { addUnits, startOfUnit, type TimeSettings } from './calendar-units.ts';
import { type Edge, firstDay, type LocalRange } from './edge.ts';
import { parseDay } from './time-range.ts';

/** More points than this are no chart and no table; the caller asks for a coarser grain. */
export const mostBuckets = 400;

/**
 * Names of all buckets that a range touches, in order: `YYYY-MM-DD` of their first day, or the ISO instant of the hour.
 * Null when there are more than `mostBuckets`.
 *
 * @param range both ends must be known
 */
export function bucketsOf(
  range: { readonly start: Edge; readonly end: Edge },
  grain: TimeUnit,
  settings: TimeSettings,
): readonly string[] | null {
  if (grain === 'hour') return hoursOf(range, settings);
  const start = firstDay(range.start);
  const last = lastDayOf(range.end);
  const buckets: string[] = [];
  let day = startOfUnit(start, grain, settings.fiscalStartMonth);
  while (day.until(last).sign >= 0) {
    if (buckets.length >= mostBuckets) return null;
    buckets.push(day.toString());
    day = addUnits(day, grain, 1);
  }
  return buckets;
}

function hoursOf(
  range: { readonly start: Edge; readonly end: Edge },
  settings: TimeSettings,
): readonly string[] | null {
  const moment = (edge: Edge) => (edge.kind === 'exact' ? edge.at : edge.day.toZonedDateTime(settings.zone));
  let at = moment(range.start).round({ smallestUnit: 'hour', roundingMode: 'floor' });
  const end = moment(range.end).epochMilliseconds;
  const buckets: string[] = [];
  while (at.epochMilliseconds < end) {
    if (buckets.length >= mostBuckets) return null;
    buckets.push(new Date(at.epochMilliseconds).toISOString());
    at = at.add({ hours: 1 });
  }
  return buckets;
}

function lastDayOf(edge: Edge): Temporal.PlainDate {
  return edge.kind === 'day' ? edge.day.subtract({ days: 1 }) : edge.at.toPlainDate();
}

/** Grain for a question that names none: about a dozen to sixty points. */
export function grainFor(range: LocalRange): TimeUnit {
  if (!range.start || !range.end) return 'month';
  const length = firstDay(range.start).until(lastDayOf(range.end), { largestUnit: 'days' }).days + 1;
  if (length <= 2) return 'hour';
  if (length <= 62) return 'day';
  return length <= 200 ? 'week' : 'month';
}

/** First and last bucket that rows were found in, as a range, for questions about all time. */
export function rangeOfBuckets(found: readonly string[], grain: TimeUnit): { start: Edge; end: Edge } | null {
  const sorted = found.toSorted();
  const [first, last] = [parseDay(sorted[0] ?? ''), parseDay(sorted.at(-1) ?? '')];
  if (grain === 'hour' || first === 'invalid' || last === 'invalid') return null;
  return { start: { kind: 'day', day: first }, end: { kind: 'day', day: addUnits(last, grain, 1) } };
}
