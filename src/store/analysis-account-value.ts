import { type Kysely, sql, type Transaction } from 'kysely';
import { costedSales, type RevenueView, recurringMovements } from './analysis-revenue-parts.ts';
import type { Schema } from './schema.ts';

/** Customers are read and valued so many at a time. */
const valuePage = 2_000;

/** Ids of the next page of customers, ascending; `after` null: the first. */
export async function nextAccounts(
  db: Kysely<Schema>,
  after: string | null,
  changedSince: Date | null,
): Promise<readonly string[]> {
  const since = changedSince;
  const touched =
    since === null
      ? sql`true`
      : sql`(account.synced_at >= ${since} or account.id in (
          select account_id from sales_transaction where synced_at >= ${since} and account_id is not null
          union select account_id from subscription where synced_at >= ${since}
          union select account_id from mrr_movement where synced_at >= ${since}))`;
  const { rows } = await sql<{ id: string }>`
    select id from account where deleted_at is null and ${after === null ? sql`true` : sql`id > ${after}`} and ${touched}
      order by id limit ${valuePage}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** What the reckoning of a customer's worth needs, per customer and currency they paid in; see `AccountFacts`. */
export async function listAccountFacts(
  db: Kysely<Schema>,
  view: RevenueView,
  rules: { readonly windowDays: number; readonly withSubscriptions: boolean },
) {
  const today = sql`(${view.asOf}::timestamptz at time zone ${view.zone})::date`;
  const from = sql`(${today} - ${rules.windowDays}::int)`;
  const recurring = rules.withSubscriptions ? sql`` : sql`where false`;
  const { rows } = await sql<FactRow>`
    with ${costedSales(view)}, ${recurringMovements(view)},
    sold as (
      select account_id, currency, sum(amount) as sales, coalesce(sum(amount) filter (where cost is not null), 0) as costed,
          coalesce(sum(cost), 0) as cost, coalesce(sum(amount) filter (where day > ${from}), 0) as recent,
          min(day) as first_day
        from costed where account_id is not null group by account_id, currency
    ), level as (
      select account_id, currency, sum(amount) as mrr,
          sum(amount * greatest(0, ${today} - moved_on)) / (365.25 / 12) as paid
        from moved ${recurring} group by account_id, currency
    ), counted as (
      select account_id, count(distinct order_key) filter (where day > ${from}) as orders from costed
        where account_id is not null group by account_id
    ), began as (
      select account_id, min(day) as day from (
        select account_id, min(day) as day from costed where account_id is not null group by account_id
        union all select account_id, min(moved_on) from moved group by account_id
      ) any_way group by account_id
    ), share as (
      select s.account_id, s.currency,
          sum(s.mrr * (p.list_price - p.unit_cost) / p.list_price) / nullif(sum(s.mrr), 0) as share
        from subscription s join product p on p.id = s.product_id and p.deleted_at is null
        where s.deleted_at is null and s.mrr > 0 and p.list_price > 0 and p.unit_cost is not null
        group by s.account_id, s.currency
    ), subscribed as (
      select account_id, bool_and(coalesce(cancelled_on <= ${today}, false)) as ended
        from subscription where deleted_at is null and status <> 'trial' group by account_id
    ), pair as (
      select account_id, currency from sold union select account_id, currency from level
    )
    select pair.account_id as "accountId", pair.currency, began.day::text as "becameCustomerOn",
        coalesce(sold.sales, 0)::float8 as "salesAmount", coalesce(sold.costed, 0)::float8 as "costedAmount",
        coalesce(sold.cost, 0)::float8 as "salesCost", coalesce(sold.recent, 0)::float8 as "recentSalesAmount",
        coalesce(greatest(1, ${today} - sold.first_day), 0)::int as "daysOfSales",
        coalesce(level.paid, 0)::float8 as "recurringAmount", coalesce(level.mrr, 0)::float8 as mrr,
        share.share::float8 as "recurringMarginShare", coalesce(subscribed.ended, false) as "hasLeft",
        coalesce(counted.orders, 0)::int as "ordersInWindow"
      from pair
      left join sold on sold.account_id = pair.account_id and sold.currency is not distinct from pair.currency
      left join level on level.account_id = pair.account_id and level.currency is not distinct from pair.currency
      left join share on share.account_id = pair.account_id and share.currency is not distinct from pair.currency
      left join counted on counted.account_id = pair.account_id
      left join began on began.account_id = pair.account_id
      left join subscribed on subscribed.account_id = pair.account_id
  `.execute(db);
  return rows;
}

interface FactRow {
  accountId: string;
  currency: string | null;
  becameCustomerOn: string | null;
  salesAmount: number;
  costedAmount: number;
  salesCost: number;
  recentSalesAmount: number;
  daysOfSales: number;
  recurringAmount: number;
  mrr: number;
  recurringMarginShare: number | null;
  hasLeft: boolean;
  ordersInWindow: number;
}

/** A row of `account_value`, without its key. */
interface AccountValueRow extends Omit<FactRow, 'recentSalesAmount' | 'daysOfSales'> {
  readonly isMain: boolean;
  readonly salesMargin: number;
  readonly marginToDate: number;
  readonly monthlyMargin: number;
  readonly isActive: boolean;
  readonly expectedMargin: number | null;
  readonly lifetimeValue: number | null;
  readonly lifetimeValueLow: number | null;
  readonly lifetimeValueHigh: number | null;
  readonly how: string;
}

/** Makes these the only values of these customers. */
export async function replaceAccountValues(
  trx: Transaction<Schema>,
  accountIds: readonly string[],
  values: readonly AccountValueRow[],
  asOf: Date,
): Promise<void> {
  await sql`delete from account_value where account_id = any(${[...accountIds]}::uuid[])`.execute(trx);
  if (values.length === 0) return;
  const json = JSON.stringify(values.map((one) => ({ ...one, asOf: asOf.toISOString() })));
  await sql`
    insert into account_value (id, account_id, currency, is_main, became_customer_on, sales_amount, costed_amount,
        sales_cost, sales_margin, recurring_amount, mrr, margin_to_date, expected_margin, lifetime_value,
        lifetime_value_low, lifetime_value_high, monthly_margin, is_active, orders_in_window, how, as_of)
    select md5(concat_ws('/', v."accountId", v.currency))::uuid, v."accountId", v.currency, v."isMain",
        v."becameCustomerOn", v."salesAmount", v."costedAmount", v."salesCost", v."salesMargin", v."recurringAmount",
        v.mrr, v."marginToDate", v."expectedMargin", v."lifetimeValue", v."lifetimeValueLow", v."lifetimeValueHigh",
        v."monthlyMargin", v."isActive", v."ordersInWindow", v.how, v."asOf"
      from jsonb_to_recordset(${json}::jsonb) as v ("accountId" uuid, currency text, "isMain" boolean,
        "becameCustomerOn" date, "salesAmount" numeric, "costedAmount" numeric, "salesCost" numeric,
        "salesMargin" numeric, "recurringAmount" numeric, mrr numeric, "marginToDate" numeric,
        "expectedMargin" numeric, "lifetimeValue" numeric, "lifetimeValueLow" numeric, "lifetimeValueHigh" numeric,
        "monthlyMargin" numeric, "isActive" boolean, "ordersInWindow" int, how text, "asOf" timestamptz)
  `.execute(trx);
}

/** Values of customers that are there no more. */
export async function dropLostValues(trx: Transaction<Schema>): Promise<void> {
  await sql`delete from account_value v
    where not exists (select 1 from account a where a.id = v.account_id and a.deleted_at is null)`.execute(
    trx,
  );
}

/** When the values were last made for everybody; null: never. */
export async function oldestValueAt(db: Kysely<Schema>): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(as_of) as at from account_value`.execute(db);
  return rows[0]?.at ?? null;
}
