import { type Catalogue, metricTime } from '../../../catalogue/catalogue.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import { refuse, Unplannable } from '../compose/problem.ts';
import type { Cue } from './cue-rule.ts';
import { sortByAll } from './sort-by.ts';

const mostRows = { list: 25, metric: 100 } as const;

/**
 * "The next 10", "the second biggest": other rows of the same answer, in its order.
 *
 * @throws Unplannable where the answer has no rows one after the other
 */
export function nextRows(
  catalogue: Catalogue,
  plan: QueryPlan,
  { nextRows: n, place, placeBy }: Cue,
): Omit<PlanPatch, 'kind'> {
  const isRow = plan.kind === 'metric' && plan.groupBy.length === 0;
  const isCourse = plan.kind === 'metric' && plan.groupBy.some(({ dimension }) => dimension === metricTime);
  if (isRow || isCourse) throw refuse('unclear', 'the last answer has no further rows in an order');
  if (place !== null && plan.kind === 'list' && plan.orderBy.length === 0 && placeBy !== null) {
    const order = sortByAll(catalogue, plan, placeBy);
    if (order === null) throw refuse('unclear', `“${placeBy}” by what?`);
    return { skip: place - 1, limit: 1, orderBy: [...order] };
  }
  if (place !== null) return { skip: place - 1, limit: 1 };
  const before = (plan.skip ?? 0) + plan.limit;
  const limit = n === null || n === 0 ? Math.max(plan.limit, 5) : n;
  return { skip: before, limit: Math.min(mostRows[plan.kind], limit) };
}

/**
 * "The difference in percent": the figure against the period before its own. After "and last year" it may be this year
 * against last, or last year against the one before: then the reader is asked.
 */
export function changeOf(
  catalogue: Catalogue,
  plan: QueryPlan,
  apply: (patch: PlanPatch) => QueryPlan | null,
): Omit<PlanPatch, 'kind'> {
  const isTimed =
    plan.kind === 'metric' &&
    plan.metrics.every((id) => {
      const metric = catalogue.metrics.get(id);
      return metric !== undefined && !(metric.type === 'simple' && metric.timeDimension === null);
    });
  if (!isTimed) throw refuse('unclear', 'the change of what, from when to when?');
  const { time } = plan;
  if (time === null || time.kind === 'to_date') return { compare: 'previous_period' };
  const isLast =
    time.kind === 'relative' && time.completeOnly && time.n === 1 && !/minute|hour/.test(time.unit);
  if (!isLast || time.unit === 'minute' || time.unit === 'hour')
    throw refuse('unclear', 'the change from which period to which?');
  const { unit } = time;
  const options = [
    { label: `This ${unit} against the last`, time: { kind: 'to_date' as const, unit } },
    { label: `Last ${unit} against the one before`, time },
  ].flatMap(({ label, time: range }) => {
    const applied = apply({ kind: 'patch', time: range, compare: 'previous_period' });
    return applied ? [{ label, plan: applied }] : [];
  });
  if (options.length < 2) throw refuse('unclear', 'the change from which period to which?');
  throw new Unplannable({ kind: 'ask', question: 'Which change do you mean?', options });
}
