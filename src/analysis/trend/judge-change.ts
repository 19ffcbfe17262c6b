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
  /** Below this many in the larger span there is too little to tell, whatever the numbers. */
  readonly leastCount: number;
}

export const defaultLimits: ChangeLimits = { leastShare: 0.2, leastCount: 30 };

/** Two-sided 95 %. */
const Z_95 = 1.96;

/**
 * z = ln((b + .5) / (r (a + .5))) / sqrt(1/(a + .5) + 1/(b + .5)), the log ratio of two Poisson counts over its standard
 * error, which is made wider by sqrt(dispersion). A change needs the size, the significance and enough events.
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
  if (Math.max(before, after) < limits.leastCount) return { verdict: 'too-few', share, z };
  const isLarge = share === null ? after > 0 : Math.abs(share) >= limits.leastShare;
  if (isLarge && Math.abs(z) > Z_95) return { verdict: z > 0 ? 'up' : 'down', share, z };
  return { verdict: 'steady', share, z };
}

/** Differences of as many weeks as this weigh as much as those of single days: a dozen weeks alone say little. */
const WEEKS_OF_PRIOR = 8;

/**
 * Variance over mean of a count by day: 1 for a Poisson count, more where events come in bursts. It is taken from
 * differences, so that a slow rise does not count as unrest: the mean of (y1 - y0)^2 / (y1 + y0), over neighbouring weeks,
 * which know bursts of several days, and over the same days of neighbouring weeks, of which there are many more. Less
 * than 5 weeks are taken for Poisson.
 *
 * @param days counts of whole weeks, day by day
 */
export function dispersionOf(days: readonly number[]): number {
  const weeks = Array.from({ length: Math.floor(days.length / 7) }, (_, week) =>
    days.slice(7 * week, 7 * week + 7).reduce((sum, count) => sum + count, 0),
  );
  if (weeks.length < 5) return 1;
  const ofDays = unrest(days, 7);
  const ofWeeks = unrest(weeks, 1);
  const prior = WEEKS_OF_PRIOR * Math.max(1, ofDays.pairs === 0 ? 1 : ofDays.sum / ofDays.pairs);
  return Math.max(1, (ofWeeks.sum + prior) / (ofWeeks.pairs + WEEKS_OF_PRIOR));
}

function unrest(counts: readonly number[], lag: number): { readonly sum: number; readonly pairs: number } {
  let [sum, pairs] = [0, 0];
  for (let index = lag; index < counts.length; index += 1) {
    const [earlier, later] = [counts[index - lag]!, counts[index]!];
    if (earlier + later === 0) continue;
    sum += (later - earlier) ** 2 / (later + earlier);
    pairs += 1;
  }
  return { sum, pairs };
}
