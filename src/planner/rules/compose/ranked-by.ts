import type { Span } from '../span.ts';
import { type Draft, entityOfSpan, meaningsOf } from './draft.ts';
import { namingDimension, personDimensions, reachable } from './reach.ts';

/**
 * "Top 3 channels by conversations", "customers ordered by tickets": records behind "by" that are counted for each of
 * those that are ranked, where "top 5 deals by customer" splits the deals.
 */
export function isCountToRankBy(draft: Draft, span: Span): boolean {
  const { catalogue, understood } = draft;
  const { tokens } = understood.reading;
  const counted = entityOfSpan(catalogue, span);
  const [noun, by] = [tokens[span.to - 1], tokens[span.from - 1]];
  if (understood.ranking === null || counted === null || by?.word !== 'by') return false;
  if (noun === undefined || noun.lower === noun.word) return false;
  const ranked = understood.spans.find(
    (one) => one.to === by.index || (one.to === by.index - 1 && understood.ranking?.at === one.to),
  );
  if (ranked === undefined) return false;
  const own = entityOfSpan(catalogue, ranked);
  const isPartOf = own !== null && reaches(draft, own, namingDimension(catalogue, counted));
  const groups = groupsOf(draft, ranked);
  return !isPartOf && groups.some((id) => isOf(draft, counted, id) || isTied(draft, counted, id));
}

/** What figures of each of them would be split by. */
const groupsOf = ({ catalogue }: Draft, span: Span): readonly string[] => [
  ...meaningsOf(span, 'dimension').flatMap(({ id }) => (catalogue.dimensions.get(id)?.groupable ? [id] : [])),
  ...meaningsOf(span, 'entity').flatMap(({ id }) => namingDimension(catalogue, id) ?? []),
];

/** Rows have it, or somebody who may be called so: whoever held a conversation is an agent as well. */
const isOf = (draft: Draft, entity: string, dimension: string): boolean =>
  reaches(draft, entity, dimension) ||
  (personDimensions(draft.catalogue, entity).length > 0 &&
    personDimensions(draft.catalogue, draft.catalogue.dimensions.get(dimension)?.entity ?? '').includes(
      dimension,
    ));

/** "Partners by deals": records in between belong to one of each. */
const isTied = ({ catalogue }: Draft, entity: string, dimension: string): boolean => {
  const owner = catalogue.dimensions.get(dimension)?.entity ?? '';
  return (
    namingDimension(catalogue, owner) === dimension &&
    [...catalogue.entities.values()].some(({ joins }) => {
      const ends = Object.values(joins).map((join) => join.entity);
      return [owner, entity].every((end) => ends.includes(end));
    })
  );
};

const reaches = ({ catalogue }: Draft, entity: string, dimension: string | null): boolean =>
  dimension !== null && reachable(catalogue, entity, [dimension]).length > 0;
