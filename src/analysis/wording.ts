/** How findings write instants, durations and lists; messages may format the same facts in a reader's own way. */

import { englishNumber } from '../toolkit/english-number.ts';

const instantFormats = new Map<string, Intl.DateTimeFormat>();

/** `2 Mar 2026, 14:05` on the local clock of a zone. */
export function writeInstant(at: Date, zone: string): string {
  let format = instantFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    instantFormats.set(zone, format);
  }
  return format.format(at);
}

/** `2 Mar, 14:05`, where the year goes without saying. */
export function writeShortInstant(at: Date, zone: string): string {
  return writeInstant(at, zone).replace(/ \d{4},/, ',');
}

/** Last words of a chart's subtitle: `as of 2 Mar 2026, 14:05 (Europe/Berlin)`. */
export function asOf(at: Date, zone: string): string {
  return `as of ${writeInstant(at, zone)} (${zone})`;
}

/** Two largest units: `45 s`, `12 min`, `2 h 05 min`, `3 d 04 h`; the sign is kept. */
export function writeDuration(seconds: number): string {
  const sign = seconds < 0 ? '-' : '';
  const size = Math.abs(Math.round(seconds));
  if (size < 60) return `${sign}${size} s`;
  const minutes = Math.floor(size / 60);
  if (minutes < 60) return `${sign}${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${sign}${hours} h ${pad(minutes % 60)} min`;
  return `${sign}${Math.floor(hours / 24)} d ${pad(hours % 24)} h`;
}

/** `2026-03-29` in a zone. */
export function localDay(at: Date, zone: string): string {
  let format = dayFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    dayFormats.set(zone, format);
  }
  return format.format(at);
}
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day `days` later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Cut to a length, with an ellipsis; titles have 80 characters. */
export function shorten(text: string, longest: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= longest ? flat : `${flat.slice(0, longest - 1).trimEnd()}…`;
}

/** `1,120` */
export function writeNumber(value: number, decimals = 0): string {
  return englishNumber(value, { maximumFractionDigits: decimals });
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
