import { seededRandom } from '../analysis/anomaly/seeded-series.ts';
import type { Planted } from './anomaly-scoring.ts';
import { drawNegBin, drawNormal } from './draw-counts.ts';

/** What a family of generated series has in common. */
export interface Family {
  readonly name: string;
  readonly grain: 'hour' | 'day';
  /** Mean count of a bucket. */
  readonly mean: number;
  /** Of the negative binomial; null: normal noise that is the same at every level. */
  readonly shape: number | null;
}

const hourShape = [
  0.15, 0.12, 0.1, 0, 0, 0.2, 0.4, 0.8, 1.4, 1.9, 2.1, 2, 1.7, 1.8, 1.9, 1.8, 1.6, 1.3, 1, 0.8, 0.6, 0.45,
  0.3, 0.2,
];
const dayShape = [1.25, 1.15, 1.1, 1.1, 1, 0.45, 0.4];
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const EVENTS = 6;
const dayMs = 86_400_000;

type Event = { readonly from: number; readonly to: number; readonly factor: number };

/**
 * One series with a profile of day and week, a trend of -9 to +21 %, and six planted events in its second part: four in
 * five are spikes (3 to 6 times the usual and two and a half mean hours on top; of days 1.6 to 2.2 times), the others
 * outages (of days a third of the usual is left).
 */
export function drawSeries(family: Family, seed: number): Planted {
  const random = seededRandom(seed);
  const pointsPerDay = family.grain === 'hour' ? 24 : 1;
  const days = family.grain === 'hour' ? 70 : 180;
  const total = days * pointsPerDay;
  const growth = (random() - 0.3) * 0.3;
  const judgedFrom = (family.grain === 'hour' ? 28 : 56) * pointsPerDay;
  const usualAt = (index: number): number => {
    const day = dayShape[Math.floor(index / pointsPerDay) % 7]! / meanOf(dayShape);
    const hour = family.grain === 'hour' ? hourShape[index % 24]! / meanOf(hourShape) : 1;
    return family.mean * day * hour * (1 + (growth * index) / total);
  };
  const events = planEvents();
  const values = Array.from({ length: total }, (_, index) => {
    const event = events.find(({ from, to }) => index >= from && index < to);
    return drawValue(event === undefined ? usualAt(index) : usualIn(event, usualAt(index)));
  });
  const start = Date.UTC(2026, 0, 5);
  return {
    values,
    times: values.map((_, index) => start + (index * dayMs) / pointsPerDay),
    events: events.map(({ from, to }) => [from, to] as const),
    judgedFrom,
  };

  function planEvents(): readonly Event[] {
    const span = (total - judgedFrom - pointsPerDay) / EVENTS;
    const room = Math.max(1, span - (family.grain === 'hour' ? 36 : 6));
    return Array.from({ length: EVENTS }, (_, index): Event => {
      const spread = family.grain === 'hour' ? 2 + Math.floor(random() * 4) : 1 + Math.floor(random() * 2);
      let from = judgedFrom + Math.floor(index * span + random() * room);
      if (random() >= 0.2) {
        const factor = family.grain === 'hour' ? 3 + random() * 3 : 1.6 + random() * 0.6;
        return { from, to: from + spread, factor };
      }
      if (family.grain === 'day') return { from, to: from + spread, factor: 0.3 };
      // An outage at night would hide; it begins where there is something to miss.
      while (usualAt(from) < family.mean) from += 1;
      return { from, to: from + 4 + Math.floor(random() * 4), factor: 0.05 };
    });
  }

  function usualIn({ factor }: Event, usual: number): number {
    return usual * factor + (factor > 1 && family.grain === 'hour' ? 2.5 * family.mean : 0);
  }

  function drawValue(mean: number): number {
    if (family.shape !== null) return drawNegBin(mean, family.shape, random);
    return Math.max(0, Math.round(mean + 0.35 * family.mean * drawNormal(random)));
  }
}
