import type { QueryPlan, TimeRange } from '../../../query/metric-query.ts';
import { countBehind } from './other-measure.ts';
import type { Shown } from './shown.ts';

type Length = Extract<TimeRange, { kind: 'relative' | 'ahead' | 'older' }>;

const units: Readonly<Record<string, Length['unit']>> = {
  h: 'hour',
  hour: 'hour',
  d: 'day',
  day: 'day',
  w: 'week',
  wk: 'week',
  week: 'week',
  month: 'month',
};
const asking =
  '(?:(?:and|then|ok|okay|rather|actually|no|now|only|just|try|with|what about|how about|make (?:it|that|this)|change (?:it|that|this) to|let us say|say),? )*';
const length = new RegExp(
  `^(?<make>${asking})(?:(?:in|over|for|within|from|the|of) )*(?:(?<way>last|past|next|coming|more than|longer than|older than) )?(?<n>\\d{1,3}) ?(?<unit>hours?|h|days?|d|weeks?|wks?|w|months?)?(?: instead| rather| then| please| too)*$`,
  'i',
);

/**
 * "Make it 30", "60 days", "last 90": another length in place of the only one that the plan before has, whether it is that
 * of its period, of an age, or of the time in which something else did not happen.
 *
 * @returns null where the words say no length, or where it is not clear which one is meant
 */
export function withOtherLength(text: string, previous: QueryPlan): QueryPlan | null {
  const said = length.exec(text)?.groups;
  if (said === undefined) return null;
  const own = lengthOf(previous.time);
  const others = (previous.related ?? []).flatMap((one, at) => {
    const found = lengthOf(one.time);
    return found === null ? [] : [{ at, found }];
  });
  const [other, another] = others;
  if (another !== undefined || (own === null) === (other === undefined)) return null;
  const found = own ?? other?.found;
  if (found === undefined) return null;
  const unit = said['unit'] === undefined ? found.unit : units[said['unit'].toLowerCase().replace(/s$/, '')];
  const way = said['way']?.toLowerCase() ?? '';
  // A bare number may be how many are shown, and a bare period is read as any other.
  const isBare = said['unit'] === undefined && way === '';
  if (unit === undefined || (isBare && !/\b(?:make|change)\b/i.test(said['make'] ?? ''))) return null;
  if (own?.kind === 'relative' && said['unit'] !== undefined) return null;
  if (found.kind === 'ahead' ? /^(?:last|past|more|longer|older)/.test(way) : /^(?:next|coming)/.test(way))
    return null;
  if (found.kind === 'relative' && found.completeOnly && found.n === 1) return null;
  const time: Length = { ...found, unit, n: Number(said['n']) };
  if (time.n < 1) return null;
  if (own !== null) return { ...previous, time };
  const related = (previous.related ?? []).map((one, at) => (at === other?.at ? { ...one, time } : one));
  return { ...previous, related };
}

const lengthOf = (time: TimeRange | null | undefined): Length | null =>
  time?.kind === 'relative' || time?.kind === 'ahead' || time?.kind === 'older' ? time : null;

const bounds: readonly (readonly [RegExp, 'gt' | 'gte' | 'lt' | 'lte'])[] = [
  [/^(?:more than|over|above|>)$/, 'gt'],
  [/^(?:at least|min|minimum|>=)$/, 'gte'],
  [/^(?:less than|fewer than|under|below|<)$/, 'lt'],
  [/^(?:at most|up to|max|maximum|<=)$/, 'lte'],
];

/** "5 or more responses", "5+ responses". */
const boundFirst = (text: string): string =>
  text
    .replace(/\b(\d{1,6})(?: or more|\+)(?= )/i, 'at least $1')
    .replace(/\b(\d{1,6}) or (?:fewer|less)(?= )/i, 'at most $1');

/**
 * "Only those with at least 20 tickets" after a figure of groups: groups of so many of the rows that the figure is made of,
 * with their number beside it.
 */
export function withFewestRows(text: string, { previous, catalogue, nouns }: Shown): QueryPlan | null {
  if (previous.kind !== 'metric' || previous.groupBy.length === 0 || previous.having.length > 0) return null;
  const said = new RegExp(
    `^(?:and |then )?(?:(?:only|just|show only|keep only|limit to) )?(?:(?:those|the ones|ones|groups|[a-z]+) )?(?:(?:with|having|that have|who have|where there (?:are|were)) )?(?<bound>more than|over|above|at least|min|minimum|less than|fewer than|under|below|at most|up to|max|maximum|>=?|<=?) ?(?<n>\\d{1,6}) (?:${nouns}|rows?|records?|answers?|responses?|ratings?|cases)(?: each| in total)?$`,
    'i',
  ).exec(boundFirst(text))?.groups;
  const op = bounds.find(([words]) => words.test(said?.['bound']?.toLowerCase() ?? ''))?.[1];
  const behind = said === undefined || op === undefined ? null : countBehind(catalogue, previous);
  const [count] = behind?.metrics ?? [];
  const isSame =
    JSON.stringify([behind?.where, behind?.time]) === JSON.stringify([previous.where, previous.time]);
  if (said === undefined || op === undefined || count === undefined || !isSame) return null;
  const having = [{ metric: count, op, value: Number(said['n']) }];
  return { ...previous, metrics: [...new Set([...previous.metrics, count])], having };
}
