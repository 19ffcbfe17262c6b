import type { MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { entityOf, simpleParts } from '../../../catalogue/lookup.ts';
import { perOther, siblingsOf } from '../siblings.ts';
import type { Measure } from '../slots/measures.ts';
import { type Draft, isCountOf } from './draft.ts';
import { refuse } from './problem.ts';

/** "Open deals by stage, count and $$", "mean and median resolution time": the named figure told in each of these ways. */
export function settleMeasures(draft: Draft): void {
  const measures = draft.understood.measures;
  if (measures === null) return;
  if (measures.length === 1 && draft.metrics.every((metric) => isToldSo(draft, metric, measures[0]))) return;
  if (measures.length === 1 && measures[0]?.kind === 'sum' && saysTotal(draft)) return;
  refuseCountOfMoney(draft, measures);
  const named = draft.metrics.filter((metric): metric is SimpleMetric => metric.type === 'simple');
  const found = measures.map((measure) => toldBy(draft, named, measure));
  const known = found.filter((metric) => metric !== null);
  const others = draft.metrics.filter((metric) => !known.includes(metric) && !isBase(metric));
  if (known.length < measures.length || others.length > 0)
    throw refuse(
      'unclear',
      measures.some(({ kind }) => kind === 'told')
        ? 'which of these figures are meant'
        : 'the number and the amount of what',
      named.map(({ id }) => id),
    );
  draft.metrics = [...new Set(known)];
  draft.isImplied = false;

  /** The figure whose siblings were asked for, and not itself. */
  function isBase(metric: MetricDefinition): boolean {
    return metric === named[0];
  }
}

/** "Tickets solved last week - total": how many there are in all, where no amount belongs to them. */
function saysTotal({ catalogue, metrics, understood: { reading } }: Draft): boolean {
  const isTotal = reading.tokens.every(
    ({ lower }) => !/^(?:amount|value|money|worth|sum|size)s?$/.test(lower),
  );
  return (
    isTotal &&
    metrics.length > 0 &&
    metrics.every((metric) => isCountOf(catalogue, metric, entityOf(catalogue, metric)?.id ?? ''))
  );
}

/** "ARR by plan, count": of what? The customers that have it are not named; of "pipeline" they are the deals in it. */
function refuseCountOfMoney({ metrics }: Draft, measures: readonly Measure[]): void {
  const [only, another] = measures;
  if (another || only?.kind !== 'count' || metrics.length === 0) return;
  const isOfAll = (metric: MetricDefinition): boolean =>
    metric.type === 'simple' && metric.filters.length === 0 && metric.timeDimension === null;
  if (metrics.every((metric) => metric.format.kind === 'money' && isOfAll(metric)))
    throw refuse(
      'unclear',
      '“the count” of what?',
      metrics.map(({ id }) => id),
    );
}

/** "Win rate, by number of deals": that is how it is reckoned. */
function isToldSo({ catalogue }: Draft, metric: MetricDefinition, measure: Measure | undefined): boolean {
  const parts = simpleParts(catalogue, metric);
  return (
    metric.type === 'ratio' &&
    parts.every(({ measure: { aggregate } }) =>
      measure?.kind === 'count' ? /^count/.test(aggregate) : measure?.kind === aggregate,
    )
  );
}

function toldBy(draft: Draft, named: readonly SimpleMetric[], measure: Measure): MetricDefinition | null {
  const ways = named.flatMap((metric) => toldFrom(draft, metric, measure));
  const [only, another] = [...new Set(ways)];
  return only && !another ? only : null;
}

function toldFrom(draft: Draft, metric: SimpleMetric, measure: Measure): readonly MetricDefinition[] {
  const isCount = /^count/.test(metric.measure.aggregate);
  switch (measure.kind) {
    case 'count':
      return isCount ? [metric] : alike(draft, metric, ({ measure: { aggregate } }) => aggregate === 'count');
    case 'sum':
      if (metric.measure.aggregate === 'sum') return [metric];
      return isCount
        ? amountsOf(draft, metric).slice(0, 1)
        : alike(
            draft,
            metric,
            (one) => one.measure.aggregate === 'sum' && one.measure.path === metric.measure.path,
          );
    case 'told': {
      const per = measure.by === 'avg' ? perOther(draft.catalogue, metric) : null;
      if (per !== null) return [per];
      if (!isCount) return siblingsOf(draft.catalogue, metric, measure.by);
      return measure.of === 'length'
        ? lengthsOf(draft, metric)
            .flatMap((one) => siblingsOf(draft.catalogue, one, measure.by))
            .slice(0, 1)
        : amountsOf(draft, metric).flatMap((one) => siblingsOf(draft.catalogue, one, measure.by));
    }
  }
}

const rowsOf = ({ entity, timeDimension, filters }: SimpleMetric): string =>
  JSON.stringify([entity, timeDimension, filters]);

/** Figures over the very same rows. */
function alike(
  draft: Draft,
  named: SimpleMetric,
  fits: (metric: SimpleMetric) => boolean,
): readonly SimpleMetric[] {
  return [...draft.catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' && metric.hidden !== true && rowsOf(metric) === rowsOf(named) && fits(metric),
  );
}

const amountsOf = (draft: Draft, named: SimpleMetric): readonly SimpleMetric[] =>
  alike(
    draft,
    named,
    ({ measure, format }) =>
      measure.aggregate === 'sum' &&
      measure.times === undefined &&
      measure.since === undefined &&
      format.kind === 'money',
  );

/** How long those rows took from one moment to the one that they are counted by. */
function lengthsOf(draft: Draft, named: SimpleMetric): readonly SimpleMetric[] {
  const end = draft.catalogue.dimensions.get(named.timeDimension ?? '')?.path;
  return [...draft.catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' &&
      metric.hidden !== true &&
      metric.entity === named.entity &&
      metric.measure.since !== undefined &&
      (metric.measure.path === end || (named.timeDimension === null && metric.measure.path === '@now')),
  );
}
