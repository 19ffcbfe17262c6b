import { normalWords } from '../../catalogue/lookup.ts';

/**
 * Number of single edits between two words: insert, delete, replace, swap of neighbours (optimal string alignment;
 * Damerau 1964 without edits inside a swap).
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** Typing mistakes that a word of this length may have and still be taken for another. */
export function toleratedEdits(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** The most similar of the candidates, best first. A candidate may be found by any of its names. */
export function nearest<T>(
  wanted: string,
  candidates: readonly T[],
  namesOf: (candidate: T) => readonly string[],
  most = 3,
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
    .sort((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
