import type { TimeRange } from '../../../query/metric-query.ts';
import { addDays, type CivilDate, daysInMonth, endOf, isoDay, startOf } from './civil-date.ts';
import { type Point, pointPattern, readPoints, yearWord, yearWords } from './points.ts';
import { readUnit, type TimeMeaning, type TimeRule, toRange } from './time-rule.ts';
import { monthPattern } from './time-words.ts';

const namedUnit = '(?:last|this|previous|current) (?:week|month|quarter|year)';
const pointOrUnit = `(?:${pointPattern}|${namedUnit})`;

/** Ranges named by the calendar: "Q3 2017", "between A and B", "since Monday", "week 14". */
export const calendarRules: readonly TimeRule[] = [
  {
    name: 'between two points',
    pattern: `(?:between|from) (?<a>${pointPattern}) (?:and|to|until|till|through|thru|up to) (?:the end of )?(?<b>${pointPattern})`,
    read: (groups, today) => span(groups['a'] ?? '', groups['b'] ?? '', today),
  },
  {
    name: 'days of one month',
    pattern: `(?:between|from) (?:the )?(?<a>\\d{1,2})(?:st|nd|rd|th)? (?:and|to|until|till|through) (?:the )?(?<b>\\d{1,2})(?:st|nd|rd|th)?(?<rest>(?: of)? ${monthPattern}(?: \\d{4})?)`,
    read: (groups, today) =>
      span(
        `${groups['a'] ?? ''}${groups['rest'] ?? ''}`,
        `${groups['b'] ?? ''}${groups['rest'] ?? ''}`,
        today,
      ),
  },
  {
    name: 'point to point',
    pattern: `(?<a>${pointPattern}) (?:to|until|till|through|thru) (?<b>${pointPattern})`,
    read: (groups, today) => span(groups['a'] ?? '', groups['b'] ?? '', today),
  },
  {
    name: 'since a point',
    pattern: `(?:since|starting|starting from) (?:the (?:start|beginning) of )?(?<a>${pointOrUnit})`,
    read: (groups, today) =>
      each(points(groups['a'], today), (point) => ({ kind: 'between', from: isoDay(point.first) })),
  },
  {
    name: 'from a point onwards',
    pattern: `(?:from )?(?<a>${pointOrUnit}) (?:onwards?|and later|and after)`,
    read: (groups, today) =>
      each(points(groups['a'], today), (point) => ({ kind: 'between', from: isoDay(point.first) })),
  },
  {
    name: 'after a point',
    pattern: `(?:after|later than) (?:the end of )?(?<a>${pointOrUnit})`,
    read: (groups, today) =>
      each(points(groups['a'], today), (point) => ({
        kind: 'between',
        from: isoDay(addDays(point.last, 1)),
      })),
  },
  {
    name: 'before a point',
    pattern: `(?:before|earlier than|prior to) (?:the (?:start|beginning) of )?(?<a>${pointOrUnit})`,
    read: (groups, today) =>
      each(points(groups['a'], today), (point) => ({
        kind: 'between',
        to: isoDay(addDays(point.first, -1)),
      })),
  },
  {
    name: 'until a point',
    pattern: `(?:until|till|through|thru|up to|up until) (?:the )?(?:end of )?(?<a>${pointPattern})`,
    read: (groups, today) =>
      each(points(groups['a'], today), (point) => ({ kind: 'between', to: isoDay(point.last) })),
  },
  {
    name: 'by the end of the unit',
    pattern:
      '(?:by|before|until|through) (?:the )?(?:end of (?:the |this |the current )?(?<unit>week|month|quarter|year)|(?<unit2>week|month|quarter|year) end)',
    read: (groups, today) => throughEnd(groups['unit'] ?? groups['unit2'], today),
  },
  {
    name: 'rest of the unit',
    pattern: '(?:rest|remainder) of (?:the |this |the current )?(?<unit>week|month|quarter|year)',
    read: (groups, today) => throughEnd(groups['unit'], today),
  },
  {
    name: 'week by number',
    pattern: `(?:(?<before>${yearWord}) )?(?:(?:calendar |iso )?week (?:number |no )?|cw ?|kw ?|w)(?<n>[0-5]?\\d)(?!\\d)(?:(?: of)? (?<year>${yearWords}))?`,
    read: (groups, today) => {
      const number = Number(groups['n']);
      const year = weekYear(groups['before'] ?? groups['year'], today);
      if (number < 1 || number > 53) return null;
      return toRange({ kind: 'calendar', unit: 'week', number, ...(year === null ? {} : { year }) });
    },
  },
  {
    name: 'season',
    pattern: `(?<season>spring|summer|autumn|fall)(?: of)? (?<year>${yearWords})`,
    // As weather services and shops count them, in the north: three whole months. A winter lies in two years.
    read: (groups, today) => {
      const year = weekYear(groups['year'], today) ?? today.year;
      const month = { spring: 3, summer: 6 }[groups['season'] ?? ''] ?? 9;
      const last = { year, month: month + 2, day: daysInMonth(year, month + 2) };
      return toRange({ kind: 'between', from: isoDay({ year, month, day: 1 }), to: isoDay(last) });
    },
  },
  {
    name: 'named period',
    pattern: `(?<a>${pointPattern})`,
    read: (groups, today) => {
      // Bare words such as "now" and "monday" have rules of their own.
      if (/^(?:now|today|yesterday|tomorrow)$/.test(groups['a'] ?? '')) return null;
      return each(readPoints(groups['a'] ?? '', today), (point) => point.range);
    },
  },
];

function span(a: string, b: string, today: CivilDate): TimeMeaning | null {
  const ends = readPoints(b, today);
  const end = ends[0];
  if (end === undefined || ends.length !== 1) return null;
  const year = end.hasYear ? end.first.year : null;
  const own = readPoints(a, today);
  const starts = own[0]?.hasYear ? own : readPoints(a, today, year);
  const start = starts[0];
  if (start === undefined || starts.length !== 1) return null;
  if (isoDay(start.first) > isoDay(end.last)) return null;
  return toRange({ kind: 'between', from: isoDay(start.first), to: isoDay(end.last) });
}

function points(words: string | undefined, today: CivilDate): readonly Point[] {
  const named = /^(last|this|previous|current) (week|month|quarter|year)$/.exec(words ?? '');
  if (!named) return readPoints(words ?? '', today);
  const unit = readUnit(named[2]) as 'week' | 'month' | 'quarter' | 'year';
  const current = startOf(unit, today);
  const first =
    named[1] === 'last' || named[1] === 'previous' ? startOf(unit, addDays(current, -1)) : current;
  return [{ range: { kind: 'to_date', unit }, first, last: endOf(unit, first), hasYear: true }];
}

function each(found: readonly Point[], build: (point: Point) => TimeRange): TimeMeaning | null {
  const [only, other] = found;
  if (only === undefined) return null;
  if (other === undefined) return toRange(build(only));
  return {
    kind: 'either',
    options: found.map((point) => ({ label: inWords(point.first), range: build(point) })),
  };
}

function inWords(date: CivilDate): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.UTC(date.year, date.month - 1, date.day));
}

function throughEnd(word: string | undefined, today: CivilDate): TimeMeaning {
  const unit = readUnit(word) as 'week' | 'month' | 'quarter' | 'year';
  const last = endOf(unit, startOf(unit, today));
  return toRange({ kind: 'between', from: isoDay(today), to: isoDay(last) });
}

function weekYear(words: string | undefined, today: CivilDate): number | null {
  if (words === undefined) return null;
  if (words === 'last year') return today.year - 1;
  if (words === 'this year') return today.year;
  return Number(words);
}
