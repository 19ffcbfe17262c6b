import { wordTable } from '../../../toolkit/word-table.ts';
import { smallNumbers } from '../small-numbers.ts';

const monthNames = [
  ['january', 'jan'],
  ['february', 'feb'],
  ['march', 'mar'],
  ['april', 'apr'],
  ['may'],
  ['june', 'jun'],
  ['july', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['october', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
] as const;

const weekdayNames = [
  ['monday', 'mon'],
  ['tuesday', 'tues', 'tue'],
  ['wednesday', 'wed'],
  ['thursday', 'thurs', 'thur', 'thu'],
  ['friday', 'fri'],
  ['saturday', 'sat'],
  ['sunday', 'sun'],
] as const;

const alternatives = (names: readonly (readonly string[])[]): string => names.flat().join('|');

export const monthPattern = `(?:${alternatives(monthNames)})`;
export const weekdayPattern = `(?:${alternatives(weekdayNames)})`;
/** When work is over for today. */
export const endOfDayPattern =
  '(?:eod|cob|close of (?:business|play)|(?:the )?end of (?:the |this )?(?:business |working )?day)';
export const unitPattern = '(?:minute|hour|day|week|month|quarter|year)s?';

export function monthNumber(name: string): number {
  return monthNames.findIndex((names) => (names as readonly string[]).includes(name)) + 1;
}

/** Null when there is no such month. */
export const monthName = (number: number): string | null => monthNames[number - 1]?.[0] ?? null;

/** 1 Monday … 7 Sunday. */
export function weekdayNumber(name: string): number {
  return weekdayNames.findIndex((names) => (names as readonly string[]).includes(name)) + 1;
}

/** Small numbers in words, as they stand before a unit of time. */
export const numberWords: Readonly<Record<string, number>> = wordTable({
  ...smallNumbers,
  couple: 2,
  twelve: 12,
  fourteen: 14,
  fifteen: 15,
  eighteen: 18,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  ninety: 90,
});

export const ordinalWords: Readonly<Record<string, number>> = wordTable({
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  fifth: 5,
  '5th': 5,
});
