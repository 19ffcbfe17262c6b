import { describe, expect, it } from 'vitest';
import {
  type DetectorSettings,
  detectAnomalies as detect,
  type JudgedPoint,
  tooLittleHistory,
} from '../../../src/analysis/anomaly/detect-anomalies.ts';
import { fitBaseline as learn } from '../../../src/analysis/anomaly/fit-baseline.ts';
import type { KnownPoint, SeriesPoint } from '../../../src/analysis/anomaly/series.ts';
import { drawCount, eventHours, seededRandom, seededSeries, usualCount } from './seeded-series.ts';

const hours24: DetectorSettings = { kind: 'count', pointsPerDay: 24, threshold: 3.8, historyDays: 70 };
const detectAnomalies = (points: readonly SeriesPoint[], first: number): readonly JudgedPoint[] =>
  detect(points, first, hours24);
const fitBaseline = (history: readonly KnownPoint[]) => learn(history, hours24);
const fewest = { total: 30, noun: 'tickets' };

const seeds = [...Array(6).keys()].map((index) => 1000 + index);
const firstJudged = 4 * 168;

interface Tally {
  hits: number;
  alarms: number;
  events: number;
}

/** An alarm is right when it falls into a planted event; alarms within 24 h of one count as the same. */
function tally(alarms: readonly number[], events: readonly number[], into: Tally): void {
  into.alarms += alarms.length;
  into.events += events.length;
  into.hits += events.filter((start) => alarms.some((at) => at >= start && at < start + eventHours)).length;
}

function figures({ hits, alarms, events }: Tally) {
  const precision = hits / Math.max(alarms, 1);
  const recall = hits / events;
  return { precision, recall, f1: (2 * precision * recall) / Math.max(precision + recall, 1e-9) };
}

function withCooldown(hours: readonly number[]): readonly number[] {
  const kept: number[] = [];
  for (const hour of hours) if (hour - (kept.at(-1) ?? -Infinity) >= 24) kept.push(hour);
  return kept;
}

/** What most tools do: mean and standard deviation of the two weeks before. */
function plainZScore(points: readonly KnownPoint[], threshold: number): readonly number[] {
  const alarms: number[] = [];
  for (let index = firstJudged; index < points.length; index += 1) {
    const past = points.slice(index - 14 * 24, index).map(({ value }) => value);
    const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
    const variance = past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / past.length;
    if (Math.abs(points[index]!.value - mean) / Math.sqrt(variance) >= threshold) alarms.push(index);
  }
  return withCooldown(alarms);
}

function detected(points: readonly KnownPoint[]): readonly number[] {
  return detectAnomalies(points, firstJudged)
    .filter(({ opensEpisode }) => opensEpisode)
    .map(({ index }) => index);
}

describe('planted spikes in seeded series', () => {
  it.each([
    [4, 0.75, 0.65],
    [30, 0.75, 0.7],
  ])(
    'are found more surely than by a plain z-score at any threshold, mean %i an hour',
    (mean, precision, recall) => {
      const own: Tally = { hits: 0, alarms: 0, events: 0 };
      const thresholds = [2.5, 3, 3.5, 4, 5];
      const plain = thresholds.map((): Tally => ({ hits: 0, alarms: 0, events: 0 }));
      for (const seed of seeds) {
        const { points, events } = seededSeries(seed, mean);
        tally(detected(points), events, own);
        for (const [index, threshold] of thresholds.entries())
          tally(plainZScore(points, threshold), events, plain[index]!);
      }
      const result = figures(own);
      const best = Math.max(...plain.map((one) => figures(one).f1));
      expect(result.f1).toBeGreaterThan(best + 0.05);
      expect(result.precision).toBeGreaterThan(precision);
      expect(result.recall).toBeGreaterThan(recall);
    },
  );
  it('are seen less than once a week where nothing was planted', () => {
    let alarms = 0;
    for (const seed of seeds) {
      const random = seededRandom(seed);
      const points = Array.from({ length: 8 * 168 }, (_, hour) => ({
        value: drawCount(usualCount(hour % 168, 10), random),
        hourOfDay: hour % 24,
        hourOfWeek: hour % 168,
        localDay: Math.floor(hour / 24),
      }));
      alarms += detected(points).length;
    }
    // 6 series of 4 judged weeks each.
    expect(alarms / (6 * 4)).toBeLessThan(0.7);
  });
});

describe('baseline', () => {
  const hours = (count: number, valueAt: (hour: number) => number): KnownPoint[] =>
    Array.from({ length: count }, (_, hour) => ({
      value: valueAt(hour),
      hourOfDay: hour % 24,
      hourOfWeek: hour % 168,
      localDay: Math.floor(hour / 24),
    }));
  const jitter = (hour: number) => (hour * 7919) % 5;

  it('learns the hour of the week after two weeks, the hour of the day after three days', () => {
    const weekly = (hour: number) =>
      20 + jitter(hour) + (Math.floor((hour % 168) / 24) % 2 === 0 ? 40 : 0) + (hour % 24);
    expect(fitBaseline(hours(168 * 3, weekly)).season).toBe('hour-of-week');
    expect(fitBaseline(hours(24 * 10, (hour) => (hour % 24) * 3 + jitter(hour))).season).toBe('hour-of-day');
    expect(fitBaseline(hours(24 * 2, (hour) => (hour % 24) * 3 + jitter(hour))).season).toBe('none');
    expect(fitBaseline(hours(168 * 3, (hour) => 20 + jitter(hour))).season).toBe('none');
  });
  it('follows a level that has moved within a week', () => {
    const moved = fitBaseline(hours(168 * 4, (hour) => (hour < 168 * 3 ? 10 : 30) + jitter(hour)));
    expect(moved.expectedAt({ hourOfDay: 5, hourOfWeek: 5 })).toBe(32);
  });
  it('is no narrower than counting alone allows', () => {
    const at = { value: 0, hourOfDay: 0, hourOfWeek: 0, localDay: 100 };
    const constant = fitBaseline(hours(168 * 3, () => 25));
    expect(constant.valueAt(at, 1) - constant.expectedAt(at)).toBe(5);
    const silent = fitBaseline(hours(168 * 3, () => 0));
    expect(silent.valueAt(at, 1)).toBe(1);
    const share = learn(
      hours(168 * 3, () => 0.1).map((point) => ({ ...point, cases: 100 })),
      { kind: 'share', pointsPerDay: 24 },
    );
    expect(share.valueAt({ ...at, cases: 100 }, 1)).toBeCloseTo(0.1 + Math.sqrt((0.1 * 0.9) / 100), 10);
  });
  it('is not moved by a spike in its own past', () => {
    const calm = hours(168 * 3, (hour) => 20 + jitter(hour));
    const spiked = calm.map((point, hour) => (hour === 400 ? { ...point, value: 500 } : point));
    const point = { hourOfDay: 3, hourOfWeek: 3 };
    expect(fitBaseline(spiked).expectedAt(point)).toBe(fitBaseline(calm).expectedAt(point));
  });
  it('takes the scale on which the spread does not depend on the level', () => {
    const random = seededRandom(11);
    const shape = (hour: number) => (hour % 24 < 12 ? 4 : 100);
    const noise = () => (random() + random() + random() - 1.5) * 2;
    const even = hours(168 * 8, (hour) => 200 + shape(hour) + 10 * noise());
    const counts = hours(168 * 8, (hour) => drawCount(shape(hour), random));
    const factors = hours(168 * 8, (hour) => 60 * shape(hour) * Math.exp(0.4 * noise()));
    expect(learn(even, { kind: 'count', pointsPerDay: 24 }).transform).toBe('identity');
    expect(learn(counts, { kind: 'count', pointsPerDay: 24 }).transform).toBe('square-root');
    expect(learn(factors, { kind: 'time', pointsPerDay: 24 }).transform).toBe('logarithm');
    expect(learn(factors, { kind: 'measure', pointsPerDay: 24 }).transform).toBe('identity');
  });
  it('knows the weekday of a series by days after three weeks', () => {
    const days = Array.from({ length: 60 }, (_, day) => ({
      value: 20 + jitter(day) + (day % 7 >= 5 ? -15 : 0),
      hourOfDay: 0,
      hourOfWeek: (day % 7) * 24,
      localDay: day,
    }));
    expect(learn(days, { kind: 'count', pointsPerDay: 1 }).season).toBe('day-of-week');
    expect(learn(days.slice(0, 20), { kind: 'count', pointsPerDay: 1 }).season).toBe('none');
  });
  it('never sees what it judges', () => {
    const { points } = seededSeries(7, 10);
    const changed = points.map((point, index) =>
      index > 1200 ? { ...point, value: point.value * 9 } : point,
    );
    const upTo1200 = (series: readonly KnownPoint[]) =>
      detectAnomalies(series, firstJudged).filter(({ index }) => index <= 1200);
    expect(upTo1200(changed)).toEqual(upTo1200(points));
  });
});

describe('episodes', () => {
  it('open once in 24 hours and go on while the spike lasts', () => {
    const { points } = seededSeries(3, 10);
    const spiked = points.map((point, hour) =>
      hour >= 1250 && hour < 1260 ? { ...point, value: 400 } : point,
    );
    const within = detectAnomalies(spiked, 1240).filter(
      ({ isAnomalous, index }) => isAnomalous && index < 1270,
    );
    expect(within.map(({ index }) => index)).toEqual(expect.arrayContaining([1250, 1255, 1259]));
    expect(within.filter(({ opensEpisode }) => opensEpisode).map(({ index }) => index)).toEqual([1250]);
  });
  it('are seen in what strays a little for half a day, though no hour does', () => {
    const { points } = seededSeries(3, 30);
    const calm = points.slice(0, 5 * 168);
    const lifted = calm.map((point, hour) =>
      hour >= 800 && hour < 818 ? { ...point, value: Math.round(point.value * 1.8) + 12 } : point,
    );
    const found = detectAnomalies(lifted, 760).filter(
      ({ isAnomalous, index }) => isAnomalous && index >= 800,
    );
    expect(found.some(({ isSustained }) => isSustained)).toBe(true);
    const own = found.find(({ isSustained }) => isSustained)!;
    expect(own.observed).toBeLessThan(own.upper);
  });
  it('are neither learned from nor judged on a holiday or where nothing is known', () => {
    const { points } = seededSeries(3, 10);
    const muted: SeriesPoint[] = points.map((point) =>
      point.localDay === 50 ? { ...point, value: 900, isMuted: true } : point,
    );
    expect(detectAnomalies(muted, 1_150).some(({ index }) => points[index]!.localDay === 50)).toBe(false);
    const unknown: SeriesPoint[] = muted.map((point) =>
      point.isMuted ? { ...point, isMuted: false, value: null } : point,
    );
    expect(detectAnomalies(muted, 1_150)).toEqual(detectAnomalies(unknown, 1_150));
  });
  it('are not claimed on too little history', () => {
    const { points } = seededSeries(3, 10);
    const reason = (count: number, value: number) =>
      tooLittleHistory(
        points.slice(0, count).map((point) => ({ ...point, value })),
        hours24,
        fewest,
      );
    expect(reason(71, 10)).toBe('only 71 hours of history, 72 are needed');
    expect(reason(500, 0)).toBe('only 0 tickets in its history, 30 are needed');
    expect(reason(72, 1)).toBeNull();
    expect(detectAnomalies(points.slice(0, 71), 0)).toEqual([]);
  });
});
