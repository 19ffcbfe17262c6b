import { addDays, daysBetween } from '../wording.ts';

export interface Span {
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
}

export interface Comparison {
  readonly kind: 'month_to_date' | 'full_month';
  readonly now: Span;
  readonly before: Span;
}

const monthStart = (day: string): string => `${day.slice(0, 8)}01`;
const previousMonth = (start: string): string => monthStart(addDays(start, -1));

/**
 * What is compared on a day: the last whole month with the one before it and, once enough days of this month are whole,
 * this month with the same days of the month before (a shorter month: all of it).
 *
 * @param today local day; it is not whole yet
 */
export function comparisonsOn(today: string, monthToDateFromDay: number): readonly Comparison[] {
  const thisMonth = monthStart(today);
  const lastMonth = previousMonth(thisMonth);
  const full: Comparison = {
    kind: 'full_month',
    now: { from: lastMonth, to: addDays(thisMonth, -1) },
    before: { from: previousMonth(lastMonth), to: addDays(lastMonth, -1) },
  };
  const wholeDays = daysBetween(thisMonth, today);
  if (wholeDays < monthToDateFromDay) return [full];
  const sameDay = addDays(lastMonth, wholeDays - 1);
  const toDate: Comparison = {
    kind: 'month_to_date',
    now: { from: thisMonth, to: addDays(today, -1) },
    before: { from: lastMonth, to: sameDay < thisMonth ? sameDay : addDays(thisMonth, -1) },
  };
  return [toDate, full];
}

/** Every day of a span, ascending. */
export function daysOf({ from, to }: Span): readonly string[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
}

/**
 * Tells working days from weekends and holidays.
 *
 * @param holidays `2026-04-03`, or `12-25` for every year
 */
export function workdayTest(holidays: ReadonlySet<string>): (day: string) => boolean {
  return (day) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !holidays.has(day) && !holidays.has(day.slice(5));
  };
}

/** Counts by day; days that are missing have none. */
export type DayCounts = ReadonlyMap<string, number>;

export function sumOver(counts: DayCounts, span: Span): number {
  return daysOf(span).reduce((sum, day) => sum + (counts.get(day) ?? 0), 0);
}

/**
 * What a weekend day or holiday counts against a working day: its mean count over that of working days; 1 where fewer
 * than 30 events are known.
 */
export function restDayWeight(counts: DayCounts, span: Span, isWorkday: (day: string) => boolean): number {
  let [work, rest, workdays, restDays] = [0, 0, 0, 0];
  for (const day of daysOf(span)) {
    const count = counts.get(day) ?? 0;
    if (isWorkday(day)) [work, workdays] = [work + count, workdays + 1];
    else [rest, restDays] = [rest + count, restDays + 1];
  }
  if (work + rest < 30 || work === 0 || restDays === 0 || workdays === 0) return 1;
  return Math.min(3, rest / restDays / (work / workdays));
}

/** Length of a span in working days, with weekends and holidays weighed. */
export function lengthOf(span: Span, isWorkday: (day: string) => boolean, restWeight: number): number {
  return daysOf(span).reduce((sum, day) => sum + (isWorkday(day) ? 1 : restWeight), 0);
}
