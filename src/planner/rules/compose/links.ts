import type {
  Catalogue,
  DimensionDefinition,
  MetricDefinition,
  SimpleMetric,
} from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import type { Span } from '../span.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { type Draft, filtersOf, isCountOf, meaningsOf } from './draft.ts';
import { usualCount } from './present-rows.ts';
import { namingDimension, personDimensions, reachable } from './reach.ts';

/**
 * "Open deals per partner": deals name no partner, but rows that link the two do. The figure becomes the one over those
 * rows that measures the same: different deals, or the same sum under the same conditions.
 *
 * @returns the grouping, once the figure has been replaced; null where nothing needs to be or can be
 */
export function linkedGrouping(draft: Draft, span: Span): string | null {
  const { catalogue } = draft;
  const [metric, another] = draft.metrics;
  if (metric?.type !== 'simple' || another) return null;
  const ids = [
    ...meaningsOf(span, 'dimension').map(({ id }) => id),
    ...meaningsOf(span, 'entity').flatMap(({ id }) => namingDimension(catalogue, id) ?? []),
  ];
  // "Which reps have the most accounts": whoever these belong to, and not the reps of deals that partners share.
  const isPerson = ids.some((id) => isOfPeople(catalogue, catalogue.dimensions.get(id)?.entity, id));
  if (isPerson && personDimensions(catalogue, draft.entity).length > 0) return null;
  return linkTo(draft, metric, ids, (dimension) => dimension.groupable);
}

const isOfPeople = (catalogue: Catalogue, entity: string | undefined, id: string): boolean =>
  entity !== undefined && personDimensions(catalogue, entity).includes(id);

/**
 * "Won amount of gold partners", "deals that partners sourced": a value that only the rows between have.
 *
 * @returns whether the figure has been replaced by one over these rows
 */
export function linkForValue(draft: Draft, span: Span): boolean {
  const [metric, another] = draft.metrics;
  if (metric?.type !== 'simple' || another) return false;
  const ids = meaningsOf(span, 'value').map(({ dimension }) => dimension);
  const { isImplied, groupBy, understood } = draft;
  if (linkTo(draft, metric, ids, (dimension) => dimension.filterable) === null) return false;
  // "Sourced deals" are shown, as deals alone are.
  if (isImplied && groupBy.length === 0 && understood.kind.countAt === null) {
    draft.metrics = [];
    draft.isImplied = true;
    draft.isDated = true;
  }
  return true;
}

/** The nearest of these dimensions, once the figure has been replaced by the one that reaches it. */
function linkTo(
  draft: Draft,
  metric: SimpleMetric,
  ids: readonly string[],
  isFit: (dimension: DimensionDefinition) => boolean,
): string | null {
  const { catalogue, entity } = draft;
  if (ids.length === 0 || reachable(catalogue, entity, ids).length > 0) return null;
  for (const other of catalogue.metrics.values()) {
    if (other.type !== 'simple' || other.hidden === true || !measuresSame(draft, metric, other)) continue;
    const [best] = reachable(catalogue, other.entity, ids).filter(
      ({ dimension, distance }) => isFit(dimension) && distance <= 1,
    );
    if (!best) continue;
    const own = filtersOf(other).map((group) => JSON.stringify(group));
    const missing = isDone(draft, other.entity)
      ? []
      : filtersOf(metric).filter((group) => !own.includes(JSON.stringify(group)));
    if (missing.some(({ any }) => any.some((one) => !reaches(draft, other.entity, one.dimension)))) continue;
    draft.where.push(...missing);
    draft.metrics = [other];
    draft.entity = other.entity;
    draft.isImplied = false;
    return best.dimension.id;
  }
  return null;
}

/**
 * "Sourced deals per partner": what a partner did for a deal is done, whether the deal is open or not; the noun alone would
 * count the open ones.
 */
function isDone({ catalogue, understood, metrics }: Draft, entity: string): boolean {
  const [metric] = metrics;
  const isPresent = metric?.type === 'simple' && usualCount(catalogue, metric.entity)?.id === metric.id;
  if (!isPresent || understood.reading.tokens.some(({ lower }) => /^(?:open|current|running)$/.test(lower)))
    return false;
  return understood.spans.some((span) =>
    meaningsOf(span, 'value').some(({ dimension: id }) => {
      const dimension = catalogue.dimensions.get(id);
      return [dimension?.entity, ...(dimension?.also ?? []).map((one) => one.entity)].includes(entity);
    }),
  );
}

/**
 * "Handover rate by intent": conversations have no intent, but there is a figure of what has one that is called so. Its
 * name holds the figure's and the grouping's.
 *
 * @returns the grouping, once the figure has been replaced; null where there is none
 */
export function namesakeGrouping(draft: Draft, span: Span): string | null {
  const { catalogue, entity } = draft;
  const [metric, another] = draft.metrics;
  const ids = meaningsOf(span, 'dimension').map(({ id }) => id);
  if (!metric || another || ids.length === 0 || reachable(catalogue, entity, ids).length > 0) return null;
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const name = wordsOf(span.words).map(keyOf).join(' ');
  for (const said of [metric.label, ...metric.synonyms])
    for (const one of phrases.get([name, ...wordsOf(said).map(keyOf)].join(' '))?.meanings ?? []) {
      const other = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
      const rows = other && entityOf(catalogue, other);
      const [best] = rows ? reachable(catalogue, rows.id, ids) : [];
      if (!other || !rows || !best?.dimension.groupable || other.format.kind !== metric.format.kind) continue;
      draft.metrics = [other];
      draft.entity = rows.id;
      draft.isImplied = false;
      return best.dimension.id;
    }
  return null;
}

const reaches = ({ catalogue }: Draft, entity: string, id: string): boolean =>
  reachable(catalogue, entity, [id]).length > 0;

function measuresSame({ catalogue }: Draft, metric: SimpleMetric, other: SimpleMetric): boolean {
  const joins = Object.values(catalogue.entities.get(other.entity)?.joins ?? {});
  const link = joins.find((join) => join.entity === metric.entity);
  if (link === undefined || other.timeDimension !== metric.timeDimension) return false;
  if (isCountOf(catalogue, metric, metric.entity))
    return (
      other.measure.aggregate === 'count_distinct' &&
      other.measure.path === link.column &&
      other.filters.every((filter) =>
        metric.filters.some((own) => JSON.stringify(own) === JSON.stringify(filter)),
      )
    );
  return (
    metric.measure.aggregate === 'sum' &&
    other.measure.aggregate === 'sum' &&
    other.measure.path === metric.measure.path &&
    isSame(metric, other)
  );
}

const isSame = (left: MetricDefinition & SimpleMetric, right: SimpleMetric): boolean =>
  JSON.stringify(left.filters) === JSON.stringify(right.filters) && left.format.kind === right.format.kind;
