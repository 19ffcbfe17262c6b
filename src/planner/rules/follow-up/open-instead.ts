import type { Catalogue, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { ListPlan, QueryPlan } from '../../../query/metric-query.ts';
import { isCountOf } from '../compose/draft.ts';
import { done, tells } from '../date-events.ts';

/**
 * "What about the open ones" after those that were closed since October: nothing is open and was closed then, so the open ones are
 * asked for as they are now.
 */
export function openInstead(catalogue: Catalogue, before: QueryPlan, plan: ListPlan): ListPlan {
  const { timeDimension, ...rest } = plan;
  if (before.kind !== 'list' || timeDimension === undefined || !tells(catalogue, timeDimension, done))
    return plan;
  const known = new Set(before.where.map((group) => JSON.stringify(group)));
  const said = plan.where.map((group) => JSON.stringify(group)).filter((group) => !known.has(group));
  const isState = [...catalogue.metrics.values()].some(
    (one) =>
      one.type === 'simple' &&
      one.timeDimension === null &&
      one.filters.length > 0 &&
      isCountOf(catalogue, one, plan.entity) &&
      one.filters.every((filter) => said.includes(groupOf(filter))),
  );
  if (!isState) return plan;
  const isEnd = ({ any }: ListPlan['where'][number]): boolean =>
    any.every(({ dimension, op }) => dimension === timeDimension && op === 'is_not_null');
  return { ...rest, time: null, where: plan.where.filter((group) => !isEnd(group)) };
}

const groupOf = ({ dimension, op, values }: SimpleMetric['filters'][number]): string =>
  JSON.stringify({ any: [{ dimension, op, values }] });
