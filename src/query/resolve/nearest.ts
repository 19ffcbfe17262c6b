import { normalWords } from '../../catalogue/lookup.ts';
import { editDistance } from '../../toolkit/edit-distance.ts';

/** Typing mistakes that a word of this length may have and still be taken for another. */
export function toleratedEdits(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * The most similar of the candidates, best first. A candidate may be found by any of its names.
 *
 * @param farthest edits per letter of the longer name above which nobody would have meant it
 */
export function nearest<T>(
  wanted: string,
  candidates: readonly T[],
  namesOf: (candidate: T) => readonly string[],
  most = 3,
  farthest = Number.POSITIVE_INFINITY,
): readonly T[] {
  const word = normalWords(wanted);
  return candidates
    .map((candidate) => ({
      candidate,
      // Relative to length, so that short names do not win by being short.
      score: Math.min(
        ...namesOf(candidate).map((name) => {
          const other = normalWords(name);
          const isPart = word.length >= 3 && (other.includes(word) || word.includes(other));
          return editDistance(word, other) / Math.max(word.length, other.length, 1) - (isPart ? 0.5 : 0);
        }),
      ),
    }))
    .filter(({ score }) => score <= farthest)
    .sort((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
