import {
  boolean,
  date,
  instant,
  integer,
  money,
  number,
  required,
  text,
  to,
  withFallback,
  word,
} from './field.ts';

/** What is sold, and the money that comes of it. */
export const revenueFields = {
  product: {
    sku: text,
    name: required(text),
    category: text,
    listPrice: money,
    unitCost: money,
    currency: text,
    active: withFallback(boolean, true),
  },
  /** One line of a sale. */
  sales_transaction: {
    accountId: to('account'),
    productId: to('product'),
    opportunityId: to('opportunity'),
    /** The source's key of the order: lines of one order were bought together. */
    orderNumber: text,
    quantity: number,
    unitPrice: money,
    /** Money taken off the line, in `currency`. */
    discount: money,
    /** Of the line, after the discount. */
    amount: required(money),
    currency: text,
    soldAt: required(instant),
  },
  subscription: {
    accountId: required(to('account')),
    productId: to('product'),
    plan: text,
    status: required(word('trial', 'active', 'past_due', 'cancelled')),
    /** Monthly recurring revenue in `currency`. */
    mrr: money,
    currency: text,
    seats: integer,
    startsOn: date,
    renewsOn: date,
    cancelledOn: date,
  },
  mrr_movement: {
    accountId: required(to('account')),
    subscriptionId: to('subscription'),
    kind: required(word('new', 'expansion', 'contraction', 'churn', 'reactivation')),
    /** Change of the monthly recurring revenue: negative for contraction and churn. */
    amount: required(money),
    currency: text,
    movedOn: required(date),
  },
  /** One unit of `currency` is `rate` units of `toCurrency` from that day on, until a later row. */
  fx_rate: {
    currency: required(text),
    toCurrency: required(text),
    day: required(date),
    rate: required(number),
  },
  /** A figure of another system's report, for a span of time. */
  metric_snapshot: {
    metric: required(text),
    /** Whose figure it is, for example `team:Platform`; empty for all. */
    segment: text,
    grain: required(word('hour', 'day', 'week')),
    startsAt: required(instant),
    value: number,
    sampleCount: integer,
  },
} as const;
