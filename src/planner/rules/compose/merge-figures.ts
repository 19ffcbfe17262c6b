import type { MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { type Draft, filtersOf, isCountOf } from './draft.ts';

/** "Failed outbound messages": two adjectives of one noun, of which one takes in the other. */
export function narrowerOf(
  left: MetricDefinition | undefined,
  right: MetricDefinition | undefined,
): MetricDefinition | null {
  if (left?.type !== 'simple' || right?.type !== 'simple' || left.entity !== right.entity) return null;
  if (left.timeDimension !== right.timeDimension) return null;
  if (JSON.stringify(left.measure) !== JSON.stringify(right.measure)) return null;
  const takesIn = (wide: SimpleMetric, narrow: SimpleMetric): boolean =>
    wide.filters.length > 0 &&
    wide.filters.length < narrow.filters.length &&
    wide.filters.every((filter) =>
      narrow.filters.some((other) => JSON.stringify(other) === JSON.stringify(filter)),
    );
  if (takesIn(left, right)) return right;
  return takesIn(right, left) ? left : null;
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
  if (state.timeDimension !== null || event.timeDimension === null || event.filters.length > 0) return null;
  if (!isCountOf(draft.catalogue, state, state.entity)) return null;
  draft.where.push(...filtersOf(state));
  return event;
}
