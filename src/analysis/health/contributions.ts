import type { HealthComponent } from '../../domain/health-profile.ts';
import type { HealthScore } from './health-score.ts';

/** Median of each part over the portfolio: what "usual" is. */
export type ComponentReference = Readonly<Partial<Record<HealthComponent, number>>>;

/** How many points a part pulls a score below the reference; negative: it holds it above. */
export interface Contribution {
  readonly name: HealthComponent;
  readonly reference: number;
  readonly points: number;
}

/** What of a score the reference needs. */
export interface ReferenceScore {
  readonly score: number | null;
  readonly components: readonly { readonly name: HealthComponent; readonly score: number }[];
}

export function portfolioReference(scores: readonly ReferenceScore[]): ComponentReference {
  const values = new Map<HealthComponent, number[]>();
  for (const { score, components } of scores) {
    if (score === null) continue;
    for (const part of components) pushTo(values, part.name, part.score);
  }
  return Object.fromEntries([...values].map(([name, list]) => [name, median(list)]));
}

/**
 * c_j = w_j (ref_j - s_j). The contributions of a score add up to the reference score by the same weights less the
 * score itself, so nothing is left unexplained. Largest pull first.
 */
export function contributionsOf(score: HealthScore, reference: ComponentReference): readonly Contribution[] {
  return score.components
    .map(({ name, weight, score: value }) => {
      const usual = reference[name] ?? value;
      return { name, reference: usual, points: weight * (usual - value) };
    })
    .sort((a, b) => b.points - a.points);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function pushTo<Key>(lists: Map<Key, number[]>, key: Key, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
