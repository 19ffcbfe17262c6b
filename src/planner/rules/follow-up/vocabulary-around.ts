import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { StoredValues } from '../../../query/stored-values.ts';
import { entityOfSpan, meaningsOf } from '../compose/draft.ts';
import { fillerWords } from '../filler-words.ts';
import { grammarWords } from '../grammar-words.ts';
import type { Understanding } from '../understand.ts';
import { type Meaning, type Phrase, type Vocabulary, wordsOf } from '../vocabulary.ts';

const built = new WeakMap<Vocabulary, Map<string, Vocabulary>>();

/**
 * The words of a catalogue as they are heard beside an answer about rows of one kind. "By reason" after failed messages
 * is the reason of the failure, "and lost ones" after won deals are the lost deals: names may leave out what the rows
 * are called, and a word that these rows have is theirs, whatever else has it.
 */
export function vocabularyAround(
  catalogue: Catalogue,
  base: Vocabulary,
  entity: string,
  stored: StoredValues = new Map(),
): Vocabulary {
  const known = built.get(base)?.get(entity);
  if (known) return known;
  const vocabulary = build(catalogue, base, entity, stored);
  const ofBase = built.get(base) ?? new Map<string, Vocabulary>();
  built.set(base, ofBase.set(entity, vocabulary));
  return vocabulary;
}

/** Entity of the first figure or records that a question names, before anything that it is split by. */
export function rowsSpokenOf(catalogue: Catalogue, { spans, reading }: Understanding): string | null {
  for (const span of spans) {
    if (/^(?:by|per|each|every|with|without)$/.test(reading.tokens[span.from - 1]?.word ?? '')) return null;
    const noun = entityOfSpan(catalogue, span);
    if (noun !== null) return noun;
    const figures = new Set(meaningsOf(span, 'metric').map(({ id }) => figureEntity(catalogue, id)));
    if (figures.size === 1) return [...figures][0] ?? null;
  }
  return null;
}

function build(catalogue: Catalogue, base: Vocabulary, entity: string, stored: StoredValues): Vocabulary {
  const phrases = new Map<string, Phrase>();
  for (const [key, phrase] of base.phrases)
    phrases.set(key, { ...phrase, meanings: nearOnes(catalogue, entity, phrase.meanings) });
  const short = shortNames(catalogue, base, entity);
  const loose: Phrase[] = [];
  for (const [key, meanings] of short) {
    const phrase = phrases.get(key);
    const words = key.split(' ');
    const own = isDimension(meanings) && meanings.length > 1 ? [] : meanings;
    if (own.length === 0) continue;
    const heard = phrase ? beside(catalogue, entity, phrase.meanings, own) : own;
    phrases.set(key, { words, meanings: heard });
    const figures = own.filter(({ kind }) => kind === 'metric');
    if (words.length > 1 && figures.length > 0) loose.push({ words, meanings: figures });
  }
  for (const { key, meaning } of blurredValues(catalogue, base, entity, stored)) {
    const phrase = phrases.get(key);
    if (phrase) phrases.set(key, { ...phrase, meanings: [...phrase.meanings, meaning] });
  }
  const words = new Set([...base.words, ...[...short.keys()].flatMap((key) => key.split(' '))]);
  return { ...base, phrases, words, loosePhrases: [...base.loosePhrases, ...loose] };
}

/** "From campaigns" after leads: a value of these rows that is called like other records. */
function* blurredValues(
  catalogue: Catalogue,
  base: Vocabulary,
  entity: string,
  stored: StoredValues,
): Generator<{ key: string; meaning: Meaning }> {
  for (const [id, values] of stored) {
    const dimension = catalogue.dimensions.get(id);
    if (!dimension || findWay(catalogue, entity, dimension)?.distance !== 0) continue;
    for (const value of values) {
      const plain = wordsOf(value.replaceAll(/[_\-/]+/g, ' '));
      const key = plain.map(base.keyOf).join(' ');
      const known = base.phrases.get(key)?.meanings ?? [];
      const isOther = known.length > 0 && known.every((one) => one.kind !== 'value' || one.dimension !== id);
      if (isOther && !plain.every(saysNothing))
        yield { key, meaning: { kind: 'value', dimension: id, value, label: value } };
    }
  }
}

const isDimension = (meanings: readonly Meaning[]): boolean =>
  meanings.every(({ kind }) => kind === 'dimension');

/** Where some meanings are of these rows, others of their kind with the same word are not meant. */
function nearOnes(catalogue: Catalogue, entity: string, meanings: readonly Meaning[]): readonly Meaning[] {
  const isNear = (one: Meaning): boolean => reaches(catalogue, entity, one) === true;
  const nearKinds = new Set(meanings.filter(isNear).map(({ kind }) => kind));
  if (nearKinds.size === 0) return meanings;
  const near = meanings.filter(
    (one) => reaches(catalogue, entity, one) !== false || !nearKinds.has(one.kind),
  );
  // "First response" after conversations is theirs, not the tickets'.
  const figures = near.filter((one) => one.kind === 'metric');
  const own = figures.filter((one) => figureEntity(catalogue, one.id) === entity);
  return own.length === 0 ? near : near.filter((one) => one.kind !== 'metric' || own.includes(one));
}

/** null: neither near nor far. */
function reaches(catalogue: Catalogue, entity: string, meaning: Meaning): boolean | null {
  if (meaning.kind === 'metric') return figureEntity(catalogue, meaning.id) === entity ? true : null;
  if (meaning.kind === 'entity') return null;
  const id = meaning.kind === 'value' ? meaning.dimension : meaning.id;
  const dimension = catalogue.dimensions.get(id);
  return dimension !== undefined && findWay(catalogue, entity, dimension) !== null;
}

function figureEntity(catalogue: Catalogue, id: string): string | null {
  const metric = catalogue.metrics.get(id);
  return metric ? (entityOf(catalogue, metric)?.id ?? null) : null;
}

/** A short name joins what the word means of these rows, and takes the place of what it means of others. */
function beside(
  catalogue: Catalogue,
  entity: string,
  known: readonly Meaning[],
  own: readonly Meaning[],
): readonly Meaning[] {
  const near = known.filter((one) => reaches(catalogue, entity, one) !== false);
  // A dimension of these rows keeps its full name to itself: "team" is no short "team of the owner".
  const isNamed = known.some((one) => one.kind === 'dimension' && reaches(catalogue, entity, one) === true);
  if (isDimension(own) && isNamed) return known;
  const figures = own.some(({ kind }) => kind === 'metric');
  const kept = figures
    ? near.filter((one) => one.kind !== 'metric' || figureEntity(catalogue, one.id) === entity)
    : near;
  const added = own.filter((one) => !kept.some((other) => JSON.stringify(other) === JSON.stringify(one)));
  return [...kept, ...added];
}

/** Figures and dimensions of an entity by their names without the entity's own, and dimensions by their last word. */
function shortNames(catalogue: Catalogue, base: Vocabulary, entity: string): ReadonlyMap<string, Meaning[]> {
  const found = new Map<string, Meaning[]>();
  const add = (words: readonly string[], meaning: Meaning): void => {
    if (words.length === 0 || words.every(saysNothing)) return;
    const key = words.join(' ');
    const list = found.get(key) ?? [];
    const isKnown = list.some((one) => JSON.stringify(one) === JSON.stringify(meaning));
    if (!isKnown) found.set(key, [...list, meaning]);
  };
  const own = `@${entity}`;
  const names = new Set(wordsOf(catalogue.entities.get(entity)?.label.one ?? ''));
  for (const metric of catalogue.metrics.values()) {
    if (metric.hidden === true || entityOf(catalogue, metric)?.id !== entity) continue;
    for (const name of [metric.label, ...metric.synonyms]) {
      const words = wordsOf(name).map(base.keyOf);
      const rest = words.filter((word) => word !== own);
      const isCut = rest.length < words.length && !rest.some((word) => word.startsWith('@'));
      if (isCut && !rest.some(decides)) add(rest, { kind: 'metric', id: metric.id });
    }
  }
  for (const dimension of catalogue.dimensions.values()) {
    const isOwn = findWay(catalogue, entity, dimension)?.distance === 0;
    const isDate = dimension.type === 'date' || dimension.type === 'instant';
    const isText = dimension.groupable && dimension.type === 'text';
    if (!isOwn || dimension.hidden === true || (!isText && !isDate)) continue;
    for (const name of [dimension.label, ...dimension.synonyms]) {
      const words = wordsOf(name).map(base.keyOf);
      if (words.length < 2) continue;
      const meaning: Meaning = { kind: 'dimension', id: dimension.id };
      add(
        words.filter((word) => word !== own && !names.has(word)),
        meaning,
      );
      if (isText && words.at(-1) !== own) add(words.slice(-1), meaning);
    }
  }
  return found;
}

const saysNothing = (word: string): boolean =>
  fillerWords.has(word) || grammarWords.has(word) || word.startsWith('@') || word.length < 3;

/** Words that turn the rest of a name round are never left to stand for it. */
const decides = (word: string): boolean => /^(?:not|no|without|per|how|many|what)$/.test(word);
