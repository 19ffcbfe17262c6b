import type { CellValue } from './answer-data.ts';
import type { PartResult } from './assemble.ts';
import type { CheckedGroup } from './check-metric-plan.ts';
import type { TimeRange, TimeUnit } from './metric-query.ts';
import { bucketsOf, grainFor, rangeOfBuckets } from './resolve/buckets.ts';
import { addUnits, startOfUnit, type TimeSettings, today } from './resolve/calendar-units.ts';
import { dayEdge, type LocalRange } from './resolve/edge.ts';
import { absoluteRange, resolveRange, wholeFromStart } from './resolve/time-range.ts';

/** The points of a course over time. */
export interface Timeline {
  readonly group: number;
  readonly buckets: readonly string[];
  readonly previous: readonly string[] | null;
}

/**
 * Split by its own time, a range begins with a whole day or hour. "The last 8 weeks" by week are the running one and the
 * seven whole ones before it: no part of a week stands first, beside whole ones.
 */
export function wholeIfSplit(
  range: LocalRange,
  groups: readonly CheckedGroup[],
  spoken: TimeRange,
  settings: TimeSettings,
): LocalRange {
  const own = groups.find((group) => group.kind === 'time' && group.dimension === null);
  if (own?.kind !== 'time') return range;
  const start = lastUnitsStart(spoken, own.grain ?? null, settings);
  if (start !== null) return { ...range, start: dayEdge(start), isFromWholeDay: true };
  return wholeFromStart(range, (own.grain ?? grainFor(range)) === 'hour' ? 'hour' : 'day');
}

function lastUnitsStart(spoken: TimeRange, grain: TimeUnit | null, settings: TimeSettings) {
  if (spoken.kind !== 'relative' || spoken.completeOnly || spoken.n < 2 || spoken.unit !== grain) return null;
  const { unit, n } = spoken;
  if (unit === 'hour' || unit === 'day') return null;
  return addUnits(startOfUnit(today(settings), unit, settings.fiscalStartMonth), unit, 1 - n);
}

/** Buckets of the one group that is the metrics' own time; those still to come are shown only if something is in them. */
export function buildTimeline(
  settings: TimeSettings,
  groups: readonly CheckedGroup[],
  grains: readonly (TimeUnit | null)[],
  range: { readonly main: LocalRange; readonly compared: LocalRange | null } | null,
  runs: ReadonlyMap<string, PartResult>,
): Timeline | 'too-many' | null {
  const times = groups.flatMap((group, index) => (group.kind === 'time' ? [{ group, index }] : []));
  const [own] = times;
  if (!own || times.length > 1 || own.group.dimension !== null || !range) return null;
  const grain = grains[own.index] ?? 'month';
  const found = [...runs.values()].flatMap(({ rows }) => rows.flatMap((row) => asText(row.cells[own.index])));
  const { start, end } = range.main;
  const limits = start && end ? { start, end } : rangeOfBuckets(found, grain);
  if (!limits) return found.length > 0 ? null : { group: own.index, buckets: [], previous: null };
  const all = bucketsOf(limits, grain, settings);
  const before = range.compared;
  const previous =
    before?.start && before.end ? bucketsOf({ start: before.start, end: before.end }, grain, settings) : null;
  if (!all || (before && !previous)) return 'too-many';
  const last = latest([...found, nowBucket(settings, grain)]);
  return { group: own.index, buckets: all.filter((bucket) => bucket <= last), previous };
}

/** The points of a course by day that lie on some weekdays, 1 for Monday. */
export function onWeekdays(timeline: Timeline, weekdays: readonly string[]): Timeline {
  const isOn = (day: string): boolean =>
    weekdays.includes(String(((new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7) + 1));
  const kept = timeline.buckets.map((bucket, at) => ({ bucket, at })).filter(({ bucket }) => isOn(bucket));
  return {
    ...timeline,
    buckets: kept.map(({ bucket }) => bucket),
    previous: timeline.previous && kept.flatMap(({ at }) => timeline.previous?.[at] ?? []),
  };
}

/** Name of the bucket that now lies in. */
export function nowBucket(settings: TimeSettings, grain: TimeUnit): string {
  const now = resolveRange({ kind: 'to_date', unit: grain }, settings);
  const isHour = grain === 'hour';
  return now.ok ? (absoluteRange(now.value, isHour ? 'instant' : 'date', settings).start ?? '') : '';
}

function latest(buckets: readonly string[]): string {
  return buckets.reduce((a, b) => (a > b ? a : b), '');
}

function asText(cell: CellValue | undefined): string[] {
  return typeof cell === 'string' ? [cell] : [];
}

/** The first bucket of the earlier range stands beside the first of this one, and so on. */
export function alignPrevious(
  runs: ReadonlyMap<string, PartResult>,
  group: number,
  buckets: readonly string[],
  previous: readonly string[],
): ReadonlyMap<string, PartResult> {
  const meets = new Map(
    previous.flatMap((bucket, index) => (buckets[index] ? [[bucket, buckets[index]]] : [])),
  );
  return new Map(
    [...runs].map(([id, run]) => [
      id,
      {
        ...run,
        previous: (run.previous ?? []).flatMap((row) => {
          const bucket = meets.get(String(row.cells[group]));
          if (bucket === undefined) return [];
          return [{ ...row, cells: row.cells.with(group, bucket), keys: row.keys.with(group, bucket) }];
        }),
      },
    ]),
  );
}
