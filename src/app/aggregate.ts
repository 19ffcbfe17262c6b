import { Temporal } from 'temporal-polyfill';
import { aggregateSince } from '../jobs/aggregate.ts';
import type { StepResult } from '../jobs/analysis-step.ts';
import { UserError } from '../toolkit/issue.ts';
import { analysisDeps } from './analyse.ts';
import type { Heed } from './open-heed.ts';

/**
 * Counts the kept values of metrics anew from a day on.
 *
 * @returns null when the analyser is at work
 * @throws UserError when the day is none, or lies ahead
 */
export async function aggregate(
  heed: Heed,
  since: string,
  say: (detail: string) => void,
): Promise<StepResult | null> {
  const today = Temporal.Instant.fromEpochMilliseconds(heed.clock.now().getTime())
    .toZonedDateTimeISO(heed.config.HEED_TIME_ZONE)
    .toPlainDate()
    .toString();
  if (!isDay(since))
    throw new UserError([
      { code: 'no-such-day', path: '--since', message: `"${since}" is no day; write it as YYYY-MM-DD.` },
    ]);
  if (since > today)
    throw new UserError([
      { code: 'day-ahead', path: '--since', message: `${since} has not come yet; today is ${today}.` },
    ]);
  return await aggregateSince(analysisDeps(heed), since, say);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}
