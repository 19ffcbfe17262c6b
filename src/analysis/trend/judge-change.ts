/**
 * Whether a count changed. In: how often something happened in two spans. Out: whether that is a change, whether it is
 * steady, or whether there is too little to tell. It never calls noise a trend: at ten a month, "20 % more than last
 * month" alone holds for two of three series in which nothing has changed.
 */
export type ChangeVerdict = 'up' | 'down' | 'steady' | 'too-few';

export interface Change {
  readonly verdict: ChangeVerdict;
  /** b / expected b - 1; null when there was nothing before. */
  readonly share: number | null;
  /** Distance from "no change" in standard errors. */
  readonly z: number;
}

export interface ChangeLimits {
  /** Smaller changes are steady, however sure; 0.2 = 20 %. */
  readonly leastShare: number;
  /** Below this many in the larger span nothing is called steady. */
  readonly leastCount: number;
}

export const defaultLimits: ChangeLimits = { leastShare: 0.2, leastCount: 30 };

/** Two-sided 95 %. */
const Z_95 = 1.96;

/**
 * z = ln((b + .5) / (r (a + .5))) / sqrt(1/(a + .5) + 1/(b + .5)), the log ratio of two Poisson counts over its standard
 * error, which is made wider by sqrt(dispersion). A change needs both the size and the significance.
 *
 * @param before events in the earlier span
 * @param after events in the later span
 * @param options.dispersion variance over mean of the counts (1 = Poisson), from `dispersionOf`; below 1 it counts as 1
 * @param options.exposure r: how many times longer the later span is, weekends weighed; 1 = equally long
 */
export function judgeChange(
  before: number,
  after: number,
  {
    dispersion = 1,
    exposure = 1,
    limits = defaultLimits,
  }: { dispersion?: number; exposure?: number; limits?: ChangeLimits } = {},
): Change {
  const ratio = Math.log((after + 0.5) / (exposure * (before + 0.5)));
  const error = Math.sqrt((1 / (before + 0.5) + 1 / (after + 0.5)) * Math.max(1, dispersion));
  const z = ratio / error;
  const share = before === 0 ? null : after / (before * exposure) - 1;
  const isLarge = share === null ? after > 0 : Math.abs(share) >= limits.leastShare;
  if (isLarge && Math.abs(z) > Z_95) return { verdict: z > 0 ? 'up' : 'down', share, z };
  const isFew = Math.max(before, after) < limits.leastCount;
  return { verdict: isFew ? 'too-few' : 'steady', share, z };
}

/**
 * Variance over mean of counts of equal spans, from the differences of neighbours, so that a slow rise does not count as
 * unrest: the mean of (y1 - y0)^2 / (y1 + y0). 1 for a Poisson count, more where events come in bursts. Counts of 4 spans
 * or fewer are taken for Poisson.
 */
export function dispersionOf(counts: readonly number[]): number {
  if (counts.length < 5) return 1;
  let [sum, pairs] = [0, 0];
  for (let index = 1; index < counts.length; index += 1) {
    const [earlier, later] = [counts[index - 1]!, counts[index]!];
    if (earlier + later === 0) continue;
    sum += (later - earlier) ** 2 / (later + earlier);
    pairs += 1;
  }
  return pairs < 4 ? 1 : Math.max(1, sum / pairs);
}
