import { type DerivedMetric, metricTime, type SimpleMetric } from '../catalogue/catalogue.ts';
import type { CheckedMetricPlan } from './check-metric-plan.ts';
import { type ResolvedFilter, storedFilter } from './resolve/resolve-filter.ts';
import type { ResolvedWhere } from './resolve-where.ts';
import type { Work } from './work.ts';

/** Conditions in words: the metrics' own first, then the question's, then what else the reader must know. */
export function filterWords(
  work: Work,
  { metrics, parts, plan }: CheckedMetricPlan,
  where: ResolvedWhere,
  currencies: readonly (string | null)[],
): readonly string[] {
  const own = metrics.flatMap(({ parts: some }) =>
    some.flatMap((part) =>
      ownFilters(work, part, where).map(({ words }) =>
        parts.length > 1 ? `${part.label}: ${words}` : words,
      ),
    ),
  );
  const notes: string[] = metrics.flatMap(({ metric }) =>
    metric.type === 'derived' ? [formulaWords(metric, parts)] : [],
  );
  if (currencies.length > 1) {
    const names = currencies.map((currency) => currency ?? 'no currency').join(', ');
    notes.push(`Amounts are in several currencies (${names}) and are not added across them`);
  }
  const isCourse = plan.groupBy.some(({ dimension }) => dimension === metricTime);
  if (plan.time && plan.time.kind !== 'all' && !isCourse) {
    for (const { metric, parts: some } of metrics) {
      if (some.every((part) => part.timeDimension === null)) {
        notes.push(`${metric.label} is a state as of now; the range does not apply to it`);
      }
    }
  }
  return [...new Set([...own, ...where.words, ...notes])];
}

/** "Time saved = Conversations of the bot × 6 (minutes saved per conversation) / 60". */
function formulaWords(metric: DerivedMetric, parts: readonly SimpleMetric[]): string {
  const words = metric.written.replaceAll(/[a-z][a-z0-9_]*/g, (name) => {
    const constant = metric.constants[name];
    if (constant === undefined) return parts.find(({ id }) => id === name)?.label ?? name;
    const value = constant.value.toLocaleString('en-US');
    return `${value}${constant.currency === null ? '' : ` ${constant.currency}`} (${constant.label})`;
  });
  return `${metric.label} = ${words.replaceAll('*', '×')}`;
}

/** The metric's own conditions, without those that the question replaces. */
export function ownFilters(work: Work, part: SimpleMetric, where: ResolvedWhere): readonly ResolvedFilter[] {
  return part.filters
    .filter((filter) => !(filter.replaceable === true && where.dimensionIds.has(filter.dimension)))
    .flatMap((filter) => {
      const dimension = work.catalogue.dimensions.get(filter.dimension);
      return dimension ? [storedFilter(filter, dimension, work.settings)] : [];
    });
}
