import type { DefaultTime } from '../catalogue/catalogue.ts';
import type { TimeRange } from '../query/metric-query.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';

const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** A range as people say it in a sentence: `in March 2016`, `last month`, `in the last 30 days`. */
export function timeInWords(range: TimeRange): string {
  switch (range.kind) {
    case 'all':
      return 'of all time';
    case 'day':
      return dayWords(range.offset);
    case 'to_date':
      return range.unit === 'day' ? 'today' : `this ${range.unit}`;
    case 'relative':
      return relativeWords(range);
    case 'upcoming':
      return range.n === 1 ? `next ${range.unit}` : `in the next ${range.n} ${range.unit}s`;
    case 'ahead':
      return range.n === 1
        ? `within a${range.unit === 'hour' ? 'n' : ''} ${range.unit}`
        : `in the next ${range.n} ${range.unit}s`;
    case 'older':
      return `more than ${range.n === 1 ? `one ${range.unit}` : `${range.n} ${range.unit}s`} ago`;
    case 'calendar':
      return calendarWords(range);
    case 'between':
      return betweenWords(range);
    default:
      return exhaustive(range);
  }
}

/** The range a metric has when the question names none. */
export function defaultTimeInWords(time: DefaultTime): string {
  return timeInWords(time.kind === 'relative' ? { ...time, completeOnly: false } : time);
}

function dayWords(offset: number): string {
  if (offset === 0) return 'today';
  if (offset === -1) return 'yesterday';
  if (offset === 1) return 'tomorrow';
  return offset < 0 ? `${-offset} days ago` : `in ${offset} days`;
}

function relativeWords(range: Extract<TimeRange, { kind: 'relative' }>): string {
  if (range.completeOnly)
    return range.n === 1 ? `last ${range.unit}` : `in the last ${range.n} complete ${range.unit}s`;
  return range.n === 1 ? `in the past ${range.unit}` : `in the last ${range.n} ${range.unit}s`;
}

function calendarWords(range: Extract<TimeRange, { kind: 'calendar' }>): string {
  const year = range.year === undefined ? '' : ` ${range.year}`;
  const { number } = range;
  switch (range.unit) {
    case 'year':
      return range.year === undefined ? 'this year' : `in ${range.year}`;
    case 'month':
      return number === undefined ? 'this month' : `in ${monthNames[number - 1] ?? ''}${year}`;
    case 'quarter':
      return number === undefined ? 'this quarter' : `in Q${number}${year}`;
    case 'half':
      return number === undefined ? 'this half-year' : `in H${number}${year}`;
    case 'week':
      return number === undefined ? 'this week' : `in week ${number}${year === '' ? '' : ` of${year}`}`;
    default:
      return exhaustive(range.unit);
  }
}

function betweenWords({ from, to }: Extract<TimeRange, { kind: 'between' }>): string {
  const day = (iso: string): string => {
    const [year = '', month = '', date = ''] = iso.split('-');
    return `${Number(date)} ${monthNames[Number(month) - 1] ?? ''} ${year}`;
  };
  if (from !== undefined && to !== undefined)
    return from === to ? `on ${day(from)}` : `from ${day(from)} to ${day(to)}`;
  if (from !== undefined) return `since ${day(from)}`;
  return to === undefined ? '' : `until ${day(to)}`;
}
