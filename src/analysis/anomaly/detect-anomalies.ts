import { type Baseline, fitBaseline, levelDays, type SeriesShape, sustainedPoints } from './fit-baseline.ts';
import type { SeasonKind } from './season.ts';
import { isKnown, type KnownPoint, type SeriesPoint } from './series.ts';
import type { TransformName } from './transform.ts';

/** A value held against what was usual before its day began. */
export interface JudgedPoint {
  readonly index: number;
  readonly observed: number;
  readonly expected: number;
  /** Ends of the expected interval, on the scale of the values. */
  readonly lower: number;
  readonly upper: number;
  /** The larger of the point's own robust z-score and that of the last 12 points together, signed. */
  readonly score: number;
  /** The last 12 points together stand out more than this one; it may lie within its own interval. */
  readonly isSustained: boolean;
  readonly isAnomalous: boolean;
  /** The first anomaly after 24 quiet-or-known hours; the ones after it belong to the same episode. */
  readonly opensEpisode: boolean;
  readonly season: SeasonKind;
  readonly transform: TransformName;
}

export interface DetectorSettings extends SeriesShape {
  /** From this score on a value is out of the ordinary. */
  readonly threshold: number;
  /** So much of the past is learned from. */
  readonly historyDays: number;
  /** Forces a scale instead of choosing one; for comparisons. */
  readonly transform?: TransformName;
}

/** Within a day the level follows once in so many points. */
const LEVEL_EVERY = 12;
/** Thresholds that one point at most brings into the score of several. */
const ONE_AMONG_MANY = 2;
/** Less than this and nothing is said. */
const LEAST_DAYS = 3;
/** A series of days has a point a day: its level is not known sooner. */
const LEAST_DAYS_OF_DAYS = 14;

/**
 * Judges the points from `firstIndex` on. It is causal: the baseline is fitted once a local day, on the days of history
 * before that day, and never sees what it judges. Points with too short a past, unknown values and holidays are left out.
 *
 * @param points ascending, one for each bucket of the grain
 */
export function detectAnomalies(
  points: readonly SeriesPoint[],
  firstIndex: number,
  settings: DetectorSettings,
): readonly JudgedPoint[] {
  const judged: JudgedPoint[] = [];
  const recent: number[] = [];
  let fitted: { readonly localDay: number; baseline: Baseline | null } | undefined;
  let lastEpisode = Number.NEGATIVE_INFINITY;
  for (let index = firstIndex; index < points.length; index += 1) {
    const point = points[index]!;
    if (fitted?.localDay !== point.localDay)
      fitted = { localDay: point.localDay, baseline: fitBefore(points, index, settings) };
    else if (index % LEVEL_EVERY === 0) fitted.baseline = relevel(fitted.baseline, points, index, settings);
    if (fitted.baseline === null || !isKnown(point)) {
      recent.length = 0;
      continue;
    }
    const own = fitted.baseline.scoreOf(point);
    // One spike alone is not told again for the hours after it.
    recent.push(cut(own, ONE_AMONG_MANY * settings.threshold));
    if (recent.length > sustainedPoints) recent.shift();
    const together = settings.pointsPerDay > 1 ? sustainedScore(recent, fitted.baseline) : 0;
    const isNew = index - lastEpisode >= settings.pointsPerDay;
    const result = judge({ point, index, own, together, isNew }, fitted.baseline, settings.threshold);
    if (result.opensEpisode) lastEpisode = index;
    judged.push(result);
  }
  return judged;
}

/** Points before the first one that is reported which a caller should have judged, so that runs and cooldowns are known. */
export function leadIn(pointsPerDay: number): number {
  return pointsPerDay > 1 ? pointsPerDay + sustainedPoints : 1;
}

/** Why a series of counts, shares or times cannot be judged yet; null: it can. */
export function tooLittleHistory(
  points: readonly SeriesPoint[],
  { pointsPerDay, kind }: SeriesShape,
  least: { readonly total: number; readonly noun: string },
): string | null {
  const known = points.filter(isKnown);
  const needed = leastPoints(pointsPerDay);
  const unit = pointsPerDay === 24 ? 'hours' : pointsPerDay === 1 ? 'days' : 'points';
  if (known.length < needed) return `only ${known.length} ${unit} of history, ${needed} are needed`;
  const total = known.reduce((sum, point) => sum + (kind === 'count' ? point.value : (point.cases ?? 0)), 0);
  if (total >= least.total) return null;
  return `only ${Math.round(total)} ${least.noun} in its history, ${least.total} are needed`;
}

function leastPoints(pointsPerDay: number): number {
  return pointsPerDay > 1 ? LEAST_DAYS * pointsPerDay : LEAST_DAYS_OF_DAYS;
}

function cut(score: number, most: number): number {
  return Math.max(-most, Math.min(most, score));
}

function fitBefore(
  points: readonly SeriesPoint[],
  index: number,
  settings: DetectorSettings,
): Baseline | null {
  const today = points[index]!.localDay;
  let end = index;
  while (end > 0 && points[end - 1]!.localDay === today) end -= 1;
  let start = end;
  while (start > 0 && points[start - 1]!.localDay >= today - settings.historyDays) start -= 1;
  const history = points.slice(start, end).filter(isKnown);
  if (history.length < leastPoints(settings.pointsPerDay)) return null;
  return fitBaseline(history, settings, settings.transform);
}

function relevel(
  baseline: Baseline | null,
  points: readonly SeriesPoint[],
  index: number,
  { pointsPerDay }: DetectorSettings,
): Baseline | null {
  const recent = points.slice(Math.max(0, index - levelDays * pointsPerDay), index).filter(isKnown);
  return baseline === null || recent.length === 0 ? baseline : baseline.releveled(recent);
}

/** Mean of the last scores, each cut at twice the threshold, in spreads of such means; 0 while there are too few. */
function sustainedScore(recent: readonly number[], { sustainedSpread }: Baseline): number {
  if (recent.length < sustainedPoints) return 0;
  return recent.reduce((sum, one) => sum + one, 0) / sustainedPoints / sustainedSpread;
}

interface Scored {
  readonly point: KnownPoint;
  readonly index: number;
  readonly own: number;
  readonly together: number;
  readonly isNew: boolean;
}

function judge(
  { point, index, own, together, isNew }: Scored,
  baseline: Baseline,
  threshold: number,
): JudgedPoint {
  const isSustained = Math.abs(together) > Math.abs(own);
  const score = isSustained ? together : own;
  const isAnomalous = Math.abs(score) >= threshold;
  return {
    index,
    observed: point.value,
    expected: baseline.expectedAt(point),
    lower: baseline.valueAt(point, -threshold),
    upper: baseline.valueAt(point, threshold),
    score,
    isSustained,
    isAnomalous,
    opensEpisode: isAnomalous && isNew,
    season: baseline.season,
    transform: baseline.transform,
  };
}
