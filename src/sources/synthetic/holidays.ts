import type { WorldAccount } from './accounts.ts';

const dayMs = 86_400_000;

/**
 * Public holidays of a year as `YYYY-MM-DD`: those of all of Germany for EMEA, those that most firms keep in the
 * United States for the Americas; the same days as the calendars in catalogue/sla.yml.
 */
export function holidaysOf(region: WorldAccount['region'], year: number): readonly string[] {
  const fixed = (...days: readonly string[]) => days.map((day) => `${year}-${day}`);
  if (region === 'EMEA') {
    const easter = easterSunday(year);
    const moving = [-2, 1, 39, 50].map((days) => dayText(easter + days * dayMs));
    return [...fixed('01-01', '05-01', '10-03', '12-25', '12-26'), ...moving].sort();
  }
  return [
    ...fixed('01-01', '06-19', '07-04', '12-25'),
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    lastMonday(year, 5),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 11, 4, 4),
  ].sort();
}

const dayText = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** @param weekday 1 Monday to 7 Sunday */
function nthWeekday(year: number, month: number, weekday: number, nth: number): string {
  const first = Date.UTC(year, month - 1, 1);
  const ahead = (weekday - new Date(first).getUTCDay() + 7) % 7;
  return dayText(first + (ahead + 7 * (nth - 1)) * dayMs);
}

function lastMonday(year: number, month: number): string {
  const last = Date.UTC(year, month, 0);
  return dayText(last - ((new Date(last).getUTCDay() + 6) % 7) * dayMs);
}

/** Gauss's rule for the Gregorian calendar in the form without exceptions (Butcher 1876). */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const moon =
    (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * weekday) / 451);
  const days = moon + weekday - 7 * late + 114;
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1);
}
