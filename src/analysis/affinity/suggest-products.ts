import type { ProductPair } from './product-pairs.ts';

/** A product that goes with what somebody has. */
export interface Suggestion {
  readonly productId: string;
  /** Sum of the confidences of everything they have that speaks for it. */
  readonly score: number;
  /** The pair that speaks for it most. */
  readonly because: ProductPair;
}

/**
 * What goes with `owned` and is not in it: per candidate the confidences of all its pairs with owned products are added
 * up, and the pair with the highest one is the reason that is told.
 *
 * @param pairsOf pairs by their first product
 */
export function suggestProducts(
  owned: ReadonlySet<string>,
  pairsOf: ReadonlyMap<string, readonly ProductPair[]>,
  atMost: number,
): readonly Suggestion[] {
  const found = new Map<string, { score: number; because: ProductPair }>();
  for (const product of owned) {
    for (const pair of pairsOf.get(product) ?? []) {
      if (owned.has(pair.otherId)) continue;
      const known = found.get(pair.otherId);
      if (known === undefined) found.set(pair.otherId, { score: pair.confidence, because: pair });
      else {
        known.score += pair.confidence;
        if (pair.confidence > known.because.confidence) known.because = pair;
      }
    }
  }
  return [...found]
    .map(([productId, one]) => ({ productId, ...one }))
    .sort((a, b) => b.score - a.score || (a.productId < b.productId ? -1 : 1))
    .slice(0, atMost);
}
