import type { SayingPart } from '../../../catalogue/saying-pattern.ts';
import type { Token } from '../token.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { lemma } from './lemma.ts';
import { isAdjective, isArticle, isPassed, isSilent } from './spoken-words.ts';

/** Half-open range of tokens. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a saying was found, and what stands within it. */
export interface SayingMatch extends Stretch {
  /** Tokens that are words of the saying. */
  readonly words: readonly number[];
  /** Records as they were said. */
  readonly records: ReadonlyMap<string, Stretch>;
  readonly gaps: readonly Stretch[];
}

/** A question in which sayings are looked for. */
export interface Said {
  readonly tokens: readonly Token[];
  readonly vocabulary: Vocabulary;
  /** What records are called, by the asker who may not see them as well. */
  readonly nouns: (entity: string) => ReadonlySet<string>;
  /** Whether a token is part of a time. */
  readonly isTime: (index: number) => boolean;
}

/** The one with the most words of its own; of those the one that passes over the fewest. */
export function better(one: SayingMatch | null, other: SayingMatch | null): SayingMatch | null {
  if (one === null || other === null) return one ?? other;
  const [words, others] = [one.words.length, other.words.length];
  const isShorter = passed(other) < passed(one);
  return others > words || (others === words && isShorter) ? other : one;
}

const passed = ({ gaps }: SayingMatch): number => gaps.reduce((sum, { from, to }) => sum + to - from, 0);

type Continue = (at: number, match: SayingMatch) => SayingMatch | null;

/** The saying from this token on; of several ways to read it the best. */
export function matchSaying(said: Said, parts: readonly SayingPart[], from: number): SayingMatch | null {
  const start: SayingMatch = { from, to: from, words: [], records: new Map(), gaps: [] };
  return matchParts(said, parts, from, start, (to, match) => ({ ...match, to }));
}

function matchParts(
  said: Said,
  parts: readonly SayingPart[],
  at: number,
  match: SayingMatch,
  next: Continue,
): SayingMatch | null {
  const [part, ...rest] = parts;
  if (part === undefined) return next(at, match);
  return matchPart(said, part, at, match, (to, found) => matchParts(said, rest, to, found, next));
}

function matchPart(
  said: Said,
  part: SayingPart,
  at: number,
  match: SayingMatch,
  next: Continue,
): SayingMatch | null {
  switch (part.kind) {
    case 'gap':
      return matchGap(said, at, match, next);
    case 'choice': {
      const found = part.options.map((option) => matchParts(said, option, at, match, next));
      return found.reduce(better, null);
    }
    case 'start':
      return at === match.from && said.tokens.slice(0, at).every(isSilent) ? next(at, match) : null;
    case 'end': {
      const rest = said.tokens.slice(at);
      const isEnd = rest.every((token, index) => isSilent(token) || said.isTime(at + index));
      return isEnd ? next(at, match) : null;
    }
    default:
      return matchHere(said, part, at, match, next);
  }
}

/** Silent words may stand before any word of a saying but the first. */
function matchHere(
  said: Said,
  part: Extract<SayingPart, { kind: 'word' | 'records' }>,
  at: number,
  match: SayingMatch,
  next: Continue,
): SayingMatch | null {
  for (let index = at; index < said.tokens.length; index += 1) {
    const token = said.tokens[index];
    if (token === undefined) return null;
    if (part.kind === 'word') {
      if (isWord(token, part)) return next(index + 1, { ...match, words: [...match.words, index] });
    } else {
      const noun = recordsAt(said, part.entities, index);
      if (noun) {
        const records = new Map([...match.records, [part.name, noun]]);
        return next(noun.to, { ...match, records, words: [...match.words, noun.to - 1] });
      }
    }
    if (index === match.from || !isSilent(token)) return null;
  }
  return null;
}

function isWord(
  { kind, lower, word }: Token,
  { word: said, isExact }: Extract<SayingPart, { kind: 'word' }>,
): boolean {
  if (kind !== 'word') return false;
  return isExact ? lower === said : lemma(lower) === lemma(said) || lemma(word) === lemma(said);
}

const longestGap = 9;

function matchGap(said: Said, at: number, match: SayingMatch, next: Continue): SayingMatch | null {
  let best: SayingMatch | null = null;
  for (let to = at; to <= at + longestGap; to += 1) {
    const gap = to === at ? [] : [{ from: at, to }];
    best = better(best, next(to, { ...match, gaps: [...match.gaps, ...gap] }));
    const token = said.tokens[to];
    if (token === undefined || !isPassed(token, said.vocabulary, said.isTime(to)) || isDoer(said, at, to))
      break;
  }
  return best;
}

/** "How long do partners take": whoever does it makes another figure of it, unless a small word says how they belong to it. */
function isDoer({ tokens, vocabulary: { keyOf } }: Said, from: number, at: number): boolean {
  const key = keyOf(tokens[at]?.word ?? '');
  if (!key.startsWith('@') || key === '@person' || key === '@team') return false;
  return !tokens.slice(from, at).some(({ lower }) => belongs.test(lower));
}

const belongs = /^(?:of|for|in|on|at|with|by|from|per|each|every|across|among|my)$/;

const mostAdjectives = 4;

/** "A high priority ticket", "our open enterprise deals": the noun of these records, with what stands before it. */
function recordsAt(
  { tokens, vocabulary, nouns }: Said,
  entities: readonly string[],
  at: number,
): Stretch | null {
  let from = at;
  while (tokens[from] !== undefined && isArticle(tokens[from] as Token)) from += 1;
  for (let index = from; index <= from + mostAdjectives; index += 1) {
    const token = tokens[index];
    if (token === undefined) return null;
    const to = nounEnd(tokens, nouns, entities, index) ?? nameEnd(tokens, entities, index);
    if (to !== null) return { from, to };
    if (!isAdjective(token, vocabulary)) return null;
  }
  return null;
}

/** What people call by its name alone, where others would say "the ticket …" first. */
const named: ReadonlySet<string> = new Set(['account', 'partner', 'campaign', 'product']);

/** "How heavily does Borealis Telecom use the API": one of them by its name. */
function nameEnd(tokens: readonly Token[], entities: readonly string[], at: number): number | null {
  if (!entities.some((one) => named.has(one))) return null;
  if (tokens[at]?.kind === 'quoted') return at + 1;
  let to = at;
  while (at > 0 && tokens[to]?.capitalised === true && tokens[to]?.lower !== 'i') to += 1;
  return to > at ? to : null;
}

const longestNoun = 3;

function nounEnd(
  tokens: readonly Token[],
  nouns: Said['nouns'],
  entities: readonly string[],
  at: number,
): number | null {
  for (let length = longestNoun; length >= 1; length -= 1) {
    const noun = tokens.slice(at, at + length);
    if (noun.length < length || noun.some(({ kind }) => kind !== 'word')) continue;
    const words = noun.map(({ word }) => word).join(' ');
    if (entities.some((entity) => nouns(entity).has(words))) return at + length;
  }
  return null;
}
