import type { Span } from '../span.ts';
import { wordsOf } from '../vocabulary.ts';
import { type Draft, meaningsOf } from './draft.ts';
import { isSameWord } from './value-order.ts';

/** Between a property and its value: "status is pending", "commit as the forecast category", "a priority of urgent". */
const glue = /^(?:is|are|was|were|be|being|of|=|as|the|a|an|its|their|in|set|to|with|marked|still|either)$/;
const mostGlue = 3;

/**
 * "Priority urgent", "urgent priority", "with commit as the forecast category": the name of a property goes with its value, on
 * whichever side it stands, and so does the noun that ends it ("the commit category").
 */
export function takeProperty(draft: Draft, span: Span, dimension: string): void {
  const { reading, spans } = draft.understood;
  for (const at of [placeBefore(draft, span), placeBehind(draft, span)]) {
    if (at === null) continue;
    const property = spans.find(({ indexes }) => indexes.includes(at));
    if (property === undefined) {
      if (reading.isFree(at) && isHeadWord(draft, dimension, reading.tokens[at]?.word))
        draft.usedTokens.add(at);
      continue;
    }
    const named = meaningsOf(property, 'dimension');
    if (isItsOwner(draft, property, dimension)) draft.used.add(property);
    const isNamed = named.some(({ id }) => isSameWord(draft, id, dimension));
    const isHead =
      named.length > 0 &&
      property.indexes.length === 1 &&
      !draft.used.has(property) &&
      isHeadWord(draft, dimension, reading.tokens[at]?.word);
    if (isNamed || isHead) draft.used.add(property);
  }
}

/** "Enterprise customers", "customers in transport": whose property it is, for those too who see no records of customers. */
function isItsOwner(draft: Draft, span: Span, dimension: string): boolean {
  const { catalogue, used, entity } = draft;
  const home = catalogue.dimensions.get(dimension)?.entity;
  if (span.indexes.length > 1 || used.has(span) || home === undefined || home === entity) return false;
  return (
    isOwnerOfValue(draft, span) ||
    (meaningsOf(span, 'metric').length === 0 &&
      meaningsOf(span, 'dimension').some(({ id }) => {
        const named = catalogue.dimensions.get(id);
        return named?.entity === home && /(?:^|\.)name$/.test(named.path);
      }))
  );
}

/** "Incidents of customers in the Americas": the customers only say which incidents are meant. */
export function isOwnerOfValue(draft: Draft, span: Span): boolean {
  const { reading, spans } = draft.understood;
  if (!/^(?:of|from|for|at|with)$/.test(reading.tokens[span.from - 1]?.lower ?? '')) return false;
  const homes = new Set(meaningsOf(span, 'entity').map(({ id }) => id));
  return spans.some((other) => {
    if (other.from < span.to || homes.has(draft.entity)) return false;
    const isOwn = meaningsOf(other, 'value').some(({ dimension }) =>
      homes.has(draft.catalogue.dimensions.get(dimension)?.entity ?? ''),
    );
    const at = isOwn ? placeBefore(draft, other) : null;
    return at !== null && at === span.to - 1;
  });
}

/** The next word before a value that is no glue; "or", a comma and other values end the search. */
function placeBefore({ understood: { reading } }: Draft, { from }: Span): number | null {
  let at = from - 1;
  while (from - at <= mostGlue && glue.test(reading.tokens[at]?.lower ?? '')) at -= 1;
  return reading.tokens[at]?.kind === 'word' ? at : null;
}

function placeBehind({ understood: { reading } }: Draft, { to }: Span): number | null {
  let at = to;
  while (at - to < mostGlue && /^(?:as|is|are|the|its|their)$/.test(reading.tokens[at]?.lower ?? '')) at += 1;
  return reading.tokens[at]?.kind === 'word' ? at : null;
}

/** "Category" of the forecast category, "source" of the lead source. */
function isHeadWord({ catalogue }: Draft, id: string, word: string | undefined): boolean {
  const dimension = catalogue.dimensions.get(id);
  if (dimension === undefined || word === undefined) return false;
  return [dimension.label, ...dimension.synonyms].some((name) => {
    const words = wordsOf(name);
    return words.length > 1 && words.at(-1) === word;
  });
}

/** "Tickets whose category is billing": the property of a value that is said asks for no other values. */
export function hasValueBeside(draft: Draft, span: Span): boolean {
  const named = meaningsOf(span, 'dimension').map(({ id }) => id);
  const { names, reading, spans } = draft.understood;
  const isCalled = names.some(
    ({ from }) => /^(?:is|are|was|=)$/.test(reading.tokens[from - 1]?.lower ?? '') && span.to === from - 1,
  );
  if (isCalled && reading.tokens[span.from - 1]?.lower === 'whose') return true;
  return spans.some((other) => {
    const isOwn = meaningsOf(other, 'value').some(({ dimension }) => named.includes(dimension));
    if (!isOwn || other === span || meaningsOf(other, 'metric').length > 0) return false;
    const at = other.from >= span.to ? placeBefore(draft, other) : placeBehind(draft, other);
    return at !== null && span.indexes.includes(at);
  });
}
