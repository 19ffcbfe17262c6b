import type { Catalogue, DimensionDefinition } from '../../../catalogue/catalogue.ts';
import { secondsPer } from '../time/seconds-per.ts';
import { type Draft, isCountOf } from './draft.ts';
import { refuse } from './problem.ts';

/**
 * "In negotiation for more than 30 days": how long rows have been in their state is a number of the rows, or of what is
 * worked out for each of them. Where neither is kept there is no answer.
 */
export function addStay(draft: Draft): void {
  const { stay } = draft.understood;
  if (stay === null || stay.isFirst) return;
  const column = stayColumn(draft.catalogue, draft.entity);
  if (column === null)
    throw refuse(
      'unclear',
      `how long they have been in that state (${stay.words}) is not kept`,
      draft.metrics.map(({ id }) => id),
    );
  if (column.entity !== draft.entity) moveTo(draft, column.entity);
  const seconds = stay.n * secondsPer[stay.unit];
  const value = column.format?.kind === 'duration' ? seconds : seconds / secondsPer.day;
  draft.where.push({ any: [{ dimension: column.id, op: stay.op, values: [value] }] });
}

/** The time in a state that the rows have, or their newest check. */
function stayColumn(catalogue: Catalogue, rows: string): DimensionDefinition | null {
  const found = [...catalogue.dimensions.values()].filter(
    ({ entity, type, synonyms }) =>
      type === 'number' &&
      (entity === rows || catalogue.entities.get(entity)?.parent === rows) &&
      synonyms.some((name) => /^time in (?:the |this )?(?:stage|status|state)$/.test(name)),
  );
  const [only, another] = found;
  return only && !another ? only : null;
}

/** The same rows by what was worked out for them; a count becomes the count of those. */
function moveTo(draft: Draft, entity: string): void {
  const counts = [...draft.catalogue.metrics.values()].filter(
    (metric) =>
      isCountOf(draft.catalogue, metric, entity) && metric.type === 'simple' && metric.filters.length === 0,
  );
  const isCounted = draft.understood.kind.countAt !== null || draft.groupBy.length > 0;
  const [count] = counts;
  if (isCounted && !count)
    throw refuse('no_metric', 'a number of these by how long they have been in their state');
  draft.entity = entity;
  draft.metrics = isCounted && count ? [count] : [];
  draft.isImplied = true;
  draft.isDated = !isCounted;
}
