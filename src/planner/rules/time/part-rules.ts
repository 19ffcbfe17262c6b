import type { TimeRange } from '../../../query/metric-query.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  endOf,
  isBefore,
  isoDay,
  isoWeekday,
  startOf,
  type Today,
} from './civil-date.ts';
import { pointPattern, readPoints, yearWord } from './points.ts';
import {
  counted,
  countPattern,
  readCount,
  readUnit,
  type TimeMeaning,
  type TimeRule,
  toRange,
} from './time-rule.ts';
import { monthPattern, ordinalWords, weekdayNumber, weekdayPattern } from './time-words.ts';
import { readCalendar } from './unit-rules.ts';

const monthWords = `(?:${monthPattern}(?:(?: of)? (?:${yearWord}|last year|this year))?|(?:the |this |last |next )?month)`;

/** Parts and groups of the calendar's periods: halves of months, weeks by a day, seasons. */
export const partRules: readonly TimeRule[] = [
  {
    name: 'half of a month',
    pattern: `(?<nth>first|second|1st|2nd|last|latter) half (?:of )?(?:the )?(?<month>${monthWords})`,
    read: ({ nth, month }, today) =>
      onMonth(month, today, (first, last) => {
        const middle = addDays(first, Math.floor(last.day / 2) - 1);
        return nth === 'first' || nth === '1st' ? [first, middle] : [addDays(middle, 1), last];
      }),
  },
  {
    name: 'first days of a month',
    pattern: `(?<which>first|last) (?:(?<n>${countPattern}) )?(?<unit>days?|weeks?) (?:of|in) (?:the )?(?<month>${monthWords})`,
    read: ({ which, n, unit, month }, today) => {
      const count = (n === undefined ? 1 : (readCount(n) ?? 0)) * (/^week/.test(unit ?? '') ? 7 : 1);
      return onMonth(month, today, (first, last) =>
        count < 1 || count > last.day
          ? null
          : which === 'first'
            ? [first, addDays(first, count - 1)]
            : [addDays(last, 1 - count), last],
      );
    },
  },
  {
    name: 'week of a month',
    pattern: `(?<nth>second|2nd|third|3rd|fourth|4th) week (?:of|in) (?:the )?(?<month>${monthWords})`,
    read: ({ nth, month }, today) =>
      onMonth(month, today, (first) => {
        const place = { second: 1, '2nd': 1, third: 2, '3rd': 2 }[nth ?? ''] ?? 3;
        return [addDays(first, 7 * place), addDays(first, 7 * place + 6)];
      }),
  },
  {
    name: 'weekday of a month',
    pattern: `(?:on )?(?:the )?(?<nth>${Object.keys(ordinalWords).join('|')}|last) (?<weekday>${weekdayPattern}) (?:of|in) (?:the )?(?<month>${monthWords})`,
    read: ({ nth, weekday, month }, today) =>
      onMonth(month, today, (first, last) => weekdayOf(nth ?? '', weekdayNumber(weekday ?? ''), first, last)),
  },
  {
    name: 'whole unit some time ago',
    // "The week three weeks ago", "the month two months back": the whole of it.
    pattern: `(?:(?:whole|entire|full) )?(?<unit>week|month|quarter|year)(?: of)? (?<n>${countPattern}|an?|one) \\k<unit>s? (?:ago|back|earlier)`,
    read: ({ unit, n }, today) => {
      const of = readCalendar(unit);
      const begins = (date: CivilDate): CivilDate => startOf(of, date, today.fiscalStartMonth);
      const count = n === 'one' ? 1 : (readCount(n) ?? 0);
      let first = begins(today);
      for (let left = Math.min(count, mostUnitsBack); left > 0; left -= 1) first = begins(addDays(first, -1));
      return count < 1 || count > mostUnitsBack ? null : toRange(days(first, endOf(of, first)));
    },
  },
  {
    name: 'n units before the current one',
    pattern: `(?<n>${countPattern}) (?:(?<day>days?)|(?<unit>week|month|quarter|year)s?) (?:before|prior to|preceding|leading up to) (?:today|(?:this|the current|the running) \\k<unit>)`,
    read: ({ n, unit }) =>
      counted(n, (count) => ({ kind: 'relative', unit: readUnit(unit), n: count, completeOnly: true })),
  },
  {
    name: 'about a part of a month',
    pattern: `(?<part>early(?: in)?|mid|middle of|late(?: in)?) (?<month>${monthWords})`,
    read: ({ part, month }, today) => aboutPart(part?.split(' ')[0] ?? '', month, today),
  },
  {
    name: 'week of a day',
    pattern: `(?:week (?<how>of|commencing|starting|beginning|ending)|w ?/ ?(?<letter>[ce])) (?:on )?(?:the )?(?<day>${pointPattern})`,
    read: ({ how, letter, day }, today) =>
      weekOf(how ?? (letter === 'c' ? 'commencing' : 'ending'), day, today),
  },
  {
    name: 'winter',
    pattern: `winter (?:of )?(?<year>${yearWord})(?: ?[/-] ?(?:\\d{2}|${yearWord})| to ${yearWord})`,
    read: ({ year }) => toRange(season('winter', Number(year))),
  },
  {
    name: 'season',
    pattern: `(?<season>spring|summer|autumn|fall|winter)(?: of)? (?<year>${yearWord}|last year|this year)`,
    read: ({ season: name, year }, today) => {
      const named = { 'last year': today.year - 1, 'this year': today.year }[year ?? ''] ?? Number(year);
      if (name !== 'winter') return toRange(season(name ?? '', named));
      // A winter lies in two years.
      return {
        kind: 'either',
        options: [named - 1, named].map((begins) => ({
          label: `Winter ${begins}/${String(begins + 1).slice(2)}`,
          range: season('winter', begins),
        })),
      };
    },
  },
  {
    name: 'since a season',
    pattern: 'since (?:the )?(?<season>spring|summer|autumn|winter)',
    read: ({ season: name }, today) => sinceSeason(name ?? '', today),
  },
  {
    name: 'season without a year',
    pattern:
      '(?:(?<which>last|this|next) (?<season>spring|summer|autumn|fall|winter)|(?:in|over|during) (?:the )?(?<season2>spring|summer|autumn|winter))',
    read: ({ which, season: name, season2 }, today) => {
      const word = name ?? season2 ?? '';
      const years = [today.year + 1, today.year, today.year - 1, today.year - 2];
      const begun = years.find((year) => !isBefore(today, monthsOf(word, year)[0]));
      const over = years.find((year) => isBefore(monthsOf(word, year)[1], today));
      const coming = years.findLast((year) => isBefore(today, monthsOf(word, year)[0]));
      const isComing = which === 'next' || (today.isAhead === true && which !== 'last' && begun === over);
      const year = isComing ? coming : which === 'last' ? over : begun;
      return year === undefined ? null : toRange(season(word, year));
    },
  },
];

/** As weather services and shops count them, in the north: three whole months. A winter is told by the year it begins in. */
function monthsOf(name: string, year: number): readonly [CivilDate, CivilDate] {
  const first = { year, month: { spring: 3, summer: 6, winter: 12 }[name] ?? 9, day: 1 };
  return [first, addDays(addMonths(first, 3), -1)];
}

/** "Since summer" is since it began for some, since it ended for others; while it lasts, since it began. */
function sinceSeason(name: string, today: Today): TimeMeaning | null {
  const year = [today.year, today.year - 1, today.year - 2].find(
    (one) => !isBefore(today, monthsOf(name, one)[0]),
  );
  if (year === undefined) return null;
  const [first, last] = monthsOf(name, year);
  const begun: TimeRange = { kind: 'between', from: isoDay(first) };
  if (!isBefore(last, today)) return toRange(begun);
  const after = addDays(last, 1);
  return {
    kind: 'either',
    options: [
      { label: `Since the ${name} began, ${isoDay(first)}`, range: begun },
      { label: `Since the ${name} ended, ${isoDay(after)}`, range: { kind: 'between', from: isoDay(after) } },
    ],
  };
}

function season(name: string, year: number): TimeRange {
  return days(...monthsOf(name, year));
}

const days = (first: CivilDate, last: CivilDate): TimeRange => ({
  kind: 'between',
  from: isoDay(first),
  to: isoDay(last),
});

type Days = readonly [CivilDate, CivilDate];

/** A longer way back is told by its dates. */
const mostUnitsBack = 200;

/** The second Friday of a month, its last Monday; null where it has no fifth one. */
function weekdayOf(nth: string, weekday: number, first: CivilDate, last: CivilDate): Days | null {
  const day =
    nth === 'last'
      ? addDays(last, -((isoWeekday(last) - weekday + 7) % 7))
      : addDays(first, ((weekday - isoWeekday(first) + 7) % 7) + 7 * ((ordinalWords[nth] ?? 1) - 1));
  return isBefore(last, day) ? null : [day, day];
}

function readMonth(words: string | undefined, today: Today): Days | null {
  const named = /^(?:(the|this|last|next) )?month$/.exec(words ?? '');
  if (named) {
    const moved = { last: -1, next: 1 }[named[1] ?? ''] ?? 0;
    const first = addMonths(startOf('month', today), moved);
    return [first, endOf('month', first)];
  }
  const [point, another] = readPoints(words ?? '', today);
  return point && !another ? [point.first, point.last] : null;
}

function onMonth(
  words: string | undefined,
  today: Today,
  part: (first: CivilDate, last: CivilDate) => Days | null,
): TimeMeaning | null {
  const month = readMonth(words, today);
  const found = month && part(...month);
  return found && toRange(days(...found));
}

/** "Mid November" is told differently by everybody; the reader picks. */
function aboutPart(part: string, words: string | undefined, today: Today): TimeMeaning | null {
  const month = readMonth(words, today);
  if (!month) return null;
  const [first, last] = month;
  const day = (number: number): CivilDate => ({ ...first, day: number });
  const meant: readonly Days[] =
    part === 'early'
      ? [
          [first, day(10)],
          [first, day(15)],
        ]
      : part === 'late'
        ? [
            [day(21), last],
            [day(16), last],
          ]
        : [
            [day(11), day(20)],
            [day(15), day(15)],
          ];
  return {
    kind: 'either',
    options: meant.map(([from, to]) => ({
      label:
        from.day === to.day ? `Day ${from.day} of that month` : `Days ${from.day} to ${to.day} of that month`,
      range: days(from, to),
    })),
  };
}

function weekOf(how: string, words: string | undefined, today: Today): TimeMeaning | null {
  const [point, another] = readPoints(words ?? '', today);
  if (!point || another || isoDay(point.first) !== isoDay(point.last)) return null;
  const first =
    how === 'of' ? startOf('week', point.first) : how === 'ending' ? addDays(point.first, -6) : point.first;
  return toRange(days(first, addDays(first, 6)));
}
