/** The forecast of every currency for months and quarters, beside what the open deals are worth by age and stage. */
import type { ForecastRow } from '../../domain/sales-forecast.ts';
import { groupBy } from '../group-by.ts';
import { addDays, daysBetween } from '../wording.ts';
import { type JudgedDeal, type JudgeRules, type MeanWon, pipelineWorth } from './deal-signals.ts';
import { lastDayOf, type Period, periodOf } from './fiscal-periods.ts';
import { chooseMethod, type ForecastSettings, forecastPeriod } from './won-forecast.ts';
import { buildWonHistory, type WonDay } from './won-history.ts';

export interface ForecastRequest {
  readonly wonDays: readonly (WonDay & { readonly currency: string })[];
  /** First day of any decision; null: nothing was ever decided. */
  readonly historyFrom: string | null;
  readonly open: readonly JudgedDeal[];
  readonly rules: Pick<JudgeRules, 'hazard' | 'staleAfterDays'>;
  readonly means: MeanWon;
  readonly today: string;
  readonly fiscalStartMonth: number;
  readonly settings: ForecastSettings;
}

/**
 * Rows for this and the next quarter, and for each of their six months. The rows of a quarter's months add up to its own:
 * months that are over count with what was won in them.
 */
export function buildForecastRows(request: ForecastRequest): readonly ForecastRow[] {
  const { wonDays, open } = request;
  const wonBy = groupBy(wonDays, ({ currency }) => currency);
  const openBy = groupBy(open, ({ currency }) => currency);
  const currencies = new Set([...wonBy.keys(), ...openBy.keys()]);
  return [...currencies]
    .toSorted()
    .flatMap((currency) => rowsOf(request, currency, wonBy.get(currency) ?? [], openBy.get(currency) ?? []));
}

function rowsOf(
  request: ForecastRequest,
  currency: string,
  won: readonly WonDay[],
  open: readonly JudgedDeal[],
): readonly ForecastRow[] {
  const { historyFrom, today, fiscalStartMonth, settings, rules, means } = request;
  const history = buildWonHistory(won, historyFrom ?? today, addDays(today, 1));
  const quarter = periodOf('quarter', today, { fiscalStartMonth });
  const method = historyFrom === null ? null : chooseMethod(history, quarter, settings);
  const stale = open.filter(
    ({ ageDays }) => ageDays !== null && rules.staleAfterDays !== null && ageDays > rules.staleAfterDays,
  ).length;
  const foresee = (period: Period) =>
    method === null ? null : forecastPeriod(history, period, method, settings);
  return periodsFrom(quarter, today, fiscalStartMonth).map((period): ForecastRow => {
    // The months of a quarter that cannot be foreseen as a whole would add up to a part of it.
    const whole = period.kind === 'month' ? foresee(quarterWith(period, fiscalStartMonth)) : null;
    const forecast = period.kind === 'month' && whole === null ? null : foresee(period);
    const wonSoFar = history.between(period.start, period.end).amount;
    const span = {
      from: Math.max(0, daysBetween(today, period.start) - 1),
      to: Math.max(0, daysBetween(today, period.end) - 1),
    };
    const pipeline = rules.hazard === null ? null : pipelineWorth(open, rules, means, span);
    return {
      currency,
      kind: period.kind === 'month' ? 'month' : 'quarter',
      startsOn: period.start,
      endsOn: lastDayOf(period),
      method: forecast?.method ?? 'none',
      wonSoFar: cents(wonSoFar),
      expected: forecast && cents(forecast.expected),
      low: forecast && cents(forecast.low),
      high: forecast && cents(forecast.high),
      backtests: forecast?.backtests ?? 0,
      meanError: forecast?.meanError ?? null,
      pipelineExpected: pipeline === null ? null : cents(wonSoFar + pipeline),
      openDeals: open.length,
      staleDeals: stale,
      note: noteOf(forecast),
    };
  });
}

function quarterWith(month: Period, fiscalStartMonth: number): Period {
  return periodOf('quarter', month.start, { fiscalStartMonth });
}

/** This and the next quarter, and their months. */
function periodsFrom(quarter: Period, today: string, fiscalStartMonth: number): readonly Period[] {
  const next = periodOf('quarter', today, { fiscalStartMonth, later: 1 });
  const months = [quarter, next].flatMap(({ start }) =>
    [0, 1, 2].map((later) => periodOf('month', start, { fiscalStartMonth, later })),
  );
  return [quarter, next, ...months];
}

function noteOf(
  forecast: { readonly method: string; readonly backtests: number; readonly meanError: number | null } | null,
): string {
  if (forecast === null) return 'not enough history';
  const { method, backtests, meanError } = forecast;
  const how = method === 'run rate' ? 'run rate of the last days' : method;
  if (backtests === 0 || meanError === null)
    return `${how}; never tried on an earlier period, the interval is the spread of the amounts`;
  return `${how}; off by ${(meanError * 100).toFixed(1)} % on average over ${backtests} earlier periods`;
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
