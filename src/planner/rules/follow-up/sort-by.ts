import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, namesOf, normalWords } from '../../../catalogue/lookup.ts';
import { entityById } from '../../../catalogue/paths.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';

type Order = QueryPlan['orderBy'][number];

const downwards =
  /\b(?:desc(?:ending)?|highest|largest|biggest|longest|newest|latest|most recent|worst)\b(?: first)?/;
const upwards =
  /\b(?:asc(?:ending)?|lowest|smallest|shortest|oldest|earliest|alphabetical(?:ly)?)\b(?: first)?/;
const turned = /^(?:the other way (?:a?round)|reversed?(?: (?:it|order|the order))?)$/;

/**
 * The order that words such as "age", "amount descending", "oldest first" ask of a plan.
 *
 * @returns null when the plan has nothing of that name
 */
export function sortBy(catalogue: Catalogue, plan: QueryPlan, words: string): Order | null {
  const text = normalWords(words).replace(/^(?:by|the) /, '');
  const current = plan.orderBy[0] ?? standardOrder(catalogue, plan);
  if (turned.test(text))
    return current && { ...current, direction: current.direction === 'asc' ? 'desc' : 'asc' };
  const isUp = upwards.test(text);
  const isDown = downwards.test(text);
  const named = text
    .replace(downwards, '')
    .replace(upwards, '')
    .replace(/\b(?:to|from|in|order|first|ones|values|value)\b/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const direction = isUp ? 'asc' : 'desc';
  if (
    /\b(?:oldest|earliest|newest|latest|most recent)\b/.test(text) ||
    /^(?:age|date|time|recency)$/.test(named)
  ) {
    const by = timeOf(catalogue, plan);
    // The oldest have the greatest age.
    if (by !== null)
      return { by, direction: named === 'age' ? (isUp ? 'desc' : 'asc') : isUp ? 'asc' : 'desc' };
  }
  if (named === '') return current && { ...current, direction };
  const by = columnNamed(catalogue, plan, named);
  if (by === null) return null;
  const isText = ['text', 'boolean'].includes(catalogue.dimensions.get(by)?.type ?? 'number');
  return { by, direction: isText && !isDown ? 'asc' : direction };
}

function standardOrder(catalogue: Catalogue, plan: QueryPlan): Order | null {
  if (plan.kind === 'metric')
    return plan.metrics[0] === undefined ? null : { by: plan.metrics[0], direction: 'desc' };
  const by = timeOf(catalogue, plan);
  return by === null ? null : { by, direction: 'desc' };
}

function timeOf(catalogue: Catalogue, plan: QueryPlan): string | null {
  if (plan.kind === 'list')
    return plan.timeDimension ?? entityById(catalogue, plan.entity)?.defaultTime ?? null;
  return (
    plan.groupBy.find(({ dimension, grain }) => grain !== undefined || dimension === 'time')?.dimension ??
    null
  );
}

function columnNamed(catalogue: Catalogue, plan: QueryPlan, named: string): string | null {
  const singular = named.replace(/s$/, '');
  const isNamed = (names: readonly string[]) => names.includes(named) || names.includes(singular);
  if (plan.kind === 'list')
    return dimensionsOf(catalogue, plan.entity).find((one) => isNamed(namesOf(one)))?.id ?? null;
  for (const { dimension } of plan.groupBy) {
    const known = catalogue.dimensions.get(dimension);
    if (dimension === 'time' && /^(?:time|date|day|week|month|quarter|year)$/.test(named)) return dimension;
    if (known && isNamed(namesOf(known))) return dimension;
  }
  for (const id of plan.metrics) {
    const metric = catalogue.metrics.get(id);
    const ends = metric ? namesOf(metric) : [];
    const isPart = ends.some((name) => name.split(' ').includes(named) || name.split(' ').includes(singular));
    if (isNamed(ends) || isPart || /^(?:value|count|number|amount|figure|result|total)$/.test(singular))
      return id;
  }
  return null;
}
