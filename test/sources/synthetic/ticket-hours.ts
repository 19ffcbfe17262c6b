import { Temporal } from 'temporal-polyfill';
import type { WorldTruth } from '../../../src/sources/synthetic/write-world.ts';
import { instantOf, readTable } from './world-files.ts';

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** An hour of one region, with the mean that the truth file describes and the tickets that the files hold. */
export interface RegionHour {
  readonly region: string;
  readonly hour: number;
  readonly slot: number;
  readonly isHoliday: boolean;
  /** Without planted events. */
  readonly mean: number;
  readonly shape: number;
  readonly touched: boolean;
  observed: number;
  readonly byCategory: Map<string, number>;
}

/** Counts from the files beside means from truth.json, by the words of docs/guides/synthetic-world.md alone. */
export function ticketHours(dir: string, truth: WorldTruth): readonly RegionHour[] {
  const { series } = truth;
  const [start, end] = [Date.parse(series.start), Date.parse(series.end)];
  const hours = new Map<string, RegionHour>();
  for (const region of series.regions) {
    for (let hour = start; hour < end; hour += hourMs) {
      const local = Temporal.Instant.fromEpochMilliseconds(hour).toZonedDateTimeISO(region.zone);
      const slot = (local.dayOfWeek - 1) * 24 + local.hour;
      const isHoliday = region.holidays.includes(local.toPlainDate().toString());
      const years = (hour - start) / (365.25 * dayMs);
      const phase = (2 * Math.PI * (Math.floor(hour / dayMs) - region.season.peakDay)) / 365.25;
      const mean =
        region.hourOfWeek[slot]! *
        Math.exp(region.growthPerYear * years) *
        (1 + region.season.amplitude * Math.cos(phase)) *
        (isHoliday ? region.holidayFactor : 1);
      const touched = truth.events.some(
        (event) => hour >= Date.parse(event.start) && hour < Date.parse(event.end),
      );
      hours.set(`${region.region} ${hour}`, {
        ...{ region: region.region, hour, slot, isHoliday, mean, shape: region.shape, touched, observed: 0 },
        byCategory: new Map(),
      });
    }
  }
  count(dir, truth, hours);
  return [...hours.values()];
}

function count(dir: string, truth: WorldTruth, hours: ReadonlyMap<string, RegionHour>): void {
  const regions = new Map(readTable(dir, 'sfdc/Account.csv').map((row) => [row['Id'], row['Region__c']]));
  const planted = new Set([...truth.nearBreachTickets, ...truth.breachedTickets]);
  for (const row of readTable(dir, 'sfdc/Case.csv')) {
    if (planted.has(row['CaseNumber']!)) continue;
    const hour = Math.floor(instantOf(row, 'CreatedDate') / hourMs) * hourMs;
    const found = hours.get(`${regions.get(row['AccountId'])} ${hour}`);
    if (found === undefined)
      throw new Error(`a ticket outside the series at ${new Date(hour).toISOString()}`);
    found.observed += 1;
    const category = row['Category__c']!;
    found.byCategory.set(category, (found.byCategory.get(category) ?? 0) + 1);
  }
}

/** Variance of a negative binomial count. */
export const varianceOf = ({ mean, shape }: Pick<RegionHour, 'mean' | 'shape'>): number =>
  mean + mean ** 2 / shape;

export const sumOf = (items: readonly RegionHour[], value: (item: RegionHour) => number): number =>
  items.reduce((total, item) => total + value(item), 0);
