import type { Catalogue } from '../../catalogue/catalogue.ts';
import { inEventForm } from './event-form.ts';
import { fillerWords } from './filler-words.ts';
import { remembered } from './remembered.ts';
import { aggregateNames } from './siblings.ts';
import { type Token, tidy, tokenise } from './token.ts';

/** What a phrase of the catalogue can mean. One phrase may mean several things; the rest of the question decides. */
export type Meaning =
  | { readonly kind: 'metric'; readonly id: string }
  | { readonly kind: 'dimension'; readonly id: string }
  | { readonly kind: 'value'; readonly dimension: string; readonly value: string; readonly label: string }
  | { readonly kind: 'entity'; readonly id: string };

export interface Phrase {
  readonly words: readonly string[];
  readonly meanings: readonly Meaning[];
  /** Those that are written with "with": "customers with escalations" are no "customer escalations". */
  readonly having?: ReadonlySet<Meaning>;
  /** Figures that are written as a mean: "messages per conversation" are not the messages of conversations. */
  readonly means?: ReadonlySet<Meaning>;
}

/** The words of a catalogue, built once per catalogue. */
export interface Vocabulary {
  /** Longest match: phrases by their words joined with spaces. */
  readonly phrases: ReadonlyMap<string, Phrase>;
  readonly longest: number;
  /** Phrases of two and more words that name a metric; their words may stand apart and in any order. */
  readonly loosePhrases: readonly Phrase[];
  readonly words: ReadonlySet<string>;
  /** Words of stored values; nothing is corrected to them or away from them. */
  readonly storedWords?: ReadonlySet<string>;
  /** Keys of phrases that only stored values have. */
  readonly storedPhrases?: ReadonlySet<string>;
  /** Key of a word: `@ticket` for every single word that names the entity ticket, the word itself otherwise. */
  readonly keyOf: (word: string) => string;
}

const built = new WeakMap<Catalogue, Vocabulary>();

export function vocabularyOf(catalogue: Catalogue): Vocabulary {
  const known = built.get(catalogue);
  if (known) return known;
  const vocabulary = buildVocabulary(catalogue);
  built.set(catalogue, vocabulary);
  return vocabulary;
}

function buildVocabulary(catalogue: Catalogue): Vocabulary {
  const keyOf = entityKeys(catalogue);
  const phrases = new Map<
    string,
    { words: readonly string[]; meanings: Meaning[]; having: Set<Meaning>; means: Set<Meaning> }
  >();
  const words = new Set<string>();
  for (const { text, meaning, isDerived } of namesOf(catalogue)) {
    const plain = wordsOf(text);
    if (plain.length === 0 || plain.every((word) => fillerWords.has(word))) continue;
    if (saysGrammar(plain) && !isUnitPrice(catalogue, meaning, plain)) continue;
    for (const word of plain) words.add(word);
    const keys = plain.map(keyOf);
    if (meaning.kind === 'metric' && blursValue(catalogue, meaning.id, text, keys)) continue;
    const key = keys.join(' ');
    // "Average order value" is a figure of its own, whatever else may be averaged.
    if (isDerived && phrases.get(key)?.meanings.some((one) => one.kind === 'metric')) continue;
    const entry = phrases.get(key) ?? { words: keys, meanings: [], having: new Set(), means: new Set() };
    if (!entry.meanings.some((other) => sameMeaning(other, meaning))) {
      entry.meanings.push(meaning);
      if (/ with /i.test(text)) entry.having.add(meaning);
      if (meaning.kind === 'metric' && saysMean(text)) entry.means.add(meaning);
    }
    phrases.set(key, entry);
  }
  // Known, so that nothing like them is read instead.
  for (const { words: open } of catalogue.ambiguous)
    for (const phrase of open) for (const word of wordsOf(phrase)) if (word !== '…') words.add(word);
  const all = [...phrases.values()];
  return {
    phrases,
    longest: Math.max(1, ...all.map((phrase) => phrase.words.length)),
    loosePhrases: all
      .filter((phrase) => phrase.words.length > 1)
      .filter((phrase) => !/^(?:how|what)$/.test(phrase.words[0] ?? ''))
      .filter((phrase) => !isShareOfEvents(phrase.words))
      .filter((phrase) => phrase.words.filter((word) => word.startsWith('@')).length < 2)
      .filter((phrase) => phrase.meanings.some((one) => one.kind === 'metric'))
      .map((phrase) => ({ ...phrase, meanings: phrase.meanings.filter((one) => one.kind === 'metric') })),
    words,
    keyOf,
  };
}

/** Whether a name or a question, from a word before the figure up to its last, is of a mean. */
export const saysMean = (text: string): boolean =>
  /\b(?:average|avg|mean|typical|usual|per|each|a)\b/i.test(text);

function* namesOf(catalogue: Catalogue): Generator<{ text: string; meaning: Meaning; isDerived?: true }> {
  for (const metric of catalogue.metrics.values()) {
    // Only a part of others: it has no words of its own.
    if (metric.hidden === true) continue;
    const meaning: Meaning = { kind: 'metric', id: metric.id };
    for (const text of [metric.label, metric.id.replaceAll('_', ' '), ...metric.synonyms])
      yield { text, meaning };
  }
  for (const { text, id } of aggregateNames(catalogue))
    yield { text, meaning: { kind: 'metric', id }, isDerived: true };
  for (const dimension of catalogue.dimensions.values()) {
    const meaning: Meaning = { kind: 'dimension', id: dimension.id };
    for (const text of [dimension.label, dimension.id.replaceAll('_', ' '), ...dimension.synonyms])
      yield { text, meaning };
    for (const { value, label, synonyms } of dimension.values) {
      const valueMeaning: Meaning = { kind: 'value', dimension: dimension.id, value, label };
      // "oldest-escalation" is a code that nobody says; its label is what people call it.
      const said = value.includes('-') ? [] : [value.replaceAll('_', ' ')];
      for (const text of [...said, label, ...synonyms]) yield { text, meaning: valueMeaning };
    }
  }
  for (const entity of catalogue.entities.values()) {
    const meaning: Meaning = { kind: 'entity', id: entity.id };
    for (const text of [
      entity.label.one,
      entity.label.many,
      entity.id.replaceAll('_', ' '),
      ...entity.synonyms,
    ])
      yield { text, meaning };
  }
}

/** Names of the catalogue are looked at for every question, and for each part of one: more texts than it has are kept. */
const mostKept = 50_000;

function countingWords(text: string): readonly string[] {
  const all = inEventForm(tokenise(tidy(text))).filter((token) => token.kind !== 'comma');
  const counting = all.filter((token) => !isSkippable(token));
  return (counting.length > 0 ? counting : all).map((token) => token.word);
}

/** Words of a catalogue phrase that count: without "of", "the" and the like. */
export const wordsOf = remembered(mostKept, countingWords);

/** "accounts by band", "how many reps", "per month": grouping and counting are read by rules, never hidden in a name. */
function saysGrammar(words: readonly string[]): boolean {
  const rest = words.slice(1);
  // "Conversations handled by the bot" says who did it.
  const isBy = rest.some(
    (word, index) => word === 'by' && !/(?:ed|won|lost|sold|made)$/.test(words[index] ?? ''),
  );
  const isGrouped = isBy || (rest.includes('per') && !words.includes('average'));
  // "per month" alone, a synonym of something monthly, would hide the grouping of every other figure.
  const isGrain = words.length === 2 && /^(?:by|per|each|every)$/.test(words[0] ?? '');
  return isGrouped || isGrain || (words[0] === 'how' && words[1] === 'many');
}

/** "Cost per response": a rate whose last word is nothing that figures are split by. */
function isUnitPrice(catalogue: Catalogue, meaning: Meaning, words: readonly string[]): boolean {
  if (meaning.kind !== 'metric' || catalogue.metrics.get(meaning.id)?.type === 'simple') return false;
  if (words.at(-2) !== 'per' || words.length > 4) return false;
  const [unit = ''] = words.slice(-1);
  const isName = (text: string): boolean => wordsOf(text).join(' ') === unit;
  return (
    !/^(?:hour|day|week|month|quarter|year)$/.test(unit) &&
    ![...catalogue.dimensions.values()].some(
      ({ label, synonyms, groupable }) => groupable && [label, ...synonyms].some(isName),
    )
  );
}

/** Small words inside a phrase that say nothing; fewer than the fillers of a whole question. */
const smallWords = new Set(
  `a an the of to for in on at from with and is are was were be been being am do does did done has have had having i we
  you us our ours your there that which what who as s it`.split(/\s+/),
);

/** Whether the words of a phrase may have this one between them. */
export function isSkippable(token: Token): boolean {
  return token.kind === 'word' && smallWords.has(token.word);
}

/**
 * "pending tickets" as a synonym of all open tickets would hide that pending is a state of its own: where a word is
 * the very name of a value, and the metric's own condition on that dimension takes in more, the value wins.
 */
function blursValue(catalogue: Catalogue, id: string, text: string, keys: readonly string[]): boolean {
  const metric = catalogue.metrics.get(id);
  if (metric?.type !== 'simple' || keys.length !== 2 || !keys.includes(`@${metric.entity}`)) return false;
  if (text === metric.label || text === id.replaceAll('_', ' ')) return false;
  const word = keys.find((key) => !key.startsWith('@')) ?? '';
  return metric.filters.some(({ dimension, values }) => {
    const known = catalogue.dimensions.get(dimension)?.values ?? [];
    const isName = known.some((one) => one.value === word || one.label.toLowerCase() === word);
    return isName && values.length > 1 && !wordsOf(metric.label).includes(word);
  });
}

/** "Share of won deals" is not the share of the deals that were won: the order of its words decides. */
const isShareOfEvents = (words: readonly string[]): boolean =>
  /^(?:share|part|percentage|percent)$/.test(words[0] ?? '') &&
  /(?:ed|won|lost|sold)$/.test(words.at(-1) ?? '');

/** Single words that name exactly one entity become one key, so that "opportunities won" is "deals won". */
function entityKeys(catalogue: Catalogue): (word: string) => string {
  const owners = new Map<string, Set<string>>();
  for (const entity of catalogue.entities.values()) {
    for (const text of [entity.label.one, entity.label.many, entity.id, ...entity.synonyms]) {
      const words = wordsOf(text.replaceAll('_', ' '));
      const [word] = words;
      if (words.length !== 1 || word === undefined) continue;
      owners.set(word, (owners.get(word) ?? new Set()).add(entity.id));
    }
  }
  const keys = new Map<string, string>();
  for (const [word, ids] of owners) if (ids.size === 1) keys.set(word, `@${[...ids].join('')}`);
  return (word) => keys.get(word) ?? word;
}

function sameMeaning(left: Meaning, right: Meaning): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
