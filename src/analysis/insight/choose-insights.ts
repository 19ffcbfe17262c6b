import type { Insight } from './insight.ts';

/** More than this nobody reads. */
const MOST = 12;

/** The most important first, one of a kind and subject, at most twelve. */
export function chooseInsights(found: readonly Insight[]): readonly Insight[] {
  const seen = new Set<string>();
  return found
    .toSorted((a, b) => b.importance - a.importance || (a.title < b.title ? -1 : 1))
    .filter(({ kind, subject }) => {
      const key = `${kind}/${subject.id}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, MOST);
}
