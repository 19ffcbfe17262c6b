import { metricTime } from '../../../catalogue/catalogue.ts';
import type { MetricPlan, TimeUnit } from '../../../query/metric-query.ts';
import { isDate } from '../date-events.ts';
import type { Span } from '../span.ts';
import { type Draft, timeDimensionOf } from './draft.ts';

const units: ReadonlySet<string> = new Set<TimeUnit>(['day', 'week', 'month', 'quarter', 'year']);

/** "Pipeline by close month", "by renewal quarter": which points of a date figures are split by, said behind the date. */
function unitBehind({ understood, used, usedTokens }: Draft, { to }: Span): TimeUnit | null {
  const unit = understood.reading.tokens[to]?.lower ?? '';
  if (!units.has(unit)) return null;
  usedTokens.add(to);
  // A plan or a span of forecasts may be called by the unit as well.
  for (const other of understood.spans) if (other.indexes.every((index) => index === to)) used.add(other);
  return unit as TimeUnit;
}

/**
 * The grouping by a date of the rows, by the unit that is said with it. Where a figure goes by that date anyway, it is
 * its time that is split.
 */
export function datedGroup(draft: Draft, span: Span, dimension: string): MetricPlan['groupBy'][number] {
  const { catalogue, metrics } = draft;
  if (!isDate(catalogue.dimensions.get(dimension))) return { dimension };
  const grain = unitBehind(draft, span);
  if (grain === null) return { dimension };
  const isOwnTime =
    metrics.length > 0 && metrics.every((one) => timeDimensionOf(catalogue, one) === dimension);
  return { dimension: isOwnTime ? metricTime : dimension, grain };
}
