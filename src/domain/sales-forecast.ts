/** What a month or quarter is expected to bring in one currency, beside what its open deals are worth. */
export interface ForecastRow {
  readonly currency: string;
  readonly kind: 'month' | 'quarter';
  readonly startsOn: string;
  readonly endsOn: string;
  readonly method: string;
  readonly wonSoFar: number;
  /** Null, as the interval: not enough history. */
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly backtests: number;
  readonly meanError: number | null;
  readonly pipelineExpected: number | null;
  readonly openDeals: number;
  readonly staleDeals: number;
  readonly note: string;
}
