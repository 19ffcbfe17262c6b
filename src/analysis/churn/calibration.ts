import type { Judged } from './discrimination.ts';

/** Mean squared distance between the probability and what came. */
export function brierScore(judged: readonly Judged[]): number {
  return meanOf(judged.map(({ p, label }) => (p - label) ** 2));
}

/** Mean of -log of the probability that was given to what came; a probability of 0 or 1 counts as a hair beside it. */
export function logLoss(judged: readonly Judged[]): number {
  return meanOf(judged.map(lossOfOne));
}

export function lossOfOne({ p, label }: Judged): number {
  const given = label === 1 ? p : 1 - p;
  return -Math.log(Math.max(1e-15, given));
}

/** One line of a calibration table. */
export interface CalibrationBin {
  /** Half-open, the last one closed: `from <= p < to`. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability that was given. */
  readonly given: number;
  /** Share that left. */
  readonly came: number;
}

/** Ten bins of equal width; empty ones are left out. */
export function calibrationTable(judged: readonly Judged[]): readonly CalibrationBin[] {
  return Array.from({ length: 10 }, (_, index) => {
    const inBin = judged.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === index);
    return {
      from: index / 10,
      to: (index + 1) / 10,
      count: inBin.length,
      given: meanOf(inBin.map(({ p }) => p)),
      came: meanOf(inBin.map(({ label }) => label)),
    };
  }).filter(({ count }) => count > 0);
}

/** Expected calibration error over ten bins: mean distance of given and came, weighted by the rows of the bin. */
export function ece10(judged: readonly Judged[]): number {
  return calibrationTable(judged).reduce(
    (sum, { count, given, came }) => sum + (count / judged.length) * Math.abs(given - came),
    0,
  );
}

/**
 * Population stability index between two samples of a score, over the ten deciles of the first: the sum of (q - p)
 * ln(q / p). Above 0.2 the population has moved. Empty cells count as half a row.
 */
export function populationStability(before: readonly number[], now: readonly number[]): number {
  if (before.length === 0 || now.length === 0) return 0;
  const sorted = before.toSorted((a, b) => a - b);
  const edges = [
    ...new Set(Array.from({ length: 9 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / 10)]!)),
  ];
  const [first, second] = [shares(before, edges), shares(now, edges)];
  return first.reduce((sum, p, cell) => sum + (second[cell]! - p) * Math.log(second[cell]! / p), 0);
}

function shares(values: readonly number[], edges: readonly number[]): readonly number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const value of values) counts[edges.filter((edge) => value >= edge).length]! += 1;
  return counts.map((count) => Math.max(0.5, count) / values.length);
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
