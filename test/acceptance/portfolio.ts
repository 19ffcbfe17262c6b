import { seededRandom } from '../analysis/anomaly/seeded-series.ts';
import { qualityOf } from './anomaly-scoring.ts';
import { drawGamma, drawNegBin } from './draw-counts.ts';

export interface DrawnAccount {
  readonly accountId: string;
  readonly cases: number;
  readonly hits: number;
  readonly isBad: boolean;
}

const BAD = 0.05;
/** Shares of the others: beta distributed, 20 % on average. */
const [ALPHA, BETA] = [4, 16] as const;
const [BAD_FROM, BAD_TO] = [0.5, 0.7] as const;

/**
 * 300 accounts with about 10 tickets each (negative binomial); one in twenty has 50 to 70 % negative ones, the others 20 %
 * on average (beta). How much cases and shares vary was set so that the naive rule does about as badly as it is known to
 * (precision 0.39, recall 0.45), not by what the rule under test reaches.
 */
export function drawPortfolio(seed: number): readonly DrawnAccount[] {
  const random = seededRandom(seed);
  return Array.from({ length: 300 }, (_, index) => {
    const isBad = random() < BAD;
    const [negative, others] = [drawGamma(ALPHA, random), drawGamma(BETA, random)];
    const share = isBad ? BAD_FROM + (BAD_TO - BAD_FROM) * random() : negative / (negative + others);
    const cases = Math.max(1, drawNegBin(10, 3, random));
    let hits = 0;
    for (let one = 0; one < cases; one += 1) if (random() < share) hits += 1;
    return { accountId: String(index), cases, hits, isBad };
  });
}

/**
 * The best F1 that any rule can reach on these accounts: they are named in the order of how likely it is that they are
 * bad, computed by somebody who knows how they were drawn, down to wherever F1 is highest.
 */
export function bestReachableF1(accounts: readonly DrawnAccount[], leastCases: number): number {
  const bad = accounts.filter(({ isBad }) => isBad).length;
  const ordered = accounts
    .filter(({ cases }) => cases >= leastCases)
    .map((account) => ({ ...account, odds: oddsOfBad(account) }))
    .sort((a, b) => b.odds - a.odds);
  let [right, best] = [0, 0];
  for (const [at, { isBad }] of ordered.entries()) {
    if (isBad) right += 1;
    if (right > 0) best = Math.max(best, qualityOf(right / (at + 1), right / bad).f1);
  }
  return best;
}

/** Bayes' rule; the shares that nobody sees are integrated out. */
function oddsOfBad({ cases, hits }: DrawnAccount): number {
  const likelihood = (share: number) => share ** hits * (1 - share) ** (cases - hits);
  const ifBad = mean((part) => likelihood(BAD_FROM + (BAD_TO - BAD_FROM) * part));
  const density = (share: number) => share ** (ALPHA - 1) * (1 - share) ** (BETA - 1);
  const ifLikeOthers = mean((share) => density(share) * likelihood(share)) / mean(density);
  return (BAD * ifBad) / ((1 - BAD) * ifLikeOthers);
}

/** Mean over the unit interval, by the midpoints of 400 steps. */
function mean(value: (part: number) => number): number {
  const steps = 400;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum += value((step + 0.5) / steps);
  return sum / steps;
}
