/** `catalogue/pipeline.yml`, checked: how deals and partners are judged. */
export interface PipelineSettings {
  /** 1-12. */
  readonly fiscalStartMonth: number;
  readonly forecast: {
    readonly spreadCountsAs: number;
    readonly leastHistoryDays: number;
  };
  /** 50-100. */
  readonly stalePercentile: number;
  readonly staleLeastWon: number;
  readonly winRatePriorDeals: number;
  readonly performanceDays: number;
  readonly conversionDays: number;
  readonly quotaPeriod: 'month' | 'quarter' | 'year';
  readonly noTouch: { readonly days: number; readonly amount: number };
  readonly engagedDays: number;
  readonly partners: PartnerSettings;
}

export interface PartnerSettings {
  readonly certificationNoticeDays: number;
  readonly enablementStaleDays: number;
  /** Shares that add up to 1. */
  readonly weights: Readonly<Record<PartnerComponent, number>>;
  /** Highest first; the last begins at 0. */
  readonly bands: readonly { readonly name: string; readonly from: number }[];
}

/** Parts of the ecosystem health of a partner, each 0-100. */
export const partnerComponents = ['results', 'pipeline', 'activity', 'enablement'] as const;
export type PartnerComponent = (typeof partnerComponents)[number];
