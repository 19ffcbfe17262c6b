import { metricTime } from '../../../catalogue/catalogue.ts';
import type { MetricPlan, TimeUnit } from '../../../query/metric-query.ts';
import { isDate } from '../date-events.ts';
import type { Span } from '../span.ts';
import { type Draft, timeDimensionOf } from './draft.ts';

const units: ReadonlySet<string> = new Set<TimeUnit>(['day', 'week', 'month', 'quarter', 'year']);

/** "Pipeline by close month", "by quarter of the renewal": which points of a date figures are split by, said beside the date. */
function unitBeside({ understood: { reading }, usedTokens }: Draft, span: Span): TimeUnit | null {
  const { tokens } = reading;
  const before = [span.from - 1, span.from - 2].find((at) => tokens[at]?.lower === 'of');
  const at = before === undefined ? span.to : before - 1;
  const unit = tokens[at]?.lower ?? '';
  if (!units.has(unit)) return null;
  for (let index = Math.min(at, span.from); index <= Math.max(at, span.to - 1); index += 1)
    usedTokens.add(index);
  return unit as TimeUnit;
}

/**
 * The grouping by a date of the rows, by the unit that is said with it. Where a figure goes by that date anyway, it is
 * its time that is split.
 */
export function datedGroup(draft: Draft, span: Span, dimension: string): MetricPlan['groupBy'][number] {
  const { catalogue, metrics } = draft;
  if (!isDate(catalogue.dimensions.get(dimension))) return { dimension };
  const grain = unitBeside(draft, span);
  if (grain === null) return { dimension };
  const isOwnTime = metrics.length > 0 && metrics.every((one) => timeDimensionOf(catalogue, one) === dimension);
  return { dimension: isOwnTime ? metricTime : dimension, grain };
}
