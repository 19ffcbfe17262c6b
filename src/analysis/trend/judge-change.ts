/**
 * Door of the trends. In: how often something happened in two spans of equal length. Out: whether that is a change,
 * whether it is steady, or whether there is too little to tell. It never calls noise a trend: at ten a month, "20 % more
 * than last month" alone holds for two of three series in which nothing has changed.
 */
export type ChangeVerdict = 'up' | 'down' | 'steady' | 'too-few';

export interface Change {
  readonly verdict: ChangeVerdict;
  /** b / a - 1; null when there was nothing before. */
  readonly share: number | null;
  /** Distance from "no change" in standard errors. */
  readonly z: number;
}

export interface ChangeLimits {
  /** Smaller changes are steady, however sure; 0.2 = 20 %. */
  readonly leastShare: number;
  /** Below this many in the larger span nothing is called steady or a change of less than threefold significance. */
  readonly leastCount: number;
}

export const defaultLimits: ChangeLimits = { leastShare: 0.2, leastCount: 30 };

/** Two-sided 95 %. */
const Z_95 = 1.96;

/**
 * z = |ln((b + .5) / (a + .5))| / sqrt(1/(a + .5) + 1/(b + .5)), the log ratio of two Poisson counts over its standard
 * error, made wider by sqrt(dispersion). A change needs both the size and the significance.
 *
 * @param before events in the earlier span
 * @param after events in the later span of the same length
 * @param dispersion variance over mean of the counts (1 = Poisson), from `dispersionOf`; below 1 it counts as 1
 */
export function judgeChange(
  before: number,
  after: number,
  { dispersion = 1, limits = defaultLimits }: { dispersion?: number; limits?: ChangeLimits } = {},
): Change {
  const ratio = Math.log((after + 0.5) / (before + 0.5));
  const error = Math.sqrt((1 / (before + 0.5) + 1 / (after + 0.5)) * Math.max(1, dispersion));
  const z = ratio / error;
  const share = before === 0 ? null : after / before - 1;
  const isLarge = share === null ? after > 0 : Math.abs(share) >= limits.leastShare;
  if (isLarge && Math.abs(z) > Z_95) return { verdict: z > 0 ? 'up' : 'down', share, z };
  const isFew = Math.max(before, after) < limits.leastCount;
  return { verdict: isFew ? 'too-few' : 'steady', share, z };
}

/**
 * Variance over mean of counts of equal spans: 1 for a Poisson count, more where events come in bursts. Counts of 4
 * spans or fewer are taken for Poisson.
 */
export function dispersionOf(counts: readonly number[]): number {
  if (counts.length < 5) return 1;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  if (mean === 0) return 1;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  return Math.max(1, variance / mean);
}
