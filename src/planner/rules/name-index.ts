import type { SeenNames } from '../../query/seen-names.ts';

/** A name as its words, and where its own part begins: "Payments ledger" of "Borealis Telecom: Payments ledger". */
export interface KnownName {
  readonly dimension: string;
  readonly name: string;
  readonly words: readonly string[];
  /** Words of whose it is, before the colon; empty where a name has none. */
  readonly owner: readonly string[];
}

export interface NameIndex {
  /** Names by each word that they may be called by: the first one, and for records of an owner any of their own. */
  readonly byWord: ReadonlyMap<string, readonly KnownName[]>;
  readonly firstWords: readonly string[];
}

const built = new WeakMap<SeenNames, NameIndex>();

/** Built once for the names of an asker. */
export function nameIndexOf(names: SeenNames): NameIndex {
  const known = built.get(names);
  if (known) return known;
  const byWord = new Map<string, KnownName[]>();
  const firstWords = new Set<string>();
  for (const [dimension, values] of names)
    for (const name of values) {
      const one = knownName(dimension, name);
      const [first = ''] = one.words;
      const keys = one.owner.length > 0 ? new Set(one.words) : [first];
      if (one.owner.length === 0) firstWords.add(first);
      for (const key of keys) byWord.set(key, [...(byWord.get(key) ?? []), one]);
    }
  const index: NameIndex = { byWord, firstWords: [...firstWords] };
  built.set(names, index);
  return index;
}

function knownName(dimension: string, name: string): KnownName {
  const [owner = '', own] = name.split(': ');
  const isOwned = dimension === 'deal' && own !== undefined;
  return {
    dimension,
    name,
    words: nameWords(isOwned ? own : name),
    owner: isOwned ? nameWords(owner) : [],
  };
}

/** "Alder & Finch Inc." as it is compared: alder, and, finch, inc. */
export const nameWords = (text: string): readonly string[] =>
  (text.normalize('NFKC').toLowerCase().match(wordPattern) ?? []).map(plain);

const wordPattern = /[\p{L}\p{N}]+(?:'(?!s\b)\p{L}+)?|&/gu;
const plain = (word: string): string => (word === '&' ? 'and' : word);

/** A word of a text, with its place. */
export interface PlacedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Set apart from the word before it by more than a space or a hyphen. */
  readonly isApart: boolean;
  /** "Umbra's". */
  readonly isPossessive: boolean;
  readonly isCapitalised: boolean;
}

/** Words of a tidied question; what stands in quotes is none of them. */
export function placedWords(text: string): readonly PlacedWord[] {
  const open = text.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
  const words: PlacedWord[] = [];
  for (const match of open.matchAll(wordPattern)) {
    const start = match.index;
    const end = start + match[0].length;
    const between = open.slice(words.at(-1)?.end ?? 0, start);
    words.push({
      word: plain(match[0].toLowerCase()),
      start,
      end,
      isApart: !/^[ -]$/.test(between),
      isPossessive: /^'(?:s\b)?/.test(open.slice(end)),
      isCapitalised: /^\p{Lu}/u.test(match[0]),
    });
  }
  return words.filter(({ word, start }) => !(word === 's' && open[start - 1] === "'"));
}
