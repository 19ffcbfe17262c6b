/** `catalogue/trends.yml`, checked. */
export interface TrendSettings {
  /** Smaller changes are steady, however sure; 0.2 = 20 %. */
  readonly leastChange: number;
  /** Below this many in the larger of two spans there is too little to tell. */
  readonly leastCount: number;
  /** Whole days of a month from which on it is compared with the same days of the month before. */
  readonly monthToDateFromDay: number;
  /** Weeks before the two spans from which the usual unrest of a count is learnt. */
  readonly historyWeeks: number;
}
