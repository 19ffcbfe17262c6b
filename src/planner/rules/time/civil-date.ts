/** A day of the calendar without a zone; `month` is 1-12. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day it is somewhere. */
export function civilDateIn(zone: string, at: Date): CivilDate {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
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

/** First day of the unit that holds a date. */
export function startOf(unit: 'day' | 'week' | 'month' | 'quarter' | 'year', date: CivilDate): CivilDate {
  switch (unit) {
    case 'day':
      return date;
    case 'week':
      return addDays(date, 1 - isoWeekday(date));
    case 'month':
      return { ...date, day: 1 };
    case 'quarter':
      return { ...date, month: date.month - ((date.month - 1) % 3), day: 1 };
    case 'year':
      return { year: date.year, month: 1, day: 1 };
  }
}

/** Last day of the unit that starts on a date. */
export function endOf(unit: 'day' | 'week' | 'month' | 'quarter' | 'year', start: CivilDate): CivilDate {
  switch (unit) {
    case 'day':
      return start;
    case 'week':
      return addDays(start, 6);
    case 'month':
    case 'quarter':
    case 'year': {
      const months = unit === 'month' ? 1 : unit === 'quarter' ? 3 : 12;
      return addDays(addMonths(start, months), -1);
    }
  }
}

function addMonths(start: CivilDate, months: number): CivilDate {
  const zeroBased = start.month - 1 + months;
  return { year: start.year + Math.floor(zeroBased / 12), month: (zeroBased % 12) + 1, day: start.day };
}
