import { median, spreadOfDays, tailAwareSpread } from './robust.ts';
import { chooseSeason, type Season, type SeasonKind } from './season.ts';
import type { KnownPoint, SeriesKind, SeriesPoint, WeekPlace } from './series.ts';
import { type Transform, type TransformName, transformsFor, unevennessOf } from './transform.ts';

/** What a series is, for all of its points. */
export interface SeriesShape {
  readonly kind: SeriesKind;
  /** 288 for five minutes, 24 for hours, 1 for days. */
  readonly pointsPerDay: number;
}

/** What is usual, learned from the past alone. */
export interface Baseline {
  readonly season: SeasonKind;
  readonly transform: TransformName;
  expectedAt(place: WeekPlace): number;
  /** Signed distance from what is expected, in robust spreads, on the transformed scale. */
  scoreOf(point: KnownPoint): number;
  /** The value that lies `score` spreads from what is expected. */
  valueAt(point: SeriesPoint, score: number): number;
  /** Divides a mean of the last `sustainedPoints` scores so that it compares with the score of one point. */
  readonly sustainedSpread: number;
  /** The same with the level of these points, the newest of the past. */
  releveled(recent: readonly KnownPoint[]): Baseline;
}

/** Points that are also judged together; a day's point stands alone. */
export const sustainedPoints = 12;
/** Scores are cut here: a series that never moved has no spread to measure a first move by. */
const HIGHEST_SCORE = 99;
/** From this many points on the spread's dependence on the level can be seen. */
const POINTS_FOR_TRANSFORM = 42;
/** The level is the median of this many days. */
export const levelDays = 7;

/**
 * Level, season and spread of a series, all by medians so that past spikes do not spoil them.
 *
 * level = median of the last 7 days less the season; season = none, by hour of day, by hour of week, or by day of week
 * for days, the richer one only where it clearly pays; spread = the largest of the median absolute deviation, the far
 * tail, the largest residual of most days, and what chance alone gives (see `leastSpread`). The scale is the plain one
 * unless there the residuals surely grow or shrink with the level and another scale makes them more even.
 *
 * @param history ascending, at least one point, all before what will be judged
 */
export function fitBaseline(
  history: readonly KnownPoint[],
  shape: SeriesShape,
  only?: TransformName,
): Baseline {
  const candidates = transformsFor(shape.kind).filter(({ name }) => only === undefined || name === only);
  const [plain, ...others] = candidates.map((transform) => () => fitOn(transform, history, shape));
  let best = plain!();
  let unevenness = best.unevenness();
  if (unevenness.isSure && history.length >= POINTS_FOR_TRANSFORM) {
    for (const fitOther of others) {
      const other = fitOther();
      const own = other.unevenness();
      if (own.ratio >= unevenness.ratio) continue;
      [best, unevenness] = [other, own];
    }
  }
  return best.baseline;
}

function fitOn(transform: Transform, history: readonly KnownPoint[], shape: SeriesShape) {
  const values = history.map(({ value }) => transform.forward(value));
  const detrended = removeWeeklyLevel(values, history);
  const season = chooseSeason(history, detrended, shape.pointsPerDay);
  const firstRecent = history.at(-1)!.localDay - levelDays;
  const recent = history.filter((point) => point.localDay > firstRecent);
  const level = levelOf(recent, transform, season);
  const residuals = history.map((point, index) => detrended[index]! - season.at(point));
  const sizes = residuals.map(Math.abs);
  const days = history.map(({ localDay }) => localDay);
  const spread = Math.max(tailAwareSpread(sizes), spreadOfDays(sizes, days, shape.pointsPerDay) ?? 0);
  const unevenness = () =>
    unevennessOf(
      values.map((value, index) => value - residuals[index]!),
      sizes,
    );
  const sustainedSpread = relativeSustainedSpread(residuals, spread);
  return { unevenness, baseline: toBaseline({ transform, season, level, spread, sustainedSpread, shape }) };
}

interface Fit {
  readonly transform: Transform;
  readonly season: Season;
  readonly level: number;
  readonly spread: number;
  readonly sustainedSpread: number;
  readonly shape: SeriesShape;
}

function levelOf(recent: readonly KnownPoint[], transform: Transform, season: Season): number {
  return median(recent.map((point) => transform.forward(point.value) - season.at(point)));
}

function toBaseline(fit: Fit): Baseline {
  const { transform, season, level, spread, sustainedSpread, shape } = fit;
  const lowest = shape.kind === 'measure' ? Number.NEGATIVE_INFINITY : 0;
  const centreAt = (place: WeekPlace) =>
    Math.max(transform.name === 'identity' ? lowest : Number.NEGATIVE_INFINITY, level + season.at(place));
  const spreadAt = (point: SeriesPoint) =>
    Math.max(spread, leastSpread(shape.kind, transform.name, centreAt(point), point.cases));
  const inRange = (value: number) => Math.max(lowest, shape.kind === 'share' ? Math.min(1, value) : value);
  return {
    season: season.kind,
    transform: transform.name,
    sustainedSpread,
    expectedAt: (place) => inRange(transform.back(centreAt(place))),
    scoreOf(point) {
      const distance = transform.forward(point.value) - centreAt(point);
      const own = spreadAt(point);
      const score = own > 0 ? distance / own : Math.sign(distance) * HIGHEST_SCORE;
      return Math.max(-HIGHEST_SCORE, Math.min(HIGHEST_SCORE, score));
    },
    valueAt: (point, score) => inRange(transform.back(centreAt(point) + score * spreadAt(point))),
    releveled: (recent) => toBaseline({ ...fit, level: levelOf(recent, transform, season) }),
  };
}

/**
 * What chance alone varies by: a Poisson count by the root of its mean (1 on the square-root scale), a share p of n
 * cases by sqrt(p (1 - p) / n), p kept half a case away from none and all.
 */
function leastSpread(
  kind: SeriesKind,
  transform: TransformName,
  centre: number,
  cases: number | undefined,
): number {
  if (kind === 'count') return transform === 'square-root' ? 1 : Math.sqrt(Math.max(centre, 1));
  if (kind !== 'share' || cases === undefined || cases === 0) return 0;
  const edge = Math.min(0.5, 0.5 / cases);
  const share = Math.min(1 - edge, Math.max(edge, centre));
  return Math.sqrt((share * (1 - share)) / cases);
}

/** Values less the median of their own week, counted back from the end, so that growth is not taken for noise. */
function removeWeeklyLevel(values: readonly number[], history: readonly KnownPoint[]): readonly number[] {
  const last = history.at(-1)!.localDay;
  const first = history[0]!.localDay;
  const weekOf = (day: number) => Math.floor((last - day) / 7);
  const levels = new Map<number, number>();
  const levelOf = (week: number): number => {
    const known = levels.get(week);
    if (known !== undefined) return known;
    // A short first week has no level of its own worth having; it takes days of the one after it.
    const start = Math.max(first, last - 7 * week - 6);
    const level = median(values.filter((_, index) => isWithin(history[index]!.localDay, start, start + 7)));
    levels.set(week, level);
    return level;
  };
  return values.map((value, index) => value - levelOf(weekOf(history[index]!.localDay)));
}

function isWithin(day: number, from: number, to: number): boolean {
  return day >= from && day < to;
}

/** Spread of the mean of the last residuals over that of one; never less than if they did not hang together. */
function relativeSustainedSpread(residuals: readonly number[], spread: number): number {
  const independent = 1 / Math.sqrt(sustainedPoints);
  if (spread === 0 || residuals.length < sustainedPoints) return independent;
  const sizes: number[] = [];
  let sum = 0;
  for (const [index, residual] of residuals.entries()) {
    sum += residual - (residuals[index - sustainedPoints] ?? 0);
    if (index >= sustainedPoints - 1) sizes.push(Math.abs(sum / sustainedPoints));
  }
  return Math.max(independent, tailAwareSpread(sizes) / spread);
}
