import { editDistance } from './edit-distance.ts';

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

/** Edits between two words; a beginning of the other word is one edit away from it. */
function distanceBetween(from: string, to: string): number {
  if (from.length >= 3 && (to.startsWith(from) || to.includes(`_${from}`))) return 1;
  return editDistance(from, to);
}
