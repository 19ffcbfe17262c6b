import type { TimeRange } from '../../../query/metric-query.ts';
import { addDays, type CivilDate, civilDate, daysInMonth, isoDay } from './civil-date.ts';
import { daysSince } from './relative-rules.ts';
import { monthNumber, monthPattern, ordinalWords, weekdayPattern } from './time-words.ts';

/** A day, month, quarter, half or year named by the calendar: what stands after "since" or on both sides of "to". */
export interface Point {
  readonly range: TimeRange;
  readonly first: CivilDate;
  readonly last: CivilDate;
  /** Without one the newest such period is meant, or the year of the other end. */
  readonly hasYear: boolean;
}

interface PointRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** `year` stands in for a missing year. Two points when the words fit two days. */
  read(match: RegExpExecArray, today: CivilDate, year: number | null): readonly Point[];
}

const suffix = '(?:st|nd|rd|th)?';
const of = '(?: of)?';
/** Years of the contract that people write in full; "1960 tickets" and "the last 1999 days" name none. */
export const yearWord = '(?:19[7-9]\\d|20\\d{2})(?! (?:hour|day|week|month|quarter|year)s(?![a-z]))';
const ordinal = Object.keys(ordinalWords).join('|');

export const yearWords = `(?:${yearWord}|last year|this year)`;

const pointRules: readonly PointRule[] = [
  {
    name: 'ISO day',
    pattern: /(\d{4})-(\d{1,2})-(\d{1,2})/y,
    read: ([, year, month, day], today) =>
      dayPoints(civilDate(Number(year), Number(month), Number(day)), today, true),
  },
  {
    name: 'ISO month',
    pattern: /(19[7-9]\d|20\d{2})-(\d{1,2})/y,
    read: ([, year, month]) => monthPoint(Number(month), Number(year), true),
  },
  {
    name: 'day and month in numbers',
    pattern: /(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})/y,
    read: ([, one, two, year], today) => {
      const full = fullYear(Number(year));
      const dayFirst = dayPoints(civilDate(full, Number(two), Number(one)), today, true);
      const monthFirst = dayPoints(civilDate(full, Number(one), Number(two)), today, true);
      return one === two ? dayFirst : [...dayFirst, ...monthFirst];
    },
  },
  {
    name: 'day, month, year',
    pattern: new RegExp(`(?:the )?(\\d{1,2})${suffix}${of} (${monthPattern})(?:${of} (${yearWord}))?`, 'y'),
    read: ([, day, month, year], today, fallback) => dayInMonth(Number(day), month, year, today, fallback),
  },
  {
    name: 'month, day, year',
    pattern: new RegExp(`(${monthPattern}) (?:the )?(\\d{1,2})${suffix}(?!\\d)(?: (${yearWord}))?`, 'y'),
    read: ([, month, day, year], today, fallback) => dayInMonth(Number(day), month, year, today, fallback),
  },
  {
    name: 'month',
    pattern: new RegExp(`(${monthPattern})(?:${of} (${yearWords}))?`, 'y'),
    read: ([, name, year], today, fallback) => {
      const month = monthNumber(name ?? '');
      const known = namedYear(year, today) ?? fallback;
      return monthPoint(month, known ?? (month <= today.month ? today.year : today.year - 1), known !== null);
    },
  },
  {
    name: 'quarter',
    pattern: new RegExp(
      `(?:(?<before>${yearWord}) )?(?:q(?<number>[1-4])|quarter (?<digit>[1-4])|(?<nth>${ordinal}) quarter)(?:${of} (?<year>${yearWords}|\\d{2}(?!\\d)))?`,
      'y',
    ),
    read: (match, today, fallback) => partOfYear('quarter', match, today, fallback),
  },
  {
    name: 'half',
    pattern: new RegExp(
      `(?:(?<before>${yearWord}) )?(?:h(?<number>[12])|(?<nth>first|second|1st|2nd) half)(?: of)?(?: the)?(?: (?<year>${yearWords}|\\d{2}(?!\\d)|year))?`,
      'y',
    ),
    read: (match, today, fallback) => partOfYear('half', match, today, fallback),
  },
  {
    name: 'year',
    pattern: new RegExp(`(?:the )?(?:year )?(${yearWord})`, 'y'),
    read: ([, year]) => [
      {
        range: { kind: 'calendar', unit: 'year', year: Number(year) },
        first: { year: Number(year), month: 1, day: 1 },
        last: { year: Number(year), month: 12, day: 31 },
        hasYear: true,
      },
    ],
  },
  {
    name: 'day from today',
    pattern: new RegExp(`today|yesterday|tomorrow|now|(?:last )?(${weekdayPattern})`, 'y'),
    read: ([word = '', weekday], today) => {
      const offset =
        weekday === undefined ? ({ yesterday: -1, tomorrow: 1 }[word] ?? 0) : -daysSince(weekday, today);
      const day = addDays(today, offset);
      return [{ range: { kind: 'day', offset }, first: day, last: day, hasYear: true }];
    },
  },
];

/** One pattern for any point, for use inside larger patterns. Group names are dropped: `readPoints` reads it again. */
export const pointPattern = `(?:${pointRules.map((rule) => rule.pattern.source.replaceAll(/\(\?<[a-z]+>/g, '(?:')).join('|')})`;

/** @returns one point; two when the words fit two days; none when there is no such day */
export function readPoints(words: string, today: CivilDate, year: number | null = null): readonly Point[] {
  for (const rule of pointRules) {
    rule.pattern.lastIndex = 0;
    const match = rule.pattern.exec(words);
    if (match && match[0].length === words.length) return rule.read(match, today, year);
  }
  return [];
}

function dayPoints(date: CivilDate | null, _today: CivilDate, hasYear: boolean): readonly Point[] {
  if (date === null) return [];
  const day = isoDay(date);
  return [{ range: { kind: 'between', from: day, to: day }, first: date, last: date, hasYear }];
}

function dayInMonth(
  day: number,
  name: string | undefined,
  year: string | undefined,
  today: CivilDate,
  fallback: number | null,
): readonly Point[] {
  const month = monthNumber(name ?? '');
  const known = namedYear(year, today) ?? fallback;
  const hasBegun = month < today.month || (month === today.month && day <= today.day);
  const date = civilDate(known ?? (hasBegun ? today.year : today.year - 1), month, day);
  return dayPoints(date, today, known !== null);
}

function monthPoint(month: number, year: number, hasYear: boolean): readonly Point[] {
  if (month < 1 || month > 12) return [];
  return [
    {
      range: hasYear
        ? { kind: 'calendar', unit: 'month', number: month, year }
        : { kind: 'calendar', unit: 'month', number: month },
      first: { year, month, day: 1 },
      last: { year, month, day: daysInMonth(year, month) },
      hasYear,
    },
  ];
}

function partOfYear(
  unit: 'quarter' | 'half',
  match: RegExpExecArray,
  today: CivilDate,
  fallback: number | null,
): readonly Point[] {
  const { before, number, digit, nth, year } = match.groups ?? {};
  const part = Number(number ?? digit ?? ordinalWords[nth ?? ''] ?? 0);
  const months = unit === 'quarter' ? 3 : 6;
  const start = (part - 1) * months + 1;
  if (part < 1 || start > 12) return [];
  const known = namedYear(before ?? year, today) ?? fallback;
  const shown = known ?? (start <= today.month ? today.year : today.year - 1);
  const last = start + months - 1;
  return [
    {
      range:
        known === null
          ? { kind: 'calendar', unit, number: part }
          : { kind: 'calendar', unit, number: part, year: known },
      first: { year: shown, month: start, day: 1 },
      last: { year: shown, month: last, day: daysInMonth(shown, last) },
      hasYear: known !== null,
    },
  ];
}

function namedYear(words: string | undefined, today: CivilDate): number | null {
  if (words === undefined) return null;
  if (words === 'last year') return today.year - 1;
  if (words === 'this year' || words === 'year') return today.year;
  return fullYear(Number(words));
}

const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);
