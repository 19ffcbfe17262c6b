import { probabilityOf } from './logistic-regression.ts';

/** logit p' = offset + slope * logit p. */
export interface Calibration {
  readonly offset: number;
  readonly slope: number;
}

const MOST_ITERATIONS = 100;

/**
 * Platt scaling: two parameters that turn a score into a probability, fitted to smoothed targets (N+ + 1) / (N+ + 2)
 * and 1 / (N- + 2), which keep them finite where the score separates the classes (Platt 1999; the halved steps are of
 * Lin, Lin and Weng 2007).
 *
 * @param logits of the score to calibrate
 */
export function fitPlatt(logits: readonly number[], labels: readonly (0 | 1)[]): Calibration {
  const events = labels.reduce<number>((sum, label) => sum + label, 0);
  const high = (events + 1) / (events + 2);
  const low = 1 / (labels.length - events + 2);
  const targets = labels.map((label) => (label === 1 ? high : low));
  let offset = Math.log((events + 1) / (labels.length - events + 1));
  let slope = 0;
  let loss = lossOf(logits, targets, offset, slope);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const [stepOffset, stepSlope] = newtonStep(logits, targets, offset, slope);
    let size = 1;
    for (; size > 1e-10; size /= 2) {
      const next = lossOf(logits, targets, offset + size * stepOffset, slope + size * stepSlope);
      if (next <= loss) {
        loss = next;
        break;
      }
    }
    offset += size * stepOffset;
    slope += size * stepSlope;
    if (Math.max(Math.abs(stepOffset), Math.abs(stepSlope)) * size < 1e-10) break;
  }
  return { offset, slope };
}

/**
 * The offset that makes the mean probability a known rate, the order of the scores untouched (slope 1): what can be
 * said with fewer than 20 events.
 *
 * @param rate strictly between 0 and 1
 */
export function fitBaseRate(logits: readonly number[], rate: number): Calibration {
  let [low, high] = [-60, 60];
  for (let round = 0; round < 100; round += 1) {
    const offset = (low + high) / 2;
    const mean = logits.reduce((sum, logit) => sum + probabilityOf(offset + logit), 0) / logits.length;
    if (mean > rate) high = offset;
    else low = offset;
  }
  return { offset: (low + high) / 2, slope: 1 };
}

function newtonStep(
  logits: readonly number[],
  targets: readonly number[],
  offset: number,
  slope: number,
): readonly [number, number] {
  let [g0, g1, h00, h01, h11] = [0, 0, 1e-12, 0, 1e-12];
  for (const [i, logit] of logits.entries()) {
    const p = probabilityOf(offset + slope * logit);
    const weight = p * (1 - p);
    g0 += targets[i]! - p;
    g1 += (targets[i]! - p) * logit;
    h00 += weight;
    h01 += weight * logit;
    h11 += weight * logit * logit;
  }
  const determinant = h00 * h11 - h01 * h01;
  // All scores alike: only the offset can be fitted.
  if (determinant < 1e-12 * h00 * h11) return [g0 / h00, 0];
  return [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
}

function lossOf(
  logits: readonly number[],
  targets: readonly number[],
  offset: number,
  slope: number,
): number {
  let loss = 0;
  for (const [i, logit] of logits.entries()) {
    const score = offset + slope * logit;
    // log(1 + e^x) without overflow, less the target's share.
    loss += Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - targets[i]! * score;
  }
  return loss;
}
