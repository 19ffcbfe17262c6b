import type { Filter } from '../../../query/metric-query.ts';
import type { Span } from '../span.ts';
import { type Draft, isCountOf } from './draft.ts';

/**
 * "Not solved" leaves out what comes after solved ("closed") as well; what has no state after it, and a state of those that
 * are still there ("not pending"), stands alone.
 */
export function laterToo({ catalogue }: Draft, dimension: string, value: string): Filter | null {
  const { values = [], entity = '' } = catalogue.dimensions.get(dimension) ?? {};
  const order = values.map((one) => one.value);
  const over = [...catalogue.metrics.values()].flatMap((metric): (readonly string[])[] => {
    if (metric.type !== 'simple' || metric.timeDimension !== null || metric.filters.length !== 1) return [];
    const [filter] = metric.filters;
    if (filter?.dimension !== dimension || !isCountOf(catalogue, metric, entity)) return [];
    return [order.filter((one) => filter.values.includes(one) === (filter.op === 'not_in'))];
  });
  // The widest state of those that are there is the one that "open" means.
  const left =
    over.toSorted((one, other) => one.length - other.length).find((one) => one.includes(value)) ?? [];
  const isOver = over.every((one) => one.length >= left.length || one.length === 0) && left.includes(value);
  const later = left.filter((one) => order.indexOf(one) > order.indexOf(value));
  return isOver && later.length > 0 ? { dimension, op: 'not_in', values: [value, ...later] } : null;
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
