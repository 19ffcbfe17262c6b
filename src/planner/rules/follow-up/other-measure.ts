import type { Catalogue, MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { namesOf, simpleParts } from '../../../catalogue/lookup.ts';
import type { MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import { countOf, figureOf, listBehind } from '../../followup/convert-plan.ts';
import { canonical } from '../canonical.ts';
import { isCountOf } from '../compose/draft.ts';
import { refuse } from '../compose/problem.ts';
import { wordsOf } from '../vocabulary.ts';

type Aggregate = SimpleMetric['measure']['aggregate'];

const aggregates: Readonly<Record<string, Aggregate>> = wordTable({
  average: 'avg',
  avg: 'avg',
  mean: 'avg',
  median: 'median',
  p90: 'p90',
  '90th percentile': 'p90',
  max: 'max',
  maximum: 'max',
  min: 'min',
  minimum: 'min',
  sum: 'sum',
});

/** "Median" after an average: the figure over the same rows that is put together so; refuses where there is none. */
export function withAggregate(catalogue: Catalogue, plan: QueryPlan, word: string): string {
  const metric = plan.kind === 'list' ? undefined : catalogue.metrics.get(plan.metrics[0] ?? '');
  const aggregate = aggregates[word];
  const found =
    metric?.type === 'simple' &&
    aggregate !== undefined &&
    plan.kind === 'metric' &&
    plan.metrics.length === 1
      ? overSameRows(catalogue, metric, metric.measure.path, aggregate)
      : [];
  const [only, another] = found;
  if (!only || another) throw refuse('no_metric', `the ${word} of ${metric?.label ?? 'these records'}`);
  return only.id;
}

/** "Average amount" after won deals: a number of the rows, put together over the rows that the figure counts. */
export function measureOf(
  catalogue: Catalogue,
  plan: QueryPlan,
  path: string,
  word: string,
): SimpleMetric | null {
  const metric = plan.kind === 'list' ? undefined : catalogue.metrics.get(plan.metrics[0] ?? '');
  const aggregate = aggregates[word];
  if (metric?.type !== 'simple' || aggregate === undefined) return null;
  const [only, another] = overSameRows(catalogue, metric, path, aggregate);
  return only && !another ? only : null;
}

function overSameRows(
  catalogue: Catalogue,
  metric: SimpleMetric,
  path: string | null,
  aggregate: Aggregate,
): readonly SimpleMetric[] {
  if (path === null) return [];
  const ofMeasure = metric.measure.path === path ? (metric.measure.since ?? null) : null;
  const key = (one: SimpleMetric): string => JSON.stringify([one.entity, one.timeDimension, one.filters]);
  return [...catalogue.metrics.values()].filter(
    (one): one is SimpleMetric =>
      one.type === 'simple' &&
      one.measure.aggregate === aggregate &&
      one.measure.path === path &&
      (one.measure.since ?? null) === ofMeasure &&
      key(one) === key(metric),
  );
}

/**
 * "How many is that" after an average, a sum or a share: the number of the rows that it is made of, under the same
 * conditions and groups. null: the figure is a count already, or its rows cannot be counted.
 */
export function countBehind(catalogue: Catalogue, plan: QueryPlan): MetricPlan | null {
  if (plan.kind === 'list' || plan.metrics.length !== 1) return null;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  if (!metric || metric.type === 'derived') return null;
  const rows = metric.type === 'ratio' ? catalogue.metrics.get(metric.denominator) : metric;
  if (rows?.type !== 'simple') return null;
  if (metric.type === 'simple' && isCountOf(catalogue, metric, metric.entity)) return null;
  if (isCountOf(catalogue, rows, rows.entity)) return { ...unordered(plan), metrics: [rows.id] };
  const list = listBehind(catalogue, { ...plan, metrics: [rows.id] });
  const counted = list.ok ? countOf(catalogue, list.value) : list;
  if (!counted.ok) return null;
  const { metrics, where, time } = counted.value;
  return { ...unordered(plan), metrics, where, time };
}

/** "What are they worth": the amounts of the rows before, added up under the same conditions and groups. */
export function amountBehind(catalogue: Catalogue, plan: QueryPlan): MetricPlan {
  const list = plan.kind === 'list' ? plan : rowsCounted(catalogue, plan);
  const shown = catalogue.entities.get(list?.entity ?? '')?.listColumns ?? [];
  const paths = shown.flatMap((id) => {
    const dimension = catalogue.dimensions.get(id);
    return dimension?.type === 'number' ? [dimension.path] : [];
  });
  const isSum = ({ measure, format }: SimpleMetric): boolean =>
    measure.aggregate === 'sum' && measure.times === undefined && format.kind === 'money';
  const all = [...catalogue.metrics.values()].filter(
    (one): one is SimpleMetric => one.type === 'simple' && one.entity === list?.entity && isSum(one),
  );
  const isPlain = new Set(all.map(({ measure }) => measure.path)).size === 1;
  const found =
    list &&
    figureOf(catalogue, list, (one) => isSum(one) && (isPlain || paths.includes(one.measure.path ?? '')));
  if (!found?.ok) throw refuse('no_metric', 'what these are worth');
  if (plan.kind === 'list') return found.value;
  const { metrics, where, time } = found.value;
  return { ...unordered(plan), metrics, where, time };
}

function rowsCounted(catalogue: Catalogue, plan: MetricPlan) {
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  const isCount =
    metric?.type === 'simple' &&
    (isCountOf(catalogue, metric, metric.entity) || metric.measure.aggregate === 'count_distinct');
  const list = isCount && plan.metrics.length === 1 ? listBehind(catalogue, plan) : null;
  return list?.ok ? list.value : null;
}

/**
 * "As a share of all": the part that the rows before are of those that the words name, as the conditions that were said
 * last. null: nothing was said that others could lack.
 */
export function shareOf(catalogue: Catalogue, plan: QueryPlan, words: string): MetricPlan | null {
  if (plan.kind === 'list' || plan.metrics.length !== 1 || plan.part !== undefined) return null;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  if (metric?.type !== 'simple' || !metric.additive) return null;
  // "Of the tickets opened last week how many breached their SLA": that they did is the part.
  const { related, ...rows } = plan;
  if (related !== undefined) return { ...unordered(rows), part: { where: [], related } };
  const said = wordsOf(words).map(canonical);
  const names = said.filter((word) => !/^(?:all|total|everything|whole)$/.test(word));
  const isNamed = (one: SimpleMetric): boolean =>
    names.every((word) => namesOf(one).some((name) => wordsOf(name).includes(word)));
  const last = plan.where.at(-1);
  if (last && isNamed(metric))
    return { ...unordered(plan), where: plan.where.slice(0, -1), part: { where: [last] } };
  const whole = names.length > 0 ? wholeOf(catalogue, metric, isNamed) : wholeOf(catalogue, metric, null);
  if (!whole) return null;
  const kept = new Set(whole.filters.map((filter) => JSON.stringify(filter)));
  const own = metric.filters.filter((filter) => !kept.has(JSON.stringify(filter)));
  const part = own.map(({ dimension, op, values }) => ({
    any: [{ dimension, op, values: [...values] }],
  }));
  return { ...unordered(plan), metrics: [whole.id], part: { where: part } };
}

/** The same measure of more rows of the kind: of all of them, or of those that the words name. */
function wholeOf(
  catalogue: Catalogue,
  metric: SimpleMetric,
  isNamed: ((one: SimpleMetric) => boolean) | null,
): SimpleMetric | null {
  const key = (one: SimpleMetric) => JSON.stringify([one.entity, one.measure, one.timeDimension]);
  const own = new Set(metric.filters.map((filter) => JSON.stringify(filter)));
  const [only, another] = [...catalogue.metrics.values()].filter(
    (one): one is SimpleMetric =>
      one.type === 'simple' &&
      one.hidden !== true &&
      key(one) === key(metric) &&
      one.filters.length < own.size &&
      one.filters.every((filter) => own.has(JSON.stringify(filter))) &&
      (isNamed ? isNamed(one) : one.filters.length === 0),
  );
  return only && !another ? only : null;
}

const unordered = (plan: MetricPlan): MetricPlan => ({ ...plan, orderBy: [], having: [], transform: 'none' });

/**
 * "As a rate of sent": the share of which the figure before is the numerator, by the words for its denominator.
 *
 * @returns null where there is none
 */
export function rateOver(catalogue: Catalogue, plan: QueryPlan, words: string): MetricDefinition | null {
  if (plan.kind === 'list' || plan.metrics.length !== 1) return null;
  const said = wordsOf(words).map(canonical);
  const isWhole = said.every((word) => /^(?:all|total|everything|whole)$/.test(word));
  const rates = [...catalogue.metrics.values()].filter((metric) => {
    if (metric.type !== 'ratio' || metric.numerator !== plan.metrics[0] || metric.hidden === true)
      return false;
    const whole = simpleParts(catalogue, metric).find(({ id }) => id === metric.denominator);
    const named = new Set(whole ? namesOf(whole).flatMap((name) => wordsOf(name)) : []);
    return isWhole || said.every((word) => named.has(word));
  });
  const [only, another] = rates;
  return only && !another ? only : null;
}

/** "And the won ones" after the amount of lost deals: their amount. */
export function sameMeasure(catalogue: Catalogue, own: readonly MetricDefinition[], id: string): string {
  const [metric, another] = own;
  const named = catalogue.metrics.get(id);
  if (another || metric?.type !== 'simple' || named?.type !== 'simple' || metric.measure.path === null)
    return id;
  if (!isCountOf(catalogue, named, metric.entity) || named.filters.length === 0) return id;
  const key = (one: SimpleMetric) => JSON.stringify([one.entity, one.timeDimension, one.filters]);
  // "NPS responses" after the NPS: their number, and not the NPS of them.
  if (key(named) === key(metric)) return id;
  const found = [...catalogue.metrics.values()].filter(
    (one): one is SimpleMetric =>
      one.type === 'simple' &&
      key(one) === key(named) &&
      JSON.stringify(one.measure) === JSON.stringify(metric.measure),
  );
  return found.length === 1 ? (found[0]?.id ?? id) : id;
}
