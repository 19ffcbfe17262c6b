import { isPut } from '../edit.ts';
import { remembered } from '../remembered.ts';
import { type Token, tidy, tokenise } from '../token.ts';
import type { Understanding } from '../understand.ts';
import { isSkippable, wordsOf } from '../vocabulary.ts';

/** Where a phrase stands in a question: its first part and, for "how did … do", its second. */
export interface PhrasePlace {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/**
 * Finds a phrase among the words of a question that are free or were taken for a name or a phrase of the catalogue: "time" in
 * "over time" is another matter. `…` stands for one or more words, and its frame may be anything; at the end of a phrase it
 * says that all words before it may be anything ("worst tickets …": a rank).
 */
export function findPhrase(understood: Understanding, phrase: string): PhrasePlace | null {
  const { all, content } = wordsIn(understood);
  const [head = '', tail] = phrase.split('…');
  if (tail === undefined) {
    const first = findWords(content, wordsOf(head), 0);
    return first && { first, second: [] };
  }
  const first = findWords(all, plainWords(head), 0);
  if (tail.trim() === '') return first && { first, second: [] };
  const after = (first?.at(-1) ?? 0) + 2;
  const second = first && findWords(all, plainWords(tail), after);
  return first && second && { first, second };
}

interface Words {
  readonly all: readonly Token[];
  /** Those that count and are not taken by grammar. */
  readonly content: readonly Token[];
}

const wordsBy = new WeakMap<Understanding, Words>();

/** Looked at once for each of some hundred phrases. */
function wordsIn(understood: Understanding): Words {
  const known = wordsBy.get(understood);
  if (known) return known;
  const { reading, spans, names } = understood;
  const isOpen = ({ index }: Token): boolean =>
    reading.isFree(index) ||
    spans.some((span) => span.indexes.includes(index)) ||
    names.some(({ from, to }) => from <= index && index < to);
  const all = reading.tokens.filter(isWord);
  const words = { all, content: all.filter((token) => !isSkippable(token) && isOpen(token)) };
  wordsBy.set(understood, words);
  return words;
}

const isWord = (token: Token): boolean => token.kind === 'word' && !isPut(token);

/** Every word of a text, the small ones too. */
export const plainWords = remembered(5000, (text: string): readonly string[] =>
  tokenise(tidy(text.trim())).map((token) => token.word),
);

function findWords(
  tokens: readonly Token[],
  words: readonly string[],
  from: number,
): readonly number[] | null {
  for (let start = 0; start + words.length <= tokens.length; start += 1) {
    const part = tokens.slice(start, start + words.length);
    if ((part[0]?.index ?? 0) < from || !part.every((token, index) => token.word === words[index])) continue;
    return part.map((token) => token.index);
  }
  return null;
}
