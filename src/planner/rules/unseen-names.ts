import type { SeenNames } from '../../query/seen-names.ts';
import { fillerWords } from './filler-words.ts';
import { grammarWords } from './grammar-words.ts';
import type { Token } from './token.ts';
import { tidy, tokenise } from './token.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Fewer capitals may be anything: a greeting, a month, a language. */
const fewestWords = 2;

/**
 * "What stage is the Brightwater Energy proof of value in": something called by a name that is none of what the asker
 * sees. Whatever else of the question was not understood, no other words would bring an answer.
 */
export function unseenName(
  question: string,
  names: SeenNames | undefined,
  { words, storedWords }: Vocabulary,
): string | null {
  if (names === undefined || names.size === 0) return null;
  const text = tidy(question);
  const tokens = tokenise(text);
  // "Show Me Pipeline Coverage": where every word has a capital, none of them says anything.
  if (tokens.filter(({ capitalised }) => capitalised).length * 2 > tokens.length) return null;
  const seen = [...names.values()].flatMap((some) => [...some].map((one) => one.toLowerCase()));
  const isKnown = ({ word, lower }: Token): boolean =>
    words.has(word) || storedWords?.has(word) === true || grammarWords.has(lower);
  for (const run of capitalRuns(tokens)) {
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined || run.length < fewestWords || run.every(isKnown)) continue;
    const name = text.slice(first.start, last.end).replace(/['’]s?$/, '');
    if (!seen.some((one) => one.includes(name.toLowerCase()))) return name;
  }
  return null;
}

/** Words with capitals in a row; that a sentence begins with one says nothing. */
function capitalRuns(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const runs: Token[][] = [[]];
  for (const token of tokens) {
    const isOfName = token.kind === 'word' && token.capitalised && token.lower !== 'i';
    const opens = token.index === 0 && fillerWords.has(token.lower);
    if (isOfName && !opens) runs.at(-1)?.push(token);
    else runs.push([]);
  }
  return runs;
}
