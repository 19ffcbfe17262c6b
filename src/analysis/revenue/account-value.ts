/**
 * Door of what a customer is worth. In: what they bought and pay, per customer and currency. Out: margin to date, what is
 * still to come with an interval, and both together (lifetime value). Nothing is added across currencies.
 */
import { groupBy } from '../group-by.ts';
import { writeNumber } from '../wording.ts';
import { type Lifetime, lifetimeOf } from './lifetime.ts';

/** What is known of one customer in one currency; money in that currency. */
export interface AccountFacts {
  readonly accountId: string;
  readonly currency: string | null;
  readonly becameCustomerOn: string | null;
  readonly salesAmount: number;
  /** Part of `salesAmount` on lines whose unit cost is known, and that cost. */
  readonly costedAmount: number;
  readonly salesCost: number;
  /** Amount of the sales of the last `windowDays`. */
  readonly recentSalesAmount: number;
  /** Days since the first sale, at least 1; 0 without sales. */
  readonly daysOfSales: number;
  /** Recurring revenue to date. */
  readonly recurringAmount: number;
  readonly mrr: number;
  /** Of the subscriptions' products, (list price - unit cost) / list price weighted by what is paid; null: not known. */
  readonly recurringMarginShare: number | null;
  /** Every subscription they had has ended. */
  readonly hasLeft: boolean;
  /** In every currency. */
  readonly ordersInWindow: number;
}

export interface AccountValue extends AccountFacts {
  /** The currency with the most margin; true once per customer. */
  readonly isMain: boolean;
  readonly salesMargin: number;
  readonly marginToDate: number;
  readonly monthlyMargin: number;
  readonly isActive: boolean;
  /** Null when nobody's stay is known, so that nothing can be expected. */
  readonly expectedMargin: number | null;
  readonly lifetimeValue: number | null;
  readonly lifetimeValueLow: number | null;
  readonly lifetimeValueHigh: number | null;
  /** The reckoning in words, with its figures. */
  readonly how: string;
}

export interface ValueRules {
  readonly windowDays: number;
  readonly horizonMonths: number;
  readonly marginWhereUnknown: number;
  /** Of all customers together, see `monthlyChurn`; null: not known. */
  readonly churn: number | null;
}

const DAYS_PER_MONTH = 365.25 / 12;

/**
 * Lifetime value = margin to date + monthly margin x expected months, where
 * margin to date = sales margin + recurring revenue to date x its margin share,
 * sales margin = costed sales - their cost + other sales x `marginWhereUnknown`,
 * monthly margin = MRR x its margin share + margin of the sales of the window / its months,
 * and expected months = (1 - (1 - churn)^horizon) / churn. A customer who has left brings nothing more.
 */
export function valueAccounts(facts: readonly AccountFacts[], rules: ValueRules): readonly AccountValue[] {
  const lifetime = rules.churn === null ? null : lifetimeOf(rules.churn, rules.horizonMonths);
  const values = facts.map((one) => valueAccount(one, rules, lifetime));
  const main = new Set(
    [...groupBy(values, ({ accountId }) => accountId).values()].map(
      (own) => own.toSorted((a, b) => b.marginToDate - a.marginToDate || compare(a.currency, b.currency))[0],
    ),
  );
  return values.map((one) => ({ ...one, isMain: main.has(one) }));
}

function valueAccount(facts: AccountFacts, rules: ValueRules, lifetime: Lifetime | null): AccountValue {
  const { salesAmount, costedAmount, salesCost, recurringAmount, mrr, hasLeft } = facts;
  const salesMargin = costedAmount - salesCost + (salesAmount - costedAmount) * rules.marginWhereUnknown;
  const recurringShare = facts.recurringMarginShare ?? rules.marginWhereUnknown;
  const salesShare = salesAmount > 0 ? salesMargin / salesAmount : rules.marginWhereUnknown;
  const windowMonths = Math.max(1, Math.min(rules.windowDays, facts.daysOfSales) / DAYS_PER_MONTH);
  const isActive = !hasLeft && (mrr > 0 || facts.recentSalesAmount > 0);
  const monthlyMargin = isActive
    ? mrr * recurringShare + (facts.recentSalesAmount * salesShare) / windowMonths
    : 0;
  const marginToDate = salesMargin + recurringAmount * recurringShare;
  const plus = (months: number | undefined): number | null =>
    isActive ? (months === undefined ? null : marginToDate + monthlyMargin * months) : marginToDate;
  const lifetimeValue = plus(lifetime?.expectedMonths);
  return {
    ...facts,
    isMain: false,
    salesMargin,
    marginToDate,
    monthlyMargin,
    isActive,
    expectedMargin: lifetimeValue === null ? null : lifetimeValue - marginToDate,
    lifetimeValue,
    lifetimeValueLow: plus(lifetime?.lowMonths),
    lifetimeValueHigh: plus(lifetime?.highMonths),
    how: sayHow({ marginToDate, monthlyMargin, isActive, hasLeft }, facts.currency, lifetime, rules),
  };
}

function sayHow(
  one: Pick<AccountValue, 'marginToDate' | 'monthlyMargin' | 'isActive' | 'hasLeft'>,
  currency: string | null,
  lifetime: Lifetime | null,
  { churn, horizonMonths }: ValueRules,
): string {
  const unit = currency === null ? '' : ` ${currency}`;
  const past = `${writeNumber(one.marginToDate)}${unit} margin to date`;
  if (one.hasLeft) return `${past}; the customer has left`;
  if (!one.isActive) return `${past}; nothing is being paid now`;
  const now = `${writeNumber(one.monthlyMargin)}${unit} a month`;
  if (lifetime === null || churn === null) return `${past} + ${now}, for how long is not known`;
  const months = `${writeNumber(lifetime.expectedMonths, 1)} months (${writeNumber(churn * 100, 2)} % of customers leave a month, at most ${horizonMonths} months)`;
  return `${past} + ${now} x ${months}`;
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
