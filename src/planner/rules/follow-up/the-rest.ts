import type { Catalogue, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Filter, QueryPlan } from '../../../query/metric-query.ts';
import { refuse } from '../compose/problem.ts';

const mostRows = 25;

const opposites = {
  eq: 'neq',
  neq: 'eq',
  in: 'not_in',
  not_in: 'in',
  gt: 'lte',
  lte: 'gt',
  lt: 'gte',
  gte: 'lt',
  is_null: 'is_not_null',
  is_not_null: 'is_null',
} as const satisfies Partial<Record<Filter['op'], Filter['op']>>;

/**
 * "And the rest", "what about the others": those that the condition said last leaves out, or the one that the figure
 * itself has.
 *
 * @returns the plan of the others, and the property by which they are others
 * @throws Unplannable where there is not one condition that can be turned round
 */
export function theRest(
  catalogue: Catalogue,
  plan: QueryPlan,
  said: 'rest' | 'others',
): { readonly plan: QueryPlan; readonly dimension: string | null } {
  // "Show me the rest" of a list: the rows that did not fit.
  if (plan.kind === 'list' && said === 'rest') return { plan: { ...plan, limit: mostRows }, dimension: null };
  // "Top 3", then "the rest": the other groups of the ranking.
  if (plan.kind === 'metric' && said === 'rest' && plan.orderBy.length > 0 && plan.groupBy.length > 0)
    return { plan: { ...plan, skip: (plan.skip ?? 0) + plan.limit, limit: mostGroups }, dimension: null };
  const last = plan.where.at(-1);
  if (last) {
    const turned = turnedRound(last.any);
    return {
      plan: { ...plan, where: [...plan.where.slice(0, -1), { any: [turned] }] },
      dimension: turned.dimension,
    };
  }
  if (plan.kind === 'list') throw noRest();
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  if (metric?.type !== 'simple' || plan.metrics.length > 1) throw noRest();
  const turned = turnedRound(
    metric.filters.map(({ dimension, op, values }) => ({ dimension, op, values: [...values] })),
  );
  const whole = wholeOf(catalogue, metric);
  if (whole === null) throw noRest();
  return {
    plan: { ...plan, metrics: [whole.id], where: [{ any: [turned] }], orderBy: [], having: [] },
    dimension: turned.dimension,
  };
}

const mostGroups = 100;

const noRest = () => refuse('unclear', 'the rest of what? Name those that are meant');

function turnedRound(any: readonly Filter[]): Filter {
  const [filter, another] = any;
  const op = filter && (opposites as Partial<Record<Filter['op'], Filter['op']>>)[filter.op];
  if (!filter || another || op === undefined) throw noRest();
  return { ...filter, op };
}

/** The same measure of all rows of the kind. */
function wholeOf(catalogue: Catalogue, metric: SimpleMetric): SimpleMetric | null {
  const key = (one: SimpleMetric) => JSON.stringify([one.entity, one.measure, one.timeDimension]);
  const [only, another] = [...catalogue.metrics.values()].filter(
    (one): one is SimpleMetric =>
      one.type === 'simple' && one.hidden !== true && one.filters.length === 0 && key(one) === key(metric),
  );
  return only && !another ? only : null;
}
