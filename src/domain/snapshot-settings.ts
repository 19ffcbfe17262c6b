/** Which metrics are kept per hour, day and week; from `catalogue/snapshots.yml`. */
export interface SnapshotSettings {
  /** How many days back each grain is kept. */
  readonly keepDays: Readonly<Record<HistoryGrain, number>>;
  /** Ids of metrics (a ratio stands for its numerator and denominator) and the dimensions they are cut by. */
  readonly metrics: ReadonlyMap<string, readonly string[]>;
}

export type HistoryGrain = 'hour' | 'day' | 'week';
