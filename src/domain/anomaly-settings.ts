/** `catalogue/anomalies.yml`, checked. */
export interface AnomalySettings {
  /** Robust z-score from which a value is out of the ordinary; the same for every series. */
  readonly threshold: number;
  /** So many days of the past are learned from. */
  readonly historyDays: number;
  /** Local days like `2026-12-25` that are neither learned from nor judged. */
  readonly holidays: ReadonlySet<string>;
  /** Only the largest segments of a dimension are watched. */
  readonly largestSegments: number;
  readonly series: readonly AnomalySeries[];
  readonly shareOutliers: ShareOutlierSettings;
}

/** A series that is watched: rows of a table by their time. */
export interface AnomalySeries {
  readonly id: string;
  /** What people call it, at the start of a sentence: `Tickets opened`. */
  readonly label: string;
  /** What is counted: `tickets`. */
  readonly noun: string;
  readonly table: string;
  /** Column of type instant or date. */
  readonly time: string;
  readonly isDated: boolean;
  readonly grain: 'hour' | 'day';
  readonly kind: 'count' | 'share' | 'time' | 'amount';
  readonly measure: SeriesMeasure;
  readonly where: readonly RowFilter[];
  /** Columns whose values are watched on their own. */
  readonly segments: readonly string[];
  /** False where only the segments have a meaning, as with sums in different currencies. */
  readonly hasTotal: boolean;
  /** Rows that the history must have. */
  readonly leastRows: number;
  /** Rows that a share or a time must have in one hour or day; fewer are not judged. */
  readonly leastCases: number;
  readonly hasDeletedRows: boolean;
}

/** `rows` counts, `sum` adds a column, `share` is of the rows that match, `median` is of a column. */
export type SeriesMeasure =
  | { readonly kind: 'rows' }
  | { readonly kind: 'sum'; readonly column: string }
  | { readonly kind: 'share'; readonly of: RowFilter }
  | { readonly kind: 'median'; readonly column: string };

export type RowFilter =
  | { readonly kind: 'in'; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: 'at-most'; readonly column: string; readonly limit: number }
  | { readonly kind: 'known'; readonly column: string };

export interface ShareOutlierSettings {
  /** Cases of this many days are looked at. */
  readonly days: number;
  /** Accounts with fewer cases are not judged. */
  readonly leastCases: number;
  /** The lower end of the account's interval must be above this multiple of the portfolio's share. */
  readonly factor: number;
}
