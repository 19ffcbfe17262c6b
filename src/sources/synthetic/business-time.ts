import { Temporal } from 'temporal-polyfill';

/** Working hours of a team, only as exact as made-up timestamps need to be. */
export interface Office {
  readonly zone: string;
  readonly opens: number;
  readonly closes: number;
}

export const berlin: Office = { zone: 'Europe/Berlin', opens: 9, closes: 17.5 };
export const newYork: Office = { zone: 'America/New_York', opens: 9, closes: 18 };

const stepMinutes = 10;

const hourMs = 3_600_000;
const localHours = new Map<string, { readonly dayOfWeek: number; readonly hour: number }>();

/** Both offices are whole hours from UTC, so one look-up serves an hour. */
function localHour(hour: number, zone: string): { readonly dayOfWeek: number; readonly hour: number } {
  const key = `${zone} ${hour}`;
  const known = localHours.get(key);
  if (known !== undefined) return known;
  const local = Temporal.Instant.fromEpochMilliseconds(hour * hourMs).toZonedDateTimeISO(zone);
  const found = { dayOfWeek: local.dayOfWeek, hour: local.hour };
  localHours.set(key, found);
  return found;
}

/** Whether somebody is at work; holidays are left out. */
export function isOpen(at: Date, office: Office): boolean {
  const { dayOfWeek, hour } = localHour(Math.floor(at.getTime() / hourMs), office.zone);
  const time = hour + at.getUTCMinutes() / 60;
  return dayOfWeek <= 5 && time >= office.opens && time < office.closes;
}

/** The instant `minutes` of working time after (or, when negative, before) an instant; a null office never closes. */
export function shiftWorking(at: Date, minutes: number, office: Office | null): Date {
  if (office === null) return new Date(at.getTime() + minutes * 60_000);
  const direction = Math.sign(minutes) || 1;
  let rest = Math.abs(minutes);
  let current = at.getTime();
  while (rest > 0) {
    const step = Math.min(stepMinutes, rest);
    const probe = direction > 0 ? current : current - step * 60_000;
    if (isOpen(new Date(probe), office)) rest -= step;
    current += direction * step * 60_000;
  }
  return new Date(current);
}
