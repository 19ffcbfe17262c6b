import type { AnomalySeries, AnomalySettings } from '../../domain/anomaly-settings.ts';
import { detectAnomalies, type JudgedPoint, leadIn, tooLittleHistory } from './detect-anomalies.ts';
import type { HourBucket } from './hour-buckets.ts';
import type { SeriesPoint } from './series.ts';
import { buildBuckets, dayOfNumber, indexBuckets, pointsPerDayOf } from './series-buckets.ts';

/** Rows of one bucket (see `indexBuckets`), of all of the series or of one segment of it. */
export interface SeriesRow {
  readonly bucket: number;
  /** Column that the segment is of; null: all rows. */
  readonly dimension: string | null;
  readonly segment: string | null;
  /** The count, the sum, the median, or for a share how many matched. */
  readonly amount: number | null;
  readonly cases: number;
}

export interface SeriesInput {
  readonly series: AnomalySeries;
  readonly settings: AnomalySettings;
  readonly rows: readonly SeriesRow[];
  /** Time of the newest row that is known; null: there is none. */
  readonly newestAt: Date | null;
  readonly now: Date;
  /** IANA zone of the company. */
  readonly zone: string;
}

/** A part of the series, or all of it, bucket by bucket. */
export interface SeriesSegment {
  /** Empty for all rows, else `priority=urgent`, `category=Billing`. */
  readonly key: string;
  readonly dimension: string | null;
  readonly label: string;
  readonly buckets: readonly HourBucket[];
  readonly points: readonly SeriesPoint[];
  readonly judged: readonly JudgedPoint[];
}

const HOUR_MS = 3_600_000;

/** Findings are about this much of the past. */
export function reportedFrom({ grain }: AnomalySeries, now: Date): Date {
  return new Date(now.getTime() - (grain === 'hour' ? 24 : 48) * HOUR_MS);
}

/** The rows that are needed begin here. */
export function seriesHistoryStart(settings: AnomalySettings, now: Date): Date {
  // Besides what is learned from: what is reported, and what is judged before it so that cooldowns are known.
  return new Date(now.getTime() - (settings.historyDays + 4) * 24 * HOUR_MS);
}

export function judgeSegments(input: SeriesInput): {
  readonly segments: readonly SeriesSegment[];
  readonly notes: readonly string[];
} {
  const { series, settings, now, zone } = input;
  const buckets = knownBuckets(input);
  const place = indexBuckets(buckets, series.grain);
  const pointsPerDay = pointsPerDayOf(series.grain);
  const from = reportedFrom(series, now).getTime();
  const firstReported = buckets.findIndex(({ end }) => end.getTime() > from);
  const firstJudged = Math.max(
    0,
    (firstReported < 0 ? buckets.length : firstReported) - leadIn(pointsPerDay),
  );
  const shape = { kind: series.kind, pointsPerDay };
  const detector = { ...shape, threshold: settings.threshold, historyDays: settings.historyDays };
  const segments: SeriesSegment[] = [];
  const notes: string[] = [];
  for (const { key, dimension, label, rows } of segmentsOf(input)) {
    const points = toPoints(rows, buckets, place, input);
    const least = { total: series.leastRows, noun: series.noun };
    const reason = tooLittleHistory(points.slice(0, firstJudged), shape, least);
    if (reason !== null) {
      notes.push(`${series.label}, ${label}: not judged, ${reason}`);
      continue;
    }
    const judged = detectAnomalies(points, firstJudged, detector).filter((point) =>
      isJudgeable(buckets[point.index]!, point, series, now),
    );
    segments.push({ key, dimension, label, buckets, points, judged });
  }
  return { segments, notes };

  /** Whole buckets: from the first that is wholly within the history to the one that now is in. */
  function knownBuckets({ rows }: SeriesInput): readonly HourBucket[] {
    const first = rows.reduce((least, { bucket }) => Math.min(least, bucket), Number.POSITIVE_INFINITY);
    const all = buildBuckets(seriesHistoryStart(settings, now), now, zone, series.grain);
    const start = indexBuckets(all, series.grain).get(first) ?? 0;
    return all.slice(start + 1);
  }
}

/**
 * The bucket that now is in has only begun: a count or an amount can be too high already, but not yet too low; shares
 * and times have to wait for its end.
 */
function isJudgeable(bucket: HourBucket, point: JudgedPoint, { kind }: AnomalySeries, now: Date): boolean {
  if (bucket.end.getTime() <= now.getTime()) return true;
  return point.score > 0 && (kind === 'count' || kind === 'amount');
}

interface SegmentRows {
  readonly key: string;
  readonly dimension: string | null;
  readonly label: string;
  readonly rows: readonly SeriesRow[];
}

/** All rows, and of each dimension the segments with the most rows. */
function segmentsOf({ rows, series, settings }: SeriesInput): readonly SegmentRows[] {
  const byKey = new Map<
    string,
    { dimension: string | null; segment: string; rows: SeriesRow[]; cases: number }
  >();
  for (const row of rows) {
    if (row.dimension !== null && row.segment === null) continue;
    const key = row.dimension === null ? '' : `${row.dimension}=${row.segment}`;
    const known = byKey.get(key);
    if (known === undefined)
      byKey.set(key, { dimension: row.dimension, segment: row.segment ?? '', rows: [row], cases: row.cases });
    else {
      known.rows.push(row);
      known.cases += row.cases;
    }
  }
  const total = byKey.get('');
  const all: SegmentRows[] =
    series.hasTotal && total !== undefined
      ? [{ key: '', dimension: null, label: `all ${series.noun}`, rows: total.rows }]
      : [];
  for (const dimension of series.segments) {
    const own = [...byKey].filter(([, one]) => one.dimension === dimension);
    own.sort(([a, one], [b, other]) => other.cases - one.cases || a.localeCompare(b));
    for (const [key, one] of own.slice(0, settings.largestSegments))
      all.push({ key, dimension, label: `${dimension.replaceAll('_', ' ')} ${one.segment}`, rows: one.rows });
  }
  return all;
}

function toPoints(
  rows: readonly SeriesRow[],
  buckets: readonly HourBucket[],
  place: ReadonlyMap<number, number>,
  { series, settings }: SeriesInput,
): readonly SeriesPoint[] {
  const amounts = new Array<number | null>(buckets.length).fill(series.kind === 'time' ? null : 0);
  const cases = new Array<number>(buckets.length).fill(0);
  for (const row of rows) {
    const index = place.get(row.bucket);
    if (index === undefined) continue;
    amounts[index] = series.kind === 'time' ? row.amount : (amounts[index] ?? 0) + (row.amount ?? 0);
    cases[index]! += row.cases;
  }
  return buckets.map(({ hourOfDay, hourOfWeek, localDay }, index) => ({
    hourOfDay,
    hourOfWeek,
    localDay,
    value: pointValue(series, amounts[index]!, cases[index]!),
    cases: cases[index]!,
    isMuted: settings.holidays.has(dayOfNumber(localDay)),
  }));
}

function pointValue(
  { kind, leastCases }: AnomalySeries,
  amount: number | null,
  cases: number,
): number | null {
  if (kind === 'count' || kind === 'amount') return amount;
  if (amount === null || cases < leastCases) return null;
  return kind === 'share' ? amount / cases : amount;
}
