import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brierScore,
  calibrationTable,
  ece10,
  logLoss,
  populationStability,
} from '../../../src/analysis/churn/calibration.ts';
import { aucOf, averagePrecision, topPrecision } from '../../../src/analysis/churn/discrimination.ts';
import { seededDraw, stratifiedFolds } from '../../../src/analysis/churn/folds.ts';
import { fitLogistic, logitOf, probabilityOf } from '../../../src/analysis/churn/logistic-regression.ts';
import { fitBaseRate, fitPlatt } from '../../../src/analysis/churn/platt.ts';

const label = (value: boolean) => (value ? 1 : 0);

/** Rows whose label follows a known logit. */
function drawn(count: number, coefficients: readonly number[], intercept: number, seed: number) {
  const draw = seededDraw(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const rows = Array.from({ length: count }, () => coefficients.map(() => normal()));
  const labels = rows.map((row) => {
    const logit = row.reduce((sum, x, j) => sum + x * coefficients[j]!, intercept);
    return label(draw() < probabilityOf(logit));
  });
  return { rows, labels };
}

describe('ridge logistic regression', () => {
  it('finds the coefficients that labels were drawn from', () => {
    const { rows, labels } = drawn(20_000, [1.2, -0.7, 0], -0.5, 3);
    const model = fitLogistic(rows, labels, { lambda: 1 });
    const raw = model.coefficients.map((one, j) => one / model.scales[j]!);
    for (const [j, truth] of [1.2, -0.7, 0].entries()) expect(Math.abs(raw[j]! - truth)).toBeLessThan(0.06);
  });

  it('ends where the gradient of the penalised likelihood is zero', () => {
    const { rows, labels } = drawn(400, [1, -2], 0.3, 5);
    const lambda = 3;
    const model = fitLogistic(rows, labels, { lambda });
    const gradient = [0, 0, 0];
    for (const [i, row] of rows.entries()) {
      const miss = labels[i]! - probabilityOf(logitOf(model, row));
      gradient[0]! += miss;
      for (const j of [0, 1]) gradient[j + 1]! += (miss * (row[j]! - model.centers[j]!)) / model.scales[j]!;
    }
    for (const j of [0, 1]) gradient[j + 1]! -= lambda * model.coefficients[j]!;
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-6);
  });

  it('sets a coefficient that points the wrong way to 0 and fits the others again', () => {
    const { rows, labels } = drawn(3000, [1, 0.8], 0, 7);
    const guarded = fitLogistic(rows, labels, { lambda: 1, signs: [1, -1] });
    const alone = fitLogistic(
      rows.map(([first]) => [first!]),
      labels,
      { lambda: 1 },
    );
    expect(guarded.coefficients[1]).toBe(0);
    expect(guarded.coefficients[0]).toBeCloseTo(alone.coefficients[0]!, 9);
  });

  it('stays finite where a column is constant, doubled, or tells the classes apart', () => {
    const labels = Array.from({ length: 60 }, (_, i) => label(i >= 30));
    const rows = labels.map((one, i) => [1, i, i, one]);
    const model = fitLogistic(rows, labels, { lambda: 1 });
    expect(model.coefficients.every(Number.isFinite)).toBe(true);
    expect(model.coefficients[0]).toBe(0);
    expect(model.coefficients[1]).toBeCloseTo(model.coefficients[2]!, 9);
  });
});

describe('Platt scaling', () => {
  it('finds by how much a score was distorted', () => {
    const { rows, labels } = drawn(20_000, [1], 0, 11);
    const distorted = rows.map(([x]) => 2 * x! - 1);
    const { offset, slope } = fitPlatt(distorted, labels);
    expect(slope).toBeCloseTo(0.5, 1);
    expect(offset).toBeCloseTo(0.5, 1);
  });

  it('stays finite when the score separates those who left', () => {
    const { offset, slope } = fitPlatt([-2, -1, 1, 2], [0, 0, 1, 1]);
    expect(Number.isFinite(offset) && Number.isFinite(slope)).toBe(true);
    expect(slope).toBeGreaterThan(0);
  });

  it('moves the mean to a known rate without changing the order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (logits, rate) => {
          const { offset, slope } = fitBaseRate(logits, rate);
          const mean = logits.reduce((sum, one) => sum + probabilityOf(offset + one), 0) / logits.length;
          expect(slope).toBe(1);
          expect(mean).toBeCloseTo(rate, 9);
        },
      ),
      { numRuns: 100 },
    );
  });
});

const judgedRows = fc.array(
  fc.record({ p: fc.integer({ min: 0, max: 20 }).map((n) => n / 20), label: fc.boolean().map(label) }),
  { minLength: 2, maxLength: 40 },
);

describe('figures of predictions', () => {
  it('count pairs: AUC is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(judgedRows, (rows) => {
        const left = rows.filter((one) => one.label === 1);
        const stayed = rows.filter((one) => one.label === 0);
        fc.pre(left.length > 0 && stayed.length > 0);
        let won = 0;
        for (const a of left) for (const b of stayed) won += a.p > b.p ? 1 : a.p === b.p ? 0.5 : 0;
        expect(aucOf(rows)).toBeCloseTo(won / (left.length * stayed.length), 12);
      }),
    );
  });

  it('are as computed by hand', () => {
    const rows = [
      { p: 0.9, label: 1 },
      { p: 0.8, label: 0 },
      { p: 0.3, label: 1 },
      { p: 0.1, label: 0 },
    ] as const;
    expect(brierScore(rows)).toBeCloseTo((0.01 + 0.64 + 0.49 + 0.01) / 4, 12);
    expect(logLoss(rows)).toBeCloseTo(
      -(Math.log(0.9) + Math.log(0.2) + Math.log(0.3) + Math.log(0.9)) / 4,
      12,
    );
    expect(averagePrecision(rows)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(topPrecision(rows, 0.1)).toBe(1);
    expect(ece10(rows)).toBeCloseTo((0.1 + 0.8 + 0.7 + 0.1) / 4, 12);
    expect(calibrationTable(rows).map(({ from, count }) => [from, count])).toEqual([
      [0.1, 1],
      [0.3, 1],
      [0.8, 1],
      [0.9, 1],
    ]);
  });

  it('see a population move, and not one that stays', () => {
    const before = Array.from({ length: 1000 }, (_, i) => i / 1000);
    expect(populationStability(before, before)).toBeCloseTo(0, 3);
    expect(
      populationStability(
        before,
        before.map((one) => one + 0.3),
      ),
    ).toBeGreaterThan(0.2);
  });
});

describe('folds', () => {
  it('keep a customer together and share out those who left', () => {
    const groups = Array.from({ length: 300 }, (_, i) => `customer ${i % 100}`);
    const labels = groups.map((_, i) => label(i % 100 < 20));
    const folds = stratifiedFolds(labels, 5, 1, groups);
    for (let i = 0; i < 100; i += 1) expect(new Set([folds[i], folds[i + 100], folds[i + 200]]).size).toBe(1);
    for (let fold = 0; fold < 5; fold += 1)
      expect(labels.filter((one, i) => one === 1 && folds[i] === fold).length).toBe(12);
  });
});
