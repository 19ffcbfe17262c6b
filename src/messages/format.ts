import { formatValue } from '../charts/format-value.ts';
import type { FactValue } from '../domain/finding.ts';
import type { FactDefinition } from '../domain/finding-facts.ts';
import type { Severity } from '../domain/priority.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { upperFirst } from '../toolkit/letter-case.ts';

/** `2 h 05 min`, without a sign. */
export function formatDuration(seconds: number): string {
  return formatValue(Math.abs(seconds), { kind: 'duration' });
}

/** `91 %` of a share; whole numbers, because nobody acts on a tenth, but never 100 % for what is not used up. */
export function formatShare(share: number): string {
  const percent = share < 1 ? Math.min(99, Math.round(share * 100)) : Math.round(share * 100);
  return `${percent} %`;
}

/** `$120,000`; without a currency the bare number. */
export function formatMoney(amount: number, currency: string | null): string {
  return formatValue(Math.round(amount), currency ? { kind: 'money', currency } : { kind: 'number' });
}

export function formatNumber(value: number): string {
  return formatValue(value, { kind: 'number' });
}

/**
 * An instant in a zone: `Tue 10 Mar 13:59 CET`, with the year where it is not the reader's.
 *
 * @param reference when the reader is; decides whether the year is said
 */
export function formatInstant(at: Date, zone: string, reference: Date = at): string {
  const part = partsOf(at, zone);
  const year = part('year') === partsOf(reference, zone)('year') ? '' : ` ${part('year')}`;
  return `${part('weekday')} ${part('day')} ${part('month')}${year} ${part('hour')}:${part('minute')} ${zoneName(at, zone)}`;
}

/** `13:59 CET`. */
export function formatClock(at: Date, zone: string): string {
  const part = partsOf(at, zone);
  return `${part('hour')}:${part('minute')} ${zoneName(at, zone)}`;
}

/** `Tue 10 Mar 2026` from `2026-03-10`; a date has no zone. */
export function formatDate(date: string): string {
  const at = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  const part = partsOf(at, 'UTC');
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
}

function partsOf(at: Date, zone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

/** Each locale knows the abbreviations of its own region; the first that has letters for the zone is taken. */
const abbreviatingLocales = ['en-GB', 'en-US', 'en-IN', 'en-AU', 'en-NZ', 'en-ZA'];

function zoneName(at: Date, zone: string): string {
  for (const locale of abbreviatingLocales) {
    const name = timeZonePart(at, zone, locale, 'short');
    if (/^[A-Z]{3,5}$/.test(name)) return name;
  }
  return timeZonePart(at, zone, 'en-GB', 'longOffset').replace('GMT', 'UTC');
}

function timeZonePart(at: Date, zone: string, locale: string, style: 'short' | 'longOffset'): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

export interface FactContext {
  readonly zone: string;
  readonly currency: string | null;
  readonly reference: Date;
}

/** A fact as people read it, by its type; null where there is nothing to say. */
export function formatFact(
  value: FactValue | undefined,
  { type }: FactDefinition,
  { zone, currency, reference }: FactContext,
): string | null {
  if (value === null || value === undefined || value === '') return null;
  switch (type) {
    case 'text':
      return String(value);
    case 'boolean':
      return value === true ? 'yes' : 'no';
    case 'date':
      return formatDate(String(value));
    case 'instant': {
      const at = new Date(String(value));
      return Number.isNaN(at.getTime()) ? String(value) : formatInstant(at, zone, reference);
    }
    case 'number':
      return formatNumber(Number(value));
    case 'share':
      return formatShare(Number(value));
    case 'seconds':
      return formatDuration(Number(value));
    case 'money':
      return formatMoney(Number(value), currency);
    default:
      return exhaustive(type);
  }
}

export function severityWord(severity: Severity): string {
  return upperFirst(severity);
}

/** `1 day`, `5 days`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** At most so many characters, cut at a word, with an ellipsis; line breaks become spaces. */
export function shorten(text: string, limit: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).replace(/[\s,.;:]+$/, '')}…`;
}
