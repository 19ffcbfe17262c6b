import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lifetimeOf, monthlyChurn } from '../../../src/analysis/revenue/lifetime.ts';

const churn = fc.double({ min: 0.0005, max: 0.9, noNaN: true });
const horizon = fc.integer({ min: 1, max: 120 });

it('expects as many months as a walk through them adds up', () => {
  fc.assert(
    fc.property(churn, horizon, (rate, months) => {
      let [there, sum] = [1, 0];
      for (let month = 0; month < months; month += 1) {
        sum += there;
        there *= 1 - rate;
      }
      expect(lifetimeOf(rate, months).expectedMonths).toBeCloseTo(sum, 6);
    }),
  );
});

it('leaves nine of ten customers at the lower bound and one of ten at the upper, within the horizon', () => {
  fc.assert(
    fc.property(churn, horizon, (rate, months) => {
      const { lowMonths, highMonths } = lifetimeOf(rate, months);
      expect(lowMonths).toBeLessThanOrEqual(highMonths);
      expect(highMonths).toBeLessThanOrEqual(months);
      if (lowMonths < months) expect((1 - rate) ** lowMonths).toBeCloseTo(0.9, 9);
      if (highMonths < months) expect((1 - rate) ** highMonths).toBeCloseTo(0.1, 9);
    }),
  );
});

it('never says that nobody leaves, and nothing where nobody was a customer', () => {
  expect(monthlyChurn(0, 100)).toBeCloseTo(0.005, 12);
  expect(monthlyChurn(0, 0)).toBeNull();
});
