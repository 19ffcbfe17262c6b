import { describe, expect, it } from 'vitest';
import { findBreachAccounts, findBreachCategory } from '../../../src/analysis/insight/breach-insights.ts';
import { chooseInsights } from '../../../src/analysis/insight/choose-insights.ts';
import {
  changeByChance,
  dispersionOf,
  keepDiscoveries,
  shareByChance,
  upperTail,
} from '../../../src/analysis/insight/count-test.ts';
import {
  findHealthFall,
  findRevenueAtRisk,
  findSlippedPipeline,
  type StoredFinding,
} from '../../../src/analysis/insight/finding-insights.ts';
import type { Insight } from '../../../src/analysis/insight/insight.ts';
import { findWeekChanges } from '../../../src/analysis/insight/week-change.ts';
import { addDays } from '../../../src/analysis/wording.ts';

describe('the tests that gate insights', () => {
  it('know the tail of the normal distribution', () => {
    // Tables: 1.959964 leaves 2.5 %, 3.090232 leaves 0.1 %.
    expect(upperTail(1.959_964)).toBeCloseTo(0.025, 6);
    expect(upperTail(3.090_232)).toBeCloseTo(0.001, 6);
    expect(upperTail(-1.959_964)).toBeCloseTo(0.975, 6);
  });

  it('agree with the exact binomial test of two counts', () => {
    // P(X <= 30 or X >= 60) of X ~ Bin(90, 1/2), summed exactly.
    let exact = 0;
    let term = 2 ** -90;
    for (let k = 0; k <= 90; k += 1) {
      if (k <= 30 || k >= 60) exact += term;
      term *= (90 - k) / (k + 1);
    }
    expect(changeByChance(30, 60, 1) / exact).toBeGreaterThan(0.8);
    expect(changeByChance(30, 60, 1) / exact).toBeLessThan(1.25);
    expect(changeByChance(30, 60, 4)).toBeGreaterThan(0.05);
    expect(dispersionOf([10, 10, 10, 10])).toBe(1);
    expect(dispersionOf([0, 20, 0, 20])).toBeCloseTo(400 / 3 / 10, 10);
  });

  it('keep few discoveries by chance: none of most seeds where nothing changed', () => {
    let flagged = 0;
    let state = 1;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const poisson = (mean: number) => {
      let count = 0;
      for (let product = next(); product > Math.exp(-mean); product *= next()) count += 1;
      return count;
    };
    const today = '2026-11-21';
    for (let run = 0; run < 200; run += 1) {
      const series = Array.from({ length: 10 }, (_, metric) => ({
        metric: `m${metric}`,
        label: `Metric ${metric}`,
        goodDirection: 'none' as const,
        days: new Map(Array.from({ length: 70 }, (_, day) => [addDays(today, -day - 1), poisson(5)])),
      }));
      if (findWeekChanges(series, today).length > 0) flagged += 1;
    }
    expect(flagged / 200).toBeLessThanOrEqual(0.05);
  });

  it('keep the false discovery rate over many tests', () => {
    const chances = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205].map((chance) => ({ chance }));
    // Benjamini and Hochberg at 5 %: limits 0.00625, 0.0125, 0.01875 …; the two smallest stay.
    expect(keepDiscoveries(chances, 0.05)).toHaveLength(2);
    expect(shareByChance(9, 10, 50, 500)).toBeLessThan(1e-6);
    expect(shareByChance(1, 10, 50, 500)).toBeCloseTo(0.5, 6);
  });
});

const today = '2026-11-21';
const week = (weeksBack: number, perDay: number): [string, number][] =>
  Array.from({ length: 7 }, (_, day) => [addDays(today, -7 * weeksBack + day), perDay]);
const steady = (weeks: number, perDay: number) =>
  Array.from({ length: weeks }, (_, index) => week(index + 1, perDay)).flat();

describe('insights', () => {
  it('tell a change week on week with both counts, and leave today out', () => {
    const days = new Map([...steady(10, 10), ...week(1, 20), [today, 500] as const]);
    const [insight, ...more] = findWeekChanges(
      [{ metric: 'tickets_opened', label: 'Tickets opened', goodDirection: 'down', days }],
      today,
    );
    expect(more).toEqual([]);
    expect(insight).toMatchObject({
      title: 'Tickets opened up 100 percent',
      sentence:
        'Tickets opened went up by 100 percent in the last seven days: 140 after 70 in the seven days before, more than chance explains.',
      value: 1,
      importance: 100,
    });
    expect(insight?.evidence.rows).toHaveLength(7);
    expect(insight?.evidence.rows[0]).toEqual(['2026-11-14', 20, 10]);
  });

  it('tell nothing of few events, small changes, and counts that always vary so much', () => {
    const of = (days: [string, number][]) =>
      findWeekChanges([{ metric: 'm', label: 'M', goodDirection: 'none', days: new Map(days) }], today);
    expect(of([...steady(10, 0), ...week(2, 1), ...week(1, 1)])).toEqual([]);
    expect(of([...steady(10, 1000), ...week(1, 1100)])).toEqual([]);
    const restless = Array.from({ length: 10 }, (_, index) =>
      week(index + 1, index % 2 === 0 ? 30 : 10),
    ).flat();
    expect(of(restless)).toEqual([]);
  });

  it('name the category and the accounts with breaches, in words', () => {
    const [category] = findBreachCategory([
      { category: 'Billing', breaches: 3, decided: 30 },
      { category: 'Performance', breaches: 9, decided: 20 },
    ]);
    expect(category?.sentence).toBe(
      'Performance has the most missed SLA targets of the last seven days: 9 of 12, which is 75 percent.',
    );
    expect(findBreachCategory([{ category: 'Billing', breaches: 4, decided: 9 }])).toEqual([]);
    const others = Array.from({ length: 20 }, (_, index) => ({
      accountId: `${index}`,
      account: `Account ${index}`,
      ownerId: null,
      breaches: 1,
      decided: 20,
    }));
    const outlier = { accountId: 'a', account: 'Acme', ownerId: null, breaches: 12, decided: 20 };
    const [account, ...more] = findBreachAccounts([...others, outlier]);
    expect(more).toEqual([]);
    expect(account?.sentence).toBe(
      'Acme had 60 percent of its SLA targets missed in the last thirty days, 12 of 20 clocks, while it is 5 percent for all others.',
    );
  });

  it('read findings aloud', () => {
    const finding = (more: Partial<StoredFinding>): StoredFinding => ({
      subjectId: 'x',
      label: 'Acme',
      accountId: 'x',
      ownerId: null,
      teamId: null,
      value: 42,
      facts: {},
      evidence: { caption: '', columns: [], rows: [] },
      ...more,
    });
    expect(
      findHealthFall(finding({ facts: { change_7d: -12.4, top_driver: 'Fewer logins' } }))[0]?.sentence,
    ).toBe(
      'The health of Acme fell by 12 points in a week, to 42 of 100, the largest fall of all accounts. What moved it most is fewer logins.',
    );
    expect(findHealthFall(finding({ facts: { change_7d: -4 } }))).toEqual([]);
    const sums = [
      { currency: 'EUR', count: 2, amount: 1_250_000 },
      { currency: 'USD', count: 1, amount: 80_000 },
    ];
    expect(
      findSlippedPipeline(sums, [
        finding({ label: 'Renewal', facts: { amount: 900_000, currency: 'EUR' } }),
      ])[0]?.sentence,
    ).toBe(
      '3 open deals worth 1.3 million EUR and 80,000 USD have passed their close date or been put off. The largest is Renewal with 900,000 EUR.',
    );
    expect(findRevenueAtRisk([{ currency: 'EUR', count: 1, amount: 5000 }], [])[0]?.sentence).toBe(
      '1 account with 5,000 EUR of annual revenue has a health score below 50.',
    );
    expect(findRevenueAtRisk([], [])).toEqual([]);
  });

  it('are at most twelve, one of a kind and subject, the most important first', () => {
    const many = Array.from(
      { length: 40 },
      (_, index): Insight => ({
        kind: 'health-fall',
        subject: { kind: 'account', id: `${index % 20}`, label: '' },
        accountId: null,
        ownerId: null,
        teamId: null,
        title: `${index}`,
        sentence: '',
        importance: index,
        value: 0,
        evidence: { caption: '', columns: [], rows: [] },
      }),
    );
    const chosen = chooseInsights(many);
    expect(chosen.map(({ importance }) => importance)).toEqual([
      39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28,
    ]);
    expect(new Set(chosen.map(({ subject }) => subject.id)).size).toBe(12);
  });
});
