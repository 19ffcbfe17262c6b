import type { Filter, TimeRange } from '../../query/metric-query.ts';
import type { TimeSettings } from '../../query/resolve/calendar-units.ts';
import { dayAfter, firstDay } from '../../query/resolve/edge.ts';
import { resolveRange } from '../../query/resolve/time-range.ts';

/** A period of a date that a figure does not go by, as a condition on its rows; null where there is no such period. */
export function periodCondition(
  dimension: string,
  period: TimeRange,
  moment: Pick<TimeSettings, 'now' | 'zone'> & { readonly fiscalStartMonth?: number | undefined },
): Filter | null {
  const { now, zone, fiscalStartMonth } = moment;
  const range = resolveRange(period, {
    now,
    zone,
    ...(fiscalStartMonth !== undefined && { fiscalStartMonth }),
  });
  if (!range.ok) return null;
  const { start, end } = range.value;
  const from = start && firstDay(start).toString();
  const to = end && dayAfter(end).subtract({ days: 1 }).toString();
  if (from !== null && to !== null) return { dimension, op: 'between', values: [from, to] };
  if (from === null && to === null) return null;
  return { dimension, op: from === null ? 'lte' : 'gte', values: [from ?? to ?? ''] };
}
