import type { WorldAccount } from './accounts.ts';
import { holidayNumbers, offices } from './business-time.ts';
import { LocalClock } from './local-clock.ts';

export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** The working days of a region's office, by its wall clock. */
export interface OfficeDays {
  readonly opens: number;
  readonly closes: number;
  /** @returns epoch milliseconds of a local hour, which may have a fraction */
  at(dayNumber: number, hour: number): number;
  isWorkingDay(dayNumber: number): boolean;
  isOpen(epochMs: number): boolean;
  /** Local days since 1970-01-01. */
  dayOf(epochMs: number): number;
}

export function officeDays(region: WorldAccount['region'], from: Date, to: Date): OfficeDays {
  const { zone, opens, closes } = offices[region];
  const clock = new LocalClock(zone);
  const holidays = holidayNumbers(region, from, to);
  // 1970-01-01 was a Thursday.
  const isWorkingDay = (day: number): boolean => (day + 3) % 7 < 5 && !holidays.has(day);
  return {
    opens,
    closes,
    at(dayNumber, hour) {
      const asUtc = dayNumber * dayMs + hour * hourMs;
      const local = clock.at(asUtc);
      // Clocks change at night, so noon's offset holds for the hours in which people work.
      const offset = (local.dayNumber - dayNumber) * 24 + local.hour - Math.floor(hour);
      return asUtc - offset * hourMs;
    },
    isWorkingDay,
    isOpen(epochMs) {
      const { dayNumber, hour } = clock.at(epochMs);
      const time = hour + (epochMs % hourMs) / hourMs;
      return isWorkingDay(dayNumber) && time >= opens && time < closes;
    },
    dayOf: (epochMs) => clock.at(epochMs).dayNumber,
  };
}

/**
 * The last day before the end of a world on which all its offices work, so that what is planted there shows.
 *
 * @param daysBack at least so many whole days before the end
 */
export function lastCommonWorkingDay(days: readonly OfficeDays[], asOf: Date, daysBack: number): number {
  let day = Math.floor(asOf.getTime() / dayMs) - daysBack;
  while (!days.every((office) => office.isWorkingDay(day))) day -= 1;
  return day;
}
