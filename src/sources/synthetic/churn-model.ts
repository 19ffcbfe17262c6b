import type { Random } from './random.ts';

/** How an account behaves; drawn first, everything that is written about the account follows from it. */
export interface AccountTraits {
  /** Change of the logarithm of API calls in 30 days: -0.1 is about ten percent less a month. */
  readonly usageSlope: number;
  /** Logins on an ordinary working day. */
  readonly logins: number;
  /** Incidents in the last 90 days as a customer. */
  readonly incidents: number;
  /** Mean of its CSAT answers, 1-5. */
  readonly csat: number;
  /** Share of its tickets with a negative tone. */
  readonly negativeShare: number;
  /** Chance of cancelling within a year, by the model below. */
  readonly churnProbability: number;
  /** Planted: `declining` accounts are about to leave and have not yet; `negative` ones complain far more than others. */
  readonly planted: 'declining' | 'negative' | null;
}

export type ChurnFeatures = Pick<AccountTraits, 'usageSlope' | 'logins' | 'incidents' | 'csat'>;

/**
 * The logit of cancelling within a year: intercept + sum of coefficient * feature, with the natural logarithm of the
 * logins. The size of the coefficients makes the best possible AUC 0.85 and the yearly rate 12 %; both are tested.
 */
export const churnModel = {
  intercept: 3.95,
  usageSlope: -9,
  logLogins: -1.4,
  incidents: 0.45,
  csat: -1.5,
} as const;

export function churnProbability({ usageSlope, logins, incidents, csat }: ChurnFeatures): number {
  const logit =
    churnModel.intercept +
    churnModel.usageSlope * usageSlope +
    churnModel.logLogins * Math.log(logins) +
    churnModel.incidents * incidents +
    churnModel.csat * csat;
  return 1 / (1 + Math.exp(-logit));
}

/** Share of negative tickets of an ordinary account, before its own deviation. */
export const usualNegativeShare = 0.11;

/** @param planted accounts that were chosen to stand out get their traits from it */
export function drawTraits(random: Random, planted: AccountTraits['planted']): AccountTraits {
  const features: ChurnFeatures =
    planted === 'declining'
      ? { usageSlope: -0.9, logins: random.logNormal(2.2, 0.2), incidents: random.whole(2, 4), csat: 2.1 }
      : {
          usageSlope: 0.12 * random.normal(),
          logins: random.logNormal(2.4, 0.5),
          incidents: random.negativeBinomial(1.3, 1.5),
          csat: Math.min(5, Math.max(1.5, 4.1 + 0.5 * random.normal())),
        };
  const spread = Math.exp(0.2 * random.normal());
  const negativeShare = planted === null ? usualNegativeShare * spread : planted === 'declining' ? 0.6 : 0.5;
  return { ...features, negativeShare, churnProbability: churnProbability(features), planted };
}
