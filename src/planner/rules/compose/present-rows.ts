import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { Filter, MetricPlan } from '../../../query/metric-query.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { filtersOf, isCountOf } from './draft.ts';

type Where = MetricPlan['where'];

/** What the name of the records alone counts: open deals for "deals". */
export function usualCount(catalogue: Catalogue, entity: string) {
  const named = vocabularyOf(catalogue).phrases.get(`@${entity}`)?.meanings ?? [];
  const [count] = named.flatMap((one) => {
    const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
    return metric?.type === 'simple' && isCountOf(catalogue, metric, entity) ? [metric] : [];
  });
  return count;
}

/** Whether conditions say in which state the rows are. */
export const saysState = (catalogue: Catalogue, where: Where): boolean =>
  where.some(({ any }) =>
    any.some(({ dimension: id }) => {
      const dimension = catalogue.dimensions.get(id);
      return dimension?.type === 'boolean' || /(?:^|\.)(?:status|stage)$/.test(dimension?.path ?? '');
    }),
  );

/** A condition that says by itself how far a row has come: its state, its stage, whether it has ended. */
export function isState(catalogue: Catalogue, { dimension: id, op }: Filter): boolean {
  const dimension = catalogue.dimensions.get(id);
  const isEnd = /^(?:date|instant)$/.test(dimension?.type ?? '') && /^is_(?:not_)?null$/.test(op);
  return isEnd || /(?:^|\.)(?:status|state|stage|is_closed|is_won)$/.test(dimension?.path ?? '');
}

/** The state that makes the rows present: open, running. None where they have no such count. */
export function presentState(catalogue: Catalogue, entity: string): Where {
  const open = [...catalogue.metrics.values()].filter(
    (metric) =>
      metric.type === 'simple' &&
      isCountOf(catalogue, metric, entity) &&
      metric.timeDimension === null &&
      metric.filters.length === 1 &&
      metric.filters.every(
        ({ dimension, op }) =>
          /^(?:eq|in|not_in)$/.test(op) &&
          /^(?:status|state|is_closed)$/.test(catalogue.dimensions.get(dimension)?.path ?? ''),
      ),
  );
  const [first] = open;
  return first?.type === 'simple' ? filtersOf(first) : [];
}
