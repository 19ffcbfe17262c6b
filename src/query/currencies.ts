import type { SimpleMetric } from '../catalogue/catalogue.ts';
import { findWay, followPath, type Way } from '../catalogue/paths.ts';
import type { Issue } from '../toolkit/issue.ts';
import type { PartResult } from './assemble.ts';
import type { CheckedMetricPlan } from './check-metric-plan.ts';
import { constantCurrencies } from './figures-beside.ts';
import type { Work } from './work.ts';

/** An amount in one currency and a cost in another make no sum. */
export function strangeConstant(
  { metrics }: CheckedMetricPlan,
  currencies: readonly (string | null)[],
): Issue | undefined {
  for (const { metric, parts } of metrics) {
    if (metric.type !== 'derived' || parts.every((part) => part.measure.currencyPath === undefined)) continue;
    const own = constantCurrencies(metric);
    if (own.length === 0 || currencies.every((currency) => own.length === 1 && currency === own[0])) continue;
    return {
      code: 'constant-in-other-currency',
      path: 'metrics',
      message: `${metric.label} is computed with a constant in ${own.join(' and ')}, but the amounts are in ${currencies.map((currency) => currency ?? 'no currency').join(', ')}; filter by currency, or change constants.yml.`,
    };
  }
  return undefined;
}

export function currencyWay(work: Work, part: SimpleMetric): Way | null {
  return part.measure.currencyPath === undefined
    ? null
    : followPath(work.catalogue, part.entity, part.measure.currencyPath);
}

export function isCurrencyOf(work: Work, part: SimpleMetric, dimensionId: string): boolean {
  const dimension = work.catalogue.dimensions.get(dimensionId);
  const way = dimension && findWay(work.catalogue, part.entity, dimension);
  const currency = currencyWay(work, part);
  return !!way && !!currency && way.column === currency.column && way.joins.join() === currency.joins.join();
}

/** Currencies that carry an amount; "none" counts as one when rows with an amount name no currency. */
export function currenciesIn(runs: ReadonlyMap<string, PartResult>): readonly (string | null)[] {
  const found = new Set<string | null>();
  for (const { part, rows, previous, whole } of runs.values()) {
    if (part.measure.currencyPath === undefined) continue;
    for (const row of [...rows, ...(previous ?? []), ...(whole ?? [])])
      if (row.value !== null) found.add(row.currency);
  }
  return [...found];
}
