/**
 * What the numbers of a series are: a `count` (whole, not negative), a `share` (0-1), a `time` (seconds), an `amount` (a sum, not negative) or any other
 * `measure`. It decides which transforms are tried and what the least spread is.
 */
export type SeriesKind = 'count' | 'share' | 'time' | 'amount' | 'measure';

/** Place of a point in the local week. */
export interface WeekPlace {
  /** 0-23; 0 where a point is a day. */
  readonly hourOfDay: number;
  /** 0 is Monday 00:00, 167 Sunday 23:00. */
  readonly hourOfWeek: number;
}

/** One value of a regular series, with its place in day and week on the local clock. */
export interface SeriesPoint extends WeekPlace {
  /** Null: not known, or of too few cases to be told; it is neither learned from nor judged. */
  readonly value: number | null;
  /** Local days since 1970. */
  readonly localDay: number;
  /** Cases behind a share; the least spread of a share is what chance alone gives that many. */
  readonly cases?: number;
  /** A holiday is neither learned from nor judged. */
  readonly isMuted?: boolean;
}

/** A point that can be learned from. */
export interface KnownPoint extends SeriesPoint {
  readonly value: number;
}

export function isKnown(point: SeriesPoint): point is KnownPoint {
  return point.value !== null && point.isMuted !== true;
}
