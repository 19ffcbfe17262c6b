import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { ListPlan } from '../../../query/metric-query.ts';
import type { Ranking } from '../slots/ranking.ts';
import { type Draft, isAfter, isCountOf, meaningsOf, numericTwin } from './draft.ts';
import { listDirection } from './list-order.ts';
import { reachable } from './reach.ts';

/** "Open incidents, worst severity first": said of records, a scale orders them and splits nothing. */
export function settleScale(draft: Draft): void {
  const { catalogue, understood, entity, metrics } = draft;
  const { ranking, spans } = understood;
  const [metric, another] = metrics;
  if (ranking?.isOrder !== true || another || (metric && !isCountOf(catalogue, metric, entity))) return;
  const span = spans.find(({ from }) => from === ranking.at + 1);
  if (!span || draft.used.has(span)) return;
  const { direction } = ranking;
  const scales = meaningsOf(span, 'dimension').filter(({ id }) => catalogue.dimensions.get(id)?.order);
  const [found] = reachable(
    catalogue,
    entity,
    scales.map(({ id }) => id),
  );
  if (!found?.dimension.order || direction === 'newest' || direction === 'oldest') return;
  draft.used.add(span);
  draft.scale = { by: found.dimension.id, direction: alongScale(found.dimension.order, direction) };
}

/**
 * "Top 5 red accounts by ARR": records in the order of a number that they or what they belong to have.
 *
 * @returns null where no such number is named behind "by"
 */
export function orderByNamed(draft: Draft, { direction }: Ranking): ListPlan['orderBy'][number] | null {
  if (draft.scale !== null) return draft.scale;
  if (direction === 'newest' || direction === 'oldest') return null;
  for (const span of draft.understood.spans) {
    if (draft.used.has(span) || !isAfter(draft, span, /^by$/)) continue;
    const twin = numericTwin(draft.catalogue, span);
    const [found] = twin === null ? [] : reachable(draft.catalogue, draft.entity, [twin]);
    if (!found) continue;
    draft.used.add(span);
    return { by: found.dimension.id, direction: listDirection(draft, found.dimension.id, direction) };
  }
  return null;
}

/** The highest of a scale comes first in "desc", wherever the catalogue names it; the worst may be either end. */
function alongScale(
  { worst, highest }: NonNullable<DimensionDefinition['order']>,
  direction: 'desc' | 'asc' | 'best' | 'worst',
): 'asc' | 'desc' {
  if (direction === 'asc' || direction === 'desc') return direction;
  return (worst === highest) === (direction === 'worst') ? 'desc' : 'asc';
}
