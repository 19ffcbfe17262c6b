import type { QueryPlan } from '../../query/metric-query.ts';
import type { PlanRequest } from '../planner.ts';
import { type Correction, correctSpelling } from '../rules/correct-spelling.ts';
import { fillerWords } from '../rules/filler-words.ts';
import { grammarWords } from '../rules/grammar-words.ts';
import { newReading } from '../rules/reading.ts';
import { readTimeSlot } from '../rules/slots/time-slot.ts';
import { type CivilDate, civilDateIn } from '../rules/time/civil-date.ts';
import { type Token, tidy, tokenise } from '../rules/token.ts';
import { vocabularyOf } from '../rules/vocabulary.ts';
import {
  keyOf,
  type Piece,
  planWith,
  spoken,
  timeSlot,
  type VerifiedIndex,
  verifiedIndexOf,
  type Wording,
  withoutPoliteness,
} from './verified-index.ts';

export interface VerifiedMatch {
  readonly plan: QueryPlan;
  readonly corrections: readonly Correction[];
}

/**
 * Plan of a question that somebody has verified: said in the same words, in the same words but for politeness and
 * typing mistakes, or with other names and periods in its slots. Anything less sure is no match.
 */
export function matchVerified({ question, catalogue, now, zone }: PlanRequest): VerifiedMatch | null {
  const index = verifiedIndexOf(catalogue);
  const typed = spoken(tokenise(tidy(question)));
  const asTyped = index.exact.get(typed.map(keyOf).join(' '));
  if (asTyped) return matched(asTyped, new Map(), []);
  const { tokens, corrections } = withoutSlips(index, typed, vocabularyOf(catalogue).words);
  const keys = tokens.map(keyOf);
  const wording = index.exact.get(keys.join(' ')) ?? index.near.get(withoutPoliteness(keys).join(' '));
  if (wording) return matched(wording, new Map(), corrections);
  return withSlots(index, typed, [], civilDateIn(zone, now));
}

/** More unknown words than this are another question, not slips. */
const mostSlips = 2;

/** Corrects what no verified question and no name of the catalogue knows; looks for nothing where that cannot help. */
function withoutSlips(
  index: VerifiedIndex,
  typed: readonly Token[],
  vocabulary: ReadonlySet<string>,
): ReturnType<typeof correctSpelling> {
  const unknown = withoutPoliteness(typed.map(keyOf)).filter((key) => !index.words.has(key));
  const cannotHelp =
    unknown.length === 0 || unknown.length > mostSlips || unknown.some((key) => vocabulary.has(key));
  return cannotHelp ? { tokens: typed, corrections: [] } : correctSpelling(typed, index.words);
}

function matched(
  { plan: written }: Wording,
  filled: ReadonlyMap<string, unknown>,
  corrections: readonly Correction[],
): VerifiedMatch | null {
  const plan = planWith(written, filled);
  return plan && { plan, corrections };
}

/** Two wordings that both fit, or one that fits in two ways, are not sure enough. */
function withSlots(
  index: VerifiedIndex,
  tokens: readonly Token[],
  corrections: readonly Correction[],
  today: CivilDate,
): VerifiedMatch | null {
  const found = new Map<string, VerifiedMatch>();
  for (const wording of index.withSlots) {
    for (const filled of fillings(wording.pieces, tokens, today)) {
      const match = matched(wording, filled, corrections);
      if (match) found.set(JSON.stringify(match.plan), match);
    }
  }
  const [only] = found.values();
  return found.size === 1 && only ? only : null;
}

const longestName = 5;
const longestPeriod = 8;

/** Every way to read the tokens as these pieces. */
function fillings(
  pieces: readonly Piece[],
  tokens: readonly Token[],
  today: CivilDate,
): readonly ReadonlyMap<string, unknown>[] {
  const [piece, ...rest] = pieces;
  if (!piece) return tokens.length === 0 ? [new Map()] : [];
  if (piece.kind === 'word') {
    const [token] = tokens;
    return token && keyOf(token) === piece.key ? fillings(rest, tokens.slice(1), today) : [];
  }
  const longest = Math.min(tokens.length, piece.name === timeSlot ? longestPeriod : longestName);
  return Array.from({ length: longest }, (_, index) => index + 1).flatMap((length) => {
    const taken = tokens.slice(0, length);
    const value = piece.name === timeSlot ? readPeriod(taken, today) : readName(taken, today);
    if (value === null) return [];
    return fillings(rest, tokens.slice(length), today).map((more) => new Map([[piece.name, value], ...more]));
  });
}

/** A range that takes every word; half a period is none. */
function readPeriod(taken: readonly Token[], today: CivilDate): unknown {
  const tokens = taken.map((token, index) => ({ ...token, index }));
  const reading = newReading(tokens.map(({ text }) => text).join(' '), tokens);
  const slot = readTimeSlot(reading, today);
  const isWhole = tokens.every(
    ({ index, word }) => !reading.isFree(index) || /^(?:in|on|for|the|during)$/.test(word),
  );
  const isPlain = slot.compare === 'none' && slot.either === null && slot.conflict === null && !slot.isNow;
  return isWhole && isPlain && slot.isAge !== true ? slot.range : null;
}

/** A quoted name, or words that are neither grammar nor a period; whether somebody is called so, the data decides. */
function readName(taken: readonly Token[], today: CivilDate): string | null {
  const [first] = taken;
  if (taken.length === 1 && first?.kind === 'quoted') return first.text;
  const isName = taken.every(
    (token) => token.kind === 'word' && !fillerWords.has(token.word) && !grammarWords.has(token.word),
  );
  return isName && readPeriod(taken, today) === null ? taken.map(({ text }) => text).join(' ') : null;
}
