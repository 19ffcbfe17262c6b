import { editDistance } from '../../toolkit/edit-distance.ts';
import { canonical } from './canonical.ts';
import { grammarWords } from './grammar-words.ts';
import { plainWords } from './plain-words.ts';
import type { Token } from './token.ts';

export interface Correction {
  readonly typed: string;
  readonly read: string;
}

/** Below this length one letter makes another word too easily. */
const shortestCorrected = 4;
/** What is stored is called in many ways: only a long word is surely one of them. */
const shortestStored = 7;
/** From this length two slips are likelier than another word. */
const twoSlipsFrom = 8;
/** Up to this length a replaced letter makes another word; only swapped, doubled or missing letters are typos. */
const longestWithoutReplacing = 6;

/**
 * Reads unknown lower-case words as the vocabulary's nearest word when exactly one is near. Names (capitalised,
 * quoted) and ordinary English words stay as typed. Every correction is told to the reader.
 */
export function correctSpelling(
  tokens: readonly Token[],
  vocabularyWords: ReadonlySet<string>,
  storedWords: ReadonlySet<string> = new Set(),
): { readonly tokens: readonly Token[]; readonly corrections: readonly Correction[] } {
  const corrections: Correction[] = [];
  const known = (word: string): boolean =>
    vocabularyWords.has(word) || grammarWords.has(word) || storedWords.has(word);
  const corrected = tokens.map((token, index): Token => {
    const looksLikeName = token.capitalised && index > 0;
    if (token.kind !== 'word' || looksLikeName || known(token.word) || known(token.lower)) return token;
    const unit = token.lower.length === 3 ? unitWithout.get(token.lower) : undefined;
    if (unit !== undefined && !plainWords.has(token.lower)) {
      corrections.push({ typed: token.text, read: unit });
      return { ...token, lower: unit, word: unit, capitalised: false };
    }
    if (token.lower.length < shortestCorrected || isPlain(token.lower) || isPlain(token.word)) return token;
    const read =
      nearestWord(token.lower, vocabularyWords) ??
      nearestWord(token.lower, grammarWords) ??
      (token.lower.length >= shortestStored ? nearestWord(token.lower, storedWords) : null) ??
      withVowels(token.lower);
    if (read === null || isFarFromOne(token.lower, read)) return token;
    corrections.push({ typed: token.text, read });
    return { ...token, lower: read, word: canonical(read), capitalised: false };
  });
  return { tokens: corrected, corrections };
}

/** "Improved" is no typo of "imported": every form of an ordinary word is one. */
const isPlain = (word: string): boolean => plainWords.has(word) || plainForms.has(word);

const plainForms: ReadonlySet<string> = new Set([...plainWords].flatMap(formsOf));

/** Its plural and, were it a verb, its other forms; some of them are no words at all, and nobody types these. */
function formsOf(word: string): readonly string[] {
  const stem = word.replace(/e$/, '');
  const past = /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ied` : `${stem}ed`;
  const several = /(?:s|x|ch|sh)$/.test(word)
    ? `${word}es`
    : /[^aeiou]y$/.test(word)
      ? `${word.slice(0, -1)}ies`
      : `${word}s`;
  const double = `${word}${word.at(-1) ?? ''}`;
  const doubled = /[^aeiou][aeiou][bdgmnprt]$/.test(word) ? [`${double}ed`, `${double}ing`] : [];
  return [several, past, `${stem}ing`, ...doubled];
}

/** "Everline" is somebody's name rather than "everyone" with two slips, and would lift the condition that it is. */
const isFarFromOne = (typed: string, read: string): boolean =>
  /^(?:every|any|some|no)(?:one|body|thing)$/.test(read) && editDistance(typed, read, 1) > 1;

const consonants = (word: string): string => word.replaceAll(/(?<!^)[aeiou]/g, '');
const shortestSkeleton = 5;

/** "Ystrday", "nvember": words of the grammar typed without their vowels, when one alone fits. */
function withVowels(typed: string): string | null {
  const skeleton = consonants(typed);
  if (skeleton.length < shortestSkeleton) return null;
  const fitting = [...grammarWords].filter((word) => consonants(word) === skeleton);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** Units of time with one letter missing: too short for the general rule, and said in half of all questions. */
const unitWithout: ReadonlyMap<string, string> = new Map(
  ['week', 'year', 'hour'].flatMap((unit) =>
    Array.from(unit, (_, at) => [unit.slice(0, at) + unit.slice(at + 1), unit] as const).slice(1),
  ),
);

/**
 * Of two words equally near the one wins whose letters were left out or swapped: fingers skip and swap letters more often
 * than they hit others.
 *
 * @returns the one nearest word, null when there is none or a tie
 */
function nearestWord(typed: string, words: ReadonlySet<string>): string | null {
  const limit = typed.length >= twoSlipsFrom ? 2 : 1;
  let best: string | null = null;
  let bestDistance = limit + 1;
  let isTie = false;
  for (const word of words) {
    if (word.length < shortestCorrected || word[0] !== typed[0]) continue;
    const several = word.endsWith('y')
      ? `${word.slice(0, -1)}ies`
      : `${word}${/(?:s|x|ch|sh)$/.test(word) ? 'es' : 's'}`;
    const distance = Math.min(weighed(typed, word, limit), weighed(typed, several, limit));
    if (distance > limit) continue;
    if (distance === bestDistance) isTie = true;
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
      isTie = false;
    }
  }
  return isTie ? null : best;
}

/** Less than one slip: only breaks ties. */
const likelySlip = 0.25;

function weighed(typed: string, word: string, limit: number): number {
  const distance = slips(typed, word, limit);
  if (distance === 0 || distance > limit) return distance;
  const isLikely = isWithin(typed, word) || (typed.length === word.length && isSwapped(typed, word));
  return isLikely ? distance - likelySlip : distance;
}

/** All letters of the one, in their order, within the other. */
function isWithin(typed: string, word: string): boolean {
  if (typed.length >= word.length) return false;
  let at = 0;
  for (const letter of word) if (letter === typed[at]) at += 1;
  return at === typed.length;
}

function slips(typed: string, word: string, limit: number): number {
  if (typed.length <= longestWithoutReplacing && typed.length === word.length)
    return editDistance(typed, word, 1) === 1 && isSwapped(typed, word) ? 1 : limit + 1;
  return editDistance(typed, word, limit);
}

const isSwapped = (typed: string, word: string): boolean => sortLetters(typed) === sortLetters(word);

const sortLetters = (word: string): string => Array.from(word).sort().join('');
