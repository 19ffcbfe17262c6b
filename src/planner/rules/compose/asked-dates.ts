import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { Span } from '../span.ts';
import { dateOfVerb } from './date-conditions.ts';
import { type Draft, meaningsOf } from './draft.ts';

/** "When was it opened", "since when": the token that asks for a date; null where none does. */
export function whenAt({ understood }: Draft): number | null {
  const { reading } = understood;
  // "When was the first order": the moment of one record, which another rule finds.
  if (reading.tokens.some(({ word }) => /^(?:first|last|latest|recent|earliest|newest|oldest)$/.test(word)))
    return null;
  const at = reading.tokens.find(({ word, index }) => word === 'when' && reading.isFree(index));
  return at?.index ?? null;
}

/**
 * The dates that are asked for besides these columns: those that the verb or the figures go by, otherwise the one by
 * which such records are listed. Null where there is none.
 */
export function datesAsked(draft: Draft, columns: readonly string[]): readonly string[] | null {
  const { catalogue, entity } = draft;
  if (columns.some((id) => isDate(draft, id))) return [];
  const verb = dateOfVerb(draft);
  if (verb !== null) return [verb];
  const counted = draft.metrics.flatMap((metric) =>
    metric.type === 'simple' && metric.timeDimension !== null ? [metric.timeDimension] : [],
  );
  if (!draft.isImplied && counted.length > 0) return counted;
  const shown = catalogue.entities.get(entity);
  const listed = dimensionsOf(catalogue, entity)
    .map(({ id }) => id)
    .filter((id) => isDate(draft, id) && shown?.listColumns.includes(id));
  const usual = shown?.defaultTime ?? (listed.length === 1 ? listed[0] : undefined);
  return usual === undefined ? null : [usual];
}

const isDate = ({ catalogue }: Draft, id: string): boolean =>
  /^(?:date|instant)$/.test(catalogue.dimensions.get(id)?.type ?? '');

/** What is said around "when" and asks for nothing else: "since when", "when should it". */
export function takeWhen(draft: Draft, first: number): void {
  const { tokens } = draft.understood.reading;
  for (const { index, word } of tokens.slice(first)) {
    if (word !== 'when') continue;
    draft.usedTokens.add(index);
    if (tokens[index - 1]?.word === 'since') draft.usedTokens.add(index - 1);
    for (const near of tokens.slice(index + 1, index + 5))
      if (/^(?:it|should|supposed|they|this|that|must)$/.test(near.lower)) draft.usedTokens.add(near.index);
  }
}

/** "Due time", "start date": the noun says nothing that the date does not. */
export function takeTimeNoun(draft: Draft, span: Span): void {
  const dates = meaningsOf(span, 'dimension').filter(({ id }) => isDate(draft, id));
  const noun = draft.understood.reading.tokens[span.to];
  if (dates.length === 0 || noun === undefined || !/^(?:time|date|day)$/.test(noun.word)) return;
  draft.usedTokens.add(noun.index);
  for (const one of draft.understood.spans)
    if (one.indexes.every((index) => index === noun.index)) draft.used.add(one);
}
