import { type Baseline, fitBaseline, type SeriesPoint } from './fit-baseline.ts';

/** A value held against what was usual before its day began. */
export interface JudgedPoint {
  readonly index: number;
  readonly observed: number;
  readonly expected: number;
  /** Ends of the expected interval; the lower one is never below 0. */
  readonly lower: number;
  readonly upper: number;
  /** Robust z-score, signed. */
  readonly score: number;
  readonly isAnomalous: boolean;
  /** The first anomaly after 24 quiet-or-known hours; the ones after it belong to the same episode. */
  readonly opensEpisode: boolean;
  readonly season: Baseline['season'];
}

/** From here on a value is out of the ordinary. */
const anomalyThreshold = 3.5;
const COOLDOWN_HOURS = 24;
const HISTORY_HOURS = 6 * 168;
/** Less than this and nothing is said: three days, and enough tickets to know a level. */
const LEAST_HISTORY_HOURS = 72;
const LEAST_TOTAL = 30;

export interface DayPoint extends SeriesPoint {
  readonly localDay: number;
}

/**
 * Judges the points from `firstIndex` on. It is causal: the baseline is fitted once a local day, on at most the six
 * weeks before that day, and never sees what it judges. Points with too short a past are left out.
 */
export function detectAnomalies(points: readonly DayPoint[], firstIndex: number): readonly JudgedPoint[] {
  const judged: JudgedPoint[] = [];
  let fitted: { localDay: number; baseline: Baseline | null } | undefined;
  let lastEpisode = Number.NEGATIVE_INFINITY;
  for (let index = firstIndex; index < points.length; index += 1) {
    const point = points[index]!;
    if (fitted?.localDay !== point.localDay) {
      fitted = { localDay: point.localDay, baseline: fitBefore(points, startOfDay(points, index)) };
    }
    if (fitted.baseline === null) continue;
    const isNew = index - lastEpisode >= COOLDOWN_HOURS;
    const result = judge(point, index, fitted.baseline, isNew);
    if (result.opensEpisode) lastEpisode = index;
    judged.push(result);
  }
  return judged;
}

/** Why a series cannot be judged yet; null: it can. */
export function tooLittleHistory(values: readonly number[]): string | null {
  if (values.length < LEAST_HISTORY_HOURS) {
    return `only ${values.length} hours of history, ${LEAST_HISTORY_HOURS} are needed`;
  }
  const total = values.reduce((sum, value) => sum + value, 0);
  return total < LEAST_TOTAL ? `only ${total} tickets in its history, ${LEAST_TOTAL} are needed` : null;
}

function startOfDay(points: readonly DayPoint[], index: number): number {
  let start = index;
  while (start > 0 && points[start - 1]!.localDay === points[index]!.localDay) start -= 1;
  return start;
}

function fitBefore(points: readonly DayPoint[], end: number): Baseline | null {
  const history = points.slice(Math.max(0, end - HISTORY_HOURS), end);
  return tooLittleHistory(history.map(({ value }) => value)) === null ? fitBaseline(history) : null;
}

function judge(point: DayPoint, index: number, baseline: Baseline, isNew: boolean): JudgedPoint {
  const expected = baseline.expectedAt(point);
  const scale = baseline.scaleAt(point);
  const score = (point.value - expected) / scale;
  const isAnomalous = Math.abs(score) >= anomalyThreshold;
  return {
    index,
    observed: point.value,
    expected,
    lower: Math.max(0, expected - anomalyThreshold * scale),
    upper: expected + anomalyThreshold * scale,
    score,
    isAnomalous,
    opensEpisode: isAnomalous && isNew,
    season: baseline.season,
  };
}
