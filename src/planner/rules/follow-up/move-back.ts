import type { TimeRange } from '../../../query/metric-query.ts';
import { addUnits, startOfUnit } from '../../../query/resolve/calendar-units.ts';
import { dayAfter, firstDay } from '../../../query/resolve/edge.ts';
import { resolveRange } from '../../../query/resolve/time-range.ts';
import type { PlanRequest } from '../../planner.ts';
import type { MovedBack } from './cue-rule.ts';

type Day = ReturnType<typeof firstDay>;

/**
 * The period right before a range: "and the week before", "the previous one".
 *
 * @returns null for ranges without a beginning
 */
export function moveBack(
  range: TimeRange,
  by: MovedBack,
  { now, zone, fiscalStartMonth = 1 }: Pick<PlanRequest, 'now' | 'zone' | 'fiscalStartMonth'>,
): TimeRange | null {
  const resolved = resolveRange(range, { now, zone, fiscalStartMonth });
  if (!resolved.ok || resolved.value.start === null || resolved.value.end === null) return null;
  const start = firstDay(resolved.value.start);
  const unit = by === 'same' ? unitOf(range) : by;
  if (unit === null) {
    const days = start.until(dayAfter(resolved.value.end), { largestUnit: 'days' }).days;
    return between(start.subtract({ days: Math.max(1, days) }), start);
  }
  if (unit === 'day' || unit === 'week') return between(addUnits(start, unit, -1), start);
  const end = startOfUnit(start, unit, fiscalStartMonth);
  const first = addUnits(end, unit, -1);
  if (unit === 'month') return { kind: 'calendar', unit, number: first.month, year: first.year };
  return between(first, end);
}

/** A range that is one unit of the calendar; null for several, and for days between two dates. */
function unitOf(range: TimeRange): Exclude<MovedBack, 'same'> | null {
  switch (range.kind) {
    case 'day':
      return 'day';
    case 'to_date':
      return range.unit === 'hour' ? null : range.unit;
    case 'relative':
      return range.n === 1 && range.completeOnly && range.unit !== 'hour' && range.unit !== 'minute'
        ? range.unit
        : null;
    case 'calendar':
      return range.unit === 'half' ? null : range.unit;
    case 'between':
    case 'upcoming':
    case 'ahead':
    case 'older':
    case 'all':
      return null;
  }
}

/** @param end the day after the last */
function between(start: Day, end: Day): TimeRange {
  return { kind: 'between', from: start.toString(), to: end.subtract({ days: 1 }).toString() };
}
