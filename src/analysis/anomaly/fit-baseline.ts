/** One value of a series with its place in day and week. */
export interface SeriesPoint {
  readonly value: number;
  readonly hourOfDay: number;
  readonly hourOfWeek: number;
}

/** What is usual, learned from the past alone. */
export interface Baseline {
  readonly season: 'none' | 'hour-of-day' | 'hour-of-week';
  expectedAt(point: SeriesPoint): number;
  /** Robust spread; z = (value - expected) / scale. */
  scaleAt(point: SeriesPoint): number;
}

const DAY = 24;
const WEEK = 168;
const DAYS_FOR_HOUR_OF_DAY = 3;
const DAYS_FOR_HOUR_OF_WEEK = 14;
/** A richer season must cut the residual spread by this much to be taken. */
const CUT_BY_DAY = 0.9;
const CUT_BY_WEEK = 0.95;
/** An hour of the week with fewer samples borrows those of the hours beside it. */
const LEAST_SAMPLES = 4;
/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_TO_SIGMA = 1.4826;

/**
 * Level, season and scale of an hourly count, all by medians so that past spikes do not spoil them.
 *
 * level = median of the last 7 days less the season; season = none, by hour of day or by hour of week, the richer one
 * only where it clearly pays; scale = the largest of the spread by MAD, the spread by the tail (99th percentile of
 * the residuals over 2.576, with fewer than 200 values the 95th over 1.96), and what counting alone varies by (the
 * root of the expected count, as for a Poisson count). MAD alone flags far too much on bursty series.
 *
 * @param history ascending, without gaps
 */
export function fitBaseline(history: readonly SeriesPoint[]): Baseline {
  const detrended = removeWeeklyLevel(history);
  const season = chooseSeason(history, detrended);
  const recent = history.slice(-WEEK);
  const level = median(recent.map((point) => point.value - season.at(point)));
  const residuals = history.map((point, index) => Math.abs(detrended[index]! - season.at(point)));
  const spread = Math.max(MAD_TO_SIGMA * median(residuals), tailSpread(residuals));
  const expectedAt = (point: SeriesPoint) => Math.max(0, level + season.at(point));
  return {
    season: season.kind,
    expectedAt,
    scaleAt: (point) => Math.max(spread, Math.sqrt(Math.max(expectedAt(point), 1))),
  };
}

/** Values less the median of their own week, counted back from the end, so that growth is not taken for noise. */
function removeWeeklyLevel(history: readonly SeriesPoint[]): readonly number[] {
  const detrended = new Array<number>(history.length);
  for (let end = history.length; end > 0; end -= WEEK) {
    const start = Math.max(0, end - WEEK);
    // A short first week has no level of its own worth having; it takes the one after it.
    const block = history.slice(start, Math.max(end, Math.min(start + WEEK, history.length)));
    const level = median(block.map((point) => point.value));
    for (let index = start; index < end; index += 1) detrended[index] = history[index]!.value - level;
  }
  return detrended;
}

interface Season {
  readonly kind: Baseline['season'];
  at(point: SeriesPoint): number;
}

function chooseSeason(history: readonly SeriesPoint[], detrended: readonly number[]): Season {
  const candidates: { season: Season; cut: number; days: number }[] = [
    { season: seasonBy('hour-of-day', DAY, history, detrended), cut: CUT_BY_DAY, days: DAYS_FOR_HOUR_OF_DAY },
    {
      season: seasonBy('hour-of-week', WEEK, history, detrended),
      cut: CUT_BY_WEEK,
      days: DAYS_FOR_HOUR_OF_WEEK,
    },
  ];
  let best: Season = { kind: 'none', at: () => 0 };
  let spread = spreadWith(best);
  for (const { season, cut, days } of candidates) {
    if (history.length < days * DAY) continue;
    const own = spreadWith(season);
    if (own > cut * spread || spread === 0) continue;
    best = season;
    spread = own;
  }
  return best;

  function spreadWith(season: Season): number {
    return median(history.map((point, index) => Math.abs(detrended[index]! - season.at(point))));
  }
}

function seasonBy(
  kind: 'hour-of-day' | 'hour-of-week',
  slots: number,
  history: readonly SeriesPoint[],
  detrended: readonly number[],
): Season {
  const slotOf = (point: SeriesPoint) => (kind === 'hour-of-day' ? point.hourOfDay : point.hourOfWeek);
  const samples: number[][] = Array.from({ length: slots }, () => []);
  for (const [index, point] of history.entries()) samples[slotOf(point)]!.push(detrended[index]!);
  const shape = samples.map((own, slot) => {
    if (own.length >= LEAST_SAMPLES) return median(own);
    return median([...samples[(slot + slots - 1) % slots]!, ...own, ...samples[(slot + 1) % slots]!]);
  });
  return { kind, at: (point) => shape[slotOf(point)]! };
}

function tailSpread(residuals: readonly number[]): number {
  const [share, z] = residuals.length >= 200 ? [0.99, 2.576] : [0.95, 1.96];
  const sorted = residuals.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]! / z;
}

/** 0 for no values. */
function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
