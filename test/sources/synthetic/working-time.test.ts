import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createWorkingTime, offices } from '../../../src/sources/synthetic/business-time.ts';
import { holidaysOf } from '../../../src/sources/synthetic/holidays.ts';
import { createRandom } from '../../../src/sources/synthetic/random.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';
import { chiSquareZ, deviations, zOf } from './statistics.ts';

const minute = 60_000;

describe('working time of the support desk', () => {
  it.each(['EMEA', 'Americas'] as const)('counts the same minutes as a clock on the wall in %s', (region) => {
    const { zone, opens, closes } = offices[region];
    // Both changes of the clocks, Christmas and ordinary weeks.
    for (const start of ['2026-03-27T08:07:00Z', '2026-10-23T15:41:00Z', '2026-12-23T19:00:00Z']) {
      const from = Date.parse(start);
      const hours = createWorkingTime(region, new Date(from - 86_400_000), new Date(from + 14 * 86_400_000));
      let worked = 0;
      const wanted = new Map([1, 30, 511, 1020].map((minutes) => [minutes, hours.shift(from, minutes)]));
      for (let at = from; worked < 1020; at += minute) {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        const time = local.hour + local.minute / 60;
        const isHoliday = holidaysOf(region, local.year).includes(local.toPlainDate().toString());
        if (local.dayOfWeek > 5 || time < opens || time >= closes || isHoliday) continue;
        worked += 1;
        if (!wanted.has(worked)) continue;
        expect(wanted.get(worked)).toBe(at + minute);
        // And back: to the same instant, or to the end of the working day before it.
        const back = hours.shift(at + minute, -worked);
        expect(hours.shift(back, worked)).toBe(at + minute);
      }
    }
  });

  it('knows the holidays that the shipped SLA calendars know', () => {
    const { calendars } = parse(readFileSync(packagePath('catalogue', 'sla.yml'), 'utf8')) as {
      calendars: { id: string; holidays?: string[] }[];
    };
    for (const [region, id] of [
      ['EMEA', 'berlin'],
      ['Americas', 'new-york'],
    ] as const) {
      const days = calendars.find((calendar) => calendar.id === id)?.holidays ?? [];
      for (const year of [2025, 2026, 2027]) {
        const listed = days
          .map((day) => (day.length === 5 ? `${year}-${day}` : day))
          .filter((day) => day.startsWith(String(year)))
          .sort();
        expect(holidaysOf(region, year)).toEqual(listed);
      }
    }
  });
});

describe('random numbers', () => {
  it.each([0.4, 12, 900])('have the mean and the variance of a negative binomial at mean %d', (mean) => {
    const random = createRandom(99);
    const shape = 4;
    const n = 20_000;
    const counts = Array.from({ length: n }, () => random.negativeBinomial(mean, shape));
    const variance = mean + mean ** 2 / shape;
    const average = counts.reduce((sum, count) => sum + count, 0) / n;
    expect(Math.abs(zOf(average, mean, variance / n))).toBeLessThan(deviations);
    const spread = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / n;
    const kurtosis = 6 / shape + shape / (shape + mean) / mean;
    expect(Math.abs(zOf(spread, variance, (variance ** 2 * (2 + kurtosis)) / n))).toBeLessThan(deviations);
  });

  it('are even in every fork, and no two forks of a hundred thousand begin alike', () => {
    const random = createRandom(3);
    const firsts = new Set<string>();
    const bins = new Array<number>(100).fill(0);
    for (let index = 0; index < 100_000; index += 1) {
      const fork = random.fork(`part ${index}`);
      const first = fork.next();
      firsts.add(`${first} ${fork.next()}`);
      bins[Math.floor(first * 100)]! += 1;
    }
    expect(firsts.size).toBe(100_000);
    const p = 0.01;
    const scores = bins.map((count) => zOf(count, 100_000 * p, 100_000 * p * (1 - p)));
    expect(Math.abs(chiSquareZ(scores))).toBeLessThan(deviations);
  });
});
