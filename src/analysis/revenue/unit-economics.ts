import { writeNumber } from '../wording.ts';

/** Sums over the customers of one currency. */
export interface CurrencyTotals {
  readonly currency: string | null;
  readonly customers: number;
  readonly activeCustomers: number;
  /** Of the customers whose lifetime value is known. */
  readonly valuedCustomers: number;
  readonly lifetimeValue: number;
  readonly monthlyMargin: number;
}

export interface EconomicsInput {
  readonly totals: readonly CurrencyTotals[];
  readonly windowDays: number;
  /** Customers who became one in the window, whatever they pay in. */
  readonly newCustomers: number;
  /** What campaigns of the window cost, turned into each currency; null: a rate of exchange is missing. */
  readonly costIn: ReadonlyMap<string | null, number | null>;
}

export interface UnitEconomics extends CurrencyTotals {
  readonly averageLifetimeValue: number | null;
  readonly averageMonthlyMargin: number | null;
  readonly acquisitionCost: number | null;
  /** CAC: cost of winning customers / customers won. */
  readonly costPerCustomer: number | null;
  /** LTV:CAC. */
  readonly lifetimeValueRatio: number | null;
  /** CAC / margin per active customer and month. */
  readonly paybackMonths: number | null;
  readonly how: string;
}

/**
 * LTV, CAC, LTV:CAC and payback per currency. CAC is the cost of all campaigns of the window over all customers won in
 * it, written in each currency; the lifetime value is that of the customers who pay in it.
 */
export function unitEconomics(input: EconomicsInput): readonly UnitEconomics[] {
  return input.totals.map((totals) => {
    const average = divide(totals.lifetimeValue, totals.valuedCustomers);
    const margin = divide(totals.monthlyMargin, totals.activeCustomers);
    const cost = input.costIn.get(totals.currency) ?? null;
    const costPerCustomer = divide(cost, input.newCustomers);
    return {
      ...totals,
      averageLifetimeValue: average,
      averageMonthlyMargin: margin,
      acquisitionCost: cost,
      costPerCustomer,
      lifetimeValueRatio: divide(average, costPerCustomer),
      paybackMonths: divide(costPerCustomer, margin),
      how: sayHow(totals.currency, cost, input),
    };
  });
}

/** Null where something is not known or the divisor is 0. */
function divide(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

function sayHow(
  currency: string | null,
  cost: number | null,
  { newCustomers, windowDays }: EconomicsInput,
): string {
  const unit = currency ?? 'no currency';
  if (cost === null) return `no cost of campaigns is known in ${unit} for the last ${windowDays} days`;
  return `${writeNumber(cost)} ${unit} for campaigns / ${newCustomers} new customers, last ${windowDays} days`;
}
