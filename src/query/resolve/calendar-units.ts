import { Temporal } from 'temporal-polyfill';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { LengthUnit, TimeUnit } from '../metric-query.ts';

/** Units that a calendar day can be the first of. */
export type CalendarUnit = Exclude<TimeUnit, 'hour'> | 'half';

/** What relative words are relative to. */
export interface TimeSettings {
  readonly now: Date;
  /** IANA name of the asker's zone. */
  readonly zone: string;
  /** First month of the fiscal year, 1-12; default 1. Shifts quarters, halves and years, never months or weeks. */
  readonly fiscalStartMonth?: number;
  /** Which calendar year a fiscal year is called after; default `end` (fiscal 2027 ends in 2027). */
  readonly fiscalYearNamedBy?: 'start' | 'end';
}

export function today(settings: TimeSettings): Temporal.PlainDate {
  return zonedNow(settings).toPlainDate();
}

export function zonedNow(settings: TimeSettings): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(settings.now.getTime()).toZonedDateTimeISO(settings.zone);
}

/** First day of the unit that the day lies in. Weeks start on Monday (ISO 8601). */
export function startOfUnit(
  day: Temporal.PlainDate,
  unit: CalendarUnit,
  fiscalStartMonth = 1,
): Temporal.PlainDate {
  switch (unit) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
    case 'quarter':
    case 'half':
    case 'year': {
      const length = monthsOf(unit);
      const monthInUnit = (day.month - fiscalStartMonth + 12) % length;
      return day.with({ day: 1 }).subtract({ months: monthInUnit });
    }
    default:
      return exhaustive(unit);
  }
}

/** The day `n` units later; end of month is kept within the month. */
export function addUnits(day: Temporal.PlainDate, unit: CalendarUnit, n: number): Temporal.PlainDate {
  return day.add(durationOf(unit, n));
}

export function durationOf(
  unit: CalendarUnit,
  n: number,
): { readonly days: number } | { readonly weeks: number } | { readonly months: number } {
  if (unit === 'day') return { days: n };
  if (unit === 'week') return { weeks: n };
  return { months: n * monthsOf(unit) };
}

/** A length of time: minutes and hours by the clock, days and more by the calendar. */
export function lengthOf(
  unit: LengthUnit,
  n: number,
): { readonly minutes: number } | { readonly hours: number } | ReturnType<typeof durationOf> {
  if (unit === 'minute') return { minutes: n };
  return unit === 'hour' ? { hours: n } : durationOf(unit, n);
}

/**
 * How long a running length is: a day has 24 hours and a week 168, so that "the last 30 days" are as long in every zone and
 * across every change of the clocks; months and more go by the calendar.
 */
export function runningLength(unit: LengthUnit, n: number): ReturnType<typeof lengthOf> {
  if (unit === 'day') return { hours: 24 * n };
  return unit === 'week' ? { hours: 168 * n } : lengthOf(unit, n);
}

function monthsOf(unit: 'month' | 'quarter' | 'half' | 'year'): number {
  return { month: 1, quarter: 3, half: 6, year: 12 }[unit];
}

/** First day of a fiscal (or calendar) year by its name. */
export function startOfYear(year: number, settings: TimeSettings): Temporal.PlainDate {
  const month = settings.fiscalStartMonth ?? 1;
  const isNamedByEnd = (settings.fiscalYearNamedBy ?? 'end') === 'end';
  return Temporal.PlainDate.from({ year: month > 1 && isNamedByEnd ? year - 1 : year, month, day: 1 });
}

/** Name of the fiscal (or calendar) year that a day lies in. */
export function yearNameOf(day: Temporal.PlainDate, settings: TimeSettings): number {
  const start = startOfUnit(day, 'year', settings.fiscalStartMonth);
  const isNamedByEnd = (settings.fiscalYearNamedBy ?? 'end') === 'end';
  return start.month > 1 && isNamedByEnd ? start.year + 1 : start.year;
}

/** Monday of an ISO week, or null when that year has no such week. */
export function startOfIsoWeek(year: number, week: number): Temporal.PlainDate | null {
  // ISO 8601: week 1 is the one that holds 4 January.
  const first = startOfUnit(Temporal.PlainDate.from({ year, month: 1, day: 4 }), 'week');
  const monday = first.add({ weeks: week - 1 });
  return week >= 1 && monday.yearOfWeek === year ? monday : null;
}
