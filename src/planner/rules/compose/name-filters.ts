import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { NameMention } from '../slots/names.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { merge, negation } from './add-condition.ts';
import { addContained } from './contained.ts';
import { type Draft, entityOfSpan, meaningsOf } from './draft.ts';
import { isCustomer } from './mean-one.ts';
import { isAskedOf, isNaming, isQuotedName, mayBeCalled } from './name-neighbours.ts';
import { refuse } from './problem.ts';
import { namingDimension, personDimensions, reachable } from './reach.ts';

/** Kinds of things that a bare name may be, likeliest first; the caller tries the next when nobody has that name. */
export function nameDimensions(draft: Pick<Draft, 'catalogue' | 'entity'>): readonly string[] {
  const open = dimensionsOf(draft.catalogue, draft.entity).filter(
    (dimension) => dimension.type === 'text' && dimension.values.length === 0 && dimension.filterable,
  );
  const people = personDimensions(draft.catalogue, draft.entity);
  const account = namingDimension(draft.catalogue, 'account');
  const own = open.filter((dimension) => dimension.entity === draft.entity && dimension.groupable);
  const first = [
    account,
    ...people,
    'contact',
    'region',
    'product',
    'segment',
    'industry',
    ...own.map((dimension) => dimension.id),
  ];
  return [...new Set([...first, ...open.map((dimension) => dimension.id)])].filter(
    (id): id is string => id !== null && open.some((dimension) => dimension.id === id),
  );
}

export function addName(draft: Draft, name: NameMention): void {
  if (addContained(draft, name)) return;
  const dimension =
    besideName(draft, name) ?? (name.isGuess ? dimensionOfGuess(draft) : dimensionOfName(draft, name));
  if (dimension === null)
    throw refuse(
      'no_field',
      name.text,
      draft.metrics.map((metric) => metric.id),
    );
  const isNegated = negation(draft, name.from);
  merge(draft, dimension, name.text, isNegated, name.from);
}

/** "Diego versus Aisha", "Diego or Aisha": what the one is, the other is as well. */
function besideName({ catalogue, understood, where }: Draft, { from }: NameMention): string | null {
  const joiner = understood.reading.tokens[from - 1]?.word;
  const isOr = joiner === 'or' && understood.names.some(({ to }) => to === from - 1);
  if (joiner !== 'versus' && !isOr) return null;
  const [only, another] = where.at(-1)?.any ?? [];
  const isName = only !== undefined && isNaming(catalogue.dimensions.get(only.dimension));
  return isName && another === undefined ? only.dimension : null;
}

/** An unknown word can only be what somebody is called. */
const dimensionOfGuess = (draft: Draft): string | null =>
  nameDimensions(draft).find((id) => isNaming(draft.catalogue.dimensions.get(id))) ?? null;

function dimensionOfName(draft: Draft, name: NameMention): string | null {
  const candidates = nameDimensions(draft);
  const noun = draft.understood.reading.tokens[name.to];
  // "enterprise customers" are customers of a kind, "the Acme account" is one customer.
  const isKind =
    noun !== undefined && !name.possessive && isCustomer(draft, noun.word) && /s$/.test(noun.lower);
  if (isKind && candidates.includes('segment')) {
    for (const span of draft.understood.spans)
      if (span.indexes.includes(name.to) && entityOfSpan(draft.catalogue, span) !== null)
        draft.used.add(span);
    return 'segment';
  }
  const { tokens } = draft.understood.reading;
  const isCalled = /^(?:named|called)$/.test(tokens[name.from - 1]?.word ?? '');
  if (isCalled) draft.usedTokens.add(name.from - 1);
  // "Where the owner is Rita": the noun before says what is called so.
  const isGlued =
    /^(?:is|are|was|were|=)$/.test(tokens[name.from - 1]?.word ?? '') &&
    tokens.some(({ lower }) => lower === 'where' || lower === 'whose');
  const before = isCalled || isGlued ? name.from - 1 : name.from;
  const behind = propertyBehind(draft, name);
  const neighbour = draft.understood.spans.find(
    (span) =>
      ((span.to === before && behind === name.to) ||
        (span.from === behind && !name.possessive && !isAskedOf(draft, name, span))) &&
      mayBeCalled(draft, span),
  );
  if (neighbour && !draft.used.has(neighbour)) {
    const ids = [
      ...meaningsOf(neighbour, 'dimension').map((one) => one.id),
      ...meaningsOf(neighbour, 'entity').flatMap((one) => namingDimension(draft.catalogue, one.id) ?? []),
    ];
    const [said] = reachable(draft.catalogue, draft.entity, withOwnPerson(draft, ids));
    // "CE-101 status": a record's number is no state of it.
    const isOfNumber = !name.isCode || /number$/i.test(said?.dimension.id ?? '') || isQuotedName(draft, name);
    // "Won deals Luis and Naomi": no deal is called so.
    const isOther =
      said !== undefined && name.of !== undefined && !isOneOf(draft, name.of, said.dimension.id);
    if (said && isOfNumber && !isOther) {
      draft.used.add(neighbour);
      return said.dimension.id;
    }
  }
  // "the deal “payments ledger”": the record that is listed.
  const own = namingDimension(draft.catalogue, draft.entity);
  const isOwn = neighbour !== undefined && entityOfSpan(draft.catalogue, neighbour) === draft.entity;
  const isQuoted = tokens[name.from]?.kind === 'quoted' && neighbour?.to === name.from;
  // "The deal “Payments ledger”, when was it opened": the noun right before says what is called so.
  const ownNoun = vocabularyOf(draft.catalogue).keyOf(tokens[before - 1]?.word ?? '');
  const isCalledSo = tokens[name.from]?.kind === 'quoted' && ownNoun === `@${draft.entity}`;
  const isOwnName = own !== null && (name.of === undefined || isOneOf(draft, name.of, own));
  if (isOwnName && (((name.isCode || isQuoted) && isOwn) || isCalledSo)) return own;
  if (name.isCode) {
    const number = dimensionsOf(draft.catalogue, draft.entity).find((one) => /number$/i.test(one.id));
    if (number) return number.id;
  }
  const people = personDimensions(draft.catalogue, draft.entity);
  const kind = knownKind(name, candidates, people);
  if (kind !== null) return kind;
  const isPlace = name.preposition === 'in' || name.preposition === 'across';
  if (isPlace && candidates.includes('region')) return 'region';
  if (isOpener(draft, name) && candidates.includes('contact')) return 'contact';
  if (/^(?:by|to|did)$/.test(name.preposition ?? '') && people[0] !== undefined) return people[0];
  return candidates[0] ?? null;
}

/** "Where Tomasz is the assignee", "with Naomi as the owner", "Tomasz or Hannah is the assignee". */
function propertyBehind({ understood: { reading, names } }: Draft, name: NameMention): number {
  const wordAt = (index: number): string => reading.tokens[index]?.lower ?? '';
  const next = names.find(({ from }) => from === name.to + 1 && /^(?:or|and)$/.test(wordAt(name.to)));
  let at = next?.to ?? name.to;
  const start = at;
  while (/^(?:is|are|as|was|were|the|their|its)$/.test(wordAt(at))) at += 1;
  return at === start ? name.to : at;
}

/** "Accounts whose owner is Naomi": whoever owns these rows, by whatever name the catalogue has it. */
function withOwnPerson({ catalogue, entity }: Draft, ids: readonly string[]): readonly string[] {
  const isPerson = ids.some((id) => {
    const home = catalogue.dimensions.get(id)?.entity;
    return home !== undefined && personDimensions(catalogue, home).includes(id);
  });
  const isReached = reachable(catalogue, entity, ids).length > 0;
  return isPerson && !isReached ? [...ids, ...personDimensions(catalogue, entity).slice(0, 1)] : ids;
}

const isOneOf = ({ catalogue, entity }: Draft, of: readonly string[], id: string): boolean =>
  of.includes(id) || (of.includes('person') && personDimensions(catalogue, entity).includes(id));

/** "Naomi and Luis": whoever the asker knows to be called so, as these rows name them. */
function knownKind(
  { of = [] }: NameMention,
  candidates: readonly string[],
  people: readonly string[],
): string | null {
  const [person] = people;
  if (of.includes('person') && person !== undefined) return person;
  return candidates.find((id) => of.includes(id)) ?? null;
}

/** "raised by Ines", "opened by": what comes in is brought by somebody at the customer. */
function isOpener({ understood }: Draft, name: NameMention): boolean {
  const { tokens } = understood.reading;
  const by = tokens.slice(Math.max(0, name.from - 2), name.from).findLast((token) => token.word === 'by');
  return by !== undefined && tokens[by.index - 1]?.word === 'opened';
}
