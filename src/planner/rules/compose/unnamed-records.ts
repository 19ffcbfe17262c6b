import { findWay } from '../../../catalogue/paths.ts';
import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, meaningsOf } from './draft.ts';

/**
 * "High priority, EMEA", "still new and unassigned", "urgent ones": no record is named, but what is said of it is kept of
 * one kind of record only.
 *
 * @returns the kinds of records that have everything that is said, each counted as such; one of them is meant
 */
export function describedRecords(draft: Draft, isCalled: (entity: string) => boolean): readonly string[] {
  const { catalogue, understood } = draft;
  const said = understood.spans.filter(
    (span) => !draft.used.has(span) && (meaningsOf(span, 'value').length > 0 || isFlag(draft, span)),
  );
  const properties = understood.spans.filter(
    (span) => !said.includes(span) && meaningsOf(span, 'dimension').length > 0,
  );
  if (said.length === 0) return [];
  const homes = new Set(said.flatMap((span) => homesOf(draft, span)));
  const fitting = [...homes].filter(
    (entity) =>
      (vocabularyOf(catalogue).phrases.get(`@${entity}`)?.meanings ?? []).some(
        (one) => one.kind === 'metric',
      ) && [...said, ...properties].every((span) => idsOf(span).some((id) => has(draft, entity, id))),
  );
  // "New and unassigned": of what may be new, tickets may be unassigned.
  const called = fitting.filter(isCalled);
  if (called.length > 0) return called;
  const isDescribed = said.length + understood.names.length > 1 || saysOnes(draft) || hasMore(draft);
  return isDescribed ? fitting : [];
}

/** "Urgent ones", "the overdue stuff": words that stand for records without naming them. */
export const saysOnes = ({ understood }: Draft): boolean =>
  understood.reading.tokens.some(({ lower }) => /^(?:ones|stuff|things|items|anything)$/.test(lower));

/** A period, an owner or a number beside one property. */
const hasMore = ({ understood: { time, subject, kind } }: Draft): boolean =>
  time.range !== null || subject !== 'none' || kind.isList || kind.whichAt !== null;

const isFlag = ({ catalogue }: Draft, span: Span): boolean =>
  meaningsOf(span, 'dimension').some(({ id }) => catalogue.dimensions.get(id)?.type === 'boolean');

const idsOf = (span: Span): readonly string[] => [
  ...meaningsOf(span, 'value').map(({ dimension }) => dimension),
  ...meaningsOf(span, 'dimension').map(({ id }) => id),
];

/** What is told of customers, people and products is told of all they have: no record is known by it. */
function homesOf({ catalogue }: Draft, span: Span): readonly string[] {
  const dimensions = idsOf(span).flatMap((id) => catalogue.dimensions.get(id) ?? []);
  if (dimensions.some(({ entity }) => /^(?:account|person|team|product)$/.test(entity))) return [];
  return dimensions.filter(({ hidden }) => hidden !== true).map(({ entity }) => entity);
}

function has({ catalogue }: Draft, entity: string, id: string): boolean {
  const dimension = catalogue.dimensions.get(id);
  return dimension !== undefined && findWay(catalogue, entity, dimension) !== null;
}
