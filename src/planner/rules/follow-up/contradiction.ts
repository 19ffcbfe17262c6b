import type { Catalogue, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Filter, QueryPlan } from '../../../query/metric-query.ts';
import { refuse } from '../compose/problem.ts';

/**
 * "And influenced?" after what partners sourced: no row of that figure can be so, but another figure is made of the rows
 * that are. "How many failed" after a rate asks for no rate.
 *
 * @throws Unplannable where no figure of such rows is known
 */
export function withoutContradiction(catalogue: Catalogue, plan: QueryPlan, isCounted: boolean): QueryPlan {
  if (plan.kind !== 'metric') return plan;
  const metrics = plan.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []);
  const areShares = metrics.length > 0 && metrics.every(({ type }) => type === 'ratio');
  const [first] = metrics;
  if (isCounted && areShares && first !== undefined)
    throw refuse('unclear', `“${first.label}” is a share, and no number of something`, plan.metrics);
  const [only, another] = metrics;
  if (only?.type !== 'simple' || another !== undefined) return plan;
  const against = plan.where.find(
    ({ any: [filter, more] }) => more === undefined && filter && excluded(only, filter),
  );
  const [said] = against?.any ?? [];
  if (against === undefined || said === undefined) return plan;
  const twin = [...catalogue.metrics.values()].find(
    (one) => one.type === 'simple' && isTwin(one, only) && saysOnly(one, said),
  );
  if (twin === undefined)
    throw refuse('unclear', `“${said.values.join(' or ')}” is nothing that ${only.label} can be`, [only.id]);
  const renamed = (by: string): string => (by === only.id ? twin.id : by);
  return {
    ...plan,
    metrics: [twin.id],
    where: plan.where.filter((group) => group !== against),
    orderBy: plan.orderBy.map((one) => ({ ...one, by: renamed(one.by) })),
    having: plan.having.map((one) => ({ ...one, metric: renamed(one.metric) })),
  };
}

/** Whether the figure's own conditions, which no question replaces, leave out what was said. */
function excluded({ filters }: SimpleMetric, { dimension, op, values }: Filter): boolean {
  if (!/^(?:eq|in)$/.test(op)) return false;
  const own = filters.find(
    (one) => one.dimension === dimension && !one.replaceable && /^(?:eq|in)$/.test(one.op),
  );
  return own !== undefined && values.every((value) => !own.values.includes(value));
}

const isTwin = (one: SimpleMetric, other: SimpleMetric): boolean =>
  one.entity === other.entity &&
  one.timeDimension === other.timeDimension &&
  JSON.stringify(one.measure) === JSON.stringify(other.measure);

const saysOnly = ({ filters }: SimpleMetric, { dimension, values }: Filter): boolean =>
  filters.some(
    (own) =>
      own.dimension === dimension && own.op === 'eq' && values.length === 1 && own.values[0] === values[0],
  );
