import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageBuckets, buildHazard, chanceOfWinning } from '../../../src/analysis/pipeline/deal-hazard.ts';
import { judgeDeal, pipelineWorth } from '../../../src/analysis/pipeline/deal-signals.ts';
import {
  estimateWinRate,
  orderStages,
  velocityOf,
} from '../../../src/analysis/pipeline/sales-performance.ts';

const now = new Date('2026-11-21T10:00Z');
const bucket = (from: number, exposureDays: number, won: number, lost: number) => ({
  from,
  exposureDays,
  won,
  lost,
});
/** A tenth of the deals is decided every day, and half of those won, whatever their age. */
const steady = buildHazard(
  ageBuckets.map((from) => bucket(from, 10_000, 500, 500)),
  [
    { stage: 'late', won: 900, lost: 100 },
    { stage: 'early', won: 100, lost: 900 },
  ],
  50,
)!;

describe('the chance of an open deal', () => {
  it('is the sum over the days of being open, decided and won', () => {
    // 0.1 + 0.09 + 0.081 decided within three days, half of them won.
    expect(chanceOfWinning(steady, { ageDays: 5, stage: null }, 3)).toBeCloseTo(0.271 / 2, 3);
    expect(chanceOfWinning(steady, { ageDays: 5, stage: 'unheard of' }, 3)).toBeCloseTo(0.271 / 2, 3);
  });

  it('follows the stage', () => {
    const chance = (stage: string) => chanceOfWinning(steady, { ageDays: 20, stage }, 400);
    expect(chance('late')).toBeCloseTo(930 / 1_060, 1);
    expect(chance('early')).toBeCloseTo(130 / 1_060, 1);
  });

  it('is between 0 and 1 and grows with the days, for any history', () => {
    const counts = fc.record({
      exposureDays: fc.integer({ min: 0, max: 5_000 }),
      won: fc.integer({ min: 0, max: 300 }),
      lost: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(
        fc.array(counts, { minLength: ageBuckets.length, maxLength: ageBuckets.length }),
        fc.integer({ min: 0, max: 1_500 }),
        fc.integer({ min: 1, max: 200 }),
        (history, ageDays, days) => {
          const hazard = buildHazard(
            history.map((one, index) => ({ ...one, from: ageBuckets[index] ?? 0 })),
            [],
            50,
          );
          if (hazard === null) return;
          const before = chanceOfWinning(hazard, { ageDays, stage: null }, days - 1);
          const chance = chanceOfWinning(hazard, { ageDays, stage: null }, days);
          expect(chance).toBeGreaterThanOrEqual(before);
          expect(chance).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is not known without any decided deal', () => {
    expect(buildHazard([bucket(0, 900, 0, 0)], [], 50)).toBeNull();
  });
});

describe('an open deal', () => {
  const deal = {
    id: 'd',
    stage: 'late',
    amount: 30_000,
    currency: 'EUR',
    productId: null,
    ageDays: 121,
    lastTouchAt: new Date('2026-11-10T10:00Z'),
  };
  const rules = {
    staleAfterDays: 120,
    hazard: steady,
    noTouch: { days: 30, amount: 25_000 },
    areTouchesNoted: true,
    now,
  };

  it('is stale only above the limit, and then has no chance and no worth', () => {
    expect(judgeDeal(deal, rules)).toEqual({ isStale: true, winChance: 0, isUntouched: false });
    expect(judgeDeal({ ...deal, ageDays: 120 }, rules).isStale).toBe(false);
    expect(judgeDeal({ ...deal, ageDays: null }, rules)).toMatchObject({ isStale: false, winChance: null });
    const means = { byProduct: new Map(), whole: new Map([['EUR', 1_000]]) };
    const worth = (one: typeof deal | (Omit<typeof deal, 'amount'> & { amount: null })) =>
      pipelineWorth([one], rules, means, { from: 0, to: 90 });
    expect(worth(deal)).toBe(0);
    const fresh = { ...deal, ageDays: 10 };
    const chance = chanceOfWinning(steady, fresh, 90);
    expect(worth(fresh)).toBeCloseTo(30_000 * chance, 6);
    expect(worth({ ...fresh, amount: null })).toBeCloseTo(1_000 * chance, 6);
  });

  it('is untouched when it is large, old enough, and quiet for so many days', () => {
    const quiet = { ...deal, lastTouchAt: new Date('2026-10-01T10:00Z') };
    expect(judgeDeal(quiet, rules).isUntouched).toBe(true);
    expect(judgeDeal({ ...quiet, amount: 24_999 }, rules).isUntouched).toBe(false);
    expect(judgeDeal({ ...quiet, amount: null }, rules).isUntouched).toBe(false);
    expect(judgeDeal({ ...deal, lastTouchAt: null, ageDays: 10 }, rules).isUntouched).toBe(false);
    expect(judgeDeal({ ...deal, lastTouchAt: null, ageDays: 31 }, rules).isUntouched).toBe(true);
    expect(judgeDeal({ ...deal, lastTouchAt: null }, { ...rules, areTouchesNoted: false }).isUntouched).toBe(
      false,
    );
  });
});

describe('sales performance', () => {
  it('draws the win rate of few deals towards that of all', () => {
    const all = { wonDeals: 60, decidedDeals: 100 };
    expect(estimateWinRate({ wonDeals: 2, decidedDeals: 2 }, all, 50)).toBeCloseTo((2 + 30) / 52, 12);
    expect(estimateWinRate({ wonDeals: 0, decidedDeals: 0 }, all, 50)).toBeCloseTo(0.6, 12);
    expect(
      estimateWinRate({ wonDeals: 0, decidedDeals: 0 }, { wonDeals: 0, decidedDeals: 0 }, 50),
    ).toBeNull();
  });

  it('has no velocity where a part is not known', () => {
    const parts = { openDeals: 10, winRate: 0.5, averageWon: 100, cycleDays: 50 };
    expect(velocityOf(parts)).toBe(10);
    expect(velocityOf({ ...parts, cycleDays: 0 })).toBe(500);
    expect(velocityOf({ ...parts, averageWon: null })).toBeNull();
  });

  it('orders stages by their probability, or by what deals saw before', () => {
    const stages = [
      { stage: 'Quote', probability: 0.6, place: 2.5 },
      { stage: 'Talk', probability: 0.1, place: 1 },
      { stage: 'Demo', probability: 0.3, place: 1.2 },
      { stage: 'Won', probability: 1, place: 4 },
    ];
    expect(orderStages(stages, new Set(['Won']))).toEqual(['Talk', 'Demo', 'Quote']);
    const unknown = stages.map((one) => ({ ...one, probability: null }));
    expect(orderStages(unknown, new Set(['Won']))).toEqual(['Talk', 'Demo', 'Quote']);
  });
});
