import type { Random } from './random.ts';

const dayMs = 86_400_000;

/** In the last days of a quarter a working day sees so many times the closes of another; weekends see few. */
export const quarterEnd = { days: 14, weight: 3, weekendWeight: 0.15 } as const;

/** Relative number of deals that close on a day. @param dayStart epoch milliseconds of its UTC midnight */
export function closeWeight(dayStart: number): number {
  const at = new Date(dayStart);
  const nextQuarter = Date.UTC(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / 3) * 3 + 3, 1);
  const isLate = nextQuarter - dayStart <= quarterEnd.days * dayMs;
  const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  return (isLate ? quarterEnd.weight : 1) * (isWeekend ? quarterEnd.weekendWeight : 1);
}

/**
 * A day on which a deal closes, by the weights above.
 *
 * @param from first day and `to` last day, epoch milliseconds of UTC midnights
 */
export function drawCloseDay(random: Random, from: number, to: number): number {
  const days = Math.round((to - from) / dayMs);
  // Rejection: at least a third of the days are taken at once.
  for (;;) {
    const day = from + random.whole(0, days) * dayMs;
    if (random.next() * quarterEnd.weight < closeWeight(day)) return day;
  }
}
