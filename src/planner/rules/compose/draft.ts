import type { Catalogue, MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { entityOf, simpleParts } from '../../../catalogue/lookup.ts';
import type { Filter, MetricPlan, Related, TimeRange } from '../../../query/metric-query.ts';
import type { Span } from '../span.ts';
import type { Understanding } from '../understand.ts';
import type { Composed, MeantOne } from './problem.ts';

/** A plan while it is put together. */
export interface Draft {
  readonly catalogue: Catalogue;
  readonly understood: Understanding;
  /** The whole again, with another reading of a part; absent where a plan is only changed. */
  readonly recompose?: (
    understood: Understanding,
    catalogue: Catalogue,
    picks?: readonly string[],
  ) => Composed;
  /** Whether one record may be meant by a condition: whoever runs the plan finds out which. */
  readonly mayMeanOne: boolean;
  /** Spans that found their place; the others block the answer. */
  readonly used: Set<Span>;
  /** Tokens taken while composing (connecting words such as "not" and "and"). */
  readonly usedTokens: Set<number>;
  /** Metrics asked for by name; empty for lists of an entity. */
  metrics: readonly MetricDefinition[];
  /** True when only the entity was named ("tickets"). */
  isImplied: boolean;
  /** The records are told by their properties alone: nobody asks for their number. */
  isDescribed: boolean;
  /** Whatever state the rows are in: nothing is counted of the open ones alone. */
  isOfAnyState: boolean;
  entity: string;
  groupBy: MetricPlan['groupBy'];
  where: { any: Filter[] }[];
  /** Other records that the rows must have. */
  related: Related[];
  having: MetricPlan['having'];
  time: TimeRange | null;
  timeDimension: string | null;
  /** The period is that of other records. */
  isTimeOfRelated: boolean;
  /** The grouping that "which customers", "who" brought, without a word such as "by". */
  headGroup: string | null;
  /** Asked for beside the usual columns of a list; a question that names some wants records. */
  columns: readonly string[];
  /** "Worst severity first": the records in the order of a scale; null: nothing said. */
  scale: { readonly by: string; readonly direction: 'asc' | 'desc' } | null;
  /** A condition on a date of the records was placed: they are listed, whatever figures they have. */
  isDated: boolean;
  /** The period is that of a date which lies ahead: "before March" begins today. */
  isAhead: boolean;
  compare: MetricPlan['compare'];
  one: MeantOne | null;
  subject: MetricPlan['subject'];
}

/** A draft in which nothing has found its place yet. */
export function newDraft(
  catalogue: Catalogue,
  understood: Understanding,
  known: Partial<Omit<Draft, 'catalogue' | 'understood' | 'used' | 'usedTokens'>> = {},
): Draft {
  return {
    catalogue,
    understood,
    used: new Set(),
    usedTokens: new Set(),
    metrics: [],
    isImplied: false,
    isDescribed: false,
    isOfAnyState: false,
    entity: '',
    groupBy: [],
    where: [],
    related: [],
    having: [],
    time: null,
    timeDimension: null,
    isTimeOfRelated: false,
    headGroup: null,
    columns: [],
    scale: null,
    isDated: false,
    isAhead: false,
    compare: understood.time.compare,
    mayMeanOne: false,
    one: null,
    subject: understood.subject,
    ...known,
  };
}

export const meaningsOf = <Kind extends Span['meanings'][number]['kind']>(span: Span, kind: Kind) =>
  span.meanings.filter(
    (meaning): meaning is Extract<Span['meanings'][number], { kind: Kind }> => meaning.kind === kind,
  );

/** The span stands for the rows of an entity as such ("tickets"), not for a figure about them. */
export function entityOfSpan(catalogue: Catalogue, span: Span): string | null {
  const [entity] = meaningsOf(span, 'entity');
  if (!entity) return null;
  const figures = meaningsOf(span, 'metric')
    .map((meaning) => catalogue.metrics.get(meaning.id))
    .filter((metric) => metric !== undefined);
  const isFigure = figures.some((metric) => !isCountOf(catalogue, metric, entity.id));
  return isFigure ? null : entity.id;
}

/** A metric that counts rows of the entity. */
export function isCountOf(catalogue: Catalogue, metric: MetricDefinition, entityId: string): boolean {
  return (
    metric.type === 'simple' &&
    metric.measure.aggregate === 'count' &&
    entityOf(catalogue, metric)?.id === entityId
  );
}

/** The one count by date of all rows of an entity: tickets opened, escalations raised. */
export function onlyEvent(catalogue: Catalogue, entityId: string): SimpleMetric | null {
  const events = [...catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' &&
      metric.filters.length === 0 &&
      metric.timeDimension !== null &&
      isCountOf(catalogue, metric, entityId),
  );
  return events.length === 1 ? (events[0] ?? null) : null;
}

/** Dimension that a metric's time range filters; null for states as of now. */
export function timeDimensionOf(catalogue: Catalogue, metric: MetricDefinition): string | null {
  return simpleParts(catalogue, metric)[0]?.timeDimension ?? null;
}

/** Number column behind a phrase: a numeric dimension, or the column that a metric adds up or averages. */
export function numericTwin(catalogue: Catalogue, span: Span): string | null {
  for (const { id } of meaningsOf(span, 'dimension'))
    if (catalogue.dimensions.get(id)?.type === 'number') return id;
  for (const { id } of meaningsOf(span, 'metric')) {
    const column = columnOfMetric(catalogue, id);
    if (column !== null) return column;
  }
  return null;
}

/** Numeric dimension that shows the column a metric adds up or averages, null when there is none. */
export function columnOfMetric(catalogue: Catalogue, metricId: string): string | null {
  const metric = catalogue.metrics.get(metricId);
  if (metric?.type !== 'simple' || metric.measure.path === null || metric.measure.since !== undefined)
    return null;
  for (const dimension of catalogue.dimensions.values())
    if (
      dimension.type === 'number' &&
      dimension.entity === metric.entity &&
      dimension.path === metric.measure.path
    )
      return dimension.id;
  return null;
}

export function isAfter(draft: Draft, span: { readonly from: number }, words: RegExp, reach = 2): boolean {
  const tokens = draft.understood.reading.tokens;
  for (let index = span.from - 1; index >= Math.max(0, span.from - reach); index -= 1) {
    const word = tokens[index]?.word ?? '';
    if (words.test(word)) return true;
    if (!/^(?:the|a|an|all|each|our|of|my|team|yet|been|still)$/.test(word)) return false;
  }
  return false;
}

/** A metric's own conditions as filters of a plan. */
export function filtersOf(metric: SimpleMetric): Draft['where'] {
  return metric.filters.map(({ dimension, op, values }) => ({
    any: [{ dimension, op, values: [...values] }],
  }));
}
