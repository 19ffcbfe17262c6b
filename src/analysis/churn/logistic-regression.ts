import { solve } from './solve.ts';

/** Which way a coefficient may point: 1 raises the odds, -1 lowers them, 0 either. */
export type Sign = 1 | -1 | 0;

export interface LogisticOptions {
  /** Penalty on the squares of the standardised coefficients; the intercept is free. */
  readonly lambda: number;
  /** One per column; a coefficient that points the wrong way is set to 0 and the others are fitted again. */
  readonly signs?: readonly Sign[];
}

/** logit p = intercept + sum of coefficient * (x - center) / scale. */
export interface LogisticModel {
  readonly intercept: number;
  /** Of the standardised columns. */
  readonly coefficients: readonly number[];
  readonly centers: readonly number[];
  /** 1 where a column does not vary. */
  readonly scales: readonly number[];
}

const MOST_ITERATIONS = 50;
const TOLERANCE = 1e-9;
/** Weights p (1 - p) below this make the system of equations singular. */
const LEAST_WEIGHT = 1e-10;

/**
 * Ridge logistic regression by iteratively reweighted least squares (Newton's method on the penalised likelihood;
 * Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4).
 *
 * @param rows one per observation, all of the same length, without gaps
 * @param labels 1 where the event came
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly (0 | 1)[],
  { lambda, signs = [] }: LogisticOptions,
): LogisticModel {
  const width = rows[0]?.length ?? 0;
  const { centers, scales } = standardiser(rows, width);
  const standard = rows.map((row) => row.map((value, j) => (value - centers[j]!) / scales[j]!));
  const isUsed = scales.map((_, j) => standard.some((row) => row[j] !== 0));
  for (;;) {
    const { intercept, coefficients } = fitStandardised(standard, labels, isUsed, lambda);
    const wrong = worstSign(coefficients, signs);
    if (wrong === null) return { intercept, coefficients, centers, scales };
    isUsed[wrong] = false;
  }
}

/** The logit that a model gives a row. */
export function logitOf(model: LogisticModel, row: readonly number[]): number {
  return model.coefficients.reduce(
    (sum, coefficient, j) => sum + (coefficient * (row[j]! - model.centers[j]!)) / model.scales[j]!,
    model.intercept,
  );
}

export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** @param p strictly between 0 and 1; the ends are taken for a hair beside them */
export function logitFrom(p: number): number {
  const inside = Math.min(1 - 1e-12, Math.max(1e-12, p));
  return Math.log(inside / (1 - inside));
}

function standardiser(rows: readonly (readonly number[])[], width: number) {
  const centers: number[] = [];
  const scales: number[] = [];
  for (let j = 0; j < width; j += 1) {
    const mean = rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / rows.length;
    centers.push(mean);
    // A column of one value comes out as a hair of rounding, not as zero.
    scales.push(variance > 1e-18 * Math.max(1, mean * mean) ? Math.sqrt(variance) : 1);
  }
  return { centers, scales };
}

/** The column whose coefficient points the wrong way most; null: none does. */
function worstSign(coefficients: readonly number[], signs: readonly Sign[]): number | null {
  let worst: number | null = null;
  for (const [j, coefficient] of coefficients.entries()) {
    if (coefficient * (signs[j] ?? 0) >= 0) continue;
    if (worst === null || Math.abs(coefficient) > Math.abs(coefficients[worst]!)) worst = j;
  }
  return worst;
}

function fitStandardised(
  rows: readonly (readonly number[])[],
  labels: readonly (0 | 1)[],
  isUsed: readonly boolean[],
  lambda: number,
): { readonly intercept: number; readonly coefficients: readonly number[] } {
  const columns = isUsed.flatMap((used, j) => (used ? [j] : []));
  const events = labels.reduce<number>((sum, label) => sum + label, 0);
  let beta = [logitFrom(events / labels.length), ...columns.map(() => 0)];
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const step = newtonStep(rows, labels, columns, beta, lambda);
    beta = beta.map((one, j) => one + step[j]!);
    if (Math.max(...step.map(Math.abs)) < TOLERANCE) break;
  }
  const coefficients = isUsed.map(() => 0);
  for (const [place, j] of columns.entries()) coefficients[j] = beta[place + 1]!;
  return { intercept: beta[0]!, coefficients };
}

/** (X'WX + lambda I)^-1 (X'(y - p) - lambda beta), where nothing is added for the intercept. */
function newtonStep(
  rows: readonly (readonly number[])[],
  labels: readonly (0 | 1)[],
  columns: readonly number[],
  beta: readonly number[],
  lambda: number,
): readonly number[] {
  const size = beta.length;
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  const gradient = new Float64Array(size);
  const x = new Float64Array(size);
  x[0] = 1;
  for (const [i, row] of rows.entries()) {
    let logit = beta[0]!;
    for (let k = 1; k < size; k += 1) {
      x[k] = row[columns[k - 1]!]!;
      logit += beta[k]! * x[k]!;
    }
    const p = probabilityOf(logit);
    const weight = Math.max(LEAST_WEIGHT, p * (1 - p));
    for (let k = 0; k < size; k += 1) {
      gradient[k]! += (labels[i]! - p) * x[k]!;
      const line = hessian[k]!;
      for (let m = 0; m <= k; m += 1) line[m]! += weight * x[k]! * x[m]!;
    }
  }
  for (let k = 0; k < size; k += 1) {
    for (let m = 0; m < k; m += 1) hessian[m]![k] = hessian[k]![m]!;
    if (k === 0) continue;
    hessian[k]![k]! += lambda;
    gradient[k]! -= lambda * beta[k]!;
  }
  return solve(hessian, gradient);
}
