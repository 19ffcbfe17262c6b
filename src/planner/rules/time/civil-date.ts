/** A day of the calendar without a zone; `month` is 1-12. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day it is for whoever asks, and what else decides which days words mean. */
export interface Today extends CivilDate {
  /** First month of the company's year, 1-12; absent: January. */
  readonly fiscalStartMonth?: number;
  /** The question is about dates that may lie ahead ("closing in December"): the coming one is meant. */
  readonly isAhead?: boolean;
}

/** One for each zone: to make one takes longer than to read a question. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormatOf(zone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  dayFormats.set(zone, made);
  return made;
}

/** The day it is somewhere. */
export function civilDateIn(zone: string, at: Date): CivilDate {
  const parts = dayFormatOf(zone).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? '1');
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** `YYYY-MM-DD`. */
export function isoDay(date: CivilDate): string {
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** 1 Monday … 7 Sunday. */
export function isoWeekday(date: CivilDate): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay() || 7;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** null when there is no such day, for example 31 April. */
export function civilDate(year: number, month: number, day: number): CivilDate | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year';
const monthsIn = { month: 1, quarter: 3, half: 6, year: 12 } as const;

/** First day of the unit that holds a date; quarters, halves and years follow the company's year. */
export function startOf(unit: Unit, date: CivilDate, fiscalStartMonth = 1): CivilDate {
  if (unit === 'day') return { year: date.year, month: date.month, day: date.day };
  if (unit === 'week') return addDays(date, 1 - isoWeekday(date));
  const passed = unit === 'month' ? 0 : (date.month - fiscalStartMonth + 12) % monthsIn[unit];
  return addMonths({ year: date.year, month: date.month, day: 1 }, -passed);
}

/** Last day of the unit that starts on a date. */
export function endOf(unit: Unit, start: CivilDate): CivilDate {
  if (unit === 'day') return start;
  if (unit === 'week') return addDays(start, 6);
  return addDays(addMonths(start, monthsIn[unit]), -1);
}

/** First day of a year by its name; a company's year is called after the calendar year it ends in. */
export function startOfYear(year: number, fiscalStartMonth = 1): CivilDate {
  return { year: fiscalStartMonth > 1 ? year - 1 : year, month: fiscalStartMonth, day: 1 };
}

/** Name of the company's year that a date lies in. */
export function yearName(date: CivilDate, fiscalStartMonth = 1): number {
  return fiscalStartMonth > 1 && date.month >= fiscalStartMonth ? date.year + 1 : date.year;
}

/** @param start a day that every month has */
export function addMonths(start: CivilDate, months: number): CivilDate {
  const zeroBased = start.month - 1 + months;
  return {
    year: start.year + Math.floor(zeroBased / 12),
    month: (((zeroBased % 12) + 12) % 12) + 1,
    day: start.day,
  };
}

export const isBefore = (left: CivilDate, right: CivilDate): boolean => isoDay(left) < isoDay(right);
