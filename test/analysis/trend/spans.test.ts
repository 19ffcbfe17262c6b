import { expect, it } from 'vitest';
import { amountChange } from '../../../src/analysis/trend/amount-change.ts';
import { dispersionOf } from '../../../src/analysis/trend/judge-change.ts';
import { seededRandom } from '../../../src/analysis/trend/seeded-random.ts';
import {
  comparisonsOn,
  daysOf,
  lengthOf,
  restDayWeight,
  workdayTest,
} from '../../../src/analysis/trend/spans.ts';

const isWorkday = workdayTest(new Set(['12-25', '2026-04-03']));

it('compares whole months until enough days of this one are whole', () => {
  expect(comparisonsOn('2026-03-05', 8)).toEqual([
    {
      kind: 'full_month',
      now: { from: '2026-02-01', to: '2026-02-28' },
      before: { from: '2026-01-01', to: '2026-01-31' },
    },
  ]);
  expect(comparisonsOn('2026-03-09', 8)[0]).toEqual({
    kind: 'month_to_date',
    now: { from: '2026-03-01', to: '2026-03-08' },
    before: { from: '2026-02-01', to: '2026-02-08' },
  });
  expect(comparisonsOn('2026-01-15', 8)[0]?.before).toEqual({ from: '2025-12-01', to: '2025-12-14' });
});

it('takes weekends and holidays of every year and of one year for days of rest', () => {
  expect(daysOf({ from: '2026-04-01', to: '2026-04-06' }).map(isWorkday)).toEqual([
    true,
    true,
    false,
    false,
    false,
    true,
  ]);
  expect([isWorkday('2025-12-25'), isWorkday('2025-12-24')]).toEqual([false, true]);
});

it('weighs a day of rest by what happens on it', () => {
  const span = { from: '2026-06-01', to: '2026-06-28' };
  const counts = new Map(daysOf(span).map((day) => [day, isWorkday(day) ? 10 : 2]));
  expect(restDayWeight(counts, span, isWorkday)).toBeCloseTo(0.2, 12);
  expect(lengthOf(span, isWorkday, 0.2)).toBeCloseTo(20 + 8 * 0.2, 12);
});

it('finds no unrest in counts of chance, and the one that is there in bursts', () => {
  const random = seededRandom('unrest');
  const poisson = (mean: number): number => {
    let count = 0;
    for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
    return count;
  };
  const days = Array.from({ length: 364 }, (_, day) => day);
  const calm = dispersionOf(days.map((day) => poisson(day % 7 < 5 ? 12 : 3)));
  expect(calm).toBeGreaterThanOrEqual(1);
  expect(calm).toBeLessThan(1.4);
  // Everything comes in threes: the variance is three times the mean.
  const bursts = dispersionOf(days.map(() => 3 * poisson(4)));
  expect(bursts).toBeGreaterThan(2.3);
  expect(bursts).toBeLessThan(3.8);
});

it('gives an interval that holds the true change about as often as it says', () => {
  const random = seededRandom('coverage');
  const [comparison] = comparisonsOn('2026-05-01', 8);
  let held = 0;
  for (let run = 0; run < 200; run += 1) {
    const days = [...daysOf(comparison!.before), ...daysOf(comparison!.now)];
    const amounts = new Map(days.map((day) => [day, 50 + 100 * random()]));
    const change = amountChange(amounts, comparison!, isWorkday, {
      exposure: daysOf(comparison!.now).length / daysOf(comparison!.before).length,
      random: seededRandom(`run ${run}`),
    });
    if (change.likely !== null && change.likely[0] <= 0 && change.likely[1] >= 0) held += 1;
  }
  expect(held / 200).toBeGreaterThan(0.88);
  expect(held / 200).toBeLessThanOrEqual(1);
});
