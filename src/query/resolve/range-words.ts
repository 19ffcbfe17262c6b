import type { Temporal } from 'temporal-polyfill';
import type { TimeSettings } from './calendar-units.ts';
import { dayAfter, type Edge, firstDay, type LocalRange } from './edge.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A range as it is shown: `1 July 2017 up to and including 30 September 2017, UTC`. */
export function rangeInWords(range: LocalRange, type: 'date' | 'instant', settings: TimeSettings): string {
  const { start, end } = range;
  if (!start && !end) return 'all time';
  const isSingleDay = start && end && type === 'date' ? sameDay(start, end) : wholeDay(start, end);
  if (isSingleDay && start) return `${dayWords(firstDay(start))}, ${settings.zone}`;
  const from = start ? edgeWords(start, type) : 'everything';
  if (!end) return `${from} and later, ${settings.zone}`;
  if (type === 'date' || end.kind === 'day') {
    const last = dayAfter(end).subtract({ days: 1 });
    return `${from} up to and including ${dayWords(last)}, ${settings.zone}`;
  }
  const whole = range.isFromWholeDay ? ', in whole days' : '';
  const isNow = end.at.epochMilliseconds === settings.now.getTime();
  return `${from} until ${isNow ? `now (${momentWords(end.at)})` : momentWords(end.at)}, ${settings.zone}${whole}`;
}

function wholeDay(start: Edge | null, end: Edge | null): boolean {
  return start?.kind === 'day' && end?.kind === 'day' && start.day.add({ days: 1 }).equals(end.day);
}

function sameDay(start: Edge, end: Edge): boolean {
  const last = dayAfter(end).subtract({ days: 1 });
  return firstDay(start).equals(last);
}

function edgeWords(edge: Edge, type: 'date' | 'instant'): string {
  return edge.kind === 'day' || type === 'date' ? dayWords(firstDay(edge)) : momentWords(edge.at);
}

export function dayWords(day: Temporal.PlainDate): string {
  return `${day.day} ${months[day.month - 1] ?? ''} ${day.year}`;
}

function momentWords(at: Temporal.ZonedDateTime): string {
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${dayWords(at.toPlainDate())}, ${time}`;
}
