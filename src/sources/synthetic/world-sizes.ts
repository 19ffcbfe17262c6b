import type { WorldScale, WorldSize } from './world.ts';

/** What a world of a size holds. `days` is overridden by `--days`, and what grows with time with it. */
const scales: Readonly<Record<WorldSize, WorldScale>> = {
  small: { accounts: 15, days: 30, tickets: 240, conversations: 120, messages: 900, deals: 24 },
  demo: { accounts: 40, days: 90, tickets: 1_800, conversations: 600, messages: 5_000, deals: 84 },
  large: {
    accounts: 10_000,
    days: 730,
    tickets: 1_000_000,
    conversations: 500_000,
    messages: 5_000_000,
    deals: 60_000,
  },
};

/** Shortest and longest history that `--days` may ask for: a baseline needs two weeks, the calendar knows three years. */
export const leastDays = 14;
export const mostDays = 1_100;

/** Days of usage, incidents and surveys that are exported. */
export const signalDays = 90;

export function scaleOf(size: WorldSize, days?: number): WorldScale {
  const scale = scales[size];
  if (days === undefined) return scale;
  const share = days / scale.days;
  return {
    ...scale,
    days,
    tickets: Math.round(scale.tickets * share),
    conversations: Math.round(scale.conversations * share),
    messages: Math.round(scale.messages * share),
  };
}
