import { Temporal } from 'temporal-polyfill';

/** The instant at which a calendar day begins in a zone; a skipped midnight begins later, a repeated one first. */
export function startOfDay(day: string, zone: string): Date {
  const start = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone });
  return new Date(start.epochMilliseconds);
}
