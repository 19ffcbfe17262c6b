import { metricTime } from '../../../catalogue/catalogue.ts';
import type { MetricPlan, QueryPlan } from '../../../query/metric-query.ts';

const usualGroups = 20;

/**
 * "Who has the most open tickets", "list them": the tickets of whoever that is. Which groups an answer showed is known only once it
 * runs, so its plan is kept beside the plan of the records.
 *
 * @returns null where an answer shows every group there is, or points in time
 */
export function someGroups(previous: QueryPlan): MetricPlan | null {
  if (previous.kind === 'list' || previous.groupBy.length === 0 || previous.part !== undefined) return null;
  const { groupBy, orderBy, limit, skip, having, metrics } = previous;
  const isRanked = limit < usualGroups && orderBy.some(({ by }) => metrics.some((id) => by.startsWith(id)));
  const isSome = isRanked || having.length > 0 || skip !== undefined;
  const areNamed = groupBy.every(({ dimension, grain }) => dimension !== metricTime && grain === undefined);
  return isSome && areNamed ? previous : null;
}
