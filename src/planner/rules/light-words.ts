/** What is done to a figure by having it: whoever leaves it out asks for the same. */
const light = new Set(
  `altogether came come comes counted counting cover covers
  incurred lies looking measured noted obtained occurring reached reaching record recorded recording registered seen then `.split(
    /\s+/,
  ),
);

/**
 * The question without the words that were not understood; null where one of them says anything.
 *
 * @param unknown as a refusal names them
 */
export function withoutLightWords(question: string, unknown: readonly string[]): string | null {
  const words = unknown.flatMap((said) => said.toLowerCase().split(/\s+/));
  // Of a quota it is told how much of it was reached.
  if (/\b(?:quotas?|targets?|goals?)\b/i.test(question)) return null;
  if (words.length === 0 || !words.every((word) => light.has(word))) return null;
  const all = new RegExp(`(?<![\\p{L}\\p{N}'-])(?:${words.join('|')})(?![\\p{L}\\p{N}'-])`, 'giu');
  const left = question.replace(all, ' ').replace(/\s+/g, ' ').trim();
  return left === '' ? null : left;
}
