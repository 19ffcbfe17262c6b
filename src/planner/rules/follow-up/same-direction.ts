import type { TimeRange } from '../../../query/metric-query.ts';
import { type CivilDate, isoDay } from '../time/civil-date.ts';

type Named = Extract<TimeRange, { kind: 'calendar' }>;

const months = { month: 1, quarter: 3, half: 6 } as const;

/**
 * "And in March" after what closes in a February to come is the March to come, and after February 2024 it is March 2024: a
 * month without a year keeps to the year of the one before, and goes on with the next one where the calendar does.
 *
 * @returns the range as it was said where nothing before it has a year, or where it has one itself
 */
export function inSameDirection(before: TimeRange | null, said: TimeRange, today: CivilDate): TimeRange {
  const own = firstMonth(said);
  const last = before?.kind === 'calendar' ? firstMonth(before) : null;
  if (own === null || last === null || said.kind !== 'calendar' || said.year !== undefined) return said;
  const year = before?.kind === 'calendar' ? before.year : undefined;
  if (year === undefined) return said;
  if (startOf(year, last) > isoDay(today))
    return { ...said, year: own > today.month ? today.year : today.year + 1 };
  const next = last === 12 && own === 1 ? year + 1 : year;
  // Of what has been, nothing lies ahead.
  return startOf(next, own) > isoDay(today) ? said : { ...said, year: next };
}

const startOf = (year: number, month: number): string => isoDay({ year, month, day: 1 });

function firstMonth(range: TimeRange): number | null {
  if (range.kind !== 'calendar' || range.number === undefined || !isNamed(range)) return null;
  return (range.number - 1) * months[range.unit] + 1;
}

const isNamed = (range: Named): range is Named & { unit: keyof typeof months } =>
  range.unit === 'month' || range.unit === 'quarter' || range.unit === 'half';
