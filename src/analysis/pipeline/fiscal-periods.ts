import { addDays } from '../wording.ts';

/** A span of whole calendar months. */
export interface Period {
  readonly kind: 'month' | 'quarter' | 'year';
  /** First day. */
  readonly start: string;
  /** First day after it. */
  readonly end: string;
}

/** The first day of the month that is `months` later than the one a day lies in. */
export function monthStart(day: string, months = 0): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}

const monthsIn = { month: 1, quarter: 3, year: 12 } as const;

/**
 * The month, fiscal quarter or fiscal year that a day lies in, or one so many periods later.
 *
 * @param fiscalStartMonth first month of the fiscal year, 1-12
 */
export function periodOf(
  kind: Period['kind'],
  day: string,
  { fiscalStartMonth, later = 0 }: { readonly fiscalStartMonth: number; readonly later?: number },
): Period {
  const length = monthsIn[kind];
  const monthInPeriod = (Number(day.slice(5, 7)) - fiscalStartMonth + 12) % length;
  const start = monthStart(day, later * length - monthInPeriod);
  return { kind, start, end: monthStart(start, length) };
}

/** The period of the same kind so many periods before. */
export function periodBefore({ kind, start }: Period, periods: number): Period {
  const first = monthStart(start, -periods * monthsIn[kind]);
  return { kind, start: first, end: monthStart(first, monthsIn[kind]) };
}

/** First days of the months of a period. */
export function monthsOf({ kind, start }: Period): readonly string[] {
  return Array.from({ length: monthsIn[kind] }, (_, index) => monthStart(start, index));
}

/** The last day of a period. */
export function lastDayOf({ end }: Period): string {
  return addDays(end, -1);
}
