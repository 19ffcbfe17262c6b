import type { HealthMoment, UsageDay } from '../health/account-signals.ts';
import { addDays, daysBetween, writeNumber } from '../wording.ts';
import type { ChurnSignals } from './churn-signals.ts';
import type { FeatureValue } from './features.ts';

const WEEKS = 13;
const LEAST_WEEKS = 5;
const MONTH_DAYS = 30;
/** A feed that is further behind says nothing of today. */
const FEED_LAG_DAYS = 7;

/**
 * Change of the logarithm of the weekly API calls per 30 days: the slope of a line through up to 13 whole weeks before
 * the moment. Weeks even out the weekend.
 */
export function usageTrend(signals: ChurnSignals, moment: HealthMoment): FeatureValue | null {
  const last = lastDay(moment);
  if (last === null) return null;
  const sums: { weeksAgo: number; calls: number; days: number }[] = [];
  for (const row of signals.usage) {
    const weeksAgo = Math.floor(daysBetween(row.day, last) / 7);
    if (weeksAgo < 0 || weeksAgo >= WEEKS) continue;
    const sum = sums[weeksAgo] ?? { weeksAgo, calls: 0, days: 0 };
    sums[weeksAgo] = sum;
    sum.calls += row.apiCalls;
    sum.days += 1;
  }
  const whole = Object.values(sums).filter(({ days }) => days >= 6);
  if (whole.length < LEAST_WEEKS) return null;
  const points = whole.map(({ weeksAgo, calls, days }) => [
    (-weeksAgo * 7) / MONTH_DAYS,
    Math.log((calls * 7) / days + 1),
  ]);
  const slope = slopeOf(points as [number, number][]);
  const percent = Math.round(100 * (Math.exp(slope) - 1));
  return {
    value: slope,
    fact: `API calls ${percent >= 0 ? 'up' : 'down'} ${Math.abs(percent)} % a month over ${whole.length} weeks`,
  };
}

/** Logarithm of the logins per working day of 30 days, and one, so that none is a number. */
export function logins(signals: ChurnSignals, moment: HealthMoment): FeatureValue | null {
  const rows = monthOf(signals, moment);
  if (rows === null) return null;
  const workdays = rows.filter(({ day }) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
  const days = Math.max(1, workdays.length);
  const perDay = workdays.reduce((sum, row) => sum + row.logins, 0) / days;
  return {
    value: Math.log(perDay + 1),
    fact: `${writeNumber(perDay, 1)} logins a working day in 30 days`,
  };
}

/** Days since anybody logged in, at most 30. */
export function quietDays(signals: ChurnSignals, moment: HealthMoment): FeatureValue | null {
  const last = lastDay(moment);
  if (last === null || signals.firstUsageDay === null || signals.firstUsageDay > last) return null;
  const newest = signals.usage.findLast((row) => row.logins > 0 && row.day <= last);
  const days = newest === undefined ? MONTH_DAYS : Math.min(MONTH_DAYS, daysBetween(newest.day, last));
  return { value: days, fact: days === 0 ? 'somebody logged in' : `${days} days without a login` };
}

/** Most seats in use on a day of 30 days, of those bought. */
export function seatsUsed(signals: ChurnSignals, moment: HealthMoment): FeatureValue | null {
  const rows = monthOf(signals, moment);
  const seats = rows?.findLast((row) => (row.seatsEntitled ?? 0) > 0)?.seatsEntitled;
  if (!rows || !seats || rows.every((row) => row.activeUsers === null)) return null;
  const used = Math.max(...rows.map((row) => row.activeUsers ?? 0));
  return { value: Math.min(1, used / seats), fact: `${used} of ${seats} seats used` };
}

function monthOf(signals: ChurnSignals, moment: HealthMoment): readonly UsageDay[] | null {
  const last = lastDay(moment);
  if (last === null || signals.firstUsageDay === null || signals.firstUsageDay > last) return null;
  const first = addDays(last, 1 - MONTH_DAYS);
  const rows = signals.usage.filter(({ day }) => day >= first && day <= last);
  return rows;
}

/** How far the feed had come; the day of the moment itself is not over. */
function lastDay({ day, feedDay }: HealthMoment): string | null {
  return feedDay === null || daysBetween(feedDay, day) > FEED_LAG_DAYS ? null : feedDay;
}

function slopeOf(points: readonly (readonly [number, number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const cross = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return cross / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
