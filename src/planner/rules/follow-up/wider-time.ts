import type { TimeRange } from '../../../query/metric-query.ts';
import { addDays, addMonths, type CivilDate, isoDay, type Today } from '../time/civil-date.ts';

/**
 * "January too" after December: both, where one follows the other.
 *
 * @returns null where they do not, or where a range has no ends by itself
 */
export function bothRanges(one: TimeRange, other: TimeRange, today: Today): TimeRange | null {
  const [left, right] = [endsOf(one, today), endsOf(other, today)];
  if (left === null || right === null) return null;
  const [first, second] = isoDay(left[0]) <= isoDay(right[0]) ? [left, right] : [right, left];
  if (isoDay(addDays(first[1], 1)) < isoDay(second[0])) return null;
  const last = isoDay(first[1]) > isoDay(second[1]) ? first[1] : second[1];
  return { kind: 'between', from: isoDay(first[0]), to: isoDay(last) };
}

type Ends = readonly [CivilDate, CivilDate];

/** First and last day of a range that has both. */
function endsOf(range: TimeRange, today: Today): Ends | null {
  switch (range.kind) {
    case 'between':
      return range.from === undefined || range.to === undefined
        ? null
        : [dateOf(range.from), dateOf(range.to)];
    case 'day': {
      const day = addDays(today, range.offset);
      return [day, day];
    }
    case 'calendar': {
      const months = { month: 1, quarter: 3, half: 6, year: 12, week: 0 }[range.unit];
      const isOwnYear = (today.fiscalStartMonth ?? 1) !== 1 && range.unit !== 'month';
      if (months === 0 || isOwnYear || (range.number === undefined && range.unit !== 'year')) return null;
      const first = firstOf(range, months, today);
      return [first, addDays(addMonths(first, months), -1)];
    }
    default:
      return null;
  }
}

function firstOf(
  { number = 1, year }: Extract<TimeRange, { kind: 'calendar' }>,
  months: number,
  today: Today,
): CivilDate {
  const month = (number - 1) * months + 1;
  const newest = month <= today.month ? today.year : today.year - 1;
  return { year: year ?? newest, month, day: 1 };
}

function dateOf(text: string): CivilDate {
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  return { year, month, day };
}
