import type { TimeRange } from '../../../query/metric-query.ts';
import { addDays, type CivilDate, endOf, isBefore, isoDay, startOf, type Today } from './civil-date.ts';
import { type Point, pointPattern, readPoints, yearWord, yearWords } from './points.ts';
import { type TimeMeaning, type TimeRule, toRange } from './time-rule.ts';
import { monthPattern } from './time-words.ts';
import { readCalendar, todayOf } from './unit-rules.ts';

const fiscal = '(?:(?:fiscal|financial) )?';
const namedUnit = `(?:(?:last|this|previous|current|next|the) ${fiscal}(?:week|month|quarter|year)|(?:week|month|quarter|year)(?= end(?![a-z])))`;
const pointOrUnit = `(?:${pointPattern}|${namedUnit})`;
const to = '(?:to|until|till|til|through|thru|up to)';
const startOfIt = '(?:(?:the )?(?:start|beginning) of )?';
const endOfIt = '(?:(?:the )?end of )?';
/** Both ends always count; some say so. */
const included = '(?: (?:both )?(?:(?:days|months|dates|ends) )?(?:included|inclusive|inclusively))?';
/**
 * One more point of a list, taken as a whole: a step that could be given back in parts ("May 2026" as "May" and "2026") doubles
 * the ways to read a list with every point of it.
 */
const step = (between = ''): string => `(?:(?=(?<step> ${between}${pointPattern})(?![^ ]))\\k<step>)`;

/** Ranges named by the calendar: "Q3 2017", "between A and B", "since Monday", "week 14". */
export const calendarRules: readonly TimeRule[] = [
  {
    name: 'between two points',
    pattern: `(?:between|from) ${startOfIt}(?<a>${pointOrUnit}) (?:and|${to}) ${endOfIt}(?<b>${pointOrUnit})(?: end)?${included}`,
    read: ({ a, b }, today) => span(a ?? '', b ?? '', today),
  },
  {
    name: 'from a point to now',
    pattern: `(?:(?:between|from) )?${startOfIt}(?<a>${pointOrUnit}) (?:and|${to}) (?:date|the present)`,
    read: ({ a = '' }, today) => fromTo(a, today),
  },
  {
    name: 'days of one month',
    pattern: `(?:(?:between|from) )?(?:the )?(?<a>\\d{1,2})(?:st|nd|rd|th)? (?:and|${to}) (?:the )?(?<b>\\d{1,2})(?:st|nd|rd|th)?(?<rest>(?: of)? ${monthPattern}(?: ${yearWords})?)${included}`,
    read: ({ a, b, rest }, today) => span(`${a ?? ''}${rest ?? ''}`, `${b ?? ''}${rest ?? ''}`, today),
  },
  {
    name: 'month and its days',
    pattern: `(?:(?:between|from) )?(?<month>${monthPattern}) (?:the )?(?<a>\\d{1,2})(?:st|nd|rd|th)? (?:and|${to}) (?:the )?(?<b>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?<year>(?: ${yearWord})?)(?! (?:${monthPattern}))${included}`,
    read: ({ month, a, b, year }, today) =>
      span(`${a ?? ''} ${month ?? ''}${year ?? ''}`, `${b ?? ''} ${month ?? ''}${year ?? ''}`, today),
  },
  {
    name: 'point to point',
    pattern: `(?<a>${pointPattern}) ${to} ${endOfIt}(?<b>${pointOrUnit})${included}`,
    read: ({ a, b }, today) => span(a ?? '', b ?? '', today),
  },
  {
    name: 'periods that follow each other',
    pattern: `(?<a>${pointPattern})(?<rest>${step()}* (?:and|plus) ${pointPattern})`,
    read: ({ a, rest }, today) =>
      eachOfSeveral(a ?? '', rest ?? '', today) ?? adjacent(`${a ?? ''}${rest ?? ''}`, today),
  },
  {
    name: 'periods side by side',
    pattern: `(?<a>${pointPattern})(?<rest>${step('(?:(?:versus|v|to|and|then) )?')}+)`,
    read: ({ a, rest }, today) => sideBySide(a ?? '', rest ?? '', today),
  },
  {
    name: 'since a day of this month',
    pattern:
      '(?<how>since|after|before|until|till|from|on) the (?<a>\\d{1,2}(?:st|nd|rd|th))(?! (?:of|highest|largest|biggest|best|most|worst|lowest|time|one|quarter|half|week|day|month|year|and|to|until|till|through|thru)(?![a-z]))',
    read: ({ how, a }, today) =>
      each(points(a, today), ({ range, first, last }) => {
        if (how === 'on') return range;
        if (how === 'since' || how === 'from') return { kind: 'between', from: isoDay(first) };
        if (how === 'after') return { kind: 'between', from: isoDay(addDays(last, 1)) };
        return { kind: 'between', to: isoDay(how === 'before' ? addDays(first, -1) : last) };
      }),
  },
  {
    name: 'since a point',
    pattern: `(?:since|starting|starting from|starting on|ever since) ${startOfIt}(?<a>${pointOrUnit})`,
    read: ({ a }, today) => each(points(a, today), ({ first }) => ({ kind: 'between', from: isoDay(first) })),
  },
  {
    name: 'since the end of a point',
    pattern: `since (?:the )?end of (?<a>${pointOrUnit})`,
    read: ({ a }, today) =>
      each(points(a, today), ({ last }) => ({ kind: 'between', from: isoDay(addDays(last, 1)) })),
  },
  {
    name: 'period to date',
    pattern: `(?<a>${pointPattern}) (?:to date|so far|[mqy]td)|[mqy]td (?<b>${pointPattern})`,
    read: ({ a, b }, today) => {
      const [point, another] = readPoints(a ?? b ?? '', today);
      if (!point || another || isBefore(today, point.first) || isBefore(point.last, today)) return null;
      return toRange({ kind: 'between', from: isoDay(point.first) });
    },
  },
  {
    name: 'from a point onwards',
    pattern: `(?:from )?(?<a>${pointOrUnit}) (?:onwards?|and later|and after|and onwards?)|from (?<b>${pointOrUnit}) on`,
    read: ({ a, b }, today) =>
      each(points(a ?? b, today), ({ first }) => ({ kind: 'between', from: isoDay(first) })),
  },
  {
    name: 'after a point',
    pattern: `(?:after|later than|past) ${endOfIt}(?<a>${pointOrUnit})`,
    read: ({ a }, today) =>
      each(points(a, today), ({ last }) => ({ kind: 'between', from: isoDay(addDays(last, 1)) })),
  },
  {
    name: 'before a point',
    pattern: `(?:before|earlier than|prior to|older than) ${startOfIt}(?<a>${pointOrUnit})`,
    read: ({ a }, today) =>
      each(points(a, today), ({ first }) => ({ kind: 'between', to: isoDay(addDays(first, -1)) })),
  },
  {
    name: 'as of the end of a point',
    pattern: `(?:as of|as at|at) (?:the )?(?<which>end|close|start|beginning) of (?<a>${pointOrUnit})`,
    read: ({ which, a }, today) =>
      asOf(points(a, today), /^(?:end|close)$/.test(which ?? '') ? 'last' : 'first', today),
  },
  {
    name: 'as of a point',
    pattern: `as (?:of|at) (?<a>${pointPattern})`,
    read: ({ a }, today) => (/^(?:now|today)$/.test(a ?? '') ? null : asOf(points(a, today), 'last', today)),
  },
  {
    name: 'before the end of a point',
    pattern: `before (?:the )?end of (?<a>${pointOrUnit})`,
    read: ({ a }, today) => throughEnd(points(a, today), today),
  },
  {
    name: 'until a point',
    pattern: `(?:until|till|til|through|thru|up to|up until|up through) (?:the )?(?:end of )?(?<a>${pointOrUnit})(?: end)?`,
    read: ({ a }, today) => each(points(a, today), ({ last }) => ({ kind: 'between', to: isoDay(last) })),
  },
  {
    name: 'until the start of a point',
    pattern: `(?:until|till|til|up to|up until) (?:the )?(?:start|beginning) of (?<a>${pointOrUnit})`,
    read: ({ a }, today) =>
      each(points(a, today), ({ first }) => ({ kind: 'between', to: isoDay(addDays(first, -1)) })),
  },
  {
    name: 'by a point',
    pattern: `(?:by|before|until|through|no later than) (?:the )?(?:end of )?(?<a>${pointOrUnit})(?<end> end)?|by (?:eo(?<letter>[wmqy]))`,
    read: ({ a, letter }, today) => {
      const unit = { w: 'this week', m: 'this month', q: 'this quarter', y: 'this year' }[letter ?? ''];
      return today.isAhead || unit !== undefined ? throughEnd(points(a ?? unit, today), today) : null;
    },
  },
  {
    name: 'by the end of the unit',
    pattern: `(?:by|before|until|through) (?:(?:the )?end of (?<a>${namedUnit})|(?:the )?(?<b>week|month|quarter|year) end)`,
    read: ({ a, b }, today) => throughEnd(points(a ?? `this ${b ?? ''}`, today), today),
  },
  {
    name: 'rest of the period',
    pattern: `(?:(?:rest|remainder) of|what is left of|remaining (?:days|weeks|months|part) of) (?<a>${pointOrUnit})|(?:rest|remainder) of (?<b>week|month|quarter|year)`,
    read: ({ a, b }, today) => throughEnd(points(a ?? `this ${b ?? ''}`, today), today),
  },
  {
    name: 'week by number',
    pattern: `(?:(?<before>${yearWord})[ -]?)?(?:(?:calendar |iso )?week (?:number |no )?|cw ?|kw ?|wk ?|w)(?<n>[0-5]?\\d)(?!\\d)(?:(?: of)? (?<year>${yearWords}))?`,
    read: ({ before, n, year: after }, today) => {
      const number = Number(n);
      const year = weekYear(before ?? after, today);
      if (number < 1 || number > 53) return null;
      return toRange({ kind: 'calendar', unit: 'week', number, ...(year === null ? {} : { year }) });
    },
  },
  {
    name: 'on a day in numbers',
    pattern: 'on (?:the )?(?<a>\\d{1,2} / \\d{1,2})',
    read: ({ a = '' }, today) => each(readPoints(a, today), ({ range }) => range),
  },
  {
    name: 'named period',
    pattern: `(?<a>${pointPattern})`,
    read: ({ a = '' }, today) => {
      // Words such as "now" and "today" have rules of their own, and 4/5 alone may be a mark.
      if (/^(?:now|today|yesterday|tomorrow)$|^\d+ \/ \d+$/.test(a)) return null;
      return each(readPoints(a, today), ({ range }) => range);
    },
  },
];

const isDayOnly = (first: CivilDate, last: CivilDate): boolean => isoDay(first) === isoDay(last);

/** One day that is over, as which something stood then. */
function asOf(found: readonly Point[], end: 'first' | 'last', today: Today): TimeMeaning | null {
  const [point, another] = found;
  const day = point?.[end];
  if (!day || another || !isBefore(day, today)) return null;
  return toRange({ kind: 'between', from: isoDay(day), to: isoDay(day) });
}

/** Until this moment. */
function fromTo(a: string, today: Today): TimeMeaning | null {
  const [point, another] = points(a, today);
  if (!point || another || isBefore(today, point.first)) return null;
  return toRange({ kind: 'between', from: isoDay(point.first) });
}

function span(a: string, b: string, today: Today): TimeMeaning | null {
  if (/^(?:now|today)$/.test(b) && !today.isAhead) return fromTo(a, today);
  const ends = points(b, today);
  const end = ends[0];
  const own = points(a, today);
  const start = own[0];
  if (end === undefined || start === undefined || ends.length !== own.length || ends.length > 2) return null;
  if (own.length === 2) return eitherSpan(own, ends);
  if (start.hasYear && end.hasYear) return daysFrom(start, end);
  // A year said once is that of both, where this is no range backwards.
  if (end.hasYear) return daysFrom(points(a, today, end.year)[0] ?? start, end) ?? daysFrom(start, end);
  if (start.hasYear) {
    const later = (year: number) => points(b, today, year)[0] ?? end;
    const { year } = start;
    return daysFrom(start, later(year)) ?? daysFrom(start, later(year + 1));
  }
  const year = today.isAhead ? start.year + 1 : end.year - 1;
  return (
    daysFrom(start, end) ??
    (today.isAhead
      ? daysFrom(start, points(b, today, year)[0] ?? end)
      : daysFrom(points(a, today, year)[0] ?? start, end))
  );
}

/** 09/10 to 10/11: both ends are read the same way. */
function eitherSpan(starts: readonly Point[], ends: readonly Point[]): TimeMeaning | null {
  const options = starts.flatMap((start, index) => {
    const end = ends[index];
    const found = end && daysFrom(start, end);
    if (!end || found?.kind !== 'range') return [];
    return [{ label: `${inWords(start.first)} to ${inWords(end.last)}`, range: found.range }];
  });
  const [only] = options;
  if (!only) return null;
  return options.length === 1 ? toRange(only.range) : { kind: 'either', options };
}

function daysFrom(start: Point, end: Point): TimeMeaning | null {
  if (isBefore(end.last, start.first)) return null;
  return toRange({ kind: 'between', from: isoDay(start.first), to: isoDay(end.last) });
}

/** "September and October" are one range; "March and October" are two. */
function adjacent(words: string, today: Today): TimeMeaning | null {
  const finder = new RegExp(`(?<![^ ])${pointPattern}(?![^ ])`, 'g');
  const said = [...words.replaceAll(/ (?:and|plus)(?= )/g, '').matchAll(finder)].map(([one]) => one);
  const read = (year: number | null): readonly Point[] =>
    said.flatMap((one) => (readPoints(one, today).length === 1 ? readPoints(one, today, year) : []));
  const follows = (found: readonly Point[]): boolean =>
    found.length === said.length &&
    found.length > 1 &&
    found.every((point, index) => {
      const before = found[index - 1];
      return (
        before === undefined ||
        (isoDay(addDays(before.last, 1)) === isoDay(point.first) && kindOf(before) === kindOf(point))
      );
    });
  const plain = read(null);
  const last = plain.at(-1);
  const given = last?.hasYear ? read(last.year) : plain;
  const chosen = [plain, given, last ? withYearBefore(plain, said, today) : []].find(follows);
  const [first] = chosen ?? [];
  const end = chosen?.at(-1);
  return first && end ? daysFrom(first, end) : null;
}

/** "September, October and November": who names three wants each of them. */
function eachOfSeveral(a: string, rest: string, today: Today): TimeMeaning | null {
  const plain = rest.replaceAll(/ (?:and|plus)(?= )/g, '');
  const finder = new RegExp(`(?<![^ ])${pointPattern}(?![^ ])`, 'g');
  return (plain.match(finder)?.length ?? 0) < 2 ? null : sideBySide(a, plain, today);
}

/** "Sept, oct, nov", "Q1 versus Q2 versus Q3": each by itself; two that are compared are a comparison. */
function sideBySide(a: string, rest: string, today: Today): TimeMeaning | null {
  const plain = rest.replaceAll(/ (?:versus|v|to|and|then)(?= )/g, '');
  const finder = new RegExp(`(?<![^ ])${pointPattern}(?![^ ])`, 'g');
  const several = plain.match(finder)?.length ?? 0;
  const isJoined = / (?:versus|v|to|and|then) /.test(rest);
  if (isJoined && several < 2) return null;
  const whole = adjacent(`${a}${plain}`, today);
  const [first] = readPoints(a, today);
  const unit = first?.range.kind === 'calendar' ? first.range.unit : null;
  if (whole?.kind !== 'range' || unit === null || unit === 'half') return null;
  return { ...whole, grain: unit };
}

/** "December and January", asked in November: the December before that January. */
function withYearBefore(found: readonly Point[], said: readonly string[], today: Today): readonly Point[] {
  const last = found.at(-1);
  if (!last) return [];
  return found.flatMap((point, index) =>
    isBefore(last.first, point.first) ? readPoints(said[index] ?? '', today, last.year - 1) : [point],
  );
}

function kindOf({ range, first, last }: Point): string {
  return range.kind === 'calendar' ? range.unit : isDayOnly(first, last) ? 'day' : range.kind;
}

function points(words: string | undefined, today: Today, year: number | null = null): readonly Point[] {
  const named =
    /^(?:(last|this|previous|current|next|the) )?(?:(?:fiscal|financial) )?(week|month|quarter|year)$/.exec(
      words ?? '',
    );
  if (!named) return readPoints(words ?? '', today, year);
  const unit = readCalendar(named[2]);
  const start = (date: CivilDate): CivilDate => startOf(unit, date, today.fiscalStartMonth);
  const current = start(today);
  const which = named[1] ?? '';
  const first = /^(?:last|previous)$/.test(which)
    ? start(addDays(current, -1))
    : which === 'next'
      ? addDays(endOf(unit, current), 1)
      : current;
  return [
    { range: { kind: 'to_date', unit }, first, last: endOf(unit, first), hasYear: true, year: first.year },
  ];
}

function each(found: readonly Point[], build: (point: Point) => TimeRange): TimeMeaning | null {
  const [only, other] = found;
  if (only === undefined) return null;
  if (other === undefined) return toRange(build(only));
  return {
    kind: 'either',
    options: found.map((point) => ({ label: nameOf(point), range: build(point) })),
  };
}

/** A day by its date, a month by its name. */
function nameOf({ range, first }: Point): string {
  const day = inWords(first);
  return range.kind === 'calendar' && range.unit === 'month' ? day.replace(/^\d+ /, '') : day;
}

function inWords(date: CivilDate): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.UTC(date.year, date.month - 1, date.day));
}

/** From today through the end of a period that has not ended. */
function throughEnd(found: readonly Point[], today: Today): TimeMeaning | null {
  return each(found, ({ last }) => {
    if (isoDay(last) === isoDay(today)) return todayOf({ ...today, isAhead: true });
    return isBefore(last, today)
      ? { kind: 'between', to: isoDay(last) }
      : { kind: 'between', from: isoDay(today), to: isoDay(last) };
  });
}

function weekYear(words: string | undefined, today: Today): number | null {
  if (words === undefined) return null;
  if (words === 'last year') return today.year - 1;
  if (words === 'next year') return today.year + 1;
  if (words === 'this year') return today.year;
  return Number(words);
}
