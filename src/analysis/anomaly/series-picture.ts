import type { LineChart } from '../../domain/chart-data.ts';
import type { FindingEvidence } from '../../domain/finding.ts';
import { lowerFirst } from '../../toolkit/letter-case.ts';
import { asOf, localDay, shorten, writeInstant } from '../wording.ts';
import type { JudgedPoint } from './detect-anomalies.ts';
import type { SeriesInput, SeriesSegment } from './series-segments.ts';
import {
  bucketName,
  shortBucketName,
  togetherWords,
  usualFor,
  writeBand,
  writeValue,
} from './series-wording.ts';

const EARLIER_WEEKS = 6;
const HIGHEST_CHART = { hour: 48, day: 42 } as const;
const PARTS = 3;
const LEAST_PART_SCORE = 2;

/** The same hour or weekday of earlier weeks, and which segments stand out with it. */
export function buildSeriesEvidence(
  segment: SeriesSegment,
  point: JudgedPoint,
  all: readonly SeriesSegment[],
  { zone, series }: SeriesInput,
): FindingEvidence {
  const bucket = segment.buckets[point.index]!;
  const same = segment.buckets
    .map((one, index) => ({ bucket: one, value: segment.points[index]!.value, index }))
    .filter((one) => one.bucket.hourOfWeek === bucket.hourOfWeek && one.index <= point.index)
    .slice(-EARLIER_WEEKS - 1)
    .reverse();
  const parts = contributingSegments(segment, point, all, { series });
  const isCount = series.kind === 'count';
  const label = lowerFirst(series.label);
  const value = writeValue(point.observed, series);
  const observed = isCount ? `${value} ${label}` : `${label} ${value}`;
  return {
    caption: `${bucketName(bucket, series)}: ${observed}, ${usualFor(bucket, point, series)}${togetherWords(point)}${parts === '' ? '' : `. Standing out: ${parts}`}`,
    columns: [series.grain === 'hour' ? `Hour (${zone})` : 'Day', series.label],
    rows: same.map((one) => [
      series.grain === 'hour' ? writeInstant(one.bucket.start, zone) : localDay(one.bucket.start, zone),
      one.value === null || isCount ? one.value : writeValue(one.value, series),
    ]),
  };
}

/** `category login 60 (usual 4-19), …`: the segments that stray the same way at the same time. */
export function contributingSegments(
  segment: SeriesSegment,
  point: JudgedPoint,
  all: readonly SeriesSegment[],
  { series }: Pick<SeriesInput, 'series'>,
): string {
  return all
    .filter((one) => one !== segment && one.key !== '')
    .flatMap((one) => {
      const same = one.judged.find((judged) => judged.index === point.index);
      const isPart =
        same !== undefined &&
        Math.sign(same.score) === Math.sign(point.score) &&
        Math.abs(same.score) >= LEAST_PART_SCORE;
      return isPart ? [{ label: one.label, point: same }] : [];
    })
    .sort((a, b) => Math.abs(b.point.score) - Math.abs(a.point.score))
    .slice(0, PARTS)
    .map(
      (one) =>
        `${one.label} ${writeValue(one.point.observed, series)} (usual ${writeBand(one.point, series)})`,
    )
    .join(', ');
}

/** The last days with the usual range behind them and the bucket marked. */
export function buildSeriesChart(
  segment: SeriesSegment,
  point: JudgedPoint,
  { now, zone, series }: SeriesInput,
): LineChart {
  const last = segment.judged.at(-1)?.index ?? point.index;
  const longest = HIGHEST_CHART[series.grain];
  const first = Math.max(0, Math.min(last + 1 - longest, point.index));
  const indexes = Array.from({ length: last + 1 - first }, (_, offset) => first + offset);
  const judged = new Map(segment.judged.map((one) => [one.index, one]));
  const direction = point.score > 0 ? 'high' : 'low';
  const bucket = segment.buckets[point.index]!;
  const observed = writeValue(point.observed, series);
  return {
    kind: 'line',
    title: shorten(`Unusually ${direction}: ${lowerFirst(series.label)}, ${segment.label}`, 80),
    subtitle: `${series.label} per ${series.grain}, last ${indexes.length} ${series.grain}s, ${asOf(now, zone)}`,
    altText: `${series.label} per ${series.grain}, ${segment.label}. ${bucketName(bucket, series)}: ${observed}, ${usualFor(bucket, point, series)}.`,
    labels: indexes.map((index) => shortBucketName(segment.buckets[index]!, series)),
    series: [{ name: series.label, values: indexes.map((index) => segment.points[index]!.value) }],
    band: {
      name: 'Usual range',
      lower: indexes.map((index) => judged.get(index)?.lower ?? null),
      upper: indexes.map((index) => judged.get(index)?.upper ?? null),
    },
    marks: [
      {
        index: point.index - first,
        label: `${observed} at ${shortBucketName(bucket, series)}`,
        tone: 'critical',
      },
    ],
    format: formatOf(series.kind),
  };
}

function formatOf(kind: SeriesInput['series']['kind']): LineChart['format'] {
  if (kind === 'share') return { kind: 'percent' };
  if (kind === 'time') return { kind: 'duration' };
  return { kind: 'number', decimals: 0 };
}
