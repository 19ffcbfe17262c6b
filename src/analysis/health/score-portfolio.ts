import type { HealthSettings } from '../../domain/health-profile.ts';
import { startOfDay } from '../local-days.ts';
import { addDays } from '../wording.ts';
import type { AccountSignals, HealthMoment } from './account-signals.ts';
import { scoreComponents } from './components.ts';
import { type HealthScore, weighComponents } from './health-score.ts';

/** Days of history that a chart shows and that the first run computes. */
const historyDays = 30;

/** The days before today that a first run scores, oldest first. */
export function pastDays(today: string): readonly string[] {
  return Array.from({ length: historyDays - 1 }, (_, index) => addDays(today, index + 1 - historyDays));
}

/**
 * The moment a day's score speaks of: the end of the day, or now while it is today.
 *
 * @param feedDays days for which any account has usage, ascending
 */
export function momentOf(
  day: string,
  today: string,
  now: Date,
  zone: string,
  feedDays: readonly string[],
): HealthMoment {
  const until = day === today ? now : startOfDay(addDays(day, 1), zone);
  return { day, until, feedDay: feedDays.findLast((one) => one < day) ?? null };
}

/** Scores of one account by every profile. */
export function scoreAccount(
  signals: AccountSignals,
  moment: HealthMoment,
  settings: HealthSettings,
): readonly HealthScore[] {
  const parts = scoreComponents(signals, moment, settings);
  return settings.profiles.map((profile) =>
    weighComponents(signals.account.id, moment.day, parts, profile, settings),
  );
}
