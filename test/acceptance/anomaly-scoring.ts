import { type DetectorSettings, detectAnomalies } from '../../src/analysis/anomaly/detect-anomalies.ts';
import type { SeriesKind, SeriesPoint } from '../../src/analysis/anomaly/series.ts';
import { loadAnomalySettings } from '../../src/catalogue/anomaly-settings.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

export interface TimedSeries {
  /** Epoch milliseconds, taken for local time. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

const loaded = loadAnomalySettings(packagePath('catalogue'));
if (!loaded.ok) throw new Error(loaded.issues.map(({ message }) => message).join('; '));
/** The one threshold and the one history that are shipped. */
export const shipped = { threshold: loaded.value.threshold, historyDays: loaded.value.historyDays };

export function placed({ times, values }: TimedSeries): readonly SeriesPoint[] {
  return times.map((time, index) => {
    const localDay = Math.floor(time / dayMs);
    const hourOfDay = Math.floor((time - localDay * dayMs) / hourMs);
    return { value: values[index]!, localDay, hourOfDay, hourOfWeek: ((localDay + 3) % 7) * 24 + hourOfDay };
  });
}

/** Absolute score of every point, by the product's detector; 0 where it does not judge. */
export function productScores(
  series: TimedSeries,
  shape: { readonly kind: SeriesKind; readonly pointsPerDay: number },
  transform?: DetectorSettings['transform'],
): Float64Array {
  const scores = new Float64Array(series.values.length);
  const settings = { ...shipped, ...shape, ...(transform === undefined ? {} : { transform }) };
  for (const { index, score } of detectAnomalies(placed(series), 0, settings))
    scores[index] = Math.abs(score);
  return scores;
}

/** The naive floor: distance from the mean of the last `window` values, in their standard deviations. */
export function zScores(values: readonly number[], window: number): Float64Array {
  const scores = new Float64Array(values.length);
  let [sum, squares] = [0, 0];
  for (const [index, value] of values.entries()) {
    const count = Math.min(index, window);
    if (count >= window / 4) {
      const mean = sum / count;
      const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
      if (deviation > 0) scores[index] = Math.abs(value - mean) / deviation;
    }
    const gone = index >= window ? values[index - window]! : 0;
    sum += value - gone;
    squares += value * value - gone * gone;
  }
  return scores;
}

/** Indexes of the first exceedance of every episode: nothing more within 24 hours of an alert. */
export function alertsAt(
  scores: Float64Array,
  threshold: number,
  times: readonly number[],
  from: number,
): readonly number[] {
  const alerts: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let index = from; index < scores.length; index += 1) {
    if (scores[index]! < threshold || times[index]! - last < dayMs) continue;
    alerts.push(index);
    last = times[index]!;
  }
  return alerts;
}

export interface Planted extends TimedSeries {
  /** First index and the index after the last one. */
  readonly events: readonly (readonly [number, number])[];
  readonly judgedFrom: number;
}

export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Precision over alerts (alerts in one event count once), recall over events. */
export function qualityOn(
  family: readonly Planted[],
  scoresOf: readonly Float64Array[],
  threshold: number,
): Quality {
  let [found, falseAlerts, events] = [0, 0, 0];
  for (const [index, series] of family.entries()) {
    const hits = new Set<number>();
    for (const at of alertsAt(scoresOf[index]!, threshold, series.times, series.judgedFrom)) {
      const event = series.events.findIndex(([from, to]) => at >= from && at < to);
      if (event < 0) falseAlerts += 1;
      else hits.add(event);
    }
    found += hits.size;
    events += series.events.length;
  }
  return qualityOf(found / Math.max(1, found + falseAlerts), found / events);
}

export function qualityOf(precision: number, recall: number): Quality {
  return { precision, recall, f1: (2 * precision * recall) / Math.max(precision + recall, 1e-9) };
}

/** 2 to 6 in steps of a tenth. */
export const thresholds = Array.from({ length: 41 }, (_, step) => 2 + step / 10);

/** The best F1 at any threshold: more than a naive rule deserves, so that the floor is no straw man. */
export function bestF1(family: readonly Planted[], scoresOf: readonly Float64Array[]): number {
  return Math.max(...thresholds.map((threshold) => qualityOn(family, scoresOf, threshold).f1));
}
