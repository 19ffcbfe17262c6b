/**
 * How long customers stay, from how many left. A customer that leaves with the same probability `churn` in every month
 * stays k months or longer with probability (1 - churn)^k.
 */
export interface Lifetime {
  /** Months that a customer of today still pays within the horizon, on average: (1 - (1 - churn)^horizon) / churn. */
  readonly expectedMonths: number;
  /** Nine of ten customers stay at least so long; at most the horizon. */
  readonly lowMonths: number;
  /** One of ten stays at least so long; at most the horizon. */
  readonly highMonths: number;
}

/**
 * Probability of leaving within a month: (lost + 1/2) / customer-months, so that nobody lost is not "never" (the
 * posterior mean under Jeffreys' prior for a rate).
 *
 * @returns null when nobody was a customer
 */
export function monthlyChurn(lost: number, customerMonths: number): number | null {
  return customerMonths <= 0 ? null : Math.min(1, (lost + 0.5) / customerMonths);
}

/** @param churn 0 < churn <= 1, see `monthlyChurn` */
export function lifetimeOf(churn: number, horizonMonths: number): Lifetime {
  const stays = 1 - churn;
  const quantile = (share: number): number =>
    stays <= 0 ? 0 : Math.min(horizonMonths, Math.log(share) / Math.log(stays));
  return {
    expectedMonths: (1 - stays ** horizonMonths) / churn,
    lowMonths: quantile(0.9),
    highMonths: quantile(0.1),
  };
}
