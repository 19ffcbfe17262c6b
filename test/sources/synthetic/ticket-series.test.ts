import { beforeAll, describe, expect, it } from 'vitest';
import { chiSquareZ, deviations, zOf } from './statistics.ts';
import { type RegionHour, sumOf, ticketHours, varianceOf } from './ticket-hours.ts';
import { groupBy, type WrittenWorld, world } from './world-files.ts';

const hourMs = 3_600_000;

describe.each([3, 159])('the tickets of a year, seed %i', (seed) => {
  let written: WrittenWorld;
  let hours: readonly RegionHour[];
  let calm: readonly RegionHour[];
  beforeAll(async () => {
    written = await world(seed, 'demo', { days: 365 });
    hours = ticketHours(written.dir, written.truth);
    calm = hours.filter(({ touched }) => !touched);
  });

  it('come as often as the truth file says at every hour of the week, in two time zones (S2-04)', () => {
    const scores: number[] = [];
    for (const own of groupBy(calm, ({ region, slot }) => `${region} ${slot}`).values()) {
      const mean = sumOf(own, (hour) => hour.mean);
      // A sum of counts is about normal from ten on.
      if (mean >= 10)
        scores.push(
          zOf(
            sumOf(own, (hour) => hour.observed),
            mean,
            sumOf(own, varianceOf),
          ),
        );
    }
    expect(scores.length).toBeGreaterThan(80);
    expect(Math.abs(chiSquareZ(scores))).toBeLessThan(deviations);
  });

  it('stay away at night, in each region by its own clock', () => {
    const silent = calm.filter(({ mean }) => mean === 0);
    expect(silent.length).toBeGreaterThan(365 * 7);
    expect(sumOf(silent, ({ observed }) => observed)).toBe(0);
    const quiet = new Set(silent.map(({ region, slot }) => `${region} ${slot % 24}`));
    expect(quiet).toContain('EMEA 3');
    expect(quiet).toContain('Americas 3');
  });

  it('vary more than a Poisson count and as much as the negative binomial of the truth file', () => {
    const busy = calm.filter(({ mean }) => mean > 0);
    const excess = sumOf(busy, ({ observed, mean }) => (observed - mean) ** 2 - mean);
    const poisson = sumOf(busy, ({ mean }) => 2 * mean ** 2 + mean);
    expect(zOf(excess, 0, poisson)).toBeGreaterThan(deviations);
    const planned = sumOf(busy, ({ mean, shape }) => mean ** 2 / shape);
    // Fourth moment of the negative binomial: excess kurtosis 6 / shape + p / mean with p = shape / (shape + mean).
    const spread = sumOf(
      busy,
      (hour) =>
        varianceOf(hour) ** 2 * (2 + 6 / hour.shape + hour.shape / (hour.shape + hour.mean) / hour.mean),
    );
    expect(Math.abs(zOf(excess, planned, spread))).toBeLessThan(deviations);
  });

  it('are few on public holidays', () => {
    const holidays = calm.filter(({ isHoliday, slot }) => isHoliday && slot < 120);
    const mean = sumOf(holidays, (hour) => hour.mean);
    const observed = sumOf(holidays, (hour) => hour.observed);
    expect(Math.abs(zOf(observed, mean, sumOf(holidays, varianceOf)))).toBeLessThan(deviations);
    const factor = written.truth.series.regions[0]!.holidayFactor;
    const ordinary = holidays.map((hour) => ({ ...hour, mean: hour.mean / factor }));
    expect(zOf(observed, mean / factor, sumOf(ordinary, varianceOf))).toBeLessThan(-deviations);
  });

  it('show every planted event in its hours and segment, at its size', () => {
    const { events, series } = written.truth;
    const kinds = events.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(
      new Set(['hour-spike', 'day-spike', 'outage', 'level-shift', 'recent-spike']),
    );
    for (const event of events) {
      const [axis, value] = event.segment.split('=') as [string, string | undefined];
      const share = axis === 'category' ? series.categories[value!]! : 1;
      const within = hours.filter(
        ({ hour, region }) =>
          hour >= Date.parse(event.start) &&
          hour < Date.parse(event.end) &&
          (axis !== 'region' || region === value),
      );
      const seen = sumOf(within, (hour) =>
        axis === 'category' ? (hour.byCategory.get(value!) ?? 0) : hour.observed,
      );
      const usual = share * sumOf(within, ({ mean }) => mean);
      if ('tickets' in event.size) {
        expect(seen).toBeGreaterThanOrEqual(event.size.tickets);
        continue;
      }
      const { factor } = event.size;
      // For a category the counts of two draws add up; the sum of their variances is below that of one at full size.
      const variance = sumOf(within, ({ mean, shape }) => {
        const own = mean * share * Math.max(factor, 1);
        return own + (2 * own ** 2) / shape;
      });
      expect(Math.abs(zOf(seen, usual * factor, Math.max(variance, 1)))).toBeLessThan(deviations);
      if (factor === 0) expect(seen).toBe(0);
      if (event.kind === 'outage') expect(usual).toBeGreaterThan(5);
      else expect(Math.abs(seen - usual)).toBeGreaterThan(0);
    }
  });

  it('grow with the trend and the season that the truth file names', () => {
    const middle = Date.parse(written.truth.series.start) + 182 * 24 * hourMs;
    for (const half of [
      calm.filter(({ hour }) => hour < middle),
      calm.filter(({ hour }) => hour >= middle),
    ]) {
      const z = zOf(
        sumOf(half, ({ observed }) => observed),
        sumOf(half, ({ mean }) => mean),
        sumOf(half, varianceOf),
      );
      expect(Math.abs(z)).toBeLessThan(deviations);
    }
  });
});
