/**
 * Door of the anomalies of series. In: rows of a series per quarter of an hour or per day, in all and by segment, over
 * the weeks that are learned from. Out: the findings of the last day (of series by day the last two), every bucket out
 * of the ordinary, and what could not be judged and why. It never takes a quiet source for a quiet hour: what is after
 * the newest known row is not judged as too low.
 */
import type { Finding } from '../../domain/finding.ts';
import type { JudgedPoint } from './detect-anomalies.ts';
import type { HourBucket } from './hour-buckets.ts';
import { buildSeriesChart, buildSeriesEvidence, contributingSegments } from './series-picture.ts';
import { judgeSegments, reportedFrom, type SeriesInput, type SeriesSegment } from './series-segments.ts';
import { usualFor, writeValue } from './series-wording.ts';

export interface SeriesAnomaly {
  readonly series: string;
  /** Empty for all rows, else `priority=urgent`, `category=Billing`. */
  readonly segment: string;
  readonly bucket: HourBucket;
  readonly point: JudgedPoint;
}

export interface SeriesResult {
  readonly findings: readonly Finding[];
  readonly anomalies: readonly SeriesAnomaly[];
  /** One sentence per segment that could not be judged. */
  readonly notes: readonly string[];
}

const HOUR_MS = 3_600_000;
/** The number of tickets has a kind of finding of its own, and rules of its own. */
const volumeSeries = 'tickets_opened';

export function findSeriesAnomalies(input: SeriesInput): SeriesResult {
  const { series, newestAt, now } = input;
  if (newestAt === null)
    return {
      findings: [],
      anomalies: [],
      notes: [`${series.label}: not judged, there are no ${series.noun}`],
    };
  const from = reportedFrom(series, now);
  if (newestAt.getTime() < from.getTime()) {
    const note = `${series.label}: not judged, there are no ${series.noun} newer than ${newestAt.toISOString()}`;
    return { findings: [], anomalies: [], notes: [note] };
  }
  const { segments, notes } = judgeSegments(input);
  const anomalies = segments.flatMap((segment) =>
    segment.judged
      .map((point) => ({ segment, point, bucket: segment.buckets[point.index]! }))
      .filter(({ point, bucket }) => point.isAnomalous && bucket.end.getTime() > from.getTime())
      .filter(({ point, bucket }) => point.score > 0 || isKnownUntil(bucket, newestAt, input)),
  );
  return {
    findings: peaksOf(anomalies, input).map((peak) => toFinding(peak, segments, input)),
    anomalies: anomalies.map(({ segment, point, bucket }) => ({
      series: series.id,
      segment: segment.key,
      bucket,
      point,
    })),
    notes,
  };
}

/** A dated row (usage of a day) speaks of the whole day; another one of the time up to it. */
function isKnownUntil(bucket: HourBucket, newestAt: Date, { series }: SeriesInput): boolean {
  const newest = newestAt.getTime();
  return series.isDated ? bucket.start.getTime() <= newest : bucket.end.getTime() <= newest;
}

interface Peak {
  readonly segment: SeriesSegment;
  readonly point: JudgedPoint;
  readonly bucket: HourBucket;
}

function toFinding(
  { segment, point, bucket }: Peak,
  segments: readonly SeriesSegment[],
  input: SeriesInput,
): Finding {
  const { series, now } = input;
  const digits = series.kind === 'share' ? 4 : 1;
  const parts = contributingSegments(segment, point, segments, input);
  return {
    kind: series.id === volumeSeries ? 'volume-anomaly' : 'metric-anomaly',
    subject: {
      kind: 'series',
      id: segment.key === '' ? series.id : `${series.id}/${segment.key}`,
      label: `${series.label} per ${series.grain}, ${segment.label}`,
    },
    accountId: null,
    ownerId: null,
    teamId: null,
    value: round(point.score, 2),
    observedAt: bucket.end.getTime() > now.getTime() ? now : bucket.end,
    facts: {
      series: series.id,
      metric: series.label,
      segment: segment.label,
      bucket_start: bucket.start.toISOString(),
      grain: series.grain,
      observed: round(point.observed, digits),
      observed_text: writeValue(point.observed, series),
      expected: round(point.expected, digits),
      lower: round(point.lower, digits),
      upper: round(point.upper, digits),
      direction: point.score > 0 ? 'above' : 'below',
      band: usualFor(bucket, point, series),
      pattern: point.isSustained ? 'sustained' : 'single',
      standing_out: parts === '' ? null : parts,
    },
    evidence: buildSeriesEvidence(segment, point, segments, input),
    chart: buildSeriesChart(segment, point, input),
  };
}

/** One finding per problem: the strongest bucket of each segment, unless a wider segment tells the same story. */
function peaksOf(anomalies: readonly Peak[], { series }: SeriesInput): readonly Peak[] {
  const strongest = new Map<string, Peak>();
  for (const one of anomalies) {
    const own = strongest.get(one.segment.key);
    if (!own || Math.abs(one.point.score) > Math.abs(own.point.score)) strongest.set(one.segment.key, one);
  }
  const kept: Peak[] = [];
  // From the widest cut to the narrowest: first the whole, then the dimensions in the order of the settings.
  for (const dimension of [null, ...series.segments]) {
    const wider = [...kept];
    for (const peak of strongest.values()) {
      if (peak.segment.dimension !== dimension) continue;
      if (!wider.some((one) => tellsTheSame(one, peak, series.grain))) kept.push(peak);
    }
  }
  return kept;
}

function tellsTheSame(a: Peak, b: Peak, grain: 'hour' | 'day'): boolean {
  const hours = Math.abs(a.bucket.start.getTime() - b.bucket.start.getTime()) / HOUR_MS;
  return hours <= (grain === 'hour' ? 3 : 0) && Math.sign(a.point.score) === Math.sign(b.point.score);
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
