/**
 * Door of the forecast. In: won amounts per day of one currency. Out: what a month or quarter will have brought in the
 * end, with an interval that holds the truth four times out of five.
 */

import { monthsOf, type Period, periodBefore } from './fiscal-periods.ts';
import { type ForecastMethod, forecastMonth } from './forecast-methods.ts';
import { cutHistory, sameShareOf, type WonHistory } from './won-history.ts';

export interface ForecastSettings {
  /** How many backtests the spread of the amounts is worth in the interval. */
  readonly spreadCountsAs: number;
  readonly leastHistoryDays: number;
}

export interface WonForecast {
  readonly period: Period;
  readonly method: ForecastMethod;
  readonly wonSoFar: number;
  readonly expected: number;
  /** 80 % interval; never below what is won already. */
  readonly low: number;
  readonly high: number;
  /** How many earlier periods the method could be tried on. */
  readonly backtests: number;
  /** Mean of |actual / forecast - 1| over them; null without any. */
  readonly meanError: number | null;
}

/** Earlier periods that are looked at. */
const mostBacktests = 12;
/** Another method than the first must be tried this often and be better by this share. */
const leastTrials = 4;
const clearlyBetter = 0.9;

const others: readonly ForecastMethod[] = ['same months a year ago', 'last four quarters', 'run rate'];

/**
 * The method for a currency: the same months of the last quarter, unless another made clearly smaller errors over at
 * least four earlier quarters; a run rate where there is no whole quarter yet.
 *
 * @param quarter the quarter in progress
 * @returns null: not enough history for any
 */
export function chooseMethod(
  history: WonHistory,
  quarter: Period,
  settings: ForecastSettings,
): ForecastMethod | null {
  const isPossible = (method: ForecastMethod) => sumOf(history, quarter, method, settings) !== null;
  const usual: ForecastMethod = 'same months of last quarter';
  if (!isPossible(usual)) return isPossible('run rate') ? 'run rate' : null;
  const error = (method: ForecastMethod) => meanSize(backtest(history, quarter, method, settings));
  let best: { readonly method: ForecastMethod; readonly error: number | null } = {
    method: usual,
    error: error(usual),
  };
  if (best.error === null || backtest(history, quarter, usual, settings).length < leastTrials) return usual;
  for (const method of others) {
    if (!isPossible(method) || backtest(history, quarter, method, settings).length < leastTrials) continue;
    const own = error(method);
    if (own !== null && best.error !== null && own < best.error * clearlyBetter)
      best = { method, error: own };
  }
  return best.method;
}

/**
 * Foresees a period as the sum of its months.
 *
 * The interval: half width = t(80 %, n0 + n) x sqrt((n0 s^2 + sum r^2) / (n0 + n)) x forecast, with r the relative errors of
 * the same method at the same point of up to 12 earlier periods, s the relative error that chance alone would make
 * (deals that come at random in the sizes they have), and n0 how many backtests that counts as.
 *
 * @returns null: not enough history
 */
export function forecastPeriod(
  history: WonHistory,
  period: Period,
  method: ForecastMethod,
  settings: ForecastSettings,
): WonForecast | null {
  const sum = sumOf(history, period, method, settings);
  if (sum === null) return null;
  const errors = backtest(history, period, method, settings);
  const wonSoFar = history.between(period.start, period.end).amount;
  const half = halfWidth(sum, errors, settings.spreadCountsAs);
  return {
    period,
    method,
    wonSoFar,
    expected: sum.total,
    low: Math.max(wonSoFar, sum.total - half),
    high: sum.total + half,
    backtests: errors.length,
    meanError: meanSize(errors),
  };
}

function sumOf(
  history: WonHistory,
  period: Period,
  method: ForecastMethod,
  { leastHistoryDays }: ForecastSettings,
): { readonly total: number; readonly variance: number } | null {
  let total = 0;
  let variance = 0;
  for (const month of monthsOf(period)) {
    // A month before the history is not nothing, it is not known.
    const one = forecastMonth(history, month, method, leastHistoryDays);
    if (one === null) return null;
    total += one.total;
    variance += one.variance;
  }
  return { total, variance };
}

/** Relative errors of a method at the same point of earlier periods, with what was known then. */
function backtest(
  history: WonHistory,
  period: Period,
  method: ForecastMethod,
  settings: ForecastSettings,
): readonly number[] {
  const errors: number[] = [];
  for (let back = 1; back <= mostBacktests; back += 1) {
    const earlier = periodBefore(period, back);
    if (earlier.end > history.until) continue;
    if (earlier.start < history.from) break;
    const then = cutHistory(history, sameShareOf(history.until, period, earlier));
    const sum = sumOf(then, earlier, method, settings);
    if (sum === null || sum.total <= 0) continue;
    errors.push(history.between(earlier.start, earlier.end).amount / sum.total - 1);
  }
  return errors;
}

function halfWidth(
  { total, variance }: { readonly total: number; readonly variance: number },
  errors: readonly number[],
  spreadCountsAs: number,
): number {
  if (total <= 0) return 1.2816 * Math.sqrt(variance);
  const trials = spreadCountsAs + errors.length;
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  const spread = spreadCountsAs * (variance / total ** 2);
  return studentQuantile(trials) * Math.sqrt((spread + squares) / trials) * total;
}

/** 90 % quantile of Student's t, by the first terms of its expansion around the normal one (error < 0.01 from 3 on). */
function studentQuantile(degrees: number): number {
  const z = 1.2816;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}

function meanSize(errors: readonly number[]): number | null {
  if (errors.length === 0) return null;
  return errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
}
