import { expect, it } from 'vitest';
import { judgeChange } from '../../src/analysis/trend/judge-change.ts';
import { reportFigure } from './report-figure.ts';
import { seededRandom } from './seeded-random.ts';

const SERIES = 20_000;

/** Counts by inversion for small means, by sums of smaller ones for large. */
function poisson(mean: number, random: () => number): number {
  if (mean > 50) return poisson(50, random) + poisson(mean - 50, random);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

it.each([5, 10, 30, 100, 400])(
  'a series that stays at %i a month is hardly ever called a trend (S2-14)',
  (mean) => {
    const random = seededRandom(mean);
    const flags = { own: 0, naive: 0 };
    for (let series = 0; series < SERIES; series += 1) {
      const before = poisson(mean, random);
      const after = poisson(mean, random);
      const { verdict } = judgeChange(before, after);
      if (verdict === 'up' || verdict === 'down') flags.own += 1;
      if (before > 0 && Math.abs(after / before - 1) >= 0.2) flags.naive += 1;
    }
    const value = flags.own / SERIES;
    reportFigure({
      capability: 'trend flags',
      data: `unchanged Poisson series, ${mean} a month`,
      figure: 'flagged falsely',
      value,
      floor: flags.naive / SERIES,
      goal: 0.05,
      better: 'lower',
    });
    expect(value).toBeLessThan(0.06);
  },
);

it('a rise by half is seen where there is enough to see it', () => {
  const random = seededRandom(7);
  let found = 0;
  for (let series = 0; series < SERIES; series += 1)
    if (judgeChange(poisson(100, random), poisson(150, random)).verdict === 'up') found += 1;
  reportFigure({
    capability: 'trend flags',
    data: '100 a month that become 150',
    figure: 'found',
    value: found / SERIES,
    floor: null,
    goal: 0.85,
    better: 'higher',
  });
  expect(found / SERIES).toBeGreaterThan(0.5);
});
