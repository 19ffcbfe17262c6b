import { type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import type { MetricPlan, TimeRange, TimeUnit } from '../../../query/metric-query.ts';
import { secondsPer } from '../time/seconds-per.ts';
import type { Draft } from './draft.ts';

const daysIn = (unit: TimeUnit): number => secondsPer[unit] / secondsPer.day;

/** How many of a unit make a course, where nobody says how many. */
const usual: Partial<Readonly<Record<TimeUnit, number>>> = { week: 8, month: 12, quarter: 6, year: 3 };

/**
 * "Incidents per month", "revenue by quarter": a course needs more than the month that a figure covers by itself. What is
 * compared, and what a state was, keep their periods.
 */
export function settleUsualPeriod(draft: Draft): void {
  const grain = draft.groupBy.find(({ dimension }) => dimension === metricTime)?.grain;
  const n = grain === undefined ? undefined : usual[grain];
  if (grain === undefined || n === undefined || draft.time !== null || draft.compare !== 'none') return;
  const lengths = draft.metrics.map((metric) => lengthOf(draft, metric));
  if (lengths.length === 0 || lengths.some((length) => length === null)) return;
  const longest = Math.max(...lengths.map((length) => length ?? 0));
  if (longest >= daysIn(grain) * Math.min(n, 4)) return;
  const range: TimeRange = { kind: 'relative', unit: grain, n, completeOnly: false };
  draft.time = range;
}

/** The period of a course of which nothing was said. */
export function isUsualPeriod({ groupBy, time }: Pick<MetricPlan, 'groupBy' | 'time'>): boolean {
  const grain = groupBy.find(({ dimension }) => dimension === metricTime)?.grain;
  return time?.kind === 'relative' && !time.completeOnly && time.unit === grain && time.n === usual[grain];
}

/** Days that a figure covers by itself; null where it has no such period, or one that looks ahead. */
function lengthOf({ catalogue }: Draft, metric: MetricDefinition): number | null {
  const [part] = simpleParts(catalogue, metric);
  if (part === undefined || part.timeDimension === null) return null;
  const { defaultTime } = part;
  switch (defaultTime.kind) {
    case 'relative':
      return daysIn(defaultTime.unit) * defaultTime.n;
    case 'to_date':
      return daysIn(defaultTime.unit);
    case 'all':
    case 'calendar':
      return null;
  }
}
