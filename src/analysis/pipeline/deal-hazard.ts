/**
 * How likely an open deal is to be won within so many days, from how old it is and which stage it is in.
 *
 * Every day a deal has some chance to be decided, which changes with its age; of those decided at an age, a share is won,
 * which changes with age and stage. Both come from what deals did at that age (competing risks in daily steps). Days
 * before the first known decision do not count: of those times only the deals that lasted are known.
 */

/** What deals did while their age was in a bucket. */
export interface AgeBucket {
  /** Days, the first one that counts. */
  readonly from: number;
  /** Days spent by all deals in it. */
  readonly exposureDays: number;
  readonly won: number;
  readonly lost: number;
}

/** Decided deals that had been in a stage. */
export interface StageResult {
  readonly stage: string;
  readonly won: number;
  readonly lost: number;
}

/** First days of the buckets, finer where most deals are decided. */
export const ageBuckets: readonly number[] = [
  0, 1, 8, 15, 22, 31, 46, 61, 76, 91, 106, 121, 141, 166, 196, 231, 271, 321, 381, 451, 541, 651, 781, 1001,
];

export interface DealHazard {
  /** Per bucket: chance per day to be decided, and log odds that it is then won. */
  readonly buckets: readonly { readonly from: number; readonly decided: number; readonly logOdds: number }[];
  /** By stage: how much its deals' log odds of winning differ from those of all. */
  readonly stages: ReadonlyMap<string, number>;
}

/**
 * @param priorDeals rates of few deals are drawn towards the rate of all as if there were so many more
 * @returns null: no deal was ever decided
 */
export function buildHazard(
  buckets: readonly AgeBucket[],
  stages: readonly StageResult[],
  priorDeals: number,
): DealHazard | null {
  const won = total(buckets, (one) => one.won);
  const decided = won + total(buckets, (one) => one.lost);
  if (decided === 0) return null;
  const exposure = total(buckets, (one) => one.exposureDays);
  const rate = (won + 0.5) / (decided + 1);
  // One decision's worth of days at the overall pace keeps an age that nobody reached from being certain.
  const daysPerDecision = Math.max(1, exposure / decided);
  const share = (own: { readonly won: number; readonly lost: number }): number =>
    (own.won + priorDeals * rate + 0.5) / (own.won + own.lost + priorDeals + 1);
  return {
    buckets: buckets
      .toSorted((a, b) => a.from - b.from)
      .map((one) => ({
        from: one.from,
        decided: Math.min(1, (one.won + one.lost + 1) / (one.exposureDays + daysPerDecision)),
        logOdds: logit(share(one)),
      })),
    stages: new Map(stages.map((one) => [one.stage, logit(share(one)) - logit(rate)])),
  };
}

/**
 * Chance that a deal of this age is won within so many days, 0-1.
 *
 * @param stage one without a history counts as any
 */
export function chanceOfWinning(
  hazard: DealHazard,
  deal: { readonly ageDays: number; readonly stage: string | null },
  withinDays: number,
): number {
  const shift = deal.stage === null ? 0 : (hazard.stages.get(deal.stage) ?? 0);
  let open = 1;
  let won = 0;
  let place = 0;
  for (let day = 1; day <= withinDays; day += 1) {
    const age = deal.ageDays + day;
    while ((hazard.buckets[place + 1]?.from ?? Number.POSITIVE_INFINITY) <= age) place += 1;
    const bucket = hazard.buckets[place];
    if (bucket === undefined) return won;
    won += open * bucket.decided * logistic(bucket.logOdds + shift);
    open *= 1 - bucket.decided;
  }
  return won;
}

function total(buckets: readonly AgeBucket[], of: (one: AgeBucket) => number): number {
  return buckets.reduce((sum, one) => sum + of(one), 0);
}

function logit(share: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, share));
  return Math.log(inside / (1 - inside));
}

function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
