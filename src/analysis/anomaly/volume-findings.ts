/**
 * Door of the volume anomalies. In: tickets opened per quarter of an hour, by priority and category, over some weeks.
 * Out: the findings of the last 24 hours, every hour out of the ordinary, and what could not be judged and why.
 * It never takes a quiet source for a quiet hour: hours after the newest known ticket are not judged as too low.
 */
import type { Finding } from '../../domain/finding.ts';
import type { DayPoint, JudgedPoint } from './detect-anomalies.ts';
import { detectAnomalies, tooLittleHistory } from './detect-anomalies.ts';
import { buildHourBuckets, type HourBucket, slotSeconds } from './hour-buckets.ts';
import { buildVolumeChart, buildVolumeEvidence } from './volume-picture.ts';

/** Tickets opened in one quarter of an hour (see `slotOf`) of one priority and category. */
export interface SlotCount {
  readonly slot: number;
  readonly priority: string | null;
  readonly category: string | null;
  readonly count: number;
}

export interface VolumeInput {
  readonly counts: readonly SlotCount[];
  /** When the newest ticket that is known was opened; null: there is none. */
  readonly newestAt: Date | null;
  readonly now: Date;
  readonly zone: string;
}

export interface VolumeAnomaly {
  readonly series: string;
  /** Empty for all tickets, else `priority=urgent`, `category=Billing`. */
  readonly segment: string;
  readonly bucket: HourBucket;
  readonly point: JudgedPoint;
}

export interface VolumeResult {
  readonly findings: readonly Finding[];
  readonly anomalies: readonly VolumeAnomaly[];
  /** One sentence per series that could not be judged. */
  readonly notes: readonly string[];
}

/** A part of the tickets, or all of them, hour by hour. */
export interface VolumeSegment {
  /** See `VolumeAnomaly.segment`. */
  readonly key: string;
  readonly label: string;
  readonly buckets: readonly HourBucket[];
  readonly points: readonly DayPoint[];
  readonly judged: readonly JudgedPoint[];
}

const volumeSeries = 'tickets_opened';
const HISTORY_DAYS = 44;
const REPORTED_HOURS = 24;
/** Judged further back than reported, so that a cooldown that began yesterday is known. */
const JUDGED_HOURS = 48;
const CATEGORIES = 8;
const HOUR_MS = 3_600_000;

/** The counts that are needed begin here. */
export function volumeHistoryStart(now: Date): Date {
  return new Date(now.getTime() - HISTORY_DAYS * 24 * HOUR_MS);
}

export function findVolumeAnomalies(input: VolumeInput): VolumeResult {
  const { newestAt, now } = input;
  if (newestAt === null)
    return { findings: [], anomalies: [], notes: ['ticket volume: there are no tickets'] };
  if (newestAt.getTime() < now.getTime() - REPORTED_HOURS * HOUR_MS) {
    const note = `ticket volume: no ticket is newer than ${newestAt.toISOString()}, so the last 24 hours cannot be judged`;
    return { findings: [], anomalies: [], notes: [note] };
  }
  const buckets = knownBuckets(input);
  const { segments, notes } = judgeSegments(input, buckets);
  const reportedFrom = now.getTime() - REPORTED_HOURS * HOUR_MS;
  const anomalies = segments.flatMap((segment) =>
    segment.judged
      .filter((point) => point.isAnomalous && buckets[point.index]!.end.getTime() > reportedFrom)
      .filter((point) => point.score > 0 || buckets[point.index]!.end.getTime() <= newestAt.getTime())
      .map((point) => ({ segment, point, bucket: buckets[point.index]! })),
  );
  const findings = peaksOf(anomalies).map(({ segment, point, bucket }) => ({
    kind: 'volume-anomaly' as const,
    subject: {
      kind: 'series' as const,
      id: segment.key === '' ? volumeSeries : `${volumeSeries}/${segment.key}`,
      label: `Tickets opened per hour, ${segment.label}`,
    },
    accountId: null,
    ownerId: null,
    teamId: null,
    value: Math.round(point.score * 100) / 100,
    observedAt: bucket.end.getTime() > now.getTime() ? now : bucket.end,
    facts: {
      series: volumeSeries,
      segment: segment.label,
      bucket_start: bucket.start.toISOString(),
      grain: 'hour',
      observed: point.observed,
      expected: round(point.expected),
      lower: round(point.lower),
      upper: round(point.upper),
      direction: point.score > 0 ? 'above' : 'below',
    },
    evidence: buildVolumeEvidence(segment, point, segments, input),
    chart: buildVolumeChart(segment, point, input),
  }));
  return {
    findings,
    anomalies: anomalies.map(({ segment, point, bucket }) => ({
      series: volumeSeries,
      segment: segment.key,
      bucket,
      point,
    })),
    notes,
  };
}

/** Whole hours with known counts: from the first that is wholly within the history to the one that now is in. */
function knownBuckets({ now, zone, counts }: VolumeInput): readonly HourBucket[] {
  const firstSlot = counts.reduce((first, { slot }) => Math.min(first, slot), Number.POSITIVE_INFINITY);
  const start = Math.max(volumeHistoryStart(now).getTime(), firstSlot * slotSeconds * 1000);
  return buildHourBuckets(new Date(start), now, zone).slice(1);
}

function judgeSegments(input: VolumeInput, buckets: readonly HourBucket[]) {
  const bucketOfSlot = new Map<number, number>();
  for (const [index, bucket] of buckets.entries()) {
    const first = bucket.start.getTime() / 1000 / slotSeconds;
    const end = bucket.end.getTime() / 1000 / slotSeconds;
    for (let slot = first; slot < end; slot += 1) bucketOfSlot.set(slot, index);
  }
  const segments: VolumeSegment[] = [];
  const notes: string[] = [];
  const firstJudged = Math.max(0, buckets.length - JUDGED_HOURS);
  for (const { key, label, includes } of segmentsOf(input.counts)) {
    const values = new Array<number>(buckets.length).fill(0);
    for (const row of input.counts) {
      const bucket = includes(row) ? bucketOfSlot.get(row.slot) : undefined;
      if (bucket !== undefined) values[bucket]! += row.count;
    }
    const reason = tooLittleHistory(values.slice(0, firstJudged));
    if (reason !== null) {
      notes.push(`ticket volume, ${label}: not judged, ${reason}`);
      continue;
    }
    const points = buckets.map((bucket, index) => ({ ...bucket, value: values[index]! }));
    const judged = detectAnomalies(points, firstJudged).filter((point) =>
      isFinished(buckets[point.index]!, point, input.now),
    );
    segments.push({ key, label, buckets, points, judged });
  }
  return { segments, notes };
}

/** The hour that now is in has only begun: it can be too high already, but not yet too low. */
function isFinished(bucket: HourBucket, point: JudgedPoint, now: Date): boolean {
  return bucket.end.getTime() <= now.getTime() || point.score > 0;
}

interface SegmentRule {
  readonly key: string;
  readonly label: string;
  readonly includes: (row: SlotCount) => boolean;
}

/** All tickets, each priority, and the categories with the most tickets. */
function segmentsOf(counts: readonly SlotCount[]): readonly SegmentRule[] {
  const totals = new Map<string, number>();
  const priorities = new Set<string>();
  for (const { category, priority, count } of counts) {
    if (category !== null) totals.set(category, (totals.get(category) ?? 0) + count);
    if (priority !== null) priorities.add(priority);
  }
  const categories = [...totals].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, CATEGORIES);
  return [
    { key: '', label: 'all tickets', includes: () => true },
    ...[...priorities].sort().map((priority) => ({
      key: `priority=${priority}`,
      label: `priority ${priority}`,
      includes: (row: SlotCount) => row.priority === priority,
    })),
    ...categories.map(([category]) => ({
      key: `category=${category}`,
      label: `category ${category}`,
      includes: (row: SlotCount) => row.category === category,
    })),
  ];
}

interface Peak {
  readonly segment: VolumeSegment;
  readonly point: JudgedPoint;
  readonly bucket: HourBucket;
}

/** From the widest cut of the tickets to the narrowest; categories say more than priorities, which cut the same. */
const tiers: readonly ((key: string) => boolean)[] = [
  (key) => key === '',
  (key) => key.startsWith('category='),
  (key) => key.startsWith('priority='),
];

/** One finding per problem: the strongest hour of each segment, unless a wider segment tells the same story. */
function peaksOf(anomalies: readonly Peak[]): readonly Peak[] {
  const strongest = new Map<string, Peak>();
  for (const one of anomalies) {
    const own = strongest.get(one.segment.key);
    if (!own || Math.abs(one.point.score) > Math.abs(own.point.score)) strongest.set(one.segment.key, one);
  }
  const kept: Peak[] = [];
  for (const isOfTier of tiers) {
    const wider = [...kept];
    for (const peak of strongest.values()) {
      if (!isOfTier(peak.segment.key)) continue;
      if (!wider.some((one) => tellsTheSame(one, peak))) kept.push(peak);
    }
  }
  return kept;
}

function tellsTheSame(a: Peak, b: Peak): boolean {
  const hours = Math.abs(a.bucket.start.getTime() - b.bucket.start.getTime()) / HOUR_MS;
  return hours <= 3 && Math.sign(a.point.score) === Math.sign(b.point.score);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
