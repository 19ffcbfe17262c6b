import { metricTime } from '../../../catalogue/catalogue.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, isCountOf, meaningsOf } from './draft.ts';

interface Place {
  readonly from: number;
  readonly to: number;
}

const together =
  /\b(?:together|combined|total|sum|altogether|overall|jointly|in all|as one|taken as a whole|all in all)\b/i;

/** Asked before it is settled whether records are to be shown: of the name of a figure they are not. */
export function splitFigure(draft: Draft): void {
  if (!namesFigure(draft) || draft.understood.kind.isList || draft.understood.kind.whichAt !== null) return;
  splitBeside(draft);
}

/**
 * "Won amount of EMEA and Americas", "calls of Naomi and Luis": a figure of several that are named one by one is told
 * one by one. A sum of them is what is asked for where the question says so, and the number of "urgent and high tickets" is
 * that of one set of rows.
 */
export function splitBeside(draft: Draft): void {
  const { metrics, groupBy, where, having, understood } = draft;
  const isPlain = metrics.length > 0 && groupBy.every(({ dimension }) => dimension === metricTime);
  if (!isPlain || having.length > 0 || understood.ranking !== null) return;
  // "List all P1 and P2 closed yesterday" asks for rows.
  if (understood.reading.tokens.some(({ word, lower }) => word === 'list' && lower !== 'show')) return;
  if (together.test(understood.reading.text) || understood.numbers.length > 0) return;
  const several = where.flatMap(({ any }) => (any.length === 1 && any[0]?.op === 'in' ? any : []));
  const split = several.filter(({ dimension, values }) => isToldApart(draft, dimension, values));
  const [only, another] = split;
  if (only && !another) draft.groupBy = [...groupBy, { dimension: only.dimension }];
}

/** "In EMEA this year, and in the Americas": a time may stand between them. */
const mostBetween = 8;

/** Whether the values are joined by "and", and stand for themselves. */
function isToldApart(draft: Draft, dimension: string, values: readonly unknown[]): boolean {
  const { tokens } = draft.understood.reading;
  const places = placesOf(draft, dimension, values);
  const last = places.at(-1);
  if (places.length < 2 || last === undefined || isOfRows(draft, dimension, last)) return false;
  return places.slice(1).every(({ from }, index) => {
    const between = tokens
      .slice(places[index]?.to ?? from, from)
      .map(({ kind, word }) => (kind === 'comma' ? ',' : word));
    return (
      between.length <= mostBetween &&
      between.some((one) => /^(?:and|versus|,)$/.test(one)) &&
      !between.some((one) => /^(?:or|nor|not)$/.test(one))
    );
  });
}

function placesOf(
  { understood: { spans, names }, used }: Draft,
  dimension: string,
  values: readonly unknown[],
): readonly Place[] {
  const isOfThis = (value: string): boolean => values.includes(value);
  const said = spans.filter(
    (span) =>
      used.has(span) &&
      meaningsOf(span, 'value').some((one) => one.dimension === dimension && isOfThis(one.value)),
  );
  const called = names.filter(({ text }) => isOfThis(text));
  return [...said, ...called].toSorted((left, right) => left.from - right.from);
}

/** "Urgent and high tickets", "urgent and high priority tickets": what follows are the rows that are counted. */
function isOfRows(
  { catalogue, entity, metrics, understood: { reading, spans } }: Draft,
  dimension: string,
  { to }: Place,
): boolean {
  const kind = spans.find(
    (span) => span.from === to && meaningsOf(span, 'dimension').some(({ id }) => id === dimension),
  );
  const key = vocabularyOf(catalogue).keyOf(reading.tokens[kind?.to ?? to]?.word ?? '');
  return key === `@${entity}` && metrics.every((metric) => isCountOf(catalogue, metric, entity));
}

/** "Tickets opened": a figure, where "open tickets" are the records themselves. */
function namesFigure({ catalogue, used, understood: { reading } }: Draft): boolean {
  const { keyOf } = vocabularyOf(catalogue);
  const isNoun = (index: number | undefined): boolean =>
    keyOf(reading.tokens[index ?? -1]?.word ?? '').startsWith('@');
  return [...used].some(
    (span) =>
      meaningsOf(span, 'metric').length > 0 &&
      span.indexes.length > 1 &&
      isNoun(span.indexes[0]) &&
      !isNoun(span.indexes.at(-1)),
  );
}
