import { describe, expect, it } from 'vitest';
import { buildHourBuckets, slotOf } from '../../../src/analysis/anomaly/hour-buckets.ts';
import { findSeriesAnomalies } from '../../../src/analysis/anomaly/series-findings.ts';
import type { SeriesRow } from '../../../src/analysis/anomaly/series-segments.ts';
import { loadAnomalySettings } from '../../../src/catalogue/anomaly-settings.ts';
import { chartSpecSchema } from '../../../src/charts/chart-spec-schema.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';
import { drawCount, seededRandom, usualCount } from './seeded-series.ts';

const zone = 'Europe/Berlin';
/** A Tuesday, 14:40 in Berlin; summer time began nine days before, on 29 March. */
const now = new Date('2026-04-07T12:40Z');
const hourMs = 3_600_000;

interface SlotCount {
  readonly slot: number;
  readonly priority: string;
  readonly category: string;
  readonly count: number;
}

interface Extra {
  readonly hour: string;
  readonly count: number;
  readonly priority: string;
  readonly category: string;
}

/** Six weeks of tickets in local weekly rhythm: half of them logins, half billing; one in five of them high. */
function seededCounts(extras: readonly Extra[] = [], until = now): SlotCount[] {
  const random = seededRandom(42);
  const counts: SlotCount[] = [];
  const from = new Date(now.getTime() - 43 * 24 * hourMs);
  for (const bucket of buildHourBuckets(from, until, zone)) {
    for (const category of ['login', 'billing']) {
      for (const [priority, share] of [
        ['high', 0.2],
        ['normal', 0.8],
      ] as const) {
        const count = drawCount((usualCount(bucket.hourOfWeek, 12) * share) / 2, random);
        if (bucket.end <= until) counts.push({ slot: slotOf(bucket.start), priority, category, count });
      }
    }
  }
  for (const { hour, ...row } of extras) counts.push({ slot: slotOf(new Date(hour)), ...row });
  return counts;
}

const loaded = loadAnomalySettings(packagePath('catalogue'));
if (!loaded.ok) throw new Error('the shipped settings do not load');
const settings = loaded.value;
const tickets = settings.series.find(({ id }) => id === 'tickets_opened')!;

/** As the store counts them: in all, by category and by priority. */
function toRows(counts: readonly SlotCount[]): readonly SeriesRow[] {
  return counts.flatMap(({ slot, priority, category, count }) =>
    [
      [null, null],
      ['category', category],
      ['priority', priority],
    ].map(([dimension, segment]) => ({
      bucket: slot,
      dimension: dimension ?? null,
      segment: segment ?? null,
      amount: count,
      cases: count,
    })),
  );
}

const findIn = (counts: readonly SlotCount[], newestAt: Date | null = now) =>
  findSeriesAnomalies({ series: tickets, settings, rows: toRows(counts), newestAt, now, zone });
const find = (counts: readonly SlotCount[], newestAt = now) => findIn(counts, newestAt);
const labelsOf = (result: ReturnType<typeof find>) =>
  result.findings.map((finding) => finding.facts['segment']);

describe('ticket volume', () => {
  it('is unremarkable on a usual day', () => {
    expect(find(seededCounts()).findings).toEqual([]);
  });
  it('says what is usual for the hour when it stands out, in the zone of the company', () => {
    const spike = { hour: '2026-04-07T09:00Z', count: 60, priority: 'normal', category: 'login' };
    const result = find(seededCounts([spike]));
    expect(labelsOf(result)).toEqual(['all tickets']);
    const [finding] = result.findings;
    expect(finding).toMatchObject({
      subject: { kind: 'series', id: 'tickets_opened', label: 'Tickets opened per hour, all tickets' },
      facts: {
        series: 'tickets_opened',
        bucket_start: '2026-04-07T09:00:00.000Z',
        grain: 'hour',
        direction: 'above',
      },
    });
    expect(finding!.value).toBeGreaterThan(6);
    expect(finding!.evidence.caption).toMatch(
      /^Tuesday 11:00: \d+ tickets opened, usual for Tuesday 11:00: \d+-\d+\. Standing out: (category login|priority normal) \d+ \(usual \d+-\d+\)/,
    );
    // The same local hour of earlier weeks: before 29 March that is 10:00 UTC.
    const usual = finding!.evidence.rows.slice(1).map((row) => row[1]);
    const expected = [31, 24, 17, 10, 3].map((day) => {
      const start = Date.UTC(2026, 2, day, day === 31 ? 9 : 10);
      const inHour = seededCounts().filter(
        ({ slot }) => slot * 900_000 >= start && slot * 900_000 < start + hourMs,
      );
      return inHour.reduce((sum, { count }) => sum + count, 0);
    });
    expect(usual).toEqual(expect.arrayContaining(expected));
    expect(finding!.evidence.rows[1]).toEqual(['31 Mar 2026, 11:00', expected[0]]);
  });
  it('draws two days with the usual range and the hour marked', () => {
    const spike = { hour: '2026-04-07T09:00Z', count: 60, priority: 'normal', category: 'login' };
    const [finding] = find(seededCounts([spike])).findings;
    const chart = chartSpecSchema.parse(finding?.chart);
    if (chart.kind !== 'line') throw new Error(chart.kind);
    expect(chart.labels).toHaveLength(48);
    const mark = chart.marks?.[0];
    expect(chart.labels[mark!.index]).toBe('Tue 11:00');
    expect(chart.series[0]?.values[mark!.index]).toBe(finding?.facts['observed']);
    expect(chart.band?.upper[mark!.index]).toBeCloseTo(Number(finding?.facts['upper']), 0);
  });
  it('sees a spike in the hour that has only begun, but no lull', () => {
    const spike = { hour: '2026-04-07T12:15Z', count: 90, priority: 'normal', category: 'login' };
    const [finding] = find(seededCounts([spike])).findings;
    expect(finding).toMatchObject({ observedAt: now, facts: { bucket_start: '2026-04-07T12:00:00.000Z' } });
  });
  it('tells of a category when the total hides it', () => {
    const extra = { hour: '2026-04-07T09:00Z', count: 30, priority: 'normal', category: 'login' };
    const withNoise = seededCounts([extra]).map((row) =>
      row.category === 'billing' ? { ...row, count: row.count * 6 } : row,
    );
    expect(labelsOf(find(withNoise))).toEqual(['category login']);
  });
  it('keeps every unusual hour of the last day, not of the day before', () => {
    const at = (hour: string) => ({ hour, count: 80, priority: 'normal', category: 'login' });
    const result = find(
      seededCounts([at('2026-04-07T07:00Z'), at('2026-04-07T08:00Z'), at('2026-04-06T08:00Z')]),
    );
    const hours = result.anomalies
      .filter(({ segment, point }) => segment === '' && !point.isSustained)
      .map(({ bucket }) => bucket.start.toISOString());
    expect(hours).toEqual(['2026-04-07T07:00:00.000Z', '2026-04-07T08:00:00.000Z']);
    expect(result.findings).toHaveLength(1);
  });
  it('does not take a source that has not delivered yet for a lull', () => {
    const stopped = new Date('2026-04-07T06:00Z');
    const counts = seededCounts([], stopped).map((row) => ({ ...row, count: row.count * 20 }));
    expect(find(counts, stopped).findings).toEqual([]);
    const lull = find(counts, now).findings;
    expect(lull[0]?.facts).toMatchObject({ direction: 'below', observed: 0 });
  });
  it('says what it cannot judge, and why', () => {
    const counts = seededCounts().filter(({ slot }) => slot * 900_000 > now.getTime() - 90 * hourMs);
    expect(find(counts).findings).toEqual([]);
    expect(find(counts).notes[0]).toMatch(
      /^Tickets opened, all tickets: not judged, only \d+ hours of history/,
    );
    expect(find(seededCounts(), new Date('2026-04-01T00:00Z')).notes).toEqual([
      'Tickets opened: not judged, there are no tickets newer than 2026-04-01T00:00:00.000Z',
    ]);
    expect(findIn([], null).notes).toEqual(['Tickets opened: not judged, there are no tickets']);
  });
});

describe('local hours', () => {
  const labels = (from: string, to: string, zoneName: string) =>
    buildHourBuckets(new Date(from), new Date(to), zoneName).map(
      ({ hourOfDay, start, end }) =>
        `${hourOfDay} ${start.toISOString().slice(11, 16)} ${(end.getTime() - start.getTime()) / 60_000}`,
    );
  it('skip one in spring and have one twice in autumn', () => {
    expect(labels('2026-03-29T00:00Z', '2026-03-29T02:00Z', 'Europe/Berlin')).toEqual([
      '1 00:00 60',
      '3 01:00 60',
    ]);
    expect(labels('2026-10-25T00:00Z', '2026-10-25T02:00Z', 'Europe/Berlin')).toEqual([
      '2 00:00 60',
      '2 01:00 60',
    ]);
  });
  it('begin at half past in Kolkata and lose half an hour on Lord Howe', () => {
    expect(labels('2026-03-29T00:30Z', '2026-03-29T01:30Z', 'Asia/Kolkata')).toEqual(['6 00:30 60']);
    expect(labels('2026-04-04T14:00Z', '2026-04-04T15:30Z', 'Australia/Lord_Howe')).toEqual([
      '1 14:00 60',
      '1 15:00 30',
    ]);
  });
  it('count weekdays from Monday', () => {
    const [monday] = buildHourBuckets(new Date('2026-03-02T00:00Z'), new Date('2026-03-02T01:00Z'), 'UTC');
    expect(monday).toMatchObject({ hourOfWeek: 0, localDay: Date.UTC(2026, 2, 2) / 86_400_000 });
  });
});
