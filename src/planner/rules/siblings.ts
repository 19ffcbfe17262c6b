import type { Catalogue, MetricDefinition, SimpleMetric } from '../../catalogue/catalogue.ts';
import { toldId } from '../../catalogue/metrics-by-id.ts';
import { wordTable } from '../../toolkit/word-table.ts';

type Aggregate = SimpleMetric['measure']['aggregate'];

/** Words that choose between figures over the same rows. */
export const aggregateWords: Readonly<Record<string, Aggregate | undefined>> = wordTable({
  average: 'avg',
  median: 'median',
  p10: 'p10',
  p25: 'p25',
  p50: 'median',
  p75: 'p75',
  p90: 'p90',
  p95: 'p95',
  maximum: 'max',
  minimum: 'min',
});

/**
 * The figures over the same rows and the same measure that are put together in another way: those that the catalogue
 * names, or else the one that follows from them.
 */
export function siblingsOf(
  catalogue: Catalogue,
  metric: SimpleMetric,
  aggregate: Aggregate,
): readonly SimpleMetric[] {
  const written = writtenSiblings(catalogue, metric, aggregate);
  if (perOther(catalogue, metric) !== null) return [];
  if (written.length > 0) return written;
  const bases = [
    metric,
    ...writtenSiblings(catalogue, metric, 'avg'),
    ...writtenSiblings(catalogue, metric, 'median'),
  ];
  for (const { id } of bases) {
    const told = catalogue.metrics.get(toldId(aggregate, id));
    if (told?.type === 'simple') return [told];
  }
  return [];
}

/**
 * "Average order value": sales per order. What is called so adds up over other rows than the ones whose values are
 * told, so their median is none of it.
 */
export function perOther(
  catalogue: Catalogue,
  { id, format, measure }: SimpleMetric,
): MetricDefinition | null {
  if (measure.aggregate !== 'sum') return null;
  for (const metric of catalogue.metrics.values()) {
    const isOver =
      (metric.type === 'ratio' && metric.numerator === id) ||
      (metric.type === 'derived' && /^average\b/i.test(metric.label) && metric.parts[0] === id);
    if (isOver && metric.format.kind === format.kind) return metric;
  }
  return null;
}

function writtenSiblings(
  catalogue: Catalogue,
  metric: SimpleMetric,
  aggregate: Aggregate,
): readonly SimpleMetric[] {
  const key = keyOf(metric);
  return [...catalogue.metrics.values()].filter(
    (one): one is SimpleMetric =>
      one.type === 'simple' &&
      one.measure.path !== null &&
      one.measure.aggregate === aggregate &&
      keyOf(one) === key,
  );
}

const keys = new WeakMap<SimpleMetric, string>();

/** What a figure is told over; every figure is held against every other. */
function keyOf(one: SimpleMetric): string {
  const known = keys.get(one);
  if (known !== undefined) return known;
  const { entity, measure, filters, timeDimension } = one;
  const key = JSON.stringify([entity, measure.path, measure.since ?? null, filters, timeDimension]);
  keys.set(one, key);
  return key;
}

/** "median time to resolve escalations", wherever the catalogue knows the time to resolve escalations and its median. */
export function* aggregateNames(
  catalogue: Catalogue,
): Generator<{ readonly text: string; readonly id: string }> {
  for (const metric of catalogue.metrics.values()) {
    if (metric.type !== 'simple' || metric.measure.path === null || metric.hidden === true) continue;
    const all = [metric.label, ...metric.synonyms];
    const names = all.filter((name) => !saysAggregate.test(name));
    for (const [word, aggregate] of Object.entries(aggregateWords)) {
      if (aggregate === undefined) continue;
      for (const { id } of writtenSiblings(catalogue, metric, aggregate))
        for (const name of names) yield { text: `${word} ${name}`, id };
      // "Median order value", where only the average order value has a name.
      if (aggregate === metric.measure.aggregate) continue;
      for (const name of all.filter((one) => isOwn.test(one) && !saysAggregate.test(one.replace(isOwn, ''))))
        for (const { id } of siblingsOf(catalogue, metric, aggregate).slice(0, 1))
          yield { text: `${word} ${name.replace(isOwn, '')}`, id };
    }
  }
}

const isOwn = /^(?:average|mean|avg|median) (?=\S)/i;

const saysAggregate =
  /\b(?:average|avg|mean|median|p90|90th|total|sum|worst|slowest|how|number|count|typical|max|maximum|minimum|highest|lowest|largest|smallest|longest|shortest)\b/i;
