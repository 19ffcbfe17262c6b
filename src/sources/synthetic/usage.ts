import { endOf, type WorldAccount } from './accounts.ts';
import type { Random } from './random.ts';
import type { Cell } from './world.ts';

export const usageHeader = [
  'account_id',
  'day',
  'api_calls',
  'logins',
  'active_users',
  'seats',
  'features_used',
  'features_available',
] as const;

const dayMs = 86_400_000;
const featuresAvailable = 12;
const weekend = 0.3;
/** Deviation of the logarithm of a day's API calls. */
const dailyNoise = 0.15;
/** Days on which the middle of a trend lies, so that slopes do not change the level of the whole period. */
const trendUnitDays = 30;

/**
 * Days of usage that are exported: the last `days` before today or before the account left. A `window` of the calendar
 * leaves out those who left before it.
 */
export interface UsageRequest {
  readonly asOf: Date;
  readonly days: number;
  readonly window: 'calendar' | 'own';
}

/** A row per day, oldest first. */
export function* usageRows(
  random: Random,
  account: WorldAccount,
  { asOf, days, window }: UsageRequest,
): Generator<readonly Cell[]> {
  const { traits, usage } = account;
  const today = Math.floor(asOf.getTime() / dayMs) * dayMs;
  const end = Math.min(today, Math.floor(endOf(account, asOf) / dayMs) * dayMs);
  const from = (window === 'own' ? end : today) - days * dayMs;
  const adopted = random.whole(5, 11);
  for (let at = from; at < end; at += dayMs) {
    const daysLeft = (end - at) / dayMs;
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
    const calm = isWeekend ? weekend : 1;
    const level =
      traits.planted === 'declining' ? collapse(daysLeft) : trend(traits.usageSlope, daysLeft, days);
    const logins = traits.planted === 'declining' ? traits.logins * level : traits.logins;
    yield [
      account.id,
      new Date(at).toISOString().slice(0, 10),
      Math.round(usage.apiCalls * calm * level * Math.exp(random.normal() * dailyNoise)),
      random.negativeBinomial(logins * calm, 8),
      Math.min(usage.seats, Math.round(usage.seats * 0.8 * calm * Math.min(1, level))),
      usage.seats,
      traits.planted === 'declining' && daysLeft < 16 ? 2 : adopted,
      featuresAvailable,
    ];
  }
}

/** The slope is of the logarithm; 1 in the middle of the period. */
function trend(slope: number, daysLeft: number, days: number): number {
  return Math.exp((slope * (days / 2 - daysLeft)) / trendUnitDays);
}

/** From 38 days before the end on, down to three percent in the last two weeks. */
function collapse(daysLeft: number): number {
  return daysLeft <= 38 ? Math.max(0.03, (daysLeft - 13) / 26) : 1;
}
