import { describe, expect, it } from 'vitest';
import { findShareOutliers } from '../../src/analysis/anomaly/share-outliers.ts';
import type { TransformName } from '../../src/analysis/anomaly/transform.ts';
import { drawSeries, type Family } from './anomaly-generator.ts';
import { bestF1, productScores, qualityOf, qualityOn, shipped, zScores } from './anomaly-scoring.ts';
import { bestReachableF1, type DrawnAccount, drawPortfolio } from './portfolio.ts';
import { reportFigure } from './report-figure.ts';

/** Nobody who sets a constant looks at these; another run may take others. */
const firstSeed = Number(process.env['HEED_ACCEPT_SEED'] ?? 70_001);
const SERIES = 12;

const hourly4: Family = { name: 'hourly, mean 4', grain: 'hour', mean: 4, shape: 8 };
const hourly30: Family = { name: 'hourly, mean 30', grain: 'hour', mean: 30, shape: 8 };
const daily: Family = { name: 'daily, mean 40', grain: 'day', mean: 40, shape: 20 };
const sparse: Family = { name: 'hourly, mean 1', grain: 'hour', mean: 1, shape: 8 };
const even: Family = {
  name: 'hourly, mean 60, the same noise at every level',
  grain: 'hour',
  mean: 60,
  shape: null,
};

function drawn(family: Family) {
  return Array.from({ length: SERIES }, (_, index) => drawSeries(family, firstSeed + 31 * index));
}

function shapeOf({ grain }: Family) {
  return { kind: 'count', pointsPerDay: grain === 'hour' ? 24 : 1 } as const;
}

const capability = 'anomalies, generated';

describe('planted events in generated series', () => {
  it.each([
    [hourly4, 0.75],
    [hourly30, 0.8],
    [daily, 0.6],
  ])('are found, $name', (family, goal) => {
    const series = drawn(family);
    const scores = series.map((one) => productScores(one, shapeOf(family)));
    const window = family.grain === 'hour' ? 14 * 24 : 28;
    const naive = series.map(({ values }) => zScores(values, window));
    const data = `own generator, ${family.name}`;
    const floor = bestF1(series, naive);
    const best = bestF1(series, scores);
    const own = qualityOn(series, scores, shipped.threshold).f1;
    const naiveAtShipped = qualityOn(series, naive, shipped.threshold).f1;
    reportFigure({
      capability,
      data,
      figure: 'F1 at the best threshold',
      value: best,
      floor,
      goal,
      better: 'higher',
    });
    // Of days no goal is set at the shipped threshold but to beat the naive rule; the figure is there to be seen.
    const shippedGoal = family.grain === 'hour' ? goal : naiveAtShipped;
    reportFigure({
      capability,
      data,
      figure: 'F1 at the shipped threshold',
      value: own,
      floor: naiveAtShipped,
      goal: shippedGoal,
      better: 'higher',
    });
    expect(best).toBeGreaterThan(floor);
    expect(own).toBeGreaterThan(naiveAtShipped);
  });

  it('show that the scale is chosen well', () => {
    const fixed: readonly TransformName[] = ['identity', 'square-root'];
    const families = [sparse, hourly4, hourly30, daily, even].map((family) => {
      const series = drawn(family);
      const f1 = (transform?: TransformName) =>
        qualityOn(
          series,
          series.map((one) => productScores(one, shapeOf(family), transform)),
          shipped.threshold,
        ).f1;
      return { name: family.name, chosen: f1(), fixed: fixed.map((transform) => f1(transform)) };
    });
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const betterFixed = Math.max(...fixed.map((_, index) => mean(families.map((one) => one.fixed[index]!))));
    const leastGain = Math.min(...families.map((one) => one.chosen - Math.min(...one.fixed)));
    const data = 'own generator, 5 families, shipped threshold';
    reportFigure({
      capability: 'anomalies, choice of scale',
      data,
      figure: 'mean F1, against the better fixed scale',
      value: mean(families.map((one) => one.chosen)),
      floor: betterFixed,
      goal: betterFixed,
      better: 'higher',
    });
    reportFigure({
      capability: 'anomalies, choice of scale',
      data,
      figure: 'least gain over the worse scale',
      value: leastGain,
      floor: null,
      goal: 0,
      better: 'higher',
    });
    expect(leastGain, JSON.stringify(families)).toBeGreaterThanOrEqual(0);
  });
});

describe('accounts with too many negative tickets', () => {
  it('are named by the Wilson rule more rightly than by a z-score of the share', () => {
    const rule = { leastCases: 8, factor: 1.5 };
    const own = { right: 0, wrong: 0, bad: 0 };
    const naive = { right: 0, wrong: 0 };
    const portfolios = Array.from({ length: 40 }, (_, world) => drawPortfolio(firstSeed + world));
    for (const accounts of portfolios) {
      const named = new Set(findShareOutliers(accounts, rule).map(({ accountId }) => accountId));
      const byScore = sharesAboveTwoSigma(accounts);
      for (const { accountId, isBad } of accounts) {
        own.bad += isBad ? 1 : 0;
        if (named.has(accountId)) own[isBad ? 'right' : 'wrong'] += 1;
        if (byScore.has(accountId)) naive[isBad ? 'right' : 'wrong'] += 1;
      }
    }
    const quality = qualityOf(own.right / (own.right + own.wrong), own.right / own.bad);
    const floor = qualityOf(naive.right / (naive.right + naive.wrong), naive.right / own.bad);
    const data = '40 simulated portfolios of 300 accounts, 5 % bad';
    const reachable = (leastCases: number) => bestReachableF1(portfolios.flat(), leastCases).toFixed(2);
    reportFigure({
      capability: 'share outliers',
      data,
      figure: 'F1',
      value: quality.f1,
      floor: floor.f1,
      goal: 0.55,
      better: 'higher',
      note: `No rule can reach more than ${reachable(rule.leastCases)} on these portfolios where ${rule.leastCases} cases are needed before an account is named, not even one that knows how they were drawn; ${reachable(1)} where one case is enough. The goal was measured on another draw.`,
    });
    reportFigure({
      capability: 'share outliers',
      data,
      figure: 'precision',
      value: quality.precision,
      floor: floor.precision,
      goal: 0.65,
      better: 'higher',
    });
    expect(quality.f1).toBeGreaterThan(floor.f1);
  });
});

function sharesAboveTwoSigma(accounts: readonly DrawnAccount[]): ReadonlySet<string> {
  const shares = accounts.map(({ hits, cases }) => hits / cases);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
  return new Set(
    accounts.filter((_, index) => shares[index]! > mean + 2 * deviation).map(({ accountId }) => accountId),
  );
}
