import type { KnownPoint } from '../../../src/analysis/anomaly/series.ts';

/** Seeded numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A Poisson count; mixing the mean with a gamma of shape 8 makes it vary more than chance alone, as tickets do. */
export function drawCount(mean: number, random: () => number): number {
  let gamma = 0;
  for (let index = 0; index < 8; index += 1) gamma -= Math.log(1 - random());
  const limit = Math.exp((-mean * gamma) / 8);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

export interface SeededSeries {
  readonly points: readonly KnownPoint[];
  /** Hours at which a planted event begins. */
  readonly events: readonly number[];
}

/** How long a planted event lasts. */
export const eventHours = 3;

/** Mean count of an hour of the week: busy working hours, quiet nights, half as much on weekends. */
export function usualCount(hourOfWeek: number, mean: number): number {
  const hour = hourOfWeek % 24;
  const day = Math.floor(hourOfWeek / 24);
  const byHour = hour >= 8 && hour < 18 ? 2 : hour >= 6 && hour < 22 ? 0.7 : 0.2;
  return mean * byHour * (day >= 5 ? 0.5 : 1.2);
}

/** Eight weeks from a Monday; six events, each several times the usual of its hour, in the last three weeks. */
export function seededSeries(seed: number, mean: number): SeededSeries {
  const random = seededRandom(seed);
  const hours = 8 * 168;
  const events = [...Array(6).keys()].map((index) => 5 * 168 + 12 + index * 80 + Math.floor(random() * 24));
  const points = Array.from({ length: hours }, (_, hour): KnownPoint => {
    const usual = usualCount(hour % 168, mean);
    const inEvent = events.some((start) => hour >= start && hour < start + eventHours);
    const value = drawCount(usual, random) + (inEvent ? drawCount(2 * mean + 2.5 * usual, random) : 0);
    return { value, hourOfDay: hour % 24, hourOfWeek: hour % 168, localDay: Math.floor(hour / 24) };
  });
  return { points, events };
}
