import type { MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Draft } from './draft.ts';
import { refuse } from './problem.ts';

/** "Open deals by stage, count and $$": the named figure and its sibling over the very same rows. */
export function settleBoth(draft: Draft): void {
  const order = draft.understood.both;
  if (order === null) return;
  const named = draft.metrics;
  const count = one(named, 'count') ?? siblingOf(draft, 'count');
  const amount = one(named, 'sum') ?? siblingOf(draft, 'sum');
  if (!count || !amount || named.some((metric) => metric !== count && metric !== amount))
    throw refuse(
      'unclear',
      'the number and the amount of what',
      named.map(({ id }) => id),
    );
  draft.metrics = order === 'count first' ? [count, amount] : [amount, count];
  draft.isImplied = false;
}

const one = (metrics: readonly MetricDefinition[], aggregate: 'count' | 'sum'): SimpleMetric | null => {
  const found = metrics.filter(
    (metric): metric is SimpleMetric => metric.type === 'simple' && metric.measure.aggregate === aggregate,
  );
  return found.length === 1 ? (found[0] ?? null) : null;
};

/** The only count, or the only plain sum of money, of the rows of the named figure. */
function siblingOf(draft: Draft, aggregate: 'count' | 'sum'): SimpleMetric | null {
  const [named, another] = draft.metrics;
  if (named?.type !== 'simple' || another) return null;
  const rows = (metric: SimpleMetric): string =>
    JSON.stringify([metric.entity, metric.timeDimension, metric.filters]);
  const siblings = [...draft.catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' &&
      metric.hidden !== true &&
      rows(metric) === rows(named) &&
      metric.measure.aggregate === aggregate &&
      metric.measure.times === undefined &&
      metric.measure.since === undefined &&
      (aggregate === 'count' || metric.format.kind === 'money'),
  );
  return siblings.length === 1 ? (siblings[0] ?? null) : null;
}
