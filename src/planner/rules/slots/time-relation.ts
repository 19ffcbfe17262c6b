import type { TimeRange, TimeUnit } from '../../../query/metric-query.ts';
import { type CivilDate, isoDay, type Today } from '../time/civil-date.ts';
import { secondsPer } from '../time/seconds-per.ts';
import type { Combined } from './time-slot.ts';

/** "Last month compared to September": the same kind of period, one of them said by its name. */
export function relationOfNames(
  left: TimeRange,
  right: TimeRange,
  one: TimeRange,
  other: TimeRange,
): Combined | null {
  const found = calendarRelation(one, other);
  if (found) return { range: asUnit(left, one), compare: found.compare };
  const turned = calendarRelation(other, one);
  return turned && { range: asUnit(right, other), compare: turned.compare };
}

/** "November so far" is the month to date, of which the one before is October. */
const asUnit = (range: TimeRange, named: TimeRange): TimeRange =>
  range.kind === 'between' && named.kind === 'calendar' && named.unit === 'month'
    ? { kind: 'to_date', unit: 'month' }
    : range;

/** A month, quarter or year by its number, with its year; null for any other range. */
export function inCalendar(range: TimeRange, { year, month, fiscalStartMonth = 1 }: Today): TimeRange | null {
  // A company's own quarters and years have other numbers.
  if (fiscalStartMonth !== 1 && 'unit' in range && range.unit !== 'month') return null;
  if (range.kind === 'calendar') {
    if (range.unit === 'week' || range.unit === 'half') return null;
    const own = range.number ?? 0;
    const now = range.unit === 'quarter' ? Math.ceil(month / 3) : month;
    return { ...range, year: range.year ?? (own > now ? year - 1 : year) };
  }
  const running = runningUnit(range, { year, month });
  if (running !== null)
    return running === 'year'
      ? { kind: 'calendar', unit: 'year', year }
      : {
          kind: 'calendar',
          unit: running,
          number: running === 'quarter' ? Math.ceil(month / 3) : month,
          year,
        };
  const isLast = range.kind === 'relative' && range.completeOnly && range.n === 1;
  if (!isLast || !(range.unit === 'month' || range.unit === 'quarter' || range.unit === 'year')) return null;
  if (range.unit === 'year') return { kind: 'calendar', unit: 'year', year: year - 1 };
  const per = range.unit === 'quarter' ? 4 : 12;
  const before = (range.unit === 'quarter' ? Math.ceil(month / 3) : month) - 1;
  return before === 0
    ? { kind: 'calendar', unit: range.unit, number: per, year: year - 1 }
    : { kind: 'calendar', unit: range.unit, number: before, year };
}

/** "This month", "November so far": the unit that still runs. */
function runningUnit(
  range: TimeRange,
  { year, month }: Pick<CivilDate, 'year' | 'month'>,
): 'month' | 'quarter' | 'year' | null {
  if (range.kind === 'to_date')
    return range.unit === 'month' || range.unit === 'quarter' || range.unit === 'year' ? range.unit : null;
  if (range.kind !== 'between' || range.to !== undefined) return null;
  return range.from === isoDay({ year, month, day: 1 }) ? 'month' : null;
}

/** "compared to last month" with no other range: the current unit against the one before. */
export function alone(range: TimeRange): Combined | null {
  if (range.kind === 'relative' && range.n === 1 && range.completeOnly && range.unit !== 'minute')
    return { range: { kind: 'to_date', unit: range.unit }, compare: 'previous_period' };
  if (range.kind === 'day' && range.offset === -1)
    return { range: { kind: 'to_date', unit: 'day' }, compare: 'previous_period' };
  return null;
}

/** How an earlier range stands to a later one; null when the contract has no word for it. */
export function relation(later: TimeRange, earlier: TimeRange): Combined | null {
  if (earlier.kind === 'relative' && earlier.completeOnly && earlier.n === 1) {
    if (later.kind === 'to_date' && later.unit === earlier.unit)
      return { range: later, compare: 'previous_period' };
    if (earlier.unit === 'year' && later.kind !== 'all')
      return { range: later, compare: 'same_period_last_year' };
  }
  const [day, dayBefore] = [offsetOf(later), offsetOf(earlier)];
  if (day !== null && dayBefore !== null)
    return day === dayBefore + 1 ? { range: later, compare: 'previous_period' } : null;
  return calendarRelation(later, earlier);
}

/** Days from today, where the range is one day. */
export function offsetOf(range: TimeRange): number | null {
  if (range.kind === 'day') return range.offset;
  return range.kind === 'to_date' && range.unit === 'day' ? 0 : null;
}

export const parts = { month: 12, quarter: 4, half: 2, year: 1, week: 0 } as const;

export function calendarRelation(later: TimeRange, earlier: TimeRange): Combined | null {
  if (later.kind !== 'calendar' || earlier.kind !== 'calendar' || later.unit !== earlier.unit) return null;
  // One year said once belongs to both: "Q3 vs Q2 2017".
  const laterYear = later.year ?? earlier.year;
  const earlierYear = earlier.year ?? later.year;
  const perYear = parts[later.unit];
  const range: TimeRange = laterYear === undefined ? later : { ...later, year: laterYear };
  const years = (laterYear ?? 0) - (earlierYear ?? 0);
  if (later.unit === 'year') return years === 1 ? { range, compare: 'previous_period' } : null;
  const numbers = (later.number ?? 0) - (earlier.number ?? 0);
  if (later.unit === 'week')
    return years === 0 && numbers === 1 ? { range, compare: 'previous_period' } : null;
  if (years * perYear + numbers === 1) return { range, compare: 'previous_period' };
  if (years === 1 && numbers === 0) return { range, compare: 'same_period_last_year' };
  return null;
}

/** The same month or quarter of two years. */
export const areSameMonth = (one: TimeRange, other: TimeRange): boolean =>
  one.kind === 'calendar' &&
  other.kind === 'calendar' &&
  one.unit === other.unit &&
  one.number !== undefined &&
  one.number === other.number;

/** "Month on month, last six months": each of them against the one before it, not all of them against those before. */
export function isOverSeveral(range: TimeRange, unit: TimeUnit): boolean {
  switch (range.kind) {
    case 'relative':
      return range.unit === unit ? range.n > 1 : secondsPer[range.unit] > secondsPer[unit];
    case 'to_date':
      return secondsPer[range.unit] > secondsPer[unit];
    case 'calendar':
      return range.unit !== 'half' ? secondsPer[range.unit] > secondsPer[unit] : unit !== 'year';
    default:
      return false;
  }
}
