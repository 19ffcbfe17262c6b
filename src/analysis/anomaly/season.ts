import { median } from './robust.ts';
import type { WeekPlace } from './series.ts';

export type SeasonKind = 'none' | 'hour-of-day' | 'hour-of-week' | 'day-of-week';

/** What repeats, as a difference from the level. */
export interface Season {
  readonly kind: SeasonKind;
  at(place: WeekPlace): number;
}

interface SeasonRule {
  readonly kind: SeasonKind;
  readonly slots: number;
  /** Days of history from which it is tried. */
  readonly days: number;
  /** It must cut the spread to this share of what the plainer season leaves. */
  readonly cut: number;
  readonly slotOf: (place: WeekPlace) => number;
}

const withinDay: readonly SeasonRule[] = [
  { kind: 'hour-of-day', slots: 24, days: 3, cut: 0.9, slotOf: (place) => place.hourOfDay },
  { kind: 'hour-of-week', slots: 168, days: 14, cut: 0.95, slotOf: (place) => place.hourOfWeek },
];
const byDay: readonly SeasonRule[] = [
  {
    kind: 'day-of-week',
    slots: 7,
    days: 21,
    cut: 0.95,
    slotOf: (place) => Math.floor(place.hourOfWeek / 24),
  },
];

const none: Season = { kind: 'none', at: () => 0 };
/** An hour of the week with fewer samples (one a week) borrows those of the hours beside it. */
const LEAST_SAMPLES = 4;

/**
 * The season that explains a series best; a richer one only where it clearly pays.
 *
 * @param detrended values less their week's level, one for each place
 */
export function chooseSeason(
  places: readonly WeekPlace[],
  detrended: readonly number[],
  pointsPerDay: number,
): Season {
  let best = none;
  let spread = spreadWith(best);
  for (const rule of pointsPerDay > 1 ? withinDay : byDay) {
    if (detrended.length < rule.days * pointsPerDay || spread === 0) continue;
    const season = seasonBy(rule, places, detrended, pointsPerDay);
    const own = spreadWith(season);
    if (own > rule.cut * spread) continue;
    best = season;
    spread = own;
  }
  return best;

  function spreadWith(season: Season): number {
    return median(places.map((place, index) => Math.abs(detrended[index]! - season.at(place))));
  }
}

function seasonBy(
  { kind, slots, slotOf }: SeasonRule,
  places: readonly WeekPlace[],
  detrended: readonly number[],
  pointsPerDay: number,
): Season {
  const samples: number[][] = Array.from({ length: slots }, () => []);
  for (const [index, place] of places.entries()) samples[slotOf(place)]!.push(detrended[index]!);
  const least = LEAST_SAMPLES * Math.max(1, pointsPerDay / 24);
  const shape = samples.map((own, slot) => {
    if (own.length >= least) return median(own);
    return median([...samples[(slot + slots - 1) % slots]!, ...own, ...samples[(slot + 1) % slots]!]);
  });
  return { kind, at: (place) => shape[slotOf(place)]! };
}
