import type { Filter } from '../../../query/metric-query.ts';
import type { Span } from '../span.ts';
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

/** "Leads not contacted" are still in the state before the first deed, not in any state but that of the deed. */
export function notBegun(
  { catalogue }: Draft,
  { words }: Pick<Span, 'words'>,
  dimension: string,
  value: string,
): Filter | null {
  const known = catalogue.dimensions.get(dimension);
  const [first, second] = (known?.values ?? []).map((one) => one.value);
  const isState = /(?:^|\.)(?:status|stage|state)$/.test(known?.path ?? '');
  if (!isState || first === undefined || second !== value || !/ed$/i.test(words)) return null;
  return { dimension, op: 'eq', values: [first] };
}
