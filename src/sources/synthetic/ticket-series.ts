import type { WorldAccount } from './accounts.ts';
import { holidayNumbers, offices } from './business-time.ts';
import { LocalClock } from './local-clock.ts';
import { factorsAt, type PlantedEvent, totalFactor } from './planted-events.ts';
import { categoryShares, type TicketPeriod } from './ticket-period.ts';
import type { WorldSize } from './world.ts';

/** The mean of tickets opened per hour by customers of one region, before anything is planted. */
export interface RegionSeries {
  readonly region: WorldAccount['region'];
  readonly zone: string;
  /** Mean of each local hour of the week, Monday 00:00 first, at trend and season 1; zeros are the quiet of night. */
  readonly hourOfWeek: readonly number[];
  /** On these local days the mean is multiplied by `holidayFactor`. */
  readonly holidays: readonly string[];
  readonly holidayFactor: number;
  /** Multiplier exp(growthPerYear * years since `start`). */
  readonly growthPerYear: number;
  /** Multiplier 1 + amplitude * cos(2 pi (day - peak) / 365.25), days counted in UTC since 1970-01-01. */
  readonly season: { readonly amplitude: number; readonly peakDay: number };
  /** Of the negative binomial of each hour: variance = mean + mean^2 / shape. */
  readonly shape: number;
}

export interface TicketSeries {
  readonly metric: 'tickets_opened';
  readonly grain: 'hour';
  /** First hour and the hour after the last one. */
  readonly start: string;
  readonly end: string;
  readonly regions: readonly RegionSeries[];
  /** Share of tickets by category, the same at every hour. */
  readonly categories: Readonly<Record<string, number>>;
}

const hourMs = 3_600_000;
const dayMs = 86_400_000;
const yearDays = 365.25;

/** Tickets per hour of a local working day, relative; nobody writes at night. */
const hourShape = [
  0, 0, 0, 0, 0, 0, 0.12, 0.4, 0.9, 1.5, 1.6, 1.3, 0.9, 1.2, 1.4, 1.2, 0.9, 0.5, 0.25, 0.15, 0.1, 0.08, 0.03,
  0,
];
/** Monday to Sunday. */
const weekShape = [1.25, 1.1, 1.05, 1, 0.95, 0.22, 0.18];
const regionShares = { EMEA: 0.56, Americas: 0.44 } as const;

/** Mean per hour of a region at an instant. */
export type HourlyMean = (epochMs: number) => number;

/** Plans the series so that `tickets` are expected in its hours, with what the events add and take. */
export function planTicketSeries(request: {
  readonly period: TicketPeriod;
  readonly tickets: number;
  readonly size: WorldSize;
  readonly events: readonly PlantedEvent[];
}): TicketSeries {
  const { start, end } = request.period;
  const shapes = weekShape.flatMap((day) => hourShape.map((hour) => day * hour));
  const regions = (['EMEA', 'Americas'] as const).map((region): RegionSeries => {
    const [from, to] = [new Date(start), new Date(end)];
    const unscaled: RegionSeries = {
      region,
      zone: offices[region].zone,
      hourOfWeek: shapes,
      holidays: [...holidayNumbers(region, from, to)]
        .filter((day) => day * dayMs >= start - dayMs && day * dayMs <= end + dayMs)
        .map((day) => new Date(day * dayMs).toISOString().slice(0, 10))
        .sort(),
      holidayFactor: 0.3,
      growthPerYear: 0.15,
      // The customers' shops are busiest in the middle of November.
      season: { amplitude: 0.12, peakDay: Date.UTC(2026, 10, 15) / dayMs },
      // A large company's hours vary less around their mean than a small one's.
      shape: request.size === 'large' ? 25 : 6,
    };
    const mean = hourlyMean(unscaled, start);
    let sum = 0;
    for (let hour = start; hour < end; hour += hourMs) {
      const usual = mean(hour);
      if (usual > 0) sum += usual * totalFactor(factorsAt(request.events, region, hour));
    }
    const level = sum === 0 ? 0 : (request.tickets * regionShares[region]) / sum;
    return { ...unscaled, hourOfWeek: shapes.map((shape) => Math.round(shape * level * 1e6) / 1e6) };
  });
  return {
    metric: 'tickets_opened',
    grain: 'hour',
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    regions,
    categories: categoryShares,
  };
}

/** @param start epoch milliseconds of the series' first hour */
export function hourlyMean(series: RegionSeries, start: number): HourlyMean {
  const clock = new LocalClock(series.zone);
  const holidays = new Set(series.holidays.map((day) => Date.parse(day) / dayMs));
  return (epochMs) => {
    const { dayOfWeek, hour, dayNumber } = clock.at(epochMs);
    const base = series.hourOfWeek[(dayOfWeek - 1) * 24 + hour] ?? 0;
    if (base === 0) return 0;
    const growth = Math.exp((series.growthPerYear * (epochMs - start)) / (yearDays * dayMs));
    const { amplitude, peakDay } = series.season;
    const season =
      1 + amplitude * Math.cos((2 * Math.PI * (Math.floor(epochMs / dayMs) - peakDay)) / yearDays);
    return base * growth * season * (holidays.has(dayNumber) ? series.holidayFactor : 1);
  };
}
