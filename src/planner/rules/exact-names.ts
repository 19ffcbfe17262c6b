import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Edit } from './edit.ts';
import { inPlainWords } from './plain-speech.ts';
import { type Token, tidy, tokenise } from './token.ts';

interface ExactName {
  readonly words: readonly string[];
  readonly id: string;
  readonly label: string;
}

const known = new WeakMap<Catalogue, ReadonlyMap<string, readonly ExactName[]>>();

/** Names of figures that have several words, by the first of them; longest first. */
function namesOf(catalogue: Catalogue): ReadonlyMap<string, readonly ExactName[]> {
  const before = known.get(catalogue);
  if (before !== undefined) return before;
  const byFirst = new Map<string, ExactName[]>();
  for (const { id, label, synonyms, hidden } of catalogue.metrics.values()) {
    if (hidden === true) continue;
    for (const name of [label, ...synonyms].flatMap(asHeard)) {
      const words = lowerWords(name);
      const [first] = words;
      if (first === undefined || words.length < 2) continue;
      byFirst.set(first, [...(byFirst.get(first) ?? []), { words, id, label }]);
    }
  }
  for (const names of byFirst.values()) names.sort((left, right) => right.words.length - left.words.length);
  known.set(catalogue, byFirst);
  return byFirst;
}

/** Words that a question may be told in other ones for: the name is then heard so as well. */
const isRetold = /\b(?:last|since|came|come|back|out|who|nobody|waiting|whose)\b/i;

const asHeard = (name: string): readonly string[] =>
  isRetold.test(name) ? [name, inPlainWords(tidy(name))] : [name];

const lowerWords = (text: string): readonly string[] => tokenise(tidy(text)).map(({ lower }) => lower);

/**
 * "Replies per ticket", "days since the last touch": the name of a figure, word by word as the catalogue has it, though
 * some of its words would otherwise group, compare or tell a time.
 *
 * @returns the longest one as a reading of those words; null where the question holds none
 */
export function exactName(catalogue: Catalogue, tokens: readonly Token[]): Edit | null {
  const names = namesOf(catalogue);
  let longest: Edit | null = null;
  for (const { index: from, lower } of tokens) {
    const found = names
      .get(lower)
      ?.find(({ words }) => words.every((word, at) => tokens[from + at]?.lower === word));
    if (found === undefined) continue;
    const to = from + found.words.length;
    if (longest !== null && longest.to - longest.from >= to - from) continue;
    const meaning = { kind: 'metric', id: found.id } as const;
    longest = { from, to, put: [{ kind: 'meaning', label: found.label, meaning }] };
  }
  return longest;
}
