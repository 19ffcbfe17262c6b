import { dimensionsOf } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import type { Token } from '../token.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, isCountOf } from './draft.ts';
import { presentState, saysState } from './present-rows.ts';
import { personDimensions } from './reach.ts';

/** Other words for what a date of the rows is the moment of. */
const sameDeed: Readonly<Record<string, string | undefined>> = wordTable({
  responded: 'replied',
  answered: 'replied',
  replied: 'replied',
  resolved: 'resolved',
  fixed: 'solved',
  solved: 'solved',
});
const between = /^(?:one|been|yet|has|have|had|ever|was|were|is|are|to|even|so|far|still|being|got|get|us)$/;
const unowned = /^(?:unassigned|unowned|ownerless|orphaned|unclaimed|unallocated)$/;

/**
 * "Tickets not replied to", "that nobody answered", "never converted": what did not happen is a date that is empty.
 * "Unassigned leads" have nobody. Of rows without a said state or time the present ones are meant.
 */
export function addNegatedEvents(draft: Draft): void {
  for (const token of draft.understood.reading.tokens) {
    if (isFree(draft, token) && draft.understood.reading.isFree(token.index) && unowned.test(token.word))
      addNobody(draft, token);
    if (!isFree(draft, token) || !isNegation(draft, token)) continue;
    if (addOppositeOf(draft, token)) continue;
    const verb = verbAfter(draft, token);
    const date = verb && dateOf(draft, verb.lower);
    if (
      verb &&
      draft.understood.spans.some((span) => draft.used.has(span) && span.indexes.includes(verb.index))
    )
      continue;
    if (!verb || date === null || date === undefined) continue;
    for (let index = token.index; index <= verb.index; index += 1) draft.usedTokens.add(index);
    for (const span of draft.understood.spans)
      if (span.indexes.every((index) => index >= token.index && index <= verb.index)) draft.used.add(span);
    draft.where.push({ any: [{ dimension: date, op: 'is_null', values: [] }] });
    addPresent(draft);
  }
}

/** "Products that are not active": the opposite of the one condition by which "active products" are counted. */
function addOppositeOf(draft: Draft, { index, word }: Token): boolean {
  const { catalogue, entity, understood } = draft;
  const said = understood.reading.tokens
    .slice(index + 1, index + 3)
    .find(({ lower }) => !between.test(lower));
  const { phrases, keyOf } = vocabularyOf(catalogue);
  if (said === undefined || word !== 'not' || /ed$/.test(said.lower)) return false;
  for (const one of phrases.get(`${keyOf(said.word)} @${entity}`)?.meanings ?? []) {
    const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
    const [filter, another] = metric?.type === 'simple' ? metric.filters : [];
    if (!metric || !isCountOf(catalogue, metric, entity) || !filter || another) continue;
    const [value] = filter.values;
    if (filter.op !== 'eq' || typeof value !== 'boolean') continue;
    draft.usedTokens.add(index).add(said.index);
    for (const span of understood.spans)
      if (span.indexes.every((at) => at === said.index)) draft.used.add(span);
    draft.where.push({ any: [{ dimension: filter.dimension, op: 'eq', values: [!value] }] });
    return true;
  }
  return false;
}

const isFree = (draft: Draft, { index }: Token): boolean => !draft.usedTokens.has(index);

function isNegation({ understood: { reading } }: Draft, { word, index }: Token): boolean {
  if (!reading.isFree(index)) return false;
  return (
    /^(?:not|never|nobody|noone)$/.test(word) || (word === 'no' && reading.tokens[index + 1]?.word === 'one')
  );
}

function verbAfter({ understood: { reading } }: Draft, { index }: Token): Token | undefined {
  for (const token of reading.tokens.slice(index + 1, index + 5)) {
    if (/ed$/.test(token.lower)) return token;
    if (!between.test(token.lower)) return undefined;
  }
  return undefined;
}

/** The rows' own moment of that name. */
function dateOf({ catalogue, entity }: Draft, verb: string): string | null {
  const names = new Set([verb, sameDeed[verb] ?? verb]);
  const dates = dimensionsOf(catalogue, entity).filter(
    (one) =>
      one.entity === entity &&
      one.hidden !== true &&
      /^(?:date|instant)$/.test(one.type) &&
      one.id.split('_').some((part) => names.has(part)),
  );
  const [only, another] = dates;
  return only && !another ? only.id : null;
}

/** Nobody owns, works on or is assigned to the rows. */
function addNobody(draft: Draft, token: Token): void {
  const { catalogue, entity } = draft;
  const [person] = personDimensions(catalogue, entity).filter((id) => {
    const dimension = catalogue.dimensions.get(id);
    return dimension !== undefined && findWay(catalogue, entity, dimension)?.joins.length === 1;
  });
  if (person === undefined) return;
  draft.usedTokens.add(token.index);
  draft.where.push({ any: [{ dimension: person, op: 'is_null', values: [] }] });
  addPresent(draft);
}

function addPresent(draft: Draft): void {
  const { catalogue, entity, where, understood, isImplied } = draft;
  if (!isImplied || saysState(catalogue, where)) return;
  const range = understood.time.range;
  const present = range === null || range.kind === 'older' ? presentState(catalogue, entity) : [];
  draft.where.push(...present);
  // What somebody lacks now has no period of its own.
  const [metric] = draft.metrics;
  if (range === null && metric?.type === 'simple' && metric.timeDimension !== null)
    draft.time = { kind: 'all' };
}
