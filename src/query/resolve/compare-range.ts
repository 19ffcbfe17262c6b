import { Temporal } from 'temporal-polyfill';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { fail, ok, type Result } from '../../toolkit/issue.ts';
import type { MetricPlan, TimeRange } from '../metric-query.ts';
import { durationOf, lengthOf, type TimeSettings, zonedNow } from './calendar-units.ts';
import { dayAfter, dayEdge, type Edge, exact, firstDay, type LocalRange } from './edge.ts';
import { endsAfterNow } from './time-range.ts';

type Comparison = Exclude<MetricPlan['compare'], 'none' | 'target'>;

/**
 * The range that another is compared with. A range that still runs (this month) is compared with as much of the other
 * one as has passed of it: 1-21 November until 10:30 with 1-21 October until 10:30, never with the whole of October.
 */
export function compareRange(
  range: TimeRange,
  resolved: LocalRange,
  comparison: Comparison,
  settings: TimeSettings,
): Result<LocalRange> {
  const { start, end } = resolved;
  if (!start || !end) {
    return fail({
      code: 'nothing-to-compare',
      path: 'compare',
      message:
        'Only a range with a beginning can be compared with an earlier one; name a period, for example this month.',
    });
  }
  const isRunning = endsAfterNow(resolved, settings);
  const now = zonedNow(settings);
  const hasBegun = edgeMs(start, settings) < now.epochMilliseconds;
  const reached = isRunning && hasBegun ? exact(now) : end;
  if (comparison === 'same_period_last_year') {
    const back = yearBack(range);
    const earlierStart = shift(start, back);
    return ok({ start: earlierStart, end: notBefore(shift(reached, back), earlierStart) });
  }
  const back = stepBack(range, resolved);
  const earlierStart = shift(start, back);
  // Lengths that end or begin now: the one before ends where this one begins.
  if (start.kind === 'exact' && (range.kind === 'relative' || range.kind === 'ahead'))
    return ok({
      start: earlierStart,
      end: start.firstDay === undefined ? start : { ...start, dayAfter: start.firstDay },
    });
  if (reached.kind === 'day')
    return ok({ start: earlierStart, end: notBefore(shift(end, back), earlierStart) });
  // A short month is over before as much has passed; the period before never runs into this one.
  const passed = elapsed(start, earlierStart, reached.at);
  return ok({
    start: earlierStart,
    end: edgeMs(passed, settings) < edgeMs(start, settings) ? passed : start,
  });
}

interface Step {
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
  readonly years?: number;
}

/** How far the period before lies back. */
function stepBack(range: TimeRange, resolved: LocalRange): Step {
  switch (range.kind) {
    case 'relative':
    case 'ahead':
    case 'upcoming':
      return lengthOf(range.unit, range.n);
    case 'to_date':
      return range.unit === 'hour' ? { hours: 1 } : durationOf(range.unit, 1);
    case 'calendar':
      return durationOf(range.unit, 1);
    case 'day':
      return { days: 1 };
    case 'between': {
      const { start, end } = resolved;
      const length = start && end ? firstDay(start).until(dayAfter(end), { largestUnit: 'days' }).days : 0;
      return { days: length };
    }
    case 'older':
    case 'all':
      return {};
    default:
      return exhaustive(range);
  }
}

/** Weeks go back 52 weeks, so that Monday meets Monday; everything else goes back to the same date. */
function yearBack(range: TimeRange): Step {
  return 'unit' in range && range.unit === 'week' ? { weeks: 52 } : { years: 1 };
}

function shift(edge: Edge, back: Step): Edge {
  if (edge.kind === 'exact') {
    const at = edge.at.subtract(edge.firstDay === undefined ? back : running(back));
    return edge.firstDay === undefined || isByClock(back)
      ? exact(at)
      : { kind: 'exact', at, firstDay: edge.firstDay.subtract(back) };
  }
  // Hours only ever go with exact edges.
  return isByClock(back) ? edge : dayEdge(edge.day.subtract(back));
}

/** Of a running length, as long as it is. */
const running = (back: Step): Step =>
  back.days !== undefined
    ? { hours: 24 * back.days }
    : back.weeks !== undefined
      ? { hours: 168 * back.weeks }
      : back;

const isByClock = (back: Step): boolean => back.hours !== undefined || back.minutes !== undefined;

/** As long after the earlier start, by the calendar and the clock on the wall, as now is after the start. */
function elapsed(start: Edge, earlierStart: Edge, now: Temporal.ZonedDateTime): Edge {
  if (start.kind === 'exact') {
    const milliseconds = now.epochMilliseconds - start.at.epochMilliseconds;
    return earlierStart.kind === 'exact' ? exact(earlierStart.at.add({ milliseconds })) : earlierStart;
  }
  if (earlierStart.kind === 'exact') return earlierStart;
  const passed = start.day.until(now.toPlainDate(), { largestUnit: 'days' });
  const day = earlierStart.day.add(passed);
  return exact(day.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: now.toPlainTime() }));
}

/** 29 February a year earlier is 28 February; its end must not fall before it. */
function notBefore(end: Edge, start: Edge): Edge {
  if (end.kind === 'day' && start.kind === 'day' && Temporal.PlainDate.compare(end.day, start.day) <= 0) {
    return dayEdge(start.day.add({ days: 1 }));
  }
  return end;
}

function edgeMs(edge: Edge, settings: TimeSettings): number {
  return edge.kind === 'exact'
    ? edge.at.epochMilliseconds
    : edge.day.toZonedDateTime(settings.zone).epochMilliseconds;
}
