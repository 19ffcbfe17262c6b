import { describe, expect, it } from 'vitest';
import { churnModelSchema, writeState } from '../../../src/analysis/churn/churn-model.ts';
import type { TrainingRow } from '../../../src/analysis/churn/fit-features.ts';
import { seededDraw } from '../../../src/analysis/churn/folds.ts';
import { probabilityOf } from '../../../src/analysis/churn/logistic-regression.ts';
import { addMonths } from '../../../src/analysis/churn/monthly-rate.ts';
import { type TrainingInput, trainChurnModel } from '../../../src/analysis/churn/train-model.ts';
import { loadChurnSettings } from '../../../src/catalogue/churn-settings.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';

const loaded = loadChurnSettings(packagePath('catalogue'));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
const settings = loaded.value;

interface Drawing {
  readonly customers: number;
  readonly intercept: number;
  /** What the features say, beyond the index. */
  readonly signal: number;
  readonly indexSlope?: number;
}

/** Customers over 18 months; who has left has no more rows. */
function drawRows(
  { customers, intercept, signal, indexSlope = 1 }: Drawing,
  seed: number,
): readonly TrainingRow[] {
  const draw = seededDraw(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  return Array.from({ length: customers }, (_, customer) => {
    const rows: TrainingRow[] = [];
    const [indexLogit, trend, incidents] = [normal(), normal(), Math.max(0, Math.round(1 + normal()))];
    for (let month = 0; month < 18; month += 1) {
      const logit = intercept + indexSlope * indexLogit - signal * trend + 0.5 * signal * incidents;
      const left = draw() < probabilityOf(logit);
      rows.push({
        accountId: `customer ${customer}`,
        day: addMonths('2024-09-01', month),
        label: left ? 1 : 0,
        indexLogit,
        features: { usage_trend: trend, incidents, logins: normal() },
      });
      if (left) break;
    }
    return rows;
  }).flat();
}

const inputOf = (rows: readonly TrainingRow[], lost = 5): TrainingInput => ({
  rows,
  lastYear: { lost, customers: 200 },
  indexToday: Array.from({ length: 200 }, (_, i) => -1 + i / 100),
  reference: { parts: {}, features: {} },
  month: '2026-03',
  firstUsageDay: '2024-08-01',
});

describe('the stages of the churn model', () => {
  it('leave the index as it is while nobody has left', () => {
    const model = trainChurnModel(inputOf([], 0), settings);
    expect(model).toMatchObject({ stage: 'uncalibrated', calibration: null });
    expect(writeState(model)).toBe('uncalibrated');
  });

  it('move the mean to the rate of the last 12 months below 20 events', () => {
    const model = trainChurnModel(inputOf([], 10), settings);
    expect(model).toMatchObject({ stage: 'base-rate', events: 10, calibration: { slope: 1 } });
    const { offset } = model.calibration!;
    const mean = inputOf([]).indexToday.reduce((sum, logit) => sum + probabilityOf(offset + logit), 0) / 200;
    expect(mean).toBeCloseTo(1 - (1 - 10 / 200) ** (90 / 365), 9);
    expect(writeState(model)).toBe('base rate (10 events)');
  });

  it('calibrate by Platt scaling from 20 events on, and say what the next stage lacks', () => {
    const model = trainChurnModel(
      inputOf(drawRows({ customers: 60, intercept: -3.5, signal: 0.5 }, 1)),
      settings,
    );
    expect(model.stage).toBe('platt');
    expect(model.events).toBeGreaterThanOrEqual(20);
    expect(model.reason).toContain('needs 100 customers who left');
    expect(model.calibration!.slope).toBeGreaterThan(0);
  });

  it('stay at the base rate when the index ranks the wrong way round', () => {
    const rows = drawRows({ customers: 200, intercept: -3, signal: 0, indexSlope: -2 }, 2);
    expect(trainChurnModel(inputOf(rows), settings)).toMatchObject({ stage: 'base-rate' });
  });

  it('adopt a fitted model that beats the index on later months, with signs as they must be', () => {
    const model = trainChurnModel(
      inputOf(drawRows({ customers: 900, intercept: -5, signal: 1.2 }, 3)),
      settings,
    );
    expect(model.stage).toBe('fitted');
    const { backtest, fitted } = model;
    expect(Math.min(backtest!.wins!.logLoss, backtest!.wins!.brier)).toBeGreaterThanOrEqual(0.9);
    expect(backtest!.fitted!.brier).toBeLessThan(backtest!.index.brier);
    const signs = Object.fromEntries(
      fitted!.terms.map(({ feature, coefficient }) => [feature, Math.sign(coefficient)]),
    );
    expect(signs).toMatchObject({ usage_trend: -1, incidents: 1 });
    expect(writeState(model)).toMatch(/^fitted \(\d+ events, AUC 0\.\d{3}, Brier 0\.\d{4}, 2026-03\)$/);
    expect(churnModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  it('keep the index when the features say nothing that it does not', () => {
    const model = trainChurnModel(
      inputOf(drawRows({ customers: 900, intercept: -4, signal: 0 }, 4)),
      settings,
    );
    expect(model.stage).toBe('platt');
    expect(model.reason).toContain('% are needed');
  });

  it('leave the horizon between the months that are trained on and those that are tested', () => {
    const rows = drawRows({ customers: 900, intercept: -5, signal: 1.2 }, 3);
    const { backtest } = trainChurnModel(inputOf(rows), settings);
    const lastTrained = rows
      .map(({ day }) => day)
      .filter((day) => (Date.parse(backtest!.testFrom) - Date.parse(day)) / 86_400_000 >= 90);
    expect(backtest!.trainRows).toBe(lastTrained.length);
  });
});
