import { entityOf, simpleParts } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Span } from '../span.ts';
import { type Draft, meaningsOf } from './draft.ts';
import { namingDimension } from './reach.ts';

/**
 * "Customers whose CSAT is below 3", "reps under 60 % of quota": the number is no column of the rows, it is a figure of
 * each of them. Only where everything that was said so far holds of the figure's own records as well.
 *
 * @returns whether the draft now asks for the figure of each row
 */
export function figureOfRows(draft: Draft, span: Span): boolean {
  const { catalogue, understood } = draft;
  const rows = draft.entity;
  const group = namingDimension(catalogue, rows);
  if (!draft.isImplied || draft.groupBy.length > 0 || group === null || draft.used.has(span)) return false;
  if (understood.ranking !== null || understood.kind.countAt !== null) return false;
  const fitting = meaningsOf(span, 'metric').filter(({ id }) => {
    const metric = catalogue.metrics.get(id);
    if (!metric || entityOf(catalogue, metric)?.id === rows) return false;
    const parts = simpleParts(catalogue, metric).map(({ entity }) => entity);
    const reaches = (dimension: string): boolean =>
      parts.every((entity) => {
        const known = catalogue.dimensions.get(dimension);
        return known !== undefined && findWay(catalogue, entity, known) !== null;
      });
    return [group, ...draft.where.flatMap(({ any }) => any.map((one) => one.dimension))].every(reaches);
  });
  const [only, another] = fitting;
  const metric = only && catalogue.metrics.get(only.id);
  if (!metric || another) return false;
  draft.used.add(span);
  draft.metrics = [metric];
  draft.isImplied = false;
  draft.entity = entityOf(catalogue, metric)?.id ?? rows;
  draft.groupBy = [{ dimension: group }];
  return true;
}
