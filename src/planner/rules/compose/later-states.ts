import type { Filter } from '../../../query/metric-query.ts';
import { type Draft, isCountOf } from './draft.ts';

/** "not solved" leaves out what comes after solved ("closed") as well; what has no state after it stands alone. */
export function laterToo({ catalogue, entity }: Draft, dimension: string, value: string): Filter | null {
  const order = (catalogue.dimensions.get(dimension)?.values ?? []).map((one) => one.value);
  for (const metric of catalogue.metrics.values()) {
    if (metric.type !== 'simple' || metric.timeDimension !== null || metric.filters.length !== 1) continue;
    const [filter] = metric.filters;
    if (filter?.dimension !== dimension || !isCountOf(catalogue, metric, entity)) continue;
    const left = order.filter((one) => filter.values.includes(one) === (filter.op === 'not_in'));
    const later = left.filter((one) => order.indexOf(one) > order.indexOf(value));
    if (left.includes(value) && later.length > 0)
      return { dimension, op: 'not_in', values: [value, ...later] };
  }
  return null;
}
