import { languageOf } from '../language.ts';
import { wordsOf } from '../words.ts';
import { degrees, LEXICON_VERSION, negations, weights } from './lexicon-words.ts';
import type { SentimentScorer } from './scorer.ts';

/** A negation reaches this many words on; "not at all happy" has two between. */
const NEGATION_REACH = 3;
/** "Not bad" is not as good as "good". */
const NEGATED = -0.6;
/** After a "but" stands what the writer means. */
const BEFORE_BUT = 0.5;
/**
 * Half-way point of the squashing below: weights that sum up to 3, one extreme word, give 0.7. The shape s / sqrt(s² + a)
 * is that of VADER (Hutto & Gilbert 2014), whose a of 15 is for tweets full of strong words.
 */
const SQUASH = 9;

/** A word of the lexicon that was found, with the weight that it had in its place; what a person can check. */
export interface LexiconHit {
  readonly word: string;
  readonly weight: number;
}

export interface LexiconReading {
  /** -1 to 1. */
  readonly score: number;
  readonly hits: readonly LexiconHit[];
}

/**
 * Reads the tone of an English text word by word: s = sum of the weights of the words found, each turned around after a
 * negation and strengthened or weakened by a degree word before it; score = s / sqrt(s² + 9).
 *
 * @param more words of the user with their weights from -3 to 3; they come before ours
 * @returns null when nothing can be said: no word of the text is known and it is not plainly English, or it is plainly
 *   of another language. English without a word of the lexicon is neutral, 0.
 */
export function readByLexicon(text: string, more: ReadonlyMap<string, number> = none): LexiconReading | null {
  const words = wordsOf(text);
  const language = languageOf(words);
  if (language === 'other') return null;
  const hits = findHits(words, more);
  if (hits.length === 0 && language !== 'english') return null;
  const lastBut = Math.max(words.lastIndexOf('but'), words.lastIndexOf('however'));
  let sum = 0;
  for (const { weight, at } of hits) sum += at < lastBut ? BEFORE_BUT * weight : weight;
  return { score: sum / Math.sqrt(sum * sum + SQUASH), hits };
}

/** The default scorer: no training, no network, the same score for the same text. */
export function lexiconScorer(more: ReadonlyMap<string, number> = none): SentimentScorer {
  const version = more.size === 0 ? LEXICON_VERSION : `${LEXICON_VERSION}+${more.size}`;
  return { source: 'lexicon', version, score: (text) => readByLexicon(text, more)?.score ?? null };
}

const none: ReadonlyMap<string, number> = new Map();

function findHits(
  words: readonly string[],
  more: ReadonlyMap<string, number>,
): readonly (LexiconHit & { readonly at: number })[] {
  const hits: (LexiconHit & { readonly at: number })[] = [];
  const weightOf = (entry: string) => more.get(entry) ?? weights.get(entry);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const pair = at + 1 < words.length ? `${word} ${words[at + 1]!}` : '';
    const ofPair = pair === '' ? undefined : weightOf(pair);
    if (ofPair !== undefined) {
      hits.push({ word: pair, weight: ofPair, at });
      at += 1;
      continue;
    }
    const own = weightOf(word);
    // A negation that is itself in the lexicon turns others around and says nothing alone.
    if (own === undefined || negations.has(word)) continue;
    hits.push({ word, weight: own * degreeBefore(words, at) * turnBefore(words, at, hits), at });
  }
  return hits;
}

function degreeBefore(words: readonly string[], at: number): number {
  return degrees.get(words[at - 1] ?? '') ?? 1;
}

function turnBefore(
  words: readonly string[],
  at: number,
  hits: readonly { readonly word: string; readonly at: number }[],
): number {
  // A pair has used up its negation: "not working, great" is not "not great".
  const last = hits.at(-1);
  const usedUpTo = last === undefined ? -1 : last.at + (last.word.includes(' ') ? 1 : 0);
  for (let before = at - 1; before >= Math.max(0, at - NEGATION_REACH); before -= 1) {
    if (before <= usedUpTo) return 1;
    if (negations.has(words[before]!)) return NEGATED;
  }
  return 1;
}
