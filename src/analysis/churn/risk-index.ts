import type { ChurnBand, ChurnSettings, Commitment } from '../../domain/churn-settings.ts';

/** logit of the risk index of a health score, 0-100. */
export function indexLogit(health: number, { riskIndex }: ChurnSettings): number {
  return -riskIndex.slope * (health - riskIndex.neutralHealth);
}

/** Half-open from above: 0.30 is low, a hair more is medium. */
export function riskBandOf(index: number, { riskBands }: ChurnSettings): ChurnBand {
  if (index <= riskBands.low) return 'low';
  if (index <= riskBands.medium) return 'medium';
  return index <= riskBands.high ? 'high' : 'critical';
}

/**
 * Whom to look after first: the worse of health and risk. It is not the risk band: a risk of 0.75 is band high and
 * priority critical.
 *
 * @param health null where it is not scored
 */
export function priorityOf(index: number, health: number | null, { priorities }: ChurnSettings): ChurnBand {
  for (const name of ['critical', 'high', 'medium'] as const) {
    const { churnAbove, healthBelow } = priorities[name];
    if (index > churnAbove || (health !== null && health < healthBelow)) return name;
  }
  return 'low';
}

/** What the subscriptions of a customer say; null: not known. */
export interface Contract {
  readonly tenureMonths: number | null;
  readonly commitment: Commitment | null;
  readonly isPastDue: boolean | null;
}

export const coldStartRules = ['tenure', 'commitment', 'past_due'] as const;
export type ColdStartRule = (typeof coldStartRules)[number];

/** Points of the logit that each rule of the cold start gives; a rule without its fact is absent. */
export function coldStartPoints(
  { tenureMonths, commitment, isPastDue }: Contract,
  { coldStart }: ChurnSettings,
): Readonly<Partial<Record<ColdStartRule, number>>> {
  const points: Partial<Record<ColdStartRule, number>> = {};
  if (tenureMonths !== null) {
    const times =
      (Math.max(0, tenureMonths) + NEWCOMER_MONTHS) / (coldStart.usualTenureMonths + NEWCOMER_MONTHS);
    points.tenure = -coldStart.tenurePoints * Math.log(times);
  }
  if (commitment !== null) points.commitment = coldStart.commitment[commitment];
  if (isPastDue !== null) points.past_due = isPastDue ? coldStart.pastDuePoints : 0;
  return points;
}

/** Keeps the logarithm finite for those who came today, and the first weeks from outweighing everything. */
const NEWCOMER_MONTHS = 3;
