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
  /** Expected square of the error, if deals keep coming by chance at the same rate and in the same sizes. */
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
 * The variance is that of a compound Poisson process: the sum of the squared amounts, for what is to come and, divided by the
 * number of months it is taken from, for what it is taken from.
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
  if (method === 'run rate') return addRunRate(history, month, end, known, leastHistoryDays);
  const parts = lags[method].map((lag) => restOfMonth(history, month, lag, method, leastHistoryDays));
  const found = parts.filter((part) => part !== null);
  if (found.length < parts.length) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = mean(found.map((part) => part.squares));
  return {
    total: known + mean(found.map((part) => part.amount)),
    variance: squares * (1 + 1 / found.length),
  };
}

function restOfMonth(
  history: WonHistory,
  month: string,
  lag: number,
  method: ForecastMethod,
  leastHistoryDays: number,
): { readonly amount: number; readonly squares: number } | null {
  const start = monthStart(month, -lag);
  if (start < history.from) return null;
  const reference = { start, end: monthStart(start, 1) };
  if (reference.end <= history.until) {
    const own = { start: month, end: monthStart(month, 1) };
    const from = history.until <= month ? start : sameShareOf(history.until, own, reference);
    return history.between(from, reference.end);
  }
  const foreseen = forecastMonth(history, start, method, leastHistoryDays);
  return foreseen && { amount: foreseen.total, squares: squaresOf(history, start, method, foreseen) };
}

/** Squares of a month that is not over: those so far, and those that its own forecast stands on. */
function squaresOf(
  history: WonHistory,
  month: string,
  method: ForecastMethod,
  foreseen: MonthForecast,
): number {
  const copies = method === 'run rate' ? 2 : 1 + 1 / lags[method].length;
  return history.between(month, monthStart(month, 1)).squares + foreseen.variance / copies;
}

function addRunRate(
  history: WonHistory,
  month: string,
  end: string,
  known: number,
  leastHistoryDays: number,
): MonthForecast | null {
  const available = daysBetween(history.from, history.until);
  if (available < leastHistoryDays) return null;
  const run = Math.min(longestRun, available);
  const past = history.between(addDays(history.until, -run), history.until);
  const left = daysBetween(history.until > month ? history.until : month, end);
  const perDay = past.squares / run;
  return {
    total: known + (past.amount / run) * left,
    variance: perDay * left + (perDay * left * left) / run,
  };
}
