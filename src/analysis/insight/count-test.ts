/**
 * Tests on counts that gate insights. Normal approximations: good from about ten events on, which every rule demands.
 */

/** Probability that a standard normal value lies beyond `z`. Abramowitz and Stegun 26.2.17; error below 1e-7. */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.231_641_9 * z);
  const polynomial =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}

/**
 * Whether two counts of equally long periods differ by more than chance: given their sum, each event falls into either
 * period with probability one half (conditional test of two Poisson rates), with continuity correction. Counts that
 * vary more from week to week than Poisson counts do (`dispersion` = variance / mean of earlier periods, at least 1)
 * need a larger difference.
 *
 * @returns two-sided probability of such a difference by chance
 */
export function changeByChance(before: number, after: number, dispersion: number): number {
  const sum = before + after;
  if (sum === 0) return 1;
  const z = Math.max(0, Math.abs(after - before) - 1) / Math.sqrt(sum * Math.max(1, dispersion));
  return Math.min(1, 2 * upperTail(z));
}

/** Variance / mean of counts of equal periods, at least 1; 1 where fewer than three are known. */
export function dispersionOf(counts: readonly number[]): number {
  const n = counts.length;
  const mean = counts.reduce((sum, one) => sum + one, 0) / Math.max(1, n);
  if (n < 3 || mean === 0) return 1;
  const variance = counts.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1);
  return Math.max(1, variance / mean);
}

/**
 * One-sided test of two proportions: whether `hits` of `n` are more than the share among the rest.
 *
 * @returns probability of such a share by chance; 1 when the rest is empty
 */
export function shareByChance(hits: number, n: number, restHits: number, restN: number): number {
  if (n === 0 || restN === 0) return 1;
  const pooled = (hits + restHits) / (n + restN);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / restN));
  if (spread === 0) return 1;
  return upperTail((hits / n - restHits / restN) / spread);
}

/**
 * Which of several tests hold at a false discovery rate (Benjamini and Hochberg 1995): of those that are kept at most
 * this share is expected to be chance.
 */
export function keepDiscoveries<T extends { readonly chance: number }>(
  tests: readonly T[],
  rate: number,
): readonly T[] {
  const sorted = tests.toSorted((a, b) => a.chance - b.chance);
  const last = sorted.findLastIndex(({ chance }, index) => chance <= ((index + 1) / sorted.length) * rate);
  return sorted.slice(0, last + 1);
}
