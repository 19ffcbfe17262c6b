import type { LineChart } from '../../domain/chart-data.ts';
import type { FindingEvidence } from '../../domain/finding.ts';
import { asOf, shorten, writeInstant, writeNumber } from '../wording.ts';
import type { JudgedPoint } from './detect-anomalies.ts';
import type { HourBucket } from './hour-buckets.ts';
import type { VolumeInput, VolumeSegment } from './volume-findings.ts';

const CHART_HOURS = 48;
const EARLIER_WEEKS = 6;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `usual for Tuesday 14:00: 18-31`: the whole counts within the expected interval. */
function usualFor(bucket: HourBucket, point: JudgedPoint): string {
  const from = Math.ceil(point.lower);
  const to = Math.max(from, Math.floor(point.upper));
  return `usual for ${hourName(bucket)}: ${from}-${to}`;
}

/** The same hour of earlier weeks, and which parts of the tickets stand out with it. */
export function buildVolumeEvidence(
  segment: VolumeSegment,
  point: JudgedPoint,
  all: readonly VolumeSegment[],
  { zone }: VolumeInput,
): FindingEvidence {
  const bucket = segment.buckets[point.index]!;
  const same = segment.buckets
    .map((one, index) => ({ bucket: one, count: segment.points[index]!.value, index }))
    .filter((one) => one.bucket.hourOfWeek === bucket.hourOfWeek && one.index <= point.index)
    .slice(-EARLIER_WEEKS - 1)
    .reverse();
  const parts = partsOf(segment, point, all);
  return {
    caption: `${hourName(bucket)}: ${point.observed} tickets opened, ${usualFor(bucket, point)}${parts === '' ? '' : `. Standing out: ${parts}`}`,
    columns: [`Hour (${zone})`, 'Tickets opened'],
    rows: same.map((one) => [writeInstant(one.bucket.start, zone), one.count]),
  };
}

function partsOf(segment: VolumeSegment, point: JudgedPoint, all: readonly VolumeSegment[]): string {
  return all
    .filter((one) => one !== segment && one.key !== '')
    .flatMap((one) => {
      const same = one.judged.find((judged) => judged.index === point.index);
      return same && Math.sign(same.score) === Math.sign(point.score) && Math.abs(same.score) >= 2
        ? [{ one, same }]
        : [];
    })
    .sort((a, b) => Math.abs(b.same.score) - Math.abs(a.same.score))
    .slice(0, 3)
    .map(({ one, same }) => `${one.label} ${same.observed} (usual ${writeNumber(same.expected)})`)
    .join(', ');
}

/** Two days of counts with the expected interval as a band and the hour in question marked. */
export function buildVolumeChart(
  segment: VolumeSegment,
  point: JudgedPoint,
  { now, zone }: VolumeInput,
): LineChart {
  const last = segment.judged.at(-1)?.index ?? point.index;
  const first = Math.max(0, Math.min(last + 1 - CHART_HOURS, point.index));
  const indexes = Array.from({ length: last + 1 - first }, (_, offset) => first + offset);
  const judged = new Map(segment.judged.map((one) => [one.index, one]));
  const direction = point.score > 0 ? 'high' : 'low';
  const bucket = segment.buckets[point.index]!;
  return {
    kind: 'line',
    title: shorten(`Unusually ${direction} ticket volume: ${segment.label}`, 80),
    subtitle: `Tickets opened per hour, last ${indexes.length} hours, ${asOf(now, zone)}`,
    altText: `Tickets opened per hour, ${segment.label}. ${hourName(bucket)}: ${point.observed}, ${usualFor(bucket, point)}.`,
    labels: indexes.map((index) => shortHour(segment.buckets[index]!)),
    series: [{ name: 'Tickets opened', values: indexes.map((index) => segment.points[index]!.value) }],
    band: {
      name: 'Usual range',
      lower: indexes.map((index) => judged.get(index)?.lower ?? null),
      upper: indexes.map((index) => judged.get(index)?.upper ?? null),
    },
    marks: [
      { index: point.index - first, label: `${point.observed} at ${shortHour(bucket)}`, tone: 'critical' },
    ],
    format: { kind: 'number', decimals: 0 },
  };
}

function hourName(bucket: HourBucket): string {
  return `${weekdays[Math.floor(bucket.hourOfWeek / 24)] ?? ''} ${clock(bucket)}`;
}

function shortHour(bucket: HourBucket): string {
  return `${(weekdays[Math.floor(bucket.hourOfWeek / 24)] ?? '').slice(0, 3)} ${clock(bucket)}`;
}

function clock(bucket: HourBucket): string {
  return `${String(bucket.hourOfDay).padStart(2, '0')}:00`;
}
