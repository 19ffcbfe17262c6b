import type { TimeRange } from '../../../query/metric-query.ts';
import { addDays, isoDay, isoWeekday, startOf, type Today } from './civil-date.ts';
import { whole } from './relative-rules.ts';
import { readUnit, type TimeRule, toRange } from './time-rule.ts';
import { weekdayNumber, weekdayPattern } from './time-words.ts';

/** Quarters and years begin where the company's year says, so the word adds nothing. */
const fiscal = '(?:(?:fiscal|financial) (?=quarter|year))?';
const unit = '(?<unit>day|week|month|quarter|year)';

/** Units of the calendar told from today: "today", "last month", "this quarter to date", "the week before last". */
export const unitRules: readonly TimeRule[] = [
  {
    name: 'today',
    pattern: 'today|todays|(?:so far today|today so far)|earlier today',
    read: (_groups, today) => toRange(todayOf(today)),
  },
  {
    name: 'yesterday',
    pattern: 'yesterday|(?:the )?previous day',
    read: () => toRange({ kind: 'day', offset: -1 }),
  },
  { name: 'tomorrow', pattern: 'tomorrow', read: () => toRange({ kind: 'day', offset: 1 }) },
  {
    name: 'day before yesterday',
    pattern: 'day before yesterday',
    read: () => toRange({ kind: 'day', offset: -2 }),
  },
  {
    name: 'day after tomorrow',
    pattern: 'day after tomorrow',
    read: () => toRange({ kind: 'day', offset: 2 }),
  },
  {
    name: 'unit before last',
    pattern: `(?<unit>week|month|quarter|year) before (?:last|the (?:last|previous)(?: (?:one|week|month|quarter|year))?)`,
    read: ({ unit: word }, today) => toRange(unitBeforeLast(readCalendar(word), today)),
  },
  {
    name: 'weekend',
    pattern:
      '(?<which>last|past|previous|this|next|coming) weekend|(?:over|on|at|this) (?:the )?weekend|since (?:the )?weekend',
    read: ({ which }, today) => toRange(weekend(which, today)),
  },
  {
    name: 'weekdays of a week',
    pattern: `(?:(?:between|from) )?(?<a>${weekdayPattern}) (?:and|to|until|till|through|thru) (?<b>${weekdayPattern})(?: of)? (?<which>last|this|next|the previous|the current) week|(?<which2>last|this|next) week (?:(?:between|from) )?(?<a2>${weekdayPattern}) (?:and|to|until|till|through|thru) (?<b2>${weekdayPattern})`,
    read: ({ a, a2, b, b2, which, which2 }, today) => {
      const weeks = { last: -7, 'the previous': -7, next: 7 }[which ?? which2 ?? ''] ?? 0;
      const monday = addDays(startOf('week', today), weeks);
      const [from, to] = [weekdayNumber(a ?? a2 ?? ''), weekdayNumber(b ?? b2 ?? '')];
      return from > to
        ? null
        : toRange({
            kind: 'between',
            from: isoDay(addDays(monday, from - 1)),
            to: isoDay(addDays(monday, to - 1)),
          });
    },
  },
  {
    name: 'last unit',
    pattern: `(?:last|previous|prior|preceding) (?:${whole} )?${fiscal}(?<unit>day|week|month|quarter|year)s?|(?:most recent|latest) ${whole} ${fiscal}(?<unit2>week|month|quarter|year)`,
    read: ({ unit: word, unit2 }) =>
      toRange({ kind: 'relative', unit: readUnit(word ?? unit2), n: 1, completeOnly: true }),
  },
  {
    name: 'this whole unit',
    pattern: `(?:this|current) (?:${whole}) ${fiscal}(?<unit>week|month|quarter|year)`,
    read: ({ unit: word }) => toRange({ kind: 'calendar', unit: readCalendar(word) }),
  },
  {
    name: 'this unit',
    pattern: `(?:this|current|running|ongoing|present|(?:the )?(?:whole|entire)) ${fiscal}(?<unit>hour|week|month|quarter|year)`,
    read: ({ unit: word }) => toRange({ kind: 'to_date', unit: readUnit(word) }),
  },
  {
    name: 'this half',
    pattern: '(?:this|current|the running) half(?: year)?',
    read: (_groups, today) => {
      const months = (today.month - (today.fiscalStartMonth ?? 1) + 12) % 12;
      return toRange({ kind: 'calendar', unit: 'half', number: months < 6 ? 1 : 2 });
    },
  },
  {
    name: 'to date',
    pattern: `(?:so far|until now|till now|up to now|until today) (?:this|in the current|in this|in the) ${fiscal}(?<unit>week|month|quarter|year)|(?:(?:this|current|running) )?${fiscal}(?<unit2>week|month|quarter|year) (?:to date|so far|until (?:now|today)|up to (?:now|today))`,
    read: ({ unit: word, unit2 }) => toRange({ kind: 'to_date', unit: readUnit(word ?? unit2) }),
  },
  {
    name: 'to date, shortened',
    pattern: 'f?(?<letter>[ymqw])td',
    read: ({ letter }) => toRange({ kind: 'to_date', unit: letters[letter ?? ''] ?? 'year' }),
  },
  {
    name: 'since the start of the unit',
    pattern: `(?:since|from) (?:the )?(?:start|beginning) of (?:the |this |the current )?${fiscal}${unit}`,
    read: ({ unit: word }) => toRange({ kind: 'to_date', unit: readUnit(word) }),
  },
  {
    name: 'of the unit',
    // "The end of the month", "the hour of the day" are something else.
    pattern: `(?<!\\b(?:hours?|days?|weeks?|months?|quarters?|weekdays?|times?|ends?|starts?|beginning|half|rest|remainder|middle|part|course|process|first|last|most|whole|each|out) )of the ${fiscal}(?<unit>week|month|quarter|year)(?! (?:before|ago|to date|so far|of|in))`,
    read: ({ unit: word }) => toRange({ kind: 'to_date', unit: readUnit(word) }),
  },
  {
    name: 'next unit',
    pattern: `(?:next|coming|following|upcoming) (?:${whole} )?${fiscal}${unit}`,
    read: ({ unit: word }) => toRange({ kind: 'upcoming', unit: readUnit(word), n: 1 }),
  },
];

/** Until now, unless what is asked for may lie in the rest of the day. */
export const todayOf = ({ isAhead }: Today): TimeRange =>
  isAhead ? { kind: 'day', offset: 0 } : { kind: 'to_date', unit: 'day' };

const letters = { y: 'year', m: 'month', q: 'quarter', w: 'week' } as Readonly<
  Record<string, 'year' | 'month' | 'quarter' | 'week'>
>;

type Calendar = 'week' | 'month' | 'quarter' | 'year';

/** A unit that is a period of the calendar. */
export function readCalendar(word: string | undefined): Calendar {
  const found = readUnit(word);
  return found === 'week' || found === 'month' || found === 'quarter' ? found : 'year';
}

function unitBeforeLast(of: Calendar, today: Today): TimeRange {
  const start = (date: Parameters<typeof startOf>[1]) => startOf(of, date, today.fiscalStartMonth);
  const lastEnds = addDays(start(addDays(start(today), -1)), -1);
  return { kind: 'between', from: isoDay(start(lastEnds)), to: isoDay(lastEnds) };
}

/** Saturday and Sunday; the last weekend is the newest that is over, without more the newest that has begun. */
function weekend(which: string | undefined, today: Today): TimeRange {
  const saturday = addDays(startOf('week', today), 5);
  const isRunning = isoWeekday(today) > 5;
  const isThis =
    which === 'this' || which === 'coming' || (which === undefined && (isRunning || today.isAhead === true));
  const weeks = isThis ? 0 : which === 'next' ? (isRunning ? 1 : 0) : -1;
  const first = addDays(saturday, weeks * 7);
  return { kind: 'between', from: isoDay(first), to: isoDay(addDays(first, 1)) };
}
