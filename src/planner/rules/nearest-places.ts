import { fillerWords } from './filler-words.ts';
import type { Candidate } from './phrase-candidates.ts';
import type { Reading } from './reading.ts';
import { isRankingWord } from './slots/ranking.ts';
import { describe, type Span, toSpan } from './span.ts';
import type { Phrase } from './vocabulary.ts';

/** One token per word of the phrase, each as near to the first as possible. */
export function nearestPlaces(
  words: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
): number[] | null {
  // Most phrases of the catalogue have a word that the question has not.
  if (!words.every((word) => places.has(word))) return null;
  const options = words.map((word) => places.get(word) ?? []);
  const anchors = options[0] ?? [];
  let best: number[] | null = null;
  for (const anchor of anchors) {
    const used = new Set([anchor]);
    for (const choices of options.slice(1)) {
      const nearest = choices
        .filter((place) => !used.has(place))
        .sort((left, right) => Math.abs(left - anchor) - Math.abs(right - anchor))[0];
      if (nearest === undefined) return null;
      used.add(nearest);
    }
    const indexes = [...used].sort((left, right) => left - right);
    if (best === null || width(indexes) < width(best)) best = indexes;
  }
  return best;
}

export const width = (indexes: readonly number[]): number => (indexes.at(-1) ?? 0) - (indexes[0] ?? 0);

export function choose(
  reading: Reading,
  candidates: readonly Candidate[],
  entityTokens: Set<number>,
): readonly Span[] {
  const ranked = [...candidates].sort(
    (left, right) =>
      informative(right) - informative(left) ||
      right.phrase.words.length - left.phrase.words.length ||
      Number(right.inOrder) - Number(left.inOrder) ||
      width(left.indexes) - width(right.indexes),
  );
  const taken = new Set<number>();
  const isFree = (index: number): boolean => reading.isFree(index) && !taken.has(index);
  const spans: Span[] = [];
  for (const { indexes, phrase } of ranked) {
    const busy = indexes.filter((index) => !isFree(index));
    if (busy.length === indexes.length) continue;
    const isMetric = phrase.meanings.some((meaning) => meaning.kind === 'metric');
    const saysMore = indexes.some(
      (index) => isFree(index) && !fillerWords.has(reading.tokens[index]?.word ?? ''),
    );
    const mayShare = isMetric && saysMore && busy.every((index) => entityTokens.has(index));
    if (busy.length > 0 && !mayShare) continue;
    for (const index of indexes) {
      taken.add(index);
      const key = phrase.words.find((word) => word.startsWith('@') && phrase.words.length > 1);
      if (key !== undefined && isEntityToken(reading, index, phrase)) entityTokens.add(index);
    }
    spans.push(toSpan(reading, indexes, phrase, busy.length > 0));
  }
  for (const span of spans) reading.take('vocabulary', span.indexes, describe(span));
  return spans.sort((left, right) => left.from - right.from);
}

/** Words of a phrase that are not fillers: "ARR at risk" tells more than "total ARR". */
const informative = ({ phrase }: Candidate): number =>
  phrase.words.filter((word) => !fillerWords.has(word) && !isRankingWord(word)).length;

function isEntityToken(reading: Reading, index: number, phrase: Phrase): boolean {
  const token = reading.tokens[index];
  return token !== undefined && !phrase.words.includes(token.word);
}
