import { describe, expect, it } from 'vitest';
import { findProductPairs } from '../../../src/analysis/affinity/product-pairs.ts';
import { suggestProducts } from '../../../src/analysis/affinity/suggest-products.ts';
import { groupBy } from '../../../src/analysis/group-by.ts';

const counts = {
  allBaskets: 100,
  baskets: new Map([
    ['core', 40],
    ['backup', 20],
    ['geo', 50],
    ['odd', 1],
  ]),
  pairs: [
    { productId: 'core', otherId: 'backup', pairBaskets: 15 },
    // As often together as by chance: 40 % of 50.
    { productId: 'core', otherId: 'geo', pairBaskets: 20 },
    { productId: 'backup', otherId: 'odd', pairBaskets: 1 },
  ],
};

describe('pairs of products', () => {
  it('have support, confidence in either direction and lift (S2-10)', () => {
    expect(findProductPairs(counts)).toEqual([
      {
        productId: 'backup',
        otherId: 'core',
        pairBaskets: 15,
        baskets: 20,
        otherBaskets: 40,
        allBaskets: 100,
        confidence: 0.75,
        lift: 0.75 / 0.4,
      },
      {
        productId: 'core',
        otherId: 'backup',
        pairBaskets: 15,
        baskets: 40,
        otherBaskets: 20,
        allBaskets: 100,
        confidence: 0.375,
        lift: 0.375 / 0.2,
      },
    ]);
  });

  it('need five baskets, or a thousandth of many', () => {
    const many = {
      ...counts,
      allBaskets: 100_000,
      pairs: [{ productId: 'core', otherId: 'backup', pairBaskets: 99 }],
    };
    expect(findProductPairs(many)).toEqual([]);
  });
});

describe('suggestions', () => {
  const pairsOf = groupBy(findProductPairs(counts), ({ productId }) => productId);

  it('are what goes with what they have and lack, with the reason (S2-25)', () => {
    const [first, ...others] = suggestProducts(new Set(['backup']), pairsOf, 3);
    expect(first).toMatchObject({ productId: 'core', score: 0.75, because: { productId: 'backup' } });
    expect(others).toEqual([]);
  });

  it('are none for who has everything', () => {
    expect(suggestProducts(new Set(['backup', 'core']), pairsOf, 3)).toEqual([]);
  });
});
