import { wordTable } from '../../../toolkit/word-table.ts';
import { type Reading, range } from '../reading.ts';
import { smallNumbers } from '../small-numbers.ts';
import type { Span } from '../span.ts';

export interface Ranking {
  /** `best` and `worst` depend on which direction is good for the metric. */
  readonly direction: 'desc' | 'asc' | 'best' | 'worst' | 'newest' | 'oldest';
  readonly n: number | null;
  readonly at: number;
  /** "Highest first": all of them in this order. */
  readonly isOrder?: true;
  /** "Top 5", "bottom 3": how many, where something else may say which end of what. */
  readonly isEnd?: boolean;
}

const directions: Readonly<Record<string, Ranking['direction']>> = wordTable({
  top: 'desc',
  ranked: 'desc',
  sorted: 'desc',
  ordered: 'desc',
  best: 'best',
  bottom: 'asc',
  worst: 'worst',
  weakest: 'worst',
  strongest: 'best',
  leading: 'desc',
  highest: 'desc',
  biggest: 'desc',
  largest: 'desc',
  greatest: 'desc',
  most: 'desc',
  longest: 'desc',
  slowest: 'desc',
  busiest: 'desc',
  quietest: 'asc',
  smallest: 'asc',
  lowest: 'asc',
  fewest: 'asc',
  least: 'asc',
  shortest: 'asc',
  fastest: 'asc',
  quickest: 'asc',
  newest: 'newest',
  latest: 'newest',
  oldest: 'oldest',
  earliest: 'oldest',
});

/** Words that order; in the name of a figure they say less than its other words. */
export const isRankingWord = (word: string): boolean => Object.hasOwn(directions, word);

/** "Top one" is nobody's way to say it; "which one" would be a number. */
const { one: _, ...severalNumbers } = smallNumbers;
const counts = wordTable({ ...severalNumbers, twenty: 20 });

/** "worst first", "lowest first": an order said after everything else, not part of a figure's name. */
export function readOrderedFirst(reading: Reading): Ranking | null {
  for (const token of reading.tokens) {
    const direction = directions[token.word];
    if (direction === undefined) continue;
    // "Worst severity first": what it goes by stands between.
    const first = [1, 2, 3]
      .map((offset) => token.index + offset)
      .find((index) => reading.tokens[index]?.lower === 'first');
    if (first === undefined || !reading.isFree(token.index) || !reading.isFree(first)) continue;
    const between = reading.tokens.slice(token.index + 1, first);
    if (
      between.some(
        ({ kind, word }) => kind !== 'word' || /^(?:the|and|by|of|to|in|for|with|ones?)$/.test(word),
      )
    )
      continue;
    // "Sorted by health, worst first": the order is said once. "Sorted by due date, lowest first" is a form of its own.
    const saysOnce = direction === 'best' || direction === 'worst';
    const sorted = reading.tokens.filter(
      ({ index, word }) =>
        saysOnce && /^(?:sorted|ordered|ranked)$/.test(word) && reading.isFree(index) && index < token.index,
    );
    const said = [...sorted.map(({ index }) => index), token.index, first];
    reading.take('ranking', said, `${direction} first`);
    return { direction, n: null, at: token.index, isOrder: true };
  }
  return null;
}

/** "5 oldest open deals, oldest first": the order goes with the ranking, where both say the same. */
export function withRanked(reading: Reading, ordered: Ranking): Ranking {
  const next = reading.tokens.find(({ index, word }) => reading.isFree(index) && isRankingWord(word));
  const said = directions[next?.word ?? ''];
  if (next === undefined || said === undefined) return ordered;
  // "The lowest CSAT, worst first": the figure's own end says which is the worst.
  const isSame = ordered.direction === 'worst' || ordered.direction === 'best';
  if (isSame && (said === 'asc' || said === 'desc')) {
    const ranked = readRanking(reading);
    if (ranked !== null) return ranked.n === null ? { ...ranked, isOrder: true } : ranked;
  }
  if (said !== ordered.direction) return ordered;
  const ranked = readRanking(reading);
  return ranked === null || ranked.n === null ? ordered : ranked;
}

/** "which 2 customers had the most": a number before what is ranked, away from the word that ranks. */
function readRankedNumber(reading: Reading): number | null {
  for (const token of reading.tokens) {
    const before = reading.tokens[token.index - 1]?.word;
    const after = reading.tokens[token.index + 1];
    const opens =
      before === undefined || /^(?:which|what|the|my|our|me|list|show|top|and|give)$/.test(before);
    if (!opens || after?.kind !== 'word' || (isUnit(after.word) && reading.isFree(after.index))) continue;
    const n = countAt(reading, token.index);
    if (n === null) continue;
    reading.take('ranking', [token.index], `${n} of them`);
    return n;
  }
  return null;
}

const isUnit = (word: string): boolean =>
  /^(?:minute|hour|day|week|month|quarter|half|year|percent|dollar|euro|or|and|to)$/.test(word);

/** "top 5", "the three largest", "most", "worst", "newest". Takes the first; a second one blocks the answer. */
export function readRanking(reading: Reading): Ranking | null {
  for (const token of reading.tokens) {
    if (!reading.isFree(token.index)) continue;
    const isRecent = token.word === 'recent' && reading.tokens[token.index - 1]?.word === 'most';
    const direction = isRecent ? 'newest' : directions[token.word];
    if (direction === undefined) continue;
    if (token.word === 'most' && reading.tokens[token.index + 1]?.word === 'recent') continue;
    const from = isRecent ? token.index - 1 : token.index;
    const before = countAt(reading, from - 1);
    const after = countAt(reading, token.index + 1);
    const n = after ?? before;
    const start = after === null && before !== null ? from - 1 : from;
    const counted = after === null ? token.index + 1 : token.index + 2;
    // "Top 5 best selling" ranks once.
    const isBest = reading.tokens[counted]?.word === 'best' && direction === 'desc';
    const adjective = isBest ? counted + 1 : counted;
    const isAdjective = /^(?:performing|selling|sold|performer|first)$/.test(
      reading.tokens[adjective]?.word ?? '',
    );
    const end = isAdjective ? adjective + 1 : isBest && n !== null ? counted + 1 : counted;
    reading.take('ranking', range(start, end), `${direction}${n === null ? '' : ` ${n}`}`);
    const again = readAgain(reading, { direction, n, at: token.index });
    const isEnd = /^(?:top|bottom)$/.test(token.word) && n !== null;
    return again ?? { direction, n: n ?? readRankedNumber(reading), at: token.index, isEnd };
  }
  return null;
}

/**
 * "Top 5 agents with the lowest CSAT", "reps with the most wins, top 3": how many, and which end of what, said in two
 * places. A second figure between them would be another order.
 */
function readAgain(reading: Reading, first: Ranking): Ranking | null {
  const isEnd = (index: number): boolean => /^(?:top|bottom)$/.test(reading.tokens[index]?.word ?? '');
  const next = reading.tokens.find(
    ({ index, word }) => index > first.at && reading.isFree(index) && directions[word] !== undefined,
  );
  if (next === undefined || isEnd(first.at) === isEnd(next.index)) return null;
  const between = reading.tokens.slice(first.at + 1, next.index).map(({ word }) => word);
  if (between.some((word) => /^(?:by|and|versus)$/.test(word))) return null;
  const end = isEnd(first.at) ? first.at : next.index;
  const which = directions[reading.tokens[end === first.at ? next.index : first.at]?.word ?? ''];
  const counted = end === first.at ? null : countAt(reading, end + 1);
  const n = end === first.at ? first.n : counted;
  const isDown = reading.tokens[end]?.word === 'bottom';
  if (n === null || which === undefined || (first.n !== null && end !== first.at)) return null;
  if ((isDown && which !== 'asc' && which !== 'worst') || /^(?:newest|oldest)$/.test(which)) return null;
  reading.take('ranking', range(next.index, counted === null ? next.index + 1 : end + 2), `${which} ${n}`);
  return { direction: which, n, at: first.at };
}

/**
 * "Which account has the lowest health score", "5 accounts with the highest ARR": beside those who have it, a figure that
 * is called by its place ranks them.
 */
export function readRankingFigure(
  reading: Reading,
  spans: readonly Span[],
  isExtreme: (metric: string) => boolean,
): Ranking | null {
  for (const { from, indexes, meanings } of spans) {
    const at = indexes.find((index) => isRankingWord(reading.tokens[index]?.word ?? ''));
    const direction = directions[reading.tokens[at ?? -1]?.word ?? ''];
    if (at === undefined || direction === undefined) continue;
    if (!meanings.some((one) => one.kind === 'metric' && isExtreme(one.id))) continue;
    let before = from - 1;
    while (/^(?:the|their|our|a|an)$/.test(reading.tokens[before]?.lower ?? '')) before -= 1;
    const isHeld = /^(?:with|has|have|had|having|got|at)$/.test(reading.tokens[before]?.lower ?? '');
    if (isHeld && before > 0) return { direction, n: readRankedNumber(reading), at };
  }
  return null;
}

function countAt(reading: Reading, index: number): number | null {
  const token = reading.tokens[index];
  if (!token || !reading.isFree(index)) return null;
  if (token.kind === 'number' && token.amount && /^\d{1,3}$/.test(token.text)) {
    const value = token.amount.value;
    return value >= 1 && value <= 100 ? value : null;
  }
  return counts[token.word] ?? null;
}
