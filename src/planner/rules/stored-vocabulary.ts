import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { StoredValues } from '../../query/stored-values.ts';
import { wordTable } from '../../toolkit/word-table.ts';
import { fillerWords } from './filler-words.ts';
import { grammarWords } from './grammar-words.ts';
import { type Meaning, type Phrase, type Vocabulary, vocabularyOf, wordsOf } from './vocabulary.ts';

const built = new WeakMap<Catalogue, WeakMap<StoredValues, Vocabulary>>();

/**
 * The words of a catalogue and of the values that are stored in its few-valued dimensions. The catalogue's own words
 * come first: a value that is called like a figure, an entity or a dimension ("pipeline") counts only beside the name of its
 * dimension ("forecast category pipeline") or after "via".
 *
 * @param catalogue as the asker's role sees it: values of other dimensions are left out
 */
export function vocabularyWith(catalogue: Catalogue, stored: StoredValues | undefined): Vocabulary {
  const base = vocabularyOf(catalogue);
  if (stored === undefined || stored.size === 0) return base;
  const known = built.get(catalogue)?.get(stored);
  if (known) return known;
  const vocabulary = withStored(catalogue, base, stored);
  const ofCatalogue = built.get(catalogue) ?? new WeakMap<StoredValues, Vocabulary>();
  built.set(catalogue, ofCatalogue.set(stored, vocabulary));
  return vocabulary;
}

function withStored(catalogue: Catalogue, base: Vocabulary, stored: StoredValues): Vocabulary {
  const added = new Map<string, { words: readonly string[]; meanings: Meaning[] }>();
  const words = new Set<string>();
  const add = (plain: readonly string[], meaning: Meaning): void => {
    const keys = plain.map(base.keyOf);
    const key = keys.join(' ');
    const known = base.phrases.get(key);
    if (known?.meanings.some((one) => one.kind !== 'value')) return;
    const entry = added.get(key) ?? { words: keys, meanings: [...(known?.meanings ?? [])] };
    if (!entry.meanings.some((one) => isSame(one, meaning))) entry.meanings.push(meaning);
    added.set(key, entry);
    for (const word of plain) words.add(word);
  };
  for (const [dimension, values] of stored) {
    const definition = catalogue.dimensions.get(dimension);
    if (!definition) continue;
    const names = [definition.label, ...definition.synonyms].map((name) => wordsOf(name));
    for (const { plain, value, isPart } of spoken(values)) {
      // A system that rows were brought from may be called as the rows are: "escalations" are those.
      if (definition.path === 'source' && plain.some((word) => base.keyOf(word).startsWith('@'))) continue;
      const meaning: Meaning = { kind: 'value', dimension, value, label: value };
      const isOfOther = definition.isNamed === true && isStoredElsewhere(stored, dimension, plain);
      if (!isOfOther && (isPart ? !isUnit(plain) : !saysNothing(plain))) add(plain, meaning);
      // "The growth plan" of "Growth, yearly" in the column of plans, beside whatever else has a plan called so.
      const noun = isPart ? wordsOf(definition.path.split('.').at(-1) ?? '') : [];
      if (isPart) add([...plain, ...noun], meaning);
      for (const other of isPart ? calledSo(catalogue, stored, noun, plain) : [])
        add([...plain, ...noun], other);
      const isBlurred =
        isOfOther || (!isPart && saysNothing(plain)) || base.phrases.has(plain.map(base.keyOf).join(' '));
      if (!isBlurred) continue;
      add(['via', ...plain], meaning);
      for (const name of names)
        if (!name.every((word) => plain.includes(word))) {
          add([...name, ...plain], meaning);
          add([...plain, ...name], meaning);
        }
    }
  }
  const phrases = new Map<string, Phrase>([...base.phrases, ...added]);
  const storedPhrases = new Set([...added.keys()].filter((key) => !base.phrases.has(key)));
  const longest = Math.max(base.longest, ...[...added.values()].map((phrase) => phrase.words.length));
  return { ...base, phrases, longest, storedWords: words, storedPhrases };
}

/** Whether another column has a value of these very words: "Enterprise" is a segment before it is a policy. */
const isStoredElsewhere = (stored: StoredValues, dimension: string, plain: readonly string[]): boolean =>
  [...stored].some(
    ([other, values]) =>
      other !== dimension && values.some((value) => wordsOf(value).join(' ') === plain.join(' ')),
  );

/** Values of these words in other columns that go by the same noun: the tier of a customer is its plan as well. */
function* calledSo(
  catalogue: Catalogue,
  stored: StoredValues,
  noun: readonly string[],
  plain: readonly string[],
): Generator<Meaning> {
  for (const [dimension, values] of stored) {
    const { label = '', synonyms = [] } = catalogue.dimensions.get(dimension) ?? {};
    if (![label, ...synonyms].some((name) => wordsOf(name).join(' ') === noun.join(' '))) continue;
    for (const value of values)
      if (wordsOf(value).join(' ') === plain.join(' '))
        yield { kind: 'value', dimension, value, label: value };
  }
}

/** Words of a value as people say it: as it is stored, its first half ("negotiation"), its currency's name. */
function* spoken(values: readonly string[]): Generator<{
  readonly plain: readonly string[];
  readonly value: string;
  /** "Yearly" of "Growth, yearly". */
  readonly isPart: boolean;
}> {
  const openings = openingsOf(values);
  const halves = new Map<string, number>();
  for (const value of values) halves.set(half(value), (halves.get(half(value)) ?? 0) + 1);
  for (const value of values) {
    const texts = [value.replaceAll(/[_:|()]+|(?<!\bhow)-+/gi, ' '), ...(currencyNames[value] ?? [])];
    // "Negotiation/Review" is "in negotiation" to everybody, as long as no other value begins so.
    if (half(value) !== value && halves.get(half(value)) === 1) texts.push(half(value));
    // "Premium support, monthly" is "premium support" as well as one of the monthly ones.
    const parts = value.includes(', ') ? value.split(', ') : [];
    // "E-mail" and "email" are one.
    if (/\be-mail/i.test(value)) texts.push(value.replace(/\be-mail/gi, 'email'));
    texts.push(...(openings.get(value) ?? []), ...withoutBrand(values, value));
    for (const text of [...texts, ...parts]) {
      const plain = wordsOf(text);
      const isPart = parts.includes(text);
      if (plain.length > 0 && plain.length <= mostWords) yield { plain, value, isPart };
    }
  }
}

/** "Training day" of "Training day on site": two words and more that no other value begins with. */
function openingsOf(values: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const value of values) {
    const words = value.split(' ');
    if (/[,/]/.test(value) || words.length < 3) continue;
    const texts = words.map((_, index) => words.slice(0, index + 1).join(' ')).slice(1, -1);
    const isOwn = (text: string): boolean =>
      wordsOf(text).length > 1 && values.every((other) => other === value || !other.startsWith(`${text} `));
    found.set(value, texts.filter(isOwn));
  }
  return found;
}

const fewestOfBrand = 3;

/** "Vault" of "Quorum Vault", where several begin with one name and another name follows. */
function withoutBrand(values: readonly string[], value: string): readonly string[] {
  const [brand = '', ...rest] = value.split(' ');
  const isName = rest.length > 0 && rest.every((word) => /^\p{Lu}[\p{L}\d]+$/u.test(word));
  const others = values.filter((one) => one.startsWith(`${brand} `));
  return isName && others.length >= fewestOfBrand ? [rest.join(' ')] : [];
}

const mostWords = 5;
const half = (value: string): string => (value.split('/')[0] ?? value).trim();

const currencyNames: Readonly<Record<string, readonly string[]>> = wordTable({
  USD: ['dollar', 'us dollar', 'american dollar'],
  EUR: ['euro'],
  GBP: ['pound', 'british pound', 'sterling'],
  CHF: ['franc', 'swiss franc'],
  JPY: ['yen'],
});

/** "New", "Other", "Not set": words of the grammar alone, or one too short to be told from a typing mistake. */
const saysNothing = (plain: readonly string[]): boolean =>
  plain.every((word) => fillerWords.has(word) || grammarWords.has(word) || /^\d+$/.test(word)) ||
  (plain.length === 1 && (plain[0] ?? '').length < 3);

/** "By account and month": no product that is paid by the month. */
const isUnit = (plain: readonly string[]): boolean =>
  plain.every((word) => /^(?:hour|day|week|month|quarter|year)$/.test(word));

const isSame = (left: Meaning, right: Meaning): boolean => JSON.stringify(left) === JSON.stringify(right);
