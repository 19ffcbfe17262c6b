import { grammarWords } from '../grammar-words.ts';
import { plainWords } from '../plain-words.ts';
import { type Reading, range } from '../reading.ts';
import { smallNumbers } from '../small-numbers.ts';
import type { Token } from '../token.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { endOfName, mention, type NameMention, ruleWords } from './names.ts';

/** Shorter words are chat ("pls", "rn") far more often than names. */
const shortestGuess = 4;

/**
 * "pelican tickets": an unknown word in lower case that can only be somebody's name. One of them, or several joined by
 * "and", "or", "vs"; two apart are no names but words that nobody understood.
 */
export function guessNames(reading: Reading, vocabulary: Vocabulary): readonly NameMention[] {
  const found: NameMention[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    const token = reading.tokens[index];
    if (!token || !mayBegin(reading, vocabulary, token)) continue;
    const to = endOfName(reading, index, true);
    const last = reading.tokens[to - 1] ?? token;
    const text = reading.text.slice(token.start, last.end).replace(/'s?$/i, '');
    found.push({ ...mention(reading, index, to, text), isGuess: true });
    index = to - 1;
  }
  const areJoined = found.every(
    (name, index) => index === 0 || isJoined(reading, found[index - 1]?.to ?? 0, name.from),
  );
  if (!areJoined) return [];
  for (const name of found) reading.take('guessed name', range(name.from, name.to), name.text);
  return found;
}

function mayBegin(reading: Reading, vocabulary: Vocabulary, token: Token): boolean {
  const { word, lower } = token;
  // "postponed tickets": a verb, as in a name's usual place.
  if (/(?:ing|ed|est)$/.test(lower)) return false;
  if (token.kind !== 'word' || !reading.isFree(token.index) || !/^\p{L}+$/u.test(token.text)) return false;
  const isKnown = (text: string): boolean =>
    vocabulary.words.has(text) ||
    vocabulary.storedWords?.has(text) === true ||
    grammarWords.has(text) ||
    plainWords.has(text);
  // "Five customers with the lowest score": how many.
  if (Object.hasOwn(smallNumbers, lower)) return false;
  return lower.length >= shortestGuess && !isKnown(word) && !isKnown(lower) && !ruleWords.test(word);
}

function isJoined(reading: Reading, from: number, to: number): boolean {
  const between = reading.tokens.slice(from, to);
  return (
    between.length > 0 &&
    between.every((token) => token.kind === 'comma' || /^(?:and|or|versus)$/.test(token.word))
  );
}
