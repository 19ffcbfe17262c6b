import type { Catalogue, EntityDefinition } from '../../../catalogue/catalogue.ts';
import type { Filter, Related } from '../../../query/metric-query.ts';
import type { Span } from '../span.ts';
import { type Draft, entityOfSpan, isCountOf, meaningsOf } from './draft.ts';

/**
 * "Password reset chats", "tickets with a breached resolution clock": what is said is kept of the parts of a record, of
 * which one must have all of it. Customers have too much of everything for that.
 *
 * @returns whether the word found its place as such a condition
 */
export function addPartValue(draft: Draft, span: Span, isNegated: boolean): boolean {
  const { catalogue, entity, metrics } = draft;
  const isCounted = metrics.every((metric) => isCountOf(catalogue, metric, entity));
  const parts = partsOf(catalogue, entity);
  if (entity === 'account' || !isCounted || isNegated || draft.recompose === undefined) return false;
  const found = meaningsOf(span, 'value').flatMap((one) => {
    const dimension = catalogue.dimensions.get(one.dimension);
    // Every ticket has a clock of the first response: only where clocks are spoken of is that a condition.
    const isSaid =
      dimension !== undefined &&
      (dimension.values.length === 0 ||
        draft.understood.spans.some((other) => entityOfSpan(catalogue, other) === dimension.entity));
    return isSaid && parts.some(({ id }) => id === dimension.entity)
      ? [
          {
            part: dimension.entity,
            filter: { dimension: one.dimension, op: 'eq' as const, values: [one.value] },
          },
        ]
      : [];
  });
  const [only, another] = found;
  if (!only || another) return false;
  draft.used.add(span);
  for (const other of draft.understood.spans)
    if (entityOfSpan(catalogue, other) === only.part) draft.used.add(other);
  draft.related = withCondition(draft.related, only.part, only.filter);
  return true;
}

/** Both words speak of the same part: the clock that is of the resolution is the one that was breached. */
function withCondition(related: readonly Related[], part: string, filter: Filter): Related[] {
  const own = related.find(({ entity }) => entity === part);
  const condition = { any: [filter] };
  if (own !== undefined)
    return related.map((one) => (one === own ? { ...one, where: [...one.where, condition] } : one));
  const none = { time: null, subject: 'none' as const };
  return [...related, { entity: part, has: 'some', atLeast: 1, where: [condition], ...none }];
}

const partsOf = ({ entities }: Catalogue, owner: string): readonly EntityDefinition[] =>
  [...entities.values()].filter(
    ({ parent, joins, snapshot }) => snapshot === undefined && joins[parent ?? '']?.entity === owner,
  );
