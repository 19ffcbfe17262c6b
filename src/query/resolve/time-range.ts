import { Temporal } from 'temporal-polyfill';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { fail, ok, type Result } from '../../toolkit/issue.ts';
import type { TimeRange } from '../metric-query.ts';
import {
  addUnits,
  type CalendarUnit,
  lengthOf,
  runningLength,
  startOfIsoWeek,
  startOfUnit,
  startOfYear,
  type TimeSettings,
  today,
  yearNameOf,
  zonedNow,
} from './calendar-units.ts';
import { dayAfter, dayEdge, type Edge, exact, firstDay, type LocalRange } from './edge.ts';
import { rangeInWords } from './range-words.ts';

/** A range as a column can be compared with it. */
export interface AbsoluteRange {
  readonly type: 'date' | 'instant';
  /** `YYYY-MM-DD` for dates, an ISO instant in UTC for instants; half-open. */
  readonly start: string | null;
  readonly end: string | null;
  readonly words: string;
}

/** Turns the words of a plan into days and times of the asker's zone. Mistakes (quarter 5, week 53) are issues. */
export function resolveRange(range: TimeRange, settings: TimeSettings): Result<LocalRange> {
  const now = zonedNow(settings);
  const current = (unit: CalendarUnit) => startOfUnit(now.toPlainDate(), unit, settings.fiscalStartMonth);
  switch (range.kind) {
    case 'all':
      return ok({ start: null, end: null });
    case 'day': {
      const day = now.toPlainDate().add({ days: range.offset });
      return ok(days(day, day.add({ days: 1 })));
    }
    case 'to_date':
      return ok({
        start: range.unit === 'hour' ? exact(startOfHour(now)) : dayEdge(current(range.unit)),
        end: exact(now),
      });
    case 'relative':
      return ok(resolveRelative(range, now, current));
    case 'upcoming': {
      if (range.unit === 'hour') {
        const start = startOfHour(now).add({ hours: 1 });
        return ok({ start: exact(start), end: exact(start.add({ hours: range.n })) });
      }
      const start = addUnits(current(range.unit), range.unit, 1);
      return ok(days(start, addUnits(start, range.unit, range.n)));
    }
    case 'ahead':
      return ok(resolveAhead(range, now));
    case 'older': {
      const at = now.subtract(runningLength(range.unit, range.n));
      return ok({ start: null, end: { kind: 'exact', at, dayAfter: at.toPlainDate() } });
    }
    case 'between':
      return resolveBetween(range, now);
    case 'calendar':
      return resolveCalendar(range, settings);
    default:
      return exhaustive(range);
  }
}

type Kind<K extends TimeRange['kind']> = Extract<TimeRange, { kind: K }>;

function resolveRelative(
  { unit, n, completeOnly }: Kind<'relative'>,
  now: Temporal.ZonedDateTime,
  current: (unit: CalendarUnit) => Temporal.PlainDate,
): LocalRange {
  if (unit === 'minute' || unit === 'hour') {
    const end = completeOnly ? now.round({ smallestUnit: unit, roundingMode: 'floor' }) : now;
    return { start: exact(end.subtract(lengthOf(unit, n))), end: exact(end) };
  }
  if (completeOnly) {
    const end = current(unit);
    return days(addUnits(end, unit, -n), end);
  }
  // Where only days count, the last 7 are today and the six before it.
  const at = now.subtract(runningLength(unit, n));
  const firstDay = addUnits(now.toPlainDate().add({ days: 1 }), unit, -n);
  return { start: { kind: 'exact', at, firstDay }, end: exact(now) };
}

function resolveAhead({ unit, n }: Kind<'ahead'>, now: Temporal.ZonedDateTime): LocalRange {
  const at = now.add(runningLength(unit, n));
  if (unit === 'minute' || unit === 'hour') return { start: exact(now), end: exact(at) };
  // Where only days count: today and whatever comes until that day is over.
  return { start: exact(now), end: { kind: 'exact', at, dayAfter: at.toPlainDate().add({ days: 1 }) } };
}

/**
 * The range as it is split by day, week or month: it begins with a whole day, so that no part of a day stands beside
 * whole ones; split by hour, with a whole hour.
 */
export function wholeFromStart(range: LocalRange, grain: 'hour' | 'day'): LocalRange {
  const { start } = range;
  if (start?.kind !== 'exact') return range;
  if (grain === 'hour') {
    const at = start.at.round({ smallestUnit: 'hour', roundingMode: 'ceil' });
    return { ...range, start: exact(at) };
  }
  return start.firstDay === undefined
    ? range
    : { ...range, start: dayEdge(start.firstDay), isFromWholeDay: true };
}

function resolveBetween({ from, to }: Kind<'between'>, now: Temporal.ZonedDateTime): Result<LocalRange> {
  const first = from === undefined ? null : parseDay(from);
  const last = to === undefined ? null : parseDay(to);
  if (first === 'invalid' || last === 'invalid') {
    const bad = first === 'invalid' ? from : to;
    return rangeIssue('no-such-day', `${bad ?? ''} is not a day of the calendar; write it as YYYY-MM-DD.`);
  }
  if (first && last && Temporal.PlainDate.compare(first, last) > 0) {
    return rangeIssue('range-backwards', `${from ?? ''} is after ${to ?? ''}; put the earlier day first.`);
  }
  return ok({
    start: first && dayEdge(first),
    end: last ? dayEdge(last.add({ days: 1 })) : exact(now),
  });
}

function resolveCalendar(range: Kind<'calendar'>, settings: TimeSettings): Result<LocalRange> {
  const { unit, number, year } = range;
  const whole = (start: Temporal.PlainDate) => ok(days(start, addUnits(start, unit, 1)));
  if (unit === 'year') {
    if (number !== undefined)
      return rangeIssue('no-such-period', 'A year has no number; name the year itself.');
    return whole(year === undefined ? currentStart(unit, settings) : startOfYear(year, settings));
  }
  if (number === undefined) {
    if (year === undefined) return whole(currentStart(unit, settings));
    return rangeIssue('which-period', `Which ${unit} of ${year} do you mean?`);
  }
  const most = { month: 12, quarter: 4, half: 2, week: 53 }[unit];
  if (number > most)
    return rangeIssue('no-such-period', `There is no ${unit} ${number}; the last one is ${most}.`);
  if (year !== undefined) {
    const start = startOfNumbered(unit, number, year, settings);
    if (start) return whole(start);
    return rangeIssue('no-such-period', `${year} has no week ${number}.`);
  }
  const start = newestBegun(unit, number, settings);
  return start ? whole(start) : rangeIssue('no-such-period', `There is no ${unit} ${number}.`);
}

function currentStart(unit: CalendarUnit, settings: TimeSettings): Temporal.PlainDate {
  return startOfUnit(today(settings), unit, settings.fiscalStartMonth);
}

function startOfNumbered(
  unit: 'month' | 'quarter' | 'half' | 'week',
  number: number,
  year: number,
  settings: TimeSettings,
): Temporal.PlainDate | null {
  if (unit === 'week') return startOfIsoWeek(year, number);
  if (unit === 'month') return Temporal.PlainDate.from({ year, month: number, day: 1 });
  return addUnits(startOfYear(year, settings), unit, number - 1);
}

/** "In Q3" means the newest third quarter that has begun; week 53 may be up to seven years back. */
function newestBegun(
  unit: 'month' | 'quarter' | 'half' | 'week',
  number: number,
  settings: TimeSettings,
): Temporal.PlainDate | null {
  const day = today(settings);
  const newest = unit === 'week' || unit === 'month' ? day.year + 1 : yearNameOf(day, settings);
  for (let year = newest; year > newest - 9; year -= 1) {
    const start = startOfNumbered(unit, number, year, settings);
    if (start && Temporal.PlainDate.compare(start, day) <= 0) return start;
  }
  return null;
}

/** The range as a date or an instant column is compared with it, and in words. */
export function absoluteRange(
  range: LocalRange,
  type: 'date' | 'instant',
  settings: TimeSettings,
): AbsoluteRange {
  const words = rangeInWords(range, type, settings);
  if (type === 'instant') {
    return {
      type,
      start: range.start && toInstant(range.start, settings),
      end: range.end && toInstant(range.end, settings),
      words,
    };
  }
  return {
    type,
    start: range.start && firstDay(range.start).toString(),
    end: range.end && dayAfter(range.end).toString(),
    words,
  };
}

/** Instant at which an edge lies; the beginning of a day is its first moment even where midnight does not exist. */
function toInstant(edge: Edge, settings: TimeSettings): string {
  const at = edge.kind === 'exact' ? edge.at : edge.day.toZonedDateTime(settings.zone);
  return new Date(at.epochMilliseconds).toISOString();
}

/** Instant-based comparison of an edge with now: whether the range still runs. */
export function endsAfterNow(range: LocalRange, settings: TimeSettings): boolean {
  if (range.end === null) return true;
  const at = range.end.kind === 'exact' ? range.end.at : range.end.day.toZonedDateTime(settings.zone);
  return at.epochMilliseconds > settings.now.getTime();
}

/** A day written as YYYY-MM-DD. */
export function parseDay(text: string): Temporal.PlainDate | 'invalid' {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text) : 'invalid';
  } catch {
    return 'invalid';
  }
}

function days(start: Temporal.PlainDate, end: Temporal.PlainDate): LocalRange {
  return { start: dayEdge(start), end: dayEdge(end) };
}

function startOfHour(at: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return at.round({ smallestUnit: 'hour', roundingMode: 'floor' });
}

function rangeIssue(code: string, message: string): Result<LocalRange> {
  return fail({ code, path: 'time', message });
}
