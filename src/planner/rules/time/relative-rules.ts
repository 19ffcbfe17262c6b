import type { TimeRange } from '../../../query/metric-query.ts';
import { addDays, type CivilDate, isoDay, isoWeekday } from './civil-date.ts';
import { counted, countPattern, readLength, readUnit, type TimeRule, toRange } from './time-rule.ts';
import { unitPattern } from './time-words.ts';

export const whole = '(?:full|complete|completed|whole|entire|calendar|finished|closed)';
const back = '(?:last|past|previous|prior|trailing|rolling|most recent|latest|preceding)';
const length = `(?<n>${countPattern}) (?<unit>${unitPattern})`;
const oneOrMore = `(?<n>${countPattern}|an?) (?<unit>${unitPattern})`;
const beyond = '(?:more than|over|longer than|at least|upwards of|beyond)';
/** States in which something goes on from its beginning. */
const waits =
  '(?:open|unsolved|unresolved|unanswered|outstanding|waiting|sitting|stuck|running|lingering|around|alive|ongoing|pending|on hold)';

/** Lengths of time told from now: "the last 30 days", "next 4 hours", "older than 10 days". */
export const relativeRules: readonly TimeRule[] = [
  {
    name: 'more than n units ago',
    pattern: `(?:more than|over|earlier than|before|at least|longer than) ${oneOrMore} ago`,
    read: ({ n, unit }) => older(n, unit),
  },
  {
    name: 'older than n units',
    pattern: `(?:that are |which are |are )?(?:older than|aged over|aged more than|(?:since|for) ${beyond}|longer than) ${oneOrMore}(?: old)?|(?:(?:more than|over) )?(?<n2>${countPattern}|an?) (?<unit2>${unitPattern}) old|(?<=(?:^| )${waits} )${beyond} (?<n3>${countPattern}|an?) (?<unit3>${unitPattern})`,
    read: ({ n, n2, n3, unit, unit2, unit3 }) => older(n ?? n2 ?? n3, unit ?? unit2 ?? unit3),
  },
  {
    name: 'younger than n units',
    pattern: `(?:(?:that are |which are |are )?(?:younger|newer) than|less than) ${length}(?: old)?(?: ago)?`,
    read: ({ n, unit }) => lastUnits(n, unit, false),
  },
  {
    name: 'last n whole units',
    pattern: `(?:${back} (?<n>${countPattern}) ${whole}|${whole} ${back} (?<n2>${countPattern})) (?<unit>${unitPattern})`,
    read: ({ n, n2, unit }) => lastUnits(n ?? n2, unit, true),
  },
  {
    name: 'last n units',
    pattern: `${back} ${length}`,
    read: ({ n, unit }) => lastUnits(n, unit, false),
  },
  {
    name: 'last n units without the current one',
    pattern: `${back} (?<n>${countPattern}) (?:${whole} )?(?<unit>${unitPattern}) (?:excluding|without|except|but not|not (?:including|counting)|excl) (?:the )?(?:current|this|running|ongoing|present) (?:hour|day|week|month|quarter|year|one)`,
    read: ({ n, unit }) => lastUnits(n, unit, true),
  },
  {
    name: 'last n days without today',
    pattern: `${back} (?<n>${countPattern}) (?:${whole} )?days? (?:excluding|without|except|but not|not (?:including|counting)|excl) today`,
    read: ({ n }) => lastUnits(n, 'day', true),
  },
  {
    name: 'last n units through today',
    pattern: `${back} ${length} (?:including|inclusive of|incl|up to|until|till|to|through) (?:today|now|(?:the )?current (?:day|week|month|quarter|year))`,
    read: ({ n, unit }) => lastUnits(n, unit, false),
  },
  {
    name: 'business days before today',
    pattern: `${back} (?:(?<n>${countPattern}) (?:${whole} )?)?(?:business|working|work|week) ?days?`,
    read: ({ n }, today) => counted(n ?? '1', (count) => businessDays(count, today)),
  },
  {
    name: 'past unit',
    pattern: '(?:past|trailing|rolling) (?<unit>minute|hour|day|week|month|quarter|year)',
    read: ({ unit }) => toRange({ kind: 'relative', unit: readLength(unit), n: 1, completeOnly: false }),
  },
  {
    name: 'in the last unit',
    // "Last week" is the week before this one; "in the last week" is the seven days that end now.
    pattern:
      '(?:in|within) the last (?<unit>week|month|year)|over the last (?<unit2>week|month|quarter|year)',
    read: ({ unit, unit2 }) =>
      toRange({ kind: 'relative', unit: readLength(unit ?? unit2), n: 1, completeOnly: false }),
  },
  {
    name: 'last hour',
    pattern: '(?:last|previous) (?<unit>minute|hour)',
    // "In the last hour" is the hour that ends now; "last week" is the week before this one.
    read: ({ unit }) => toRange({ kind: 'relative', unit: readLength(unit), n: 1, completeOnly: false }),
  },
  {
    name: 'lately',
    pattern: '(?<!most )(?:lately|of late|these days|recently|in recent (?:days|weeks|times))',
    read: () => toRange({ kind: 'relative', unit: 'day', n: 30, completeOnly: false }),
  },
  {
    name: 'fortnight',
    pattern: '(?:last|past|previous) fortnight',
    read: () => toRange({ kind: 'relative', unit: 'day', n: 14, completeOnly: false }),
  },
  {
    name: 'half a day',
    pattern: '(?:last|past) half (?:an )?hour',
    read: () => toRange({ kind: 'relative', unit: 'minute', n: 30, completeOnly: false }),
  },
  {
    name: 'half a year',
    pattern: `(?:${back} (?:half|six-month) (?:a |an )?year|(?:last|past) half of (?:a|the) year|(?:last|past) half-year)`,
    read: () => toRange({ kind: 'relative', unit: 'month', n: 6, completeOnly: false }),
  },
  {
    name: 'trailing twelve months',
    pattern: '(?:ttm|ltm|trailing year|r12m?|rolling year)',
    read: () => toRange({ kind: 'relative', unit: 'month', n: 12, completeOnly: false }),
  },
  {
    name: 'next n whole units',
    pattern: `(?:next|coming|following|upcoming) (?<n>${countPattern}) ${whole} (?<unit>days?|weeks?|months?|quarters?|years?)`,
    read: ({ n, unit }) =>
      counted(n, (count) => ({ kind: 'upcoming', unit: readUnit(unit), n: Math.min(count, 100) })),
  },
  {
    name: 'next n units',
    pattern: `(?:next|coming|following|upcoming) ${length}(?: or less| or so)?`,
    read: ({ n, unit }) => counted(n, (count) => ({ kind: 'ahead', unit: readLength(unit), n: count })),
  },
  {
    name: 'next hour',
    pattern: '(?:next|coming) (?<unit>minute|hour|fortnight)',
    read: ({ unit }) =>
      toRange(
        unit === 'fortnight'
          ? { kind: 'ahead', unit: 'day', n: 14 }
          : { kind: 'ahead', unit: readLength(unit), n: 1 },
      ),
  },
  {
    name: 'within n units',
    // Where nothing lies ahead this is how long something took, which other rules read.
    pattern: `(?:within|in less than|in under) ${length}(?: from now)?`,
    read: ({ n, unit }, { isAhead }) =>
      isAhead ? counted(n, (count) => ({ kind: 'ahead', unit: readLength(unit), n: count })) : null,
  },
  {
    name: 'in n days',
    // "Due in 3 days" is on that day, "closing in 30 days" is until then.
    pattern: `(?:in (?<n>${countPattern}) days?(?<time> time)?|(?<n2>${countPattern}) days from (?:now|today))`,
    read: ({ n, n2, time }, { isAhead }) =>
      isAhead
        ? counted(n ?? n2, (count) =>
            n === undefined || time !== undefined || count < fewestUntil
              ? { kind: 'day', offset: count }
              : { kind: 'ahead', unit: 'day', n: count },
          )
        : null,
  },
  {
    name: 'in n units',
    pattern: `in (?<n>${countPattern}) (?<unit>minutes?|hours?|weeks?|months?|quarters?)`,
    read: ({ n, unit }, { isAhead }) =>
      isAhead ? counted(n, (count) => ({ kind: 'ahead', unit: readLength(unit), n: count })) : null,
  },
  {
    name: 'n days ago',
    pattern: `(?<n>${countPattern}) days? ago`,
    read: ({ n }) => counted(n, (count) => ({ kind: 'day', offset: -count })),
  },
  {
    name: 'since n units ago',
    pattern: `since ${length} ago`,
    read: ({ n, unit }, today) => {
      if (/^day/.test(unit ?? ''))
        return counted(n, (count) => ({ kind: 'between', from: isoDay(addDays(today, -count)) }));
      return lastUnits(n, unit, false);
    },
  },
  {
    name: 'all time',
    pattern:
      '(?:of )?all time|ever|(?:in|over) all the years|since the (?:very )?beginning|since (?:the )?start of records',
    read: () => toRange({ kind: 'all' }),
  },
  {
    name: 'now',
    pattern: '(?:right |just )?now|currently|at the moment|at present|as of (?:today|now)|at this moment',
    read: () => ({ kind: 'now' }),
  },
];

/** Days ahead from which on nobody means that one day. */
const fewestUntil = 7;

const lastUnits = (n: string | undefined, unit: string | undefined, completeOnly: boolean) =>
  counted(n, (count) => ({ kind: 'relative', unit: readLength(unit), n: count, completeOnly }));

const older = (n: string | undefined, unit: string | undefined) =>
  counted(n, (count) => ({ kind: 'older', unit: readLength(unit), n: count }));

/** Mondays to Fridays before today; holidays differ from place to place and count as any day. */
function businessDays(n: number, today: CivilDate): TimeRange {
  const dayBefore = (from: CivilDate): CivilDate => {
    const before = addDays(from, -1);
    return isoWeekday(before) > 5 ? dayBefore(before) : before;
  };
  const to = dayBefore(today);
  let from = to;
  for (let left = n - 1; left > 0; left -= 1) from = dayBefore(from);
  return { kind: 'between', from: isoDay(from), to: isoDay(to) };
}
