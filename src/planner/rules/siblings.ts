import type { Catalogue, SimpleMetric } from '../../catalogue/catalogue.ts';
import { wordTable } from '../../toolkit/word-table.ts';

type Aggregate = SimpleMetric['measure']['aggregate'];

/** Words that choose between figures over the same rows. */
export const aggregateWords: Readonly<Record<string, Aggregate | undefined>> = wordTable({
  average: 'avg',
  median: 'median',
  p90: 'p90',
  maximum: 'max',
  minimum: 'min',
});

/** The figure over the same rows and the same measure that is put together in another way. */
export function siblingsOf(
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

const keyOf = (one: SimpleMetric): string =>
  JSON.stringify([one.entity, one.measure.path, one.measure.since ?? null, one.filters, one.timeDimension]);

/** "median time to resolve escalations", wherever the catalogue knows the time to resolve escalations and its median. */
export function* aggregateNames(
  catalogue: Catalogue,
): Generator<{ readonly text: string; readonly id: string }> {
  for (const metric of catalogue.metrics.values()) {
    if (metric.type !== 'simple' || metric.measure.path === null || metric.hidden === true) continue;
    const names = [metric.label, ...metric.synonyms].filter((name) => !saysAggregate.test(name));
    for (const [word, aggregate] of Object.entries(aggregateWords))
      for (const { id } of aggregate === undefined ? [] : siblingsOf(catalogue, metric, aggregate))
        for (const name of names) yield { text: `${word} ${name}`, id };
  }
}

const saysAggregate =
  /\b(?:average|avg|mean|median|p90|90th|total|sum|worst|slowest|how|number|count|typical|max|maximum|minimum|highest|lowest|largest|smallest|longest|shortest)\b/i;
