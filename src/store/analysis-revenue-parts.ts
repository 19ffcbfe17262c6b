import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** The moment and the clock that sales and movements are read by. */
export interface RevenueView {
  readonly asOf: Date;
  /** IANA zone of the company: its days and months. */
  readonly zone: string;
  /** Customers to read; null: all. */
  readonly accountIds: readonly string[] | null;
  /** Only sales from the first to the last of these months, by their first days. */
  readonly months?: { readonly from: string; readonly to: string };
}

/**
 * Compiling these statements to machine code takes a server many times as long as running them: it is switched off for
 * the rest of the transaction.
 */
export async function withoutJit(trx: Transaction<Schema>): Promise<void> {
  await sql`select set_config('jit', 'off', true)`.execute(trx);
}

/**
 * Common table expression `costed`: sales by line up to the moment, with their local day, the order they belong to and
 * what they cost in the currency of the sale (null: not known). A cost in another currency is turned by the newest rate
 * of exchange of or before the day of the sale: the direct one, else the inverse one, else over a third currency.
 * The order is the source's number where there is one, else everything a customer bought on the day.
 */
export function costedSales({ asOf, zone, accountIds, months }: RevenueView): RawBuilder<unknown> {
  const own = accountIds === null ? sql`` : sql`and s.account_id = any(${[...accountIds]}::uuid[])`;
  // A day on either side, for every zone; the months themselves are told apart by the local day.
  const span = months
    ? sql`and s.sold_at >= ${months.from}::date - 1 and s.sold_at < ${months.to}::date + interval '1 month 1 day'`
    : sql``;
  return sql`sale as (
    select s.id, s.account_id, s.product_id, s.currency, s.amount, s.sold_at,
        (s.sold_at at time zone ${zone})::date as day,
        coalesce(s.quantity, 1) as quantity,
        hashtextextended(s.source || coalesce(s.account_id::text, '')
          || coalesce('#' || s.order_number,
               case when s.account_id is null then s.id::text else (s.sold_at at time zone ${zone})::date::text end), 0)
          as order_key,
        p.unit_cost, p.currency as cost_currency
      from sales_transaction s left join product p on p.id = s.product_id and p.deleted_at is null
      where s.deleted_at is null and s.sold_at <= ${asOf} ${own} ${span}
  ), exchanged as (
    select distinct cost_currency as currency, currency as to_currency, day from sale
      where unit_cost is not null and cost_currency is distinct from currency
  ), rate as materialized (
    select e.*, ${rateOf(sql`e.currency`, sql`e.to_currency`, sql`e.day`)} as rate from exchanged e
  ), costed as (
    select sale.*, case when sale.cost_currency is not distinct from sale.currency then sale.unit_cost
          else sale.unit_cost * rate.rate end * sale.quantity as cost
      from sale left join rate
        on rate.currency = sale.cost_currency and rate.to_currency = sale.currency and rate.day = sale.day
  )`;
}

/** One unit of a currency in another one on a day; null where no rate leads there. */
export function rateOf(
  from: RawBuilder<unknown>,
  to: RawBuilder<unknown>,
  day: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const newest = (a: RawBuilder<unknown>, b: RawBuilder<unknown>) => sql`(select f.rate from fx_rate f
    where f.currency = ${a} and f.to_currency = ${b} and f.day <= ${day} and f.deleted_at is null and f.rate > 0
    order by f.day desc limit 1)`;
  const over = sql`(select a.rate / b.rate from fx_rate a
    join lateral (select f.rate from fx_rate f where f.currency = ${to} and f.to_currency = a.to_currency
      and f.day <= ${day} and f.deleted_at is null and f.rate > 0 order by f.day desc limit 1) b on true
    where a.currency = ${from} and a.day <= ${day} and a.deleted_at is null and a.rate > 0
    order by a.day desc limit 1)`;
  return sql`coalesce(${newest(from, to)}, 1 / ${newest(to, from)}, ${over})`;
}

/**
 * Common table expression `moved`: every change of recurring revenue up to the moment. A subscription without movements
 * is new on its first day and, when it has ended, gone on its last.
 */
export function recurringMovements({ asOf, zone, accountIds }: RevenueView): RawBuilder<unknown> {
  const own = (account: RawBuilder<unknown>) =>
    accountIds === null ? sql`` : sql`and ${account} = any(${[...accountIds]}::uuid[])`;
  return sql`bare as (
    select s.account_id, s.currency, s.mrr, s.starts_on, s.cancelled_on from subscription s
      where s.deleted_at is null and s.status <> 'trial' and s.mrr is not null and s.starts_on is not null
        ${own(sql`s.account_id`)}
        and not exists (select 1 from mrr_movement m where m.account_id = s.account_id and m.deleted_at is null)
  ), moved as (
    select account_id, currency, kind, amount, moved_on from mrr_movement m
      where deleted_at is null ${own(sql`m.account_id`)} and moved_on <= (${asOf}::timestamptz at time zone ${zone})::date
    union all
    select account_id, currency, 'new', mrr, starts_on from bare
      where starts_on <= (${asOf}::timestamptz at time zone ${zone})::date
    union all
    select account_id, currency, 'churn', -mrr, cancelled_on from bare
      where cancelled_on <= (${asOf}::timestamptz at time zone ${zone})::date
  )`;
}
