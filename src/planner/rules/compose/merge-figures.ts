import type { MetricDefinition, MetricFilter, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { type Draft, filtersOf, isCountOf } from './draft.ts';

/** "Failed outbound messages": two adjectives of one noun, of which one takes in the other. */
export function narrowerOf(
  left: MetricDefinition | undefined,
  right: MetricDefinition | undefined,
): MetricDefinition | null {
  if (left?.type !== 'simple' || right?.type !== 'simple' || left.entity !== right.entity) return null;
  if (left.timeDimension !== right.timeDimension) return null;
  if (JSON.stringify(left.measure) !== JSON.stringify(right.measure)) return null;
  const includes = (wide: SimpleMetric, narrow: SimpleMetric): boolean =>
    wide.filters.length > 0 &&
    wide.filters.length < narrow.filters.length &&
    wide.filters.every((filter) =>
      narrow.filters.some((other) => JSON.stringify(other) === JSON.stringify(filter)),
    );
  if (includes(left, right)) return right;
  return includes(right, left) ? left : null;
}

/**
 * "Slipped past their close date and are still open": a predicate beside a figure of which it says nothing new.
 *
 * @returns whether the second is a state that every row of the first is in
 */
export function isImpliedBy(
  left: MetricDefinition | undefined,
  right: MetricDefinition | undefined,
): boolean {
  if (left?.type !== 'simple' || right?.type !== 'simple' || left.entity !== right.entity) return false;
  if (right.timeDimension !== null || JSON.stringify(left.measure) !== JSON.stringify(right.measure))
    return false;
  const own = new Set(left.filters.map((filter) => JSON.stringify(filter)));
  return right.filters.length > 0 && right.filters.every((filter) => own.has(JSON.stringify(filter)));
}

/** "Revenue of closed won deals": the count of the rows that the other figure is about anyway. */
export function sayingMore(
  draft: Draft,
  left: MetricDefinition | undefined,
  right: MetricDefinition | undefined,
): MetricDefinition | null {
  if (left?.type !== 'simple' || right?.type !== 'simple' || left.entity !== right.entity) return null;
  if (left.timeDimension !== right.timeDimension) return null;
  const isOfThem = (count: SimpleMetric, figure: SimpleMetric): boolean => {
    const own = new Set(figure.filters.map((filter) => JSON.stringify(filter)));
    return (
      isCountOf(draft.catalogue, count, count.entity) &&
      !isCountOf(draft.catalogue, figure, figure.entity) &&
      count.filters.every((filter) => own.has(JSON.stringify(filter)))
    );
  };
  if (isOfThem(right, left)) return left;
  return isOfThem(left, right) ? right : null;
}

/** "Open tickets created last week": a state and an event of the same rows are the event, with the state as its filter. */
export function mergeStateAndEvent(
  draft: Draft,
  left: MetricDefinition | undefined,
  right: MetricDefinition | undefined,
): MetricDefinition | null {
  if (left?.type !== 'simple' || right?.type !== 'simple' || left.entity !== right.entity) return null;
  const [state, event] = left.timeDimension === null ? [left, right] : [right, left];
  if (state.timeDimension !== null || event.timeDimension === null) return null;
  if (!event.filters.every((filter) => takesIn(filter, state))) return null;
  if (!isCountOf(draft.catalogue, state, state.entity)) return null;
  const own = filtersOf(event).map((group) => JSON.stringify(group));
  draft.where.push(...filtersOf(state).filter((group) => !own.includes(JSON.stringify(group))));
  return event;
}

/** "Active subscriptions that renew next month": active ones are among those that renew at all. */
const takesIn = (wide: MetricFilter, { filters }: SimpleMetric): boolean =>
  filters.some(
    ({ dimension, op, values }) =>
      dimension === wide.dimension &&
      /^(?:eq|in)$/.test(op) &&
      /^(?:eq|in)$/.test(wide.op) &&
      values.every((value) => wide.values.includes(value)),
  );
