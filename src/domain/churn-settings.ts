/** How likely a customer is to leave, lowest first. */
export const churnBands = ['low', 'medium', 'high', 'critical'] as const;
export type ChurnBand = (typeof churnBands)[number];

/** `catalogue/churn.yml`, checked. Constants of the risk index are natural logarithms of odds. */
export interface ChurnSettings {
  /** Days ahead that a churn probability speaks of. */
  readonly horizonDays: number;
  /** logit of the risk index = -slope (health - neutralHealth). */
  readonly riskIndex: { readonly slope: number; readonly neutralHealth: number };
  /** What is known of customers before any has left; replaced by a fitted model. */
  readonly coldStart: ColdStartRules;
  /** Risk index up to which a band reaches, included; above the last it is critical. */
  readonly riskBands: Readonly<Record<Exclude<ChurnBand, 'critical'>, number>>;
  /** A customer has the worst priority whose risk index it exceeds or whose health it falls below. */
  readonly priorities: Readonly<Record<Exclude<ChurnBand, 'low'>, PriorityEdge>>;
  readonly calibration: {
    /** Months of history that a model is fitted on at most. */
    readonly historyMonths: number;
    /** Share of the customers of a month that must be scored for the month to count. */
    readonly leastCovered: number;
    readonly plattEvents: number;
    readonly fitEvents: number;
    readonly fitRows: number;
    readonly eventsPerFeature: number;
    readonly lambda: number;
    /** Share of the resampled comparisons that the fitted model must win. */
    readonly confidence: number;
  };
  readonly drift: { readonly psi: number; readonly ece: number };
  readonly forecast: { readonly months: number; readonly leastMonths: number; readonly coverage: number };
}

interface PriorityEdge {
  readonly churnAbove: number;
  readonly healthBelow: number;
}

/** Points of the logit. */
export interface ColdStartRules {
  /** Per e-fold of the time as a customer, against `usualTenureMonths`; subtracted. */
  readonly tenurePoints: number;
  readonly usualTenureMonths: number;
  readonly commitment: Readonly<Record<Commitment, number>>;
  readonly pastDuePoints: number;
}

/** Time between renewals: up to 3 months, up to 18, more. */
export type Commitment = 'monthly' | 'yearly' | 'longer';
