import type { SimpleMetric } from '../../../catalogue/catalogue.ts';
import { hasEvent, progress } from '../date-events.ts';
import { type Draft, filtersOf, isCountOf } from './draft.ts';

/**
 * "Tickets older than five days", "deals sitting longer than a month": whoever asks for the old ones means those that
 * are still open, unless a state is named.
 */
export function settleAge(draft: Draft, isList: boolean): void {
  const { catalogue, understood, where, metrics, isImplied } = draft;
  // "Number of tickets older than 30 days" says no more than "how many tickets".
  const isPlain = metrics.every(
    (one) => one.type === 'simple' && isCountOf(catalogue, one, draft.entity) && one.filters.length === 0,
  );
  if (understood.time.isAge !== true || (!isImplied && !isPlain)) return;
  const isSaid = where.some(({ any }) => any.some(({ dimension: id }) => isState(draft, id)));
  const [metric] = metrics;
  if (isSaid) return;
  const [open, another] = [...catalogue.metrics.values()].filter(
    (one): one is SimpleMetric =>
      one.type === 'simple' &&
      one.timeDimension === null &&
      /^open\b/i.test(one.label) &&
      isCountOf(catalogue, one, draft.entity) &&
      one.filters.length > 0 &&
      one.filters.every(({ dimension }) => isState(draft, dimension)),
  );
  if (open === undefined || another !== undefined) return;
  // A figure with conditions of its own is another one; that of the open records becomes one by their beginning.
  if (!isList && metric?.type === 'simple' && metric.filters.length > 0 && metric !== open) return;
  where.push(...filtersOf(open));
}

const isState = ({ catalogue }: Draft, id: string): boolean => {
  const dimension = catalogue.dimensions.get(id);
  return /(?:^|\.)(?:status|stage|state)$/.test(dimension?.path ?? '') || hasEvent(dimension, progress);
};
