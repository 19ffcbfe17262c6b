import type { TimeRange } from '../../../query/metric-query.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import { addDays, type CivilDate, isoDay, isoWeekday, startOf } from './civil-date.ts';
import { countPattern, readCount, readUnit, type TimeRule, toRange } from './time-rule.ts';
import { unitPattern, weekdayNumber, weekdayPattern } from './time-words.ts';

const whole = '(?:full|complete|completed|whole|entire|calendar)';
/** Quarters and years begin where the company's fiscal year says, so the word adds nothing. */
const fiscal = '(?:fiscal|financial) (?=quarter|year)';

/** Ranges told from today: "last month", "past two weeks", "this quarter", "next 30 days". */
export const relativeRules: readonly TimeRule[] = [
  { name: 'today', pattern: 'today|todays', read: () => toRange({ kind: 'day', offset: 0 }) },
  {
    name: 'day before yesterday',
    pattern: 'day before yesterday',
    read: () => toRange({ kind: 'day', offset: -2 }),
  },
  { name: 'yesterday', pattern: 'yesterday', read: () => toRange({ kind: 'day', offset: -1 }) },
  { name: 'tomorrow', pattern: 'tomorrow', read: () => toRange({ kind: 'day', offset: 1 }) },
  {
    name: 'n days ago',
    pattern: `(?<n>${countPattern}) days? ago`,
    read: (groups) => ranged(readCount(groups['n']), (n) => ({ kind: 'day', offset: -n })),
  },
  {
    name: 'more than n days ago',
    pattern: `(?:more than|over|earlier than|before) (?<n>${countPattern}) (?<unit>day|week|month)s? ago`,
    read: (groups, today) =>
      ranged(readCount(groups['n']), (n) => ({
        kind: 'between',
        to: isoDay(addDays(today, -n * (unitDays[groups['unit'] ?? 'day'] ?? 1) - 1)),
      })),
  },
  {
    name: 'older than n units',
    pattern: `(?:that are |which are |are )?(?:older than|aged over|aged more than|open(?:ed)? for (?:more than|over|longer than|at least)|for (?:more than|over|longer than)|longer than) (?<n>${countPattern}) (?<unit>day|week|month)s?(?: old)?|(?:more than|over) (?<n2>${countPattern}) (?<unit2>day|week|month)s? old`,
    read: (groups, today) =>
      ranged(readCount(groups['n'] ?? groups['n2']), (n) => ({
        kind: 'between',
        to: isoDay(addDays(today, -n * (unitDays[groups['unit'] ?? groups['unit2'] ?? 'day'] ?? 1) - 1)),
      })),
  },
  {
    name: 'last n complete units',
    pattern: `(?:last|past|previous|prior) (?<n>${countPattern}) ${whole} (?<unit>${unitPattern})`,
    read: (groups) => lastUnits(groups['n'], groups['unit'], true),
  },
  {
    name: 'last n units',
    pattern: `(?:last|past|previous|prior|trailing|rolling|most recent) (?<n>${countPattern}) (?<unit>${unitPattern})`,
    read: (groups) => lastUnits(groups['n'], groups['unit'], false),
  },
  {
    name: 'last n units without the current one',
    pattern: `(?:last|past|previous|prior) (?<n>${countPattern}) (?:${whole} )?(?<unit>${unitPattern}) (?:excluding|without|except|not (?:including|counting)) (?:the )?(?:current|this|running|ongoing) (?:hour|day|week|month|quarter|year|one)`,
    read: (groups) => lastUnits(groups['n'], groups['unit'], true),
  },
  {
    name: 'last n units through today',
    pattern: `(?:last|past|previous) (?<n>${countPattern}) (?<unit>${unitPattern}) (?:including|inclusive of|incl) (?:today|(?:the )?current (?:day|week|month|quarter|year))`,
    read: (groups) => lastUnits(groups['n'], groups['unit'], false),
  },
  {
    name: 'unit before last',
    pattern: '(?<unit>week|month) before last',
    read: (groups, today) => toRange(unitBeforeLast(groups['unit'] === 'week' ? 'week' : 'month', today)),
  },
  {
    name: 'last weekend',
    pattern: '(?:last|past|previous) weekend',
    read: (_groups, today) => {
      // The newest Saturday and Sunday that are both over.
      const sunday = addDays(today, -isoWeekday(today));
      return toRange({ kind: 'between', from: isoDay(addDays(sunday, -1)), to: isoDay(sunday) });
    },
  },
  {
    name: 'business days before today',
    pattern: `(?:last|past|previous|prior) (?:(?<n>${countPattern}) (?:${whole} )?)?(?:business|working|work) ?days?`,
    read: (groups, today) =>
      ranged(groups['n'] === undefined ? 1 : readCount(groups['n']), (n) => businessDays(n, today)),
  },
  {
    name: 'last unit',
    pattern: `(?:last|previous|prior|preceding) (?:${whole} )?(?:${fiscal})?(?<unit>hour|day|week|month|quarter|year)s?`,
    // "In the last hour" is the hour that ends now; "last week" is the week before this one.
    read: (groups) => {
      const unit = readUnit(groups['unit']);
      return toRange({ kind: 'relative', unit, n: 1, completeOnly: unit !== 'hour' });
    },
  },
  {
    name: 'past unit',
    pattern: '(?:past|trailing|rolling) (?<unit>hour|day|week|month|quarter|year)',
    read: (groups) =>
      toRange({ kind: 'relative', unit: readUnit(groups['unit']), n: 1, completeOnly: false }),
  },
  {
    name: 'fortnight',
    pattern: '(?:last|past) fortnight',
    read: () => toRange({ kind: 'relative', unit: 'day', n: 14, completeOnly: false }),
  },
  {
    name: 'trailing twelve months',
    pattern: 'ttm|ltm|trailing year',
    read: () => toRange({ kind: 'relative', unit: 'month', n: 12, completeOnly: false }),
  },
  {
    name: 'this unit',
    pattern: `(?:this|current) (?:${fiscal})?(?<unit>hour|week|month|quarter|year)`,
    read: (groups) => toRange({ kind: 'to_date', unit: readUnit(groups['unit']) }),
  },
  {
    name: 'to date',
    pattern: `(?:so far (?:this|in the current|in this) (?:${fiscal})?(?<unit>week|month|quarter|year)|(?:(?:this|current) )?(?:${fiscal})?(?<unit2>week|month|quarter|year) (?:to date|so far))`,
    read: (groups) => toRange({ kind: 'to_date', unit: readUnit(groups['unit'] ?? groups['unit2']) }),
  },
  {
    name: 'to date, shortened',
    pattern: '(?<letter>[ymqw])td',
    read: (groups) => toRange({ kind: 'to_date', unit: letters[groups['letter'] ?? ''] ?? 'year' }),
  },
  {
    name: 'since the start of the unit',
    pattern:
      'since (?:the )?(?:start|beginning) of (?:the |this |the current )?(?<unit>week|month|quarter|year)',
    read: (groups) => toRange({ kind: 'to_date', unit: readUnit(groups['unit']) }),
  },
  {
    name: 'next n units',
    pattern: `(?:next|coming|following|upcoming) (?<n>${countPattern}) (?<unit>${unitPattern})`,
    read: (groups) =>
      ranged(readCount(groups['n']), (n) => ({
        kind: 'upcoming',
        unit: readUnit(groups['unit']),
        n: Math.min(n, 100),
      })),
  },
  {
    name: 'next unit',
    pattern: `(?:next|coming|following|upcoming) (?:${fiscal})?(?<unit>hour|day|week|month|quarter|year)`,
    read: (groups) => toRange({ kind: 'upcoming', unit: readUnit(groups['unit']), n: 1 }),
  },
  {
    name: 'weekday',
    pattern: `(?:last |this |on )?(?<day>${weekdayPattern})`,
    read: (groups, today) => toRange({ kind: 'day', offset: -daysSince(groups['day'] ?? '', today) }),
  },
  {
    name: 'all time',
    pattern: '(?:of )?all time|ever|(?:in|over) all the years|since the beginning',
    read: () => toRange({ kind: 'all' }),
  },
  {
    name: 'now',
    pattern: '(?:right |just )?now|currently|at the moment|at present|as of (?:today|now)|at this moment',
    read: () => ({ kind: 'now' }),
  },
];

/** A month ago is said loosely; 30 days keep the rule free of calendars. */
const unitDays: Readonly<Record<string, number>> = wordTable({ day: 1, week: 7, month: 30 });

const letters = { y: 'year', m: 'month', q: 'quarter', w: 'week' } as Readonly<
  Record<string, 'year' | 'month' | 'quarter' | 'week'>
>;

/** Days back to the newest such weekday before today; the same weekday means a week ago. */
export function daysSince(weekday: string, today: CivilDate): number {
  const back = (isoWeekday(today) - weekdayNumber(weekday) + 7) % 7;
  return back === 0 ? 7 : back;
}

function unitBeforeLast(unit: 'week' | 'month', today: CivilDate): TimeRange {
  const lastEnds = addDays(startOf(unit, addDays(startOf(unit, today), -1)), -1);
  return { kind: 'between', from: isoDay(startOf(unit, lastEnds)), to: isoDay(lastEnds) };
}

/** Mondays to Fridays before today; holidays differ from place to place and count as any day. */
function businessDays(n: number, today: CivilDate): TimeRange {
  const back = (from: CivilDate): CivilDate => {
    const before = addDays(from, -1);
    return isoWeekday(before) > 5 ? back(before) : before;
  };
  const to = back(today);
  let from = to;
  for (let left = n - 1; left > 0; left -= 1) from = back(from);
  return { kind: 'between', from: isoDay(from), to: isoDay(to) };
}

function lastUnits(n: string | undefined, unit: string | undefined, completeOnly: boolean) {
  return ranged(readCount(n), (count) => ({
    kind: 'relative',
    unit: readUnit(unit),
    n: count,
    completeOnly,
  }));
}

function ranged(n: number | null, build: (n: number) => Parameters<typeof toRange>[0]) {
  return n === null || n < 1 || n > 1000 ? null : toRange(build(n));
}
