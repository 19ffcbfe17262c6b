import type { TimeRange } from '../../../query/metric-query.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  daysInMonth,
  endOf,
  isBefore,
  isoDay,
  isoWeekday,
  startOf,
  startOfYear,
  type Today,
  yearName,
} from './civil-date.ts';
import { monthNumber, monthPattern, ordinalWords, weekdayNumber, weekdayPattern } from './time-words.ts';

/** A day, month, quarter, half or year named by the calendar: what stands after "since" or on both sides of "to". */
export interface Point {
  readonly range: TimeRange;
  readonly first: CivilDate;
  readonly last: CivilDate;
  /** Without one the newest such period is meant, the coming one, or the year of the other end. */
  readonly hasYear: boolean;
  /** As one would name it: that of the company for its quarters. */
  readonly year: number;
}

interface PointRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** `year` stands in for a missing year. Two points when the words fit two days. */
  read(match: RegExpExecArray, today: Today, year: number | null): readonly Point[];
}

const suffix = '(?:st|nd|rd|th)?';
const of = '(?: of)?';
/** Years of the contract that people write in full; "1960 tickets" and "the last 1999 days" name none. */
export const yearWord = '(?:19[7-9]\\d|20\\d{2})(?! (?:minute|hour|day|week|month|quarter|year)s(?![a-z]))';
const ordinal = Object.keys(ordinalWords).join('|');

export const yearWords = `(?:${yearWord}|last year|this year|next year)`;
/** "FY26", "fiscal 2026", "fiscal year 2026". */
const fiscalYear = `(?:fy ?|(?:fiscal|financial) (?:year )?)(?:${yearWord}|\\d{2}(?!\\d))`;
/** A year that owns quarters and halves. */
const owner = `(?:${fiscalYear}|${yearWords}|(?:this |last |next |current |previous )(?:fiscal|financial) year|\\d{2}(?!\\d))`;
const fiscal = '(?:(?:fiscal|financial) )?';

const pointRules: readonly PointRule[] = [
  {
    name: 'ISO day',
    pattern: /(\d{4})-(\d{1,2})-(\d{1,2})/y,
    read: ([, year, month, day]) => dayPoints(civilDate(Number(year), Number(month), Number(day)), true),
  },
  {
    name: 'holiday',
    // Those that are one day everywhere; "over Christmas" is as many days as one likes.
    pattern:
      /(?:(?<eve>new year'?s? eve|nye|silvester)|(?<new>new year'?s? day)|(?<christmas>christmas (?:day|eve)|boxing day)|(?<other>halloween|valentine'?s?(?: day)?))(?:(?: of)? (?<year>19[7-9]\d|20\d{2}|last year|this year|next year))?/y,
    read: ({ groups }, today, fallback) => {
      const { eve, new: newYear, christmas, other = '', year } = groups ?? {};
      const [day, month] =
        eve !== undefined
          ? [31, 12]
          : newYear !== undefined
            ? [1, 1]
            : christmas !== undefined
              ? [christmas.endsWith('eve') ? 24 : christmas.startsWith('boxing') ? 26 : 25, 12]
              : other.startsWith('halloween')
                ? [31, 10]
                : [14, 2];
      return dayInMonth(day, month, year, today, fallback);
    },
  },
  {
    name: 'ISO month',
    pattern: /(19[7-9]\d|20\d{2})-(\d{1,2})/y,
    read: ([, year, month]) => monthPoint(Number(month), Number(year), true),
  },
  {
    name: 'day and month in numbers',
    pattern: /(\d{1,2})([/.])(\d{1,2})[/.](\d{2,4})/y,
    read: ([, one, mark, two, year]) => {
      const full = fullYear(Number(year));
      const dayFirst = dayPoints(civilDate(full, Number(two), Number(one)), true);
      const monthFirst = dayPoints(civilDate(full, Number(one), Number(two)), true);
      // With dots the day goes first wherever people write so.
      return one === two || mark === '.' ? dayFirst : [...dayFirst, ...monthFirst];
    },
  },
  {
    name: 'day and month in two numbers',
    pattern: /(\d{1,2}) \/ (\d{1,2})/y,
    read: ([, one, two], today, fallback) => {
      const dayFirst = dayInMonth(Number(one), Number(two), undefined, today, fallback);
      const monthFirst = dayInMonth(Number(two), Number(one), undefined, today, fallback);
      return one === two ? dayFirst : [...dayFirst, ...monthFirst];
    },
  },
  {
    name: 'day, month, year',
    pattern: new RegExp(`(?:the )?(\\d{1,2})${suffix}${of} (${monthPattern})(?:${of} (${yearWords}))?`, 'y'),
    read: ([, day, month, year], today, fallback) =>
      dayInMonth(Number(day), monthNumber(month ?? ''), year, today, fallback),
  },
  {
    name: 'month, day, year',
    pattern: new RegExp(`(${monthPattern}) (?:the )?(\\d{1,2})${suffix}(?!\\d)(?: (${yearWords}))?`, 'y'),
    read: ([, month, day, year], today, fallback) =>
      dayInMonth(Number(day), monthNumber(month ?? ''), year, today, fallback),
  },
  {
    name: 'day of this month',
    // "The 2nd highest" is no day: only with nothing but another end of a range after it.
    pattern:
      /(?:the )?(\d{1,2})(?:st|nd|rd|th)(?: of (?:(this|last|next|the) month))?(?= (?:and|to|until|till|through|thru|of (?:this|last|next|the) month)(?![a-z])|$)/y,
    read: ([, day, which], today) => dayOfMonth(Number(day), which, today),
  },
  {
    name: 'month told from today',
    pattern: new RegExp(`(last|this|next|previous) (${monthPattern})(?! \\d)`, 'y'),
    read: ([, which, name], today) => {
      const month = monthNumber(name ?? '');
      if (which === 'this') return monthPoint(month, today.year, true);
      if (which === 'next') return monthPoint(month, month > today.month ? today.year : today.year + 1, true);
      // "Last October", asked in November: last month for some, a year ago for others.
      const lastYear = monthPoint(month, today.year - 1, true);
      return month < today.month ? [...monthPoint(month, today.year, true), ...lastYear] : lastYear;
    },
  },
  {
    name: 'month',
    pattern: new RegExp(`(${monthPattern})(?:${of} (${yearWords}))?`, 'y'),
    read: ([, name, year], today, fallback) => {
      const month = monthNumber(name ?? '');
      const known = namedYear(year, today.year) ?? fallback;
      return monthPoint(month, known ?? yearOfMonth(month, today), known !== null || today.isAhead === true);
    },
  },
  {
    name: 'quarter',
    pattern: new RegExp(
      `${fiscal}(?:(?<before>${fiscalYear}|${yearWord}) )?${fiscal}(?:q(?<number>[1-4])|quarter (?<digit>[1-4])|(?<nth>${ordinal}) ${fiscal}quarter)(?:${of}(?: the)? (?<year>${owner}|year))?`,
      'y',
    ),
    read: (match, today, fallback) => partOfYear('quarter', match, today, fallback),
  },
  {
    name: 'half',
    pattern: new RegExp(
      `${fiscal}(?:(?<before>${fiscalYear}|${yearWord}) )?${fiscal}(?:h(?<number>[12])|(?<nth>first|second|1st|2nd) half(?! (?:of )?(?:${monthPattern}|(?:the |this |last |next )*month)(?![a-z])))(?:${of}(?: the)? (?<year>${owner}|year))?`,
      'y',
    ),
    read: (match, today, fallback) => partOfYear('half', match, today, fallback),
  },
  {
    name: 'year',
    pattern: new RegExp(`(?:the )?(?:(?:calendar )?year )?(?:(${yearWord})|(?<fiscal>${fiscalYear}))`, 'y'),
    read: (match, today) => {
      const year = ownerYear(match.groups?.['fiscal'] ?? match[1], today) ?? today.year;
      const first = startOfYear(year, today.fiscalStartMonth);
      return [
        {
          range: { kind: 'calendar', unit: 'year', year },
          first,
          last: endOf('year', first),
          hasYear: true,
          year,
        },
      ];
    },
  },
  {
    name: 'day before yesterday',
    pattern: /(?:the )?day before yesterday/y,
    read: (_match, today) => offsetDay(-2, today),
  },
  {
    name: 'weekday of a week',
    pattern: new RegExp(
      `(?:(?<day>${weekdayPattern}) (?:of )?(?<which>last|this|next) week|(?<which2>last|this|next) weeks? (?<day2>${weekdayPattern}))`,
      'y',
    ),
    read: ({ groups }, today) => {
      const { day, day2, which, which2 } = groups ?? {};
      const weeks = { last: -7, next: 7 }[which ?? which2 ?? ''] ?? 0;
      const offset = weekdayNumber(day ?? day2 ?? '') - isoWeekday(today) + weeks;
      return offsetDay(offset, today);
    },
  },
  {
    name: 'day from today',
    pattern: new RegExp(`today|yesterday|tomorrow|now|(?:(last|next|this) )?(${weekdayPattern})`, 'y'),
    read: ([word = '', which, weekday], today) => {
      if (weekday === undefined) return offsetDay({ yesterday: -1, tomorrow: 1 }[word] ?? 0, today);
      return offsetsOfWeekday(which, weekday, today).flatMap((offset) => offsetDay(offset, today));
    },
  },
  {
    name: 'n days ago',
    pattern: /(\d{1,3}) days? ago/y,
    read: ([, n], today) => offsetDay(-Number(n), today),
  },
];

/** One pattern for any point, for use inside larger patterns. Group names are dropped: `readPoints` reads it again. */
export const pointPattern = `(?:${pointRules.map((rule) => rule.pattern.source.replaceAll(/\(\?<[a-z]+\d?>/g, '(?:')).join('|')})`;

/** @returns one point; two when the words fit two days; none when there is no such day */
export function readPoints(words: string, today: Today, year: number | null = null): readonly Point[] {
  for (const rule of pointRules) {
    rule.pattern.lastIndex = 0;
    const match = rule.pattern.exec(words);
    if (match && match[0].length === words.length) return rule.read(match, today, year);
  }
  return [];
}

/** Days back to the newest such weekday before today; the same weekday means a week ago. */
export function daysSince(weekday: string, today: CivilDate): number {
  const back = (isoWeekday(today) - weekdayNumber(weekday) + 7) % 7;
  return back === 0 ? 7 : back;
}

/** Days from today to the weekday that is meant; two where people differ. */
function offsetsOfWeekday(which: string | undefined, weekday: string, today: Today): readonly number[] {
  const inWeek = weekdayNumber(weekday) - isoWeekday(today);
  if (which === 'this') return [inWeek];
  // Asked on a Monday, next Friday is in four days for some and in eleven for others.
  if (which === 'next') return inWeek > 0 ? [inWeek, inWeek + 7] : [inWeek + 7];
  if (which === undefined && today.isAhead) return [(inWeek + 7) % 7];
  return [-daysSince(weekday, today)];
}

function offsetDay(offset: number, today: Today): readonly Point[] {
  const day = addDays(today, offset);
  return [{ range: { kind: 'day', offset }, first: day, last: day, hasYear: true, year: day.year }];
}

function dayPoints(date: CivilDate | null, hasYear: boolean): readonly Point[] {
  if (date === null) return [];
  const day = isoDay(date);
  return [
    { range: { kind: 'between', from: day, to: day }, first: date, last: date, hasYear, year: date.year },
  ];
}

function dayInMonth(
  day: number,
  month: number,
  year: string | undefined,
  today: Today,
  fallback: number | null,
): readonly Point[] {
  const known = namedYear(year, today.year) ?? fallback;
  const hasBegun = month < today.month || (month === today.month && day <= today.day);
  const isOver = month < today.month || (month === today.month && day < today.day);
  const newest = today.isAhead ? (isOver ? today.year + 1 : today.year) : today.year - (hasBegun ? 0 : 1);
  return dayPoints(civilDate(known ?? newest, month, day), known !== null);
}

/** "The 15th": the newest one that has begun, or the coming one. */
function dayOfMonth(day: number, which: string | undefined, today: Today): readonly Point[] {
  const month = startOf('month', today);
  const isThis = today.isAhead ? day >= today.day : day <= today.day;
  const bare = isThis ? 0 : today.isAhead ? 1 : -1;
  const moved = addMonths(month, which === undefined ? bare : ({ last: -1, next: 1 }[which] ?? 0));
  return dayPoints(civilDate(moved.year, moved.month, day), true);
}

/** Year of a month that is named without one. */
function yearOfMonth(month: number, today: Today): number {
  if (today.isAhead) return month >= today.month ? today.year : today.year + 1;
  return month <= today.month ? today.year : today.year - 1;
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
      year,
    },
  ];
}

function partOfYear(
  unit: 'quarter' | 'half',
  match: RegExpExecArray,
  today: Today,
  fallback: number | null,
): readonly Point[] {
  const { before, number, digit, nth, year } = match.groups ?? {};
  const part = Number(number ?? digit ?? ordinalWords[nth ?? ''] ?? 0);
  const months = unit === 'quarter' ? 3 : 6;
  if (part < 1 || part > 12 / months) return [];
  const named = ownerYear(before ?? year, today) ?? fallback;
  const current = yearName(today, today.fiscalStartMonth);
  const startIn = (one: number): CivilDate =>
    addMonths(startOfYear(one, today.fiscalStartMonth), (part - 1) * months);
  const isOver = isBefore(endOf(unit, startIn(current)), today);
  const newest = isBefore(today, startIn(current)) ? current - 1 : current;
  const coming = today.isAhead ? (isOver ? current + 1 : current) : null;
  const known = named ?? coming;
  const first = startIn(known ?? newest);
  return [
    {
      range: {
        kind: 'calendar',
        unit,
        number: part,
        ...(known === null ? {} : { year: known }),
      },
      first,
      last: endOf(unit, first),
      hasYear: named !== null,
      year: known ?? newest,
    },
  ];
}

/** Name of the company's year that owns a quarter or half. */
function ownerYear(words: string | undefined, today: Today): number | null {
  const digits = /(?:^|\D)(\d{2}|\d{4})$/.exec(words ?? '')?.[1];
  if (digits !== undefined) return fullYear(Number(digits));
  return namedYear(words?.replace(/ (?:fiscal|financial)/, ''), yearName(today, today.fiscalStartMonth));
}

function namedYear(words: string | undefined, current: number): number | null {
  if (words === undefined) return null;
  if (words === 'last year' || words === 'previous year') return current - 1;
  if (words === 'next year') return current + 1;
  if (words === 'this year' || words === 'current year' || words === 'year') return current;
  return fullYear(Number(words));
}

const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);
