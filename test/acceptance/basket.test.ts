import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findProductPairs, type PairCount } from '../../src/analysis/affinity/product-pairs.ts';
import { suggestProducts } from '../../src/analysis/affinity/suggest-products.ts';
import { groupBy } from '../../src/analysis/group-by.ts';
import { acceptanceData, acceptanceTitle } from './acceptance-data.ts';
import { reportFigure } from './report-figure.ts';
import { seededRandom, shuffled } from './seeded-random.ts';

const file = acceptanceData('basket', 'Groceries.csv');
const SPLITS = 5;

describe.skipIf(file === null)(acceptanceTitle('groceries', file), () => {
  it('are suggested better than by what sells best: one item of a basket is hidden and looked for among ten (S2-10)', () => {
    const baskets = readFileSync(file ?? '', 'utf8')
      .trim()
      .split('\n')
      .map((line) => [
        ...new Set(
          line
            .split(',')
            .map((cell) => cell.trim())
            .filter(Boolean),
        ),
      ]);
    expect(baskets.length).toBe(9_835);
    const hits = { own: 0, popular: 0, asked: 0 };
    for (let split = 1; split <= SPLITS; split += 1) {
      const random = seededRandom(split);
      const mixed = shuffled(baskets, random);
      const tested = mixed.slice(0, Math.floor(mixed.length / 5)).filter((basket) => basket.length > 1);
      const { popular, pairsOf } = learn(mixed.slice(Math.floor(mixed.length / 5)));
      for (const basket of tested) {
        const hidden = basket[Math.floor(random() * basket.length)]!;
        const rest = new Set(basket.filter((item) => item !== hidden));
        const suggested = suggestProducts(rest, pairsOf, 10).map(({ productId }) => productId);
        // Where nothing speaks for ten, what sells best fills the list, as a shop would do.
        const filled = [...new Set([...suggested, ...popular.filter((item) => !rest.has(item))])].slice(
          0,
          10,
        );
        hits.asked += 1;
        if (filled.includes(hidden)) hits.own += 1;
        if (
          popular
            .filter((item) => !rest.has(item))
            .slice(0, 10)
            .includes(hidden)
        )
          hits.popular += 1;
      }
    }
    const value = hits.own / hits.asked;
    const floor = hits.popular / hits.asked;
    reportFigure({
      capability: 'bought together',
      data: `Groceries, leave-one-out, ${SPLITS} splits`,
      figure: 'hit@10',
      value,
      floor,
      goal: 0.39,
      better: 'higher',
    });
    expect(value).toBeGreaterThan(floor);
  });
});

function learn(baskets: readonly (readonly string[])[]) {
  const counts = new Map<string, number>();
  const pairs = new Map<string, PairCount>();
  for (const basket of baskets) {
    for (const [at, item] of basket.entries()) {
      counts.set(item, (counts.get(item) ?? 0) + 1);
      for (const other of basket.slice(at + 1)) {
        const [productId, otherId] = item < other ? [item, other] : [other, item];
        const key = `${productId}|${otherId}`;
        const pairBaskets = (pairs.get(key)?.pairBaskets ?? 0) + 1;
        pairs.set(key, { productId, otherId, pairBaskets });
      }
    }
  }
  const found = findProductPairs({
    allBaskets: baskets.length,
    baskets: counts,
    pairs: [...pairs.values()],
  });
  const popular = [...counts].sort((a, b) => b[1] - a[1]).map(([item]) => item);
  return { popular, pairsOf: groupBy(found, ({ productId }) => productId) };
}
