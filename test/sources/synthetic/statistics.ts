/**
 * Tolerances come from the distributions themselves: a check that compares with a normal limit of 4.5 deviations fails
 * by chance once in 150,000 runs, and seeds are fixed.
 */
export const deviations = 4.5;

/** Standardised difference. */
export const zOf = (observed: number, mean: number, variance: number): number =>
  (observed - mean) / Math.sqrt(variance);

/** How far a sum of squared z stands from what chance gives it; about normal for many terms. */
export function chiSquareZ(scores: readonly number[]): number {
  const sum = scores.reduce((total, z) => total + z * z, 0);
  return (sum - scores.length) / Math.sqrt(2 * scores.length);
}

/** Chance that a random positive ranks above a random negative; ties count half. */
export function areaUnderCurve(rows: readonly (readonly [score: number, isPositive: boolean])[]): number {
  const sorted = [...rows].sort((a, b) => a[0] - b[0]);
  let [negatives, wins] = [0, 0];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]![0] === sorted[start]![0]) end += 1;
    const tied = sorted.slice(start, end);
    const positives = tied.filter(([, isPositive]) => isPositive).length;
    wins += positives * (negatives + (tied.length - positives) / 2);
    negatives += tied.length - positives;
    start = end;
  }
  return wins / (negatives * (sorted.length - negatives));
}

/** Maximum likelihood of a logit by Newton's method, with the standard errors of the inverse information. */
export function fitLogit(
  features: readonly (readonly number[])[],
  outcomes: readonly boolean[],
): { readonly coefficients: readonly number[]; readonly errors: readonly number[] } {
  const size = features[0]!.length;
  let coefficients = new Array<number>(size).fill(0);
  let inverse: number[][] = [];
  for (let round = 0; round < 30; round += 1) {
    const gradient = new Array<number>(size).fill(0);
    const information = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    for (const [index, x] of features.entries()) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, at) => sum + value * coefficients[at]!, 0)));
      for (let i = 0; i < size; i += 1) {
        gradient[i]! += x[i]! * ((outcomes[index] ? 1 : 0) - p);
        for (let j = 0; j < size; j += 1) information[i]![j]! += p * (1 - p) * x[i]! * x[j]!;
      }
    }
    inverse = invert(information);
    coefficients = coefficients.map(
      (value, i) => value + inverse[i]!.reduce((sum, cell, j) => sum + cell * gradient[j]!, 0),
    );
  }
  return { coefficients, errors: inverse.map((row, index) => Math.sqrt(row[index]!)) };
}

/** Gauss-Jordan. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    let best = column;
    for (let row = column; row < size; row += 1)
      if (Math.abs(work[row]![column]!) > Math.abs(work[best]![column]!)) best = row;
    [work[column], work[best]] = [work[best]!, work[column]!];
    const pivot = work[column]![column]!;
    work[column] = work[column]!.map((cell) => cell / pivot);
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const factor = work[row]![column]!;
      work[row] = work[row]!.map((cell, at) => cell - factor * work[column]![at]!);
    }
  }
  return work.map((row) => row.slice(size));
}
