/**
 * Ways to foresee what a month will bring, all of them naive on purpose: on real pipelines they are several times
 * nearer to the truth than the open deals weighted by their stages.
 */
import { addDays, daysBetween } from '../wording.ts';
import { monthStart } from './fiscal-periods.ts';
import { sameShareOf, type WonHistory } from './won-history.ts';

export type ForecastMethod =
  | 'same months of last quarter'
  | 'same months a year ago'
  | 'last four quarters'
  | 'run rate';

/** Money that a month will have brought in the end, in one currency. */
export interface MonthForecast {
  readonly total: number;
  /** Expected square of the error, if deals keep coming by chance at the same pace and in the same sizes. */
  readonly variance: number;
}

/** Months back whose mean is taken. */
const lags: Readonly<Record<Exclude<ForecastMethod, 'run rate'>, readonly number[]>> = {
  'same months of last quarter': [3],
  'same months a year ago': [12],
  'last four quarters': [3, 6, 9, 12],
};

/** A run rate is that of the last quarter at most. */
const longestRun = 91;

/**
 * What is won so far, and for the days to come the money of the same part of an earlier month (a month in progress
 * stands in with its own forecast), or the daily mean of the last 91 days.
 *
 * The variance is that of a compound Poisson process, deals that come at random in the sizes they have: squared amounts per
 * day over the last year, times the days to come, once for what comes and once more for what it is taken from (which is
 * as coarse, divided by the number of months that are averaged).
 *
 * @param month first day
 * @param leastHistoryDays a run rate over fewer days says nothing
 * @returns null: there is not enough history
 */
export function forecastMonth(
  history: WonHistory,
  month: string,
  method: ForecastMethod,
  leastHistoryDays: number,
): MonthForecast | null {
  const end = monthStart(month, 1);
  const known = history.between(month, end).amount;
  if (end <= history.until) return month < history.from ? null : { total: known, variance: 0 };
  const daysLeft = daysBetween(history.until > month ? history.until : month, end);
  if (method === 'run rate') {
    const available = daysBetween(history.from, history.until);
    if (available < leastHistoryDays) return null;
    const run = Math.min(longestRun, available);
    const past = history.between(addDays(history.until, -run), history.until);
    const total = known + (past.amount / run) * daysLeft;
    return { total, variance: squaresPerDay(history) * daysLeft * (1 + daysLeft / run) };
  }
  const parts = lags[method].map((lag) => restOfMonth(history, month, lag, method, leastHistoryDays));
  const found = parts.filter((part) => part !== null);
  if (found.length < parts.length) return null;
  const rest = found.reduce((sum, one) => sum + one, 0) / found.length;
  const variance = squaresPerDay(history) * daysLeft * (1 + 1 / found.length);
  return { total: known + rest, variance };
}

/** Money of the part of an earlier month that lies ahead in this one. */
function restOfMonth(
  history: WonHistory,
  month: string,
  lag: number,
  method: ForecastMethod,
  leastHistoryDays: number,
): number | null {
  const start = monthStart(month, -lag);
  if (start < history.from) return null;
  const reference = { start, end: monthStart(start, 1) };
  if (reference.end > history.until)
    return forecastMonth(history, start, method, leastHistoryDays)?.total ?? null;
  const own = { start: month, end: monthStart(month, 1) };
  const from = history.until <= month ? start : sameShareOf(history.until, own, reference);
  return history.between(from, reference.end).amount;
}

function squaresPerDay(history: WonHistory): number {
  const days = Math.min(365, daysBetween(history.from, history.until));
  return history.between(addDays(history.until, -days), history.until).squares / Math.max(1, days);
}
