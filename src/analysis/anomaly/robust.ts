/** 0 for no values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value below which a share of the values lies; 0 for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_TO_SIGMA = 1.4826;
const LARGE_SAMPLE = 200;

/**
 * Spread of residuals that knows their tail: the larger of the median absolute deviation and the far quantile (99 %,
 * of fewer than 200 values 95 %), each divided by what it is for a standard normal. On bursty series the median
 * absolute deviation alone flags far too much.
 *
 * @param sizes absolute residuals
 */
export function tailAwareSpread(sizes: readonly number[]): number {
  const [share, sigmas] = sizes.length >= LARGE_SAMPLE ? [0.99, 2.576] : [0.95, 1.96];
  return Math.max(MAD_TO_SIGMA * median(sizes), quantile(sizes, share) / sigmas);
}

const DAY_SHARE = 0.7;
const DAYS_FOR_DAY_SPREAD = 7;

/**
 * Spread by the largest residual of each day: what 70 % of the days stay below, divided by what 70 % of days of
 * `pointsPerDay` standard normals stay below. It does not depend on the grain, and a few bad days do not move it.
 *
 * @returns null for fewer than 7 days, or one point a day
 */
export function spreadOfDays(
  sizes: readonly number[],
  days: readonly number[],
  pointsPerDay: number,
): number | null {
  if (pointsPerDay <= 1) return null;
  const largest: number[] = [];
  for (const [index, size] of sizes.entries()) {
    if (index === 0 || days[index] !== days[index - 1]) largest.push(size);
    else largest[largest.length - 1] = Math.max(largest.at(-1)!, size);
  }
  if (largest.length < DAYS_FOR_DAY_SPREAD) return null;
  return quantile(largest, DAY_SHARE) / sigmasOfDay(pointsPerDay);
}

const sigmas = new Map<number, number>();

/** x with P(|normal| < x) ^ pointsPerDay = 70 %. */
function sigmasOfDay(pointsPerDay: number): number {
  const known = sigmas.get(pointsPerDay);
  if (known !== undefined) return known;
  const wanted = DAY_SHARE ** (1 / pointsPerDay);
  let [low, high] = [0, 8];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (errorFunction(middle / Math.SQRT2) < wanted) low = middle;
    else high = middle;
  }
  sigmas.set(pointsPerDay, high);
  return high;
}

/** Abramowitz and Stegun 7.1.26, good to 1.5e-7; x not negative. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.327_591_1 * x);
  const terms = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
  const polynomial = terms.reduce((sum, factor) => (sum + factor) * t, 0);
  return 1 - polynomial * Math.exp(-x * x);
}
