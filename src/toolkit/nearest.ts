/**
 * The candidates a person most likely meant, best first: for "did you mean" in complaints about configuration.
 *
 * @param word what was written
 * @param candidates what would have been right
 * @param limit how many to name at most
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const wanted = word.toLowerCase();
  const scored = [...new Set(candidates)].map((candidate) => ({
    candidate,
    distance: distanceBetween(wanted, candidate.toLowerCase()),
  }));
  return scored
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.ceil(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** "did you mean `a` or `b`?", or an empty string. */
export function didYouMean(suggestions: readonly string[]): string {
  if (suggestions.length === 0) return '';
  return `; did you mean ${suggestions.map((suggestion) => `\`${suggestion}\``).join(' or ')}?`;
}

/** Edits (insert, delete, replace, swap of neighbours) between two words; one is free when a word contains the other. */
function distanceBetween(from: string, to: string): number {
  if (from.length >= 3 && (to.startsWith(from) || to.includes(`_${from}`))) return 1;
  let previous2: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) best = Math.min(best, (previous2[column - 2] ?? 0) + 1);
      current.push(best);
    }
    previous2 = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}
