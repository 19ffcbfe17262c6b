import {
  addMonths,
  type ChurnForecast,
  type ChurnMonth,
  churnRates,
  forecastChurn,
} from '../analysis/churn/monthly-rate.ts';
import type { ChurnSettings } from '../domain/churn-settings.ts';
import type { ChurnMonthRow } from '../store/analysis-churn.ts';
import type { CustomerSpan } from '../store/customer-spans.ts';
import { isCustomerOn, monthsUntil } from './analysis-churn-training.ts';

/** Months that are kept at most. */
const HISTORY_MONTHS = 36;

/**
 * The months of a portfolio: those that are over, the one that runs, and the forecast, or why there is none. Nothing
 * without any subscription and anybody known to have left: then a rate of zero would be a guess.
 */
export function buildChurnMonths(
  customers: readonly CustomerSpan[],
  today: string,
  { forecast: settings }: ChurnSettings,
): readonly ChurnMonthRow[] {
  if (!customers.some(({ hasSubscription, endedOn }) => hasSubscription || endedOn !== null)) return [];
  const months = monthsUntil(today, HISTORY_MONTHS + 1).map((month): ChurnMonth => {
    const there = customers.filter((one) => isCustomerOnOrLeaves(one, month));
    const next = addMonths(month, 1);
    const lost = there.filter(({ endedOn }) => endedOn !== null && endedOn < next && endedOn <= today);
    return { month, customers: there.length, lost: lost.length };
  });
  const running = months.at(-1)!;
  const begun = months.findIndex(({ customers: count }) => count > 0);
  const complete = begun === -1 ? [] : months.slice(begun, -1);
  const rows = churnRates(complete).map((one) =>
    rowOf(one.month, 'actual', {
      customers: one.customers,
      lost: one.lost,
      rate: one.rate,
      rollingRate: one.rolling,
    }),
  );
  return [
    ...rows,
    rowOf(running.month, 'running', {
      customers: running.customers,
      lost: running.lost,
      rate: running.customers === 0 ? null : running.lost / running.customers,
      note: 'month to date',
    }),
    ...forecastRows(forecastChurn(complete, settings), running.month),
  ];
}

/** Who left on the first day of the month was one at its beginning. */
function isCustomerOnOrLeaves(customer: CustomerSpan, month: string): boolean {
  return isCustomerOn(customer, month) || (customer.endedOn === month && (customer.since ?? '') < month);
}

/** The forecast begins with the month that runs: it is the first that is not over. */
function forecastRows(forecast: ChurnForecast, running: string): readonly ChurnMonthRow[] {
  if (forecast.kind === 'not-enough-history') {
    const note = `not enough history: ${forecast.months} of ${forecast.needed} months`;
    return [rowOf(running, 'forecast', { note })];
  }
  const season = forecast.season === null ? 'no season shows' : `a ${forecast.season.kind} season shows`;
  return forecast.months.map(({ month, rate, lower, upper }) =>
    rowOf(month, 'forecast', {
      rate,
      lowerRate: lower,
      upperRate: upper,
      note: `mean of 6 months; interval of ${forecast.backtested} past forecasts; ${season}`,
    }),
  );
}

function rowOf(
  month: string,
  kind: ChurnMonthRow['kind'],
  given: Partial<Omit<ChurnMonthRow, 'month' | 'kind'>>,
): ChurnMonthRow {
  return {
    month,
    kind,
    customers: null,
    lost: null,
    rate: null,
    rollingRate: null,
    lowerRate: null,
    upperRate: null,
    note: null,
    ...given,
  };
}
