/**
 * Door of "frequently bought together". In: how many baskets hold each product and each two of them. Out: directed pairs
 * with support, confidence and lift, strongest first. Ranked by confidence and never by lift alone, which prefers pairs
 * that happened once to pairs that happen.
 */
export interface PairCount {
  readonly productId: string;
  readonly otherId: string;
  /** Baskets with both. */
  readonly pairBaskets: number;
}

export interface BasketCounts {
  readonly allBaskets: number;
  /** Baskets by product. */
  readonly baskets: ReadonlyMap<string, number>;
  /** Each two products once, in either order. */
  readonly pairs: readonly PairCount[];
}

export interface ProductPair extends PairCount {
  readonly baskets: number;
  readonly otherBaskets: number;
  readonly allBaskets: number;
  /** P(other | product): of the baskets with the first product, the share with the other. 0-1. */
  readonly confidence: number;
  /** confidence / P(other): above 1 they are together more often than by chance. */
  readonly lift: number;
}

/** Fewer baskets than this with both say nothing; in a large set it is a thousandth of all baskets. */
const LEAST_PAIR_BASKETS = 5;
const LEAST_SUPPORT = 0.001;

/** How many baskets must hold both before a pair is spoken of. */
export function leastPairBaskets(allBaskets: number): number {
  return Math.max(LEAST_PAIR_BASKETS, Math.ceil(LEAST_SUPPORT * allBaskets));
}

/** Pairs with enough support and a lift above 1, in both directions; per product by confidence. */
export function findProductPairs({ allBaskets, baskets, pairs }: BasketCounts): readonly ProductPair[] {
  const least = leastPairBaskets(allBaskets);
  const directed = pairs
    .filter(({ pairBaskets }) => pairBaskets >= least)
    .flatMap(({ productId, otherId, pairBaskets }) => [
      { productId, otherId, pairBaskets },
      { productId: otherId, otherId: productId, pairBaskets },
    ]);
  return directed
    .flatMap((pair): ProductPair[] => {
      const own = baskets.get(pair.productId) ?? 0;
      const other = baskets.get(pair.otherId) ?? 0;
      if (own === 0 || other === 0) return [];
      const confidence = pair.pairBaskets / own;
      const lift = confidence / (other / allBaskets);
      return lift > 1 ? [{ ...pair, baskets: own, otherBaskets: other, allBaskets, confidence, lift }] : [];
    })
    .sort(
      (a, b) =>
        (a.productId < b.productId ? -1 : a.productId > b.productId ? 1 : 0) ||
        b.confidence - a.confidence ||
        (a.otherId < b.otherId ? -1 : 1),
    );
}
