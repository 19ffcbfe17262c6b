import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { ListPlan, QueryPlan } from '../../../query/metric-query.ts';
import { filtersOf } from '../compose/draft.ts';

const having =
  /^(?:(?:and|ok|but|now|so),? )*(?:(?:only|just|keep|keep only|keep just|narrow it to|limit it to) )(?:those|the ones|them|these|ones) (?:with|that (?:also )?have|who (?:also )?have|having|which have) (?:an?|at least one|some|any) (?=\S)/i;

/**
 * "Just those with an open deal" of customers that are listed, as the question which of them have one.
 *
 * @returns null for what is said otherwise
 */
export function askedHaving(catalogue: Catalogue, previous: QueryPlan, text: string): string | null {
  if (previous.kind !== 'list' || !having.test(text)) return null;
  const rows = catalogue.entities.get(previous.entity)?.label.many.toLowerCase() ?? '';
  return text.replace(having, `${rows} with at least one `);
}

/**
 * The rows before, narrowed to those that have what the other plan tells of each of them.
 *
 * @returns null when it tells of something else
 */
export function narrowedTo(catalogue: Catalogue, previous: ListPlan, told: QueryPlan): ListPlan | null {
  const related = told.kind === 'list' ? sameRows(previous, told) : relatedOf(catalogue, previous, told);
  return related.length === 0 ? null : { ...previous, related: [...(previous.related ?? []), ...related] };
}

type Related = NonNullable<QueryPlan['related']>;

const sameRows = (previous: ListPlan, told: ListPlan): Related =>
  told.entity === previous.entity && told.time === null ? (told.related ?? []) : [];

/** A figure of each of the rows, as the records that it counts. */
function relatedOf(catalogue: Catalogue, previous: ListPlan, told: QueryPlan): Related {
  if (told.kind !== 'metric') return [];
  const [metric, another] = told.metrics.map((id) => catalogue.metrics.get(id));
  const groups = told.groupBy.map(({ dimension }) => catalogue.dimensions.get(dimension)?.entity);
  const isOfRows = groups.length === 1 && groups[0] === previous.entity;
  if (metric?.type !== 'simple' || another || !isOfRows || metric.entity === previous.entity) return [];
  const isOther = (dimension: string): boolean =>
    catalogue.dimensions.get(dimension)?.entity !== previous.entity;
  const where = told.where.filter(({ any }) => any.every(({ dimension }) => isOther(dimension)));
  return [
    {
      entity: metric.entity,
      has: 'some',
      atLeast: 1,
      where: [...filtersOf(metric), ...where],
      time: told.time,
      subject: 'none',
    },
  ];
}
