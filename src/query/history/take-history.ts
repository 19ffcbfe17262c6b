import type { RawBuilder } from 'kysely';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { findWay } from '../../catalogue/paths.ts';
import type { HistoryGrain } from '../../domain/snapshot-settings.ts';
import {
  compileFlowHistory,
  compileStateHistory,
  compileTouchedDays,
  type DaySpan,
  withinSpans,
} from '../compile/compile-history.ts';
import type { Condition } from '../condition.ts';
import { dayEdge } from '../resolve/edge.ts';
import { storedFilter } from '../resolve/resolve-filter.ts';
import { absoluteRange, parseDay } from '../resolve/time-range.ts';
import type { HistoryDefinition } from './history-definition.ts';

/** Company-wide values of a metric, as the query room computes them: the same compiler, without anybody's scope. */
export interface HistoryTaking {
  readonly catalogue: Catalogue;
  readonly definition: HistoryDefinition;
  readonly now: Date;
  readonly zone: string;
}

/**
 * Statement for the values of a metric that counts by time.
 *
 * @param spans local days to count
 * @param grains `hour` alone, or `day` and `week`, each with the first day that it is kept from
 */
export function takeFlow(
  { catalogue, definition, now, zone }: HistoryTaking,
  spans: readonly DaySpan[],
  grains: readonly { readonly grain: HistoryGrain; readonly from: string }[],
): RawBuilder<unknown> {
  const { time } = definition;
  if (time === null) throw new Error(`${definition.metric.id} is a state`);
  const edges = spans.map(({ from, to }) => {
    const range = absoluteRange({ start: edgeOf(from), end: edgeOf(to) }, time.type, { now, zone });
    return { from: range.start ?? '', to: range.end ?? '' };
  });
  const moment = { now, zone, conditions: conditionsOf(catalogue, definition, now, zone) };
  return compileFlowHistory(catalogue, definition, moment, withinSpans(time.way, edges), grains);
}

function edgeOf(day: string) {
  const parsed = parseDay(day);
  if (parsed === 'invalid') throw new Error(`${day} is no day`);
  return dayEdge(parsed);
}

/** Statement for a state as of now. */
export function takeState(
  { catalogue, definition, now, zone }: HistoryTaking,
  buckets: Readonly<Record<HistoryGrain, Date>>,
): RawBuilder<unknown> {
  const conditions = conditionsOf(catalogue, definition, now, zone);
  return compileStateHistory(catalogue, definition, { now, zone, conditions }, buckets);
}

/**
 * Statement for the local days whose values may have changed since a moment of the database's clock.
 *
 * @param most one more than this is fetched, to notice that there are too many
 */
export function touchedDays(
  { catalogue, definition, zone }: Omit<HistoryTaking, 'now'>,
  since: Date,
  most: number,
): RawBuilder<{ readonly day: string }> {
  return compileTouchedDays(catalogue, definition, zone, since, most);
}

function conditionsOf(
  catalogue: Catalogue,
  { metric }: HistoryDefinition,
  now: Date,
  zone: string,
): readonly Condition[] {
  return metric.filters.flatMap((filter) => {
    const dimension = catalogue.dimensions.get(filter.dimension);
    const way = dimension && findWay(catalogue, metric.entity, dimension);
    return dimension && way ? [storedFilter(filter, dimension, { now, zone }).toCondition(way)] : [];
  });
}
