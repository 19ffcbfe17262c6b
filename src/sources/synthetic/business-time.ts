import type { WorldAccount } from './accounts.ts';
import { holidaysOf } from './holidays.ts';
import { LocalClock } from './local-clock.ts';

/** Working hours of a team, Monday to Friday; local hours, a half is 30 minutes. */
interface Office {
  readonly zone: string;
  readonly opens: number;
  readonly closes: number;
}

export const offices: Readonly<Record<WorldAccount['region'], Office>> = {
  EMEA: { zone: 'Europe/Berlin', opens: 9, closes: 17.5 },
  Americas: { zone: 'America/New_York', opens: 9, closes: 18 },
};

const slotMs = 1_800_000;
const slotMinutes = 30;
const dayMs = 86_400_000;

/** An instant that is later than everything in a world. */
const never = 8_640_000_000_000_000;

/** Shifts instants by working minutes: open half hours of a period with their running sum. */
export interface WorkingTime {
  /**
   * The instant `minutes` of working time after (when negative: before) an instant.
   *
   * @returns epoch milliseconds; a far future beyond the period
   */
  shift(epochMs: number, minutes: number): number;
}

/** Never closes. */
export const aroundTheClock: WorkingTime = { shift: (epochMs, minutes) => epochMs + minutes * 60_000 };

/** Working time of a region's office, holidays closed, between two instants. */
export function createWorkingTime(region: WorldAccount['region'], from: Date, to: Date): WorkingTime {
  const { zone, opens, closes } = offices[region];
  const clock = new LocalClock(zone);
  const holidays = holidayNumbers(region, from, to);
  const first = Math.floor(from.getTime() / dayMs) * dayMs;
  const slots = Math.ceil((to.getTime() - first) / slotMs);
  // sums[slot]: open minutes before the slot.
  const sums = new Float64Array(slots + 1);
  for (let slot = 0; slot < slots; slot += 1) {
    const at = first + slot * slotMs;
    const { dayOfWeek, hour, dayNumber } = clock.at(at);
    const time = hour + (at % 3_600_000 === 0 ? 0 : 0.5);
    const isOpen = dayOfWeek <= 5 && time >= opens && time < closes && !holidays.has(dayNumber);
    sums[slot + 1] = sums[slot]! + (isOpen ? slotMinutes : 0);
  }
  return {
    shift(epochMs, minutes) {
      const slot = Math.min(slots - 1, Math.max(0, Math.floor((epochMs - first) / slotMs)));
      const into = sums[slot + 1]! > sums[slot]! ? (epochMs - first - slot * slotMs) / 60_000 : 0;
      const target = sums[slot]! + into + minutes;
      if (target > sums[slots]!) return never;
      const found = lastBelow(sums, target);
      return first + found * slotMs + (target - sums[found]!) * 60_000;
    },
  };
}

/** The last slot that begins below a sum: the open one in which the sum is reached. */
function lastBelow(sums: Float64Array, target: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sums[middle]! < target) low = middle;
    else high = middle;
  }
  return low;
}

/** Holidays of a region as local days since 1970-01-01. */
export function holidayNumbers(region: WorldAccount['region'], from: Date, to: Date): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (let year = from.getUTCFullYear() - 1; year <= to.getUTCFullYear() + 1; year += 1)
    for (const day of holidaysOf(region, year)) numbers.add(Date.parse(day) / dayMs);
  return numbers;
}
