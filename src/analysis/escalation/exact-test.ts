/**
 * Chance of `count` or more successes in `trials` independent trials of probability `share`: the exact upper tail of the
 * binomial distribution, summed from logarithms so that thousands of trials do not underflow.
 *
 * @returns 1 for a count of 0
 */
export function chanceOfSoMany(count: number, trials: number, share: number): number {
  if (count <= 0) return 1;
  if (count > trials || share <= 0) return 0;
  if (share >= 1) return 1;
  const logOdds = Math.log(share) - Math.log1p(-share);
  let term = trials * Math.log1p(-share);
  let below = 0;
  let above = 0;
  for (let successes = 0; successes <= trials; successes += 1) {
    if (successes > 0) term += Math.log((trials - successes + 1) / successes) + logOdds;
    const chance = Math.exp(term);
    if (successes < count) below += chance;
    else above += chance;
    // Behind the peak the terms only shrink.
    if (successes > count && successes > trials * share && chance < above * 1e-12) break;
  }
  // The smaller side is the exact one: 1 - (1 - tiny) would lose it.
  return Math.min(1, above < below ? above : 1 - below);
}
