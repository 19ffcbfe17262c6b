/**
 * Figures that a previous tool reported by hour, day and week. In: a world. Out: snapshots/metric_snapshots.csv. They are
 * true: each is counted from the conversations and the presence of the same world.
 */
import { planConversations, type Region, regions, streamArrivals } from './conversations-arrivals.ts';
import { onlineByHour, planPresence } from './presence.ts';
import { dayMs, hourMs } from './presence-hours.ts';
import { putRows } from './put-rows.ts';
import type { Cell, WorldBasis, WorldSink } from './world.ts';

const header = ['snapshot_id', 'metric', 'segment', 'grain', 'starts_at', 'value', 'sample_count'] as const;

/** Days of figures by hour. */
const hourlyDays = { small: 2, demo: 7, large: 30 } as const;

export const snapshotsPart = {
  name: 'snapshots',
  async write(basis: WorldBasis, sink: WorldSink): Promise<Readonly<Record<string, unknown>>> {
    const table = sink.table('snapshots/metric_snapshots.csv', header);
    const plan = planPresence(basis);
    const end = basis.asOf.getTime();
    // The first whole day of both, so that no figure is of a part of a day.
    const start = Math.max(plan.start, Math.ceil(planConversations(basis).start / dayMs) * dayMs);
    const hours = Math.floor((end - start) / hourMs);
    const opened = countOpened(basis, start, hours);
    const online = onlineByHour(basis, plan).slice((start - plan.start) / hourMs);
    const series: readonly HourSeries[] = [
      { metric: 'conversations_opened', segment: null, hours: opened.all, joins: 'sum' },
      ...regions.map((region): HourSeries => {
        return {
          metric: 'conversations_opened',
          segment: `region:${region}`,
          hours: opened[region],
          joins: 'sum',
        };
      }),
      { metric: 'agents_online', segment: null, hours: online, joins: 'mean' },
    ];
    const from = Math.max(0, hours - hourlyDays[basis.size] * 24);
    for (const one of series) {
      await putRows(table, bucketRows(one, start, { grain: 'hour', first: from, size: 1 }));
      await putRows(table, bucketRows(one, start, { grain: 'day', first: 0, size: 24 }));
      const monday = (7 - ((start / dayMs + 3) % 7)) % 7;
      await putRows(table, bucketRows(one, start, { grain: 'week', first: monday * 24, size: 168 }));
    }
    return { metrics: ['conversations_opened', 'agents_online'], from: new Date(start).toISOString() };
  },
};

interface HourSeries {
  readonly metric: string;
  readonly segment: string | null;
  readonly hours: readonly number[];
  /** How hours become a day. */
  readonly joins: 'sum' | 'mean';
}

interface Bucket {
  readonly grain: 'hour' | 'day' | 'week';
  /** Hours from the start. */
  readonly first: number;
  readonly size: number;
}

/** Whole buckets only. */
function* bucketRows(
  series: HourSeries,
  start: number,
  { grain, first, size }: Bucket,
): Generator<readonly Cell[]> {
  const { metric, segment, hours, joins } = series;
  for (let at = first; at + size <= hours.length; at += size) {
    const sum = hours.slice(at, at + size).reduce((total, value) => total + value, 0);
    const value = joins === 'sum' ? sum : Math.round((sum / size) * 100) / 100;
    const startsAt = new Date(start + at * hourMs).toISOString();
    // A key of several columns is nothing as soon as one is empty, and the segment of the whole is.
    const id = `${metric}/${segment ?? 'all'}/${grain}/${startsAt}`;
    yield [id, metric, segment, grain, startsAt, value, joins === 'sum' ? sum : size];
  }
}

function countOpened(
  basis: WorldBasis,
  start: number,
  hours: number,
): Record<Region | 'all', readonly number[]> {
  const zeros = (): number[] => new Array<number>(hours).fill(0);
  const counts = { all: zeros(), EMEA: zeros(), Americas: zeros() };
  for (const { at, region } of streamArrivals(basis, planConversations(basis))) {
    const hour = Math.floor((at - start) / hourMs);
    if (hour < 0 || hour >= hours) continue;
    counts.all[hour] = (counts.all[hour] ?? 0) + 1;
    counts[region][hour] = (counts[region][hour] ?? 0) + 1;
  }
  return counts;
}
