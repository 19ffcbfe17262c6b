import { type Kysely, sql, type Transaction } from 'kysely';
import { costedSales, type RevenueView, recurringMovements } from './analysis-revenue-parts.ts';
import type { Schema } from './schema.ts';

/** Company-wide tables are made anew as a whole: all rows of a statement or none. */
type Everything = Omit<RevenueView, 'accountIds'>;

/** What revenue is reckoned from that was stored since a moment of the database's clock. */
export interface RevenueNews {
  /** Costs and rates of exchange, which concern every customer. */
  readonly prices: boolean;
  readonly sales: boolean;
  readonly recurring: boolean;
  readonly others: boolean;
}

export async function whatRevenueChanged(db: Kysely<Schema>, since: Date): Promise<RevenueNews> {
  const changed = (...tables: readonly string[]) =>
    sql.join(
      tables.map((table) => sql`exists (select 1 from ${sql.table(table)} where synced_at >= ${since})`),
      sql` or `,
    );
  const { rows } = await sql<RevenueNews>`
    select ${changed('product', 'fx_rate')} as prices, ${changed('sales_transaction')} as sales,
        ${changed('subscription', 'mrr_movement')} as recurring, ${changed('campaign', 'account')} as others
  `.execute(db);
  return rows[0] ?? { prices: true, sales: true, recurring: true, others: true };
}

/**
 * What every product sold, cost and brought in per month and currency. Margin: of the lines whose cost is known.
 *
 * @param changedSince only the months of sales stored since; null: all
 */
export async function rewriteProductMonths(
  trx: Transaction<Schema>,
  view: Everything,
  changedSince: Date | null = null,
): Promise<number> {
  const months = changedSince === null ? null : await touchedMonths(trx, view, changedSince);
  const own = months === null ? sql`true` : sql`month = any(${[...months]}::date[])`;
  await sql`delete from product_month where ${own}`.execute(trx);
  const span = months === null ? null : { from: months[0], to: months.at(-1) };
  if (span !== null && (span.from === undefined || span.to === undefined)) return 0;
  const result = await sql`
    with ${costedSales({ ...view, accountIds: null, ...(span?.from && span.to ? { months: { from: span.from, to: span.to } } : {}) })}
    insert into product_month
      (id, product_id, month, currency, lines, orders, buyers, units, amount, costed_amount, cost, margin)
    select md5(concat_ws('/', product_id, date_trunc('month', day), currency))::uuid, product_id,
        date_trunc('month', day)::date, currency, count(*), count(distinct order_key), count(distinct account_id),
        sum(quantity), sum(amount), coalesce(sum(amount) filter (where cost is not null), 0),
        coalesce(sum(cost), 0),
        coalesce(sum(amount) filter (where cost is not null), 0) - coalesce(round(sum(cost)::numeric, 2), 0)
      from costed where product_id is not null
        and ${months === null ? sql`true` : sql`date_trunc('month', day)::date = any(${[...months]}::date[])`}
      group by product_id, date_trunc('month', day), currency
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

/** First days of the months of sales stored since, ascending. */
async function touchedMonths(
  trx: Transaction<Schema>,
  { zone }: Everything,
  changedSince: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ month: string }>`
    select distinct date_trunc('month', sold_at at time zone ${zone})::date::text as month
      from sales_transaction where synced_at >= ${changedSince} order by 1
  `.execute(trx);
  return rows.map(({ month }) => month);
}

/**
 * Recurring revenue at the beginning and the end of every whole month, and what moved it. Growth = closing / opening - 1; net
 * retention = (opening + expansion + contraction + churn) / opening.
 */
export async function rewriteMrrMonths(trx: Transaction<Schema>, view: Everything): Promise<number> {
  const today = sql`(${view.asOf}::timestamptz at time zone ${view.zone})::date`;
  await sql`delete from mrr_month`.execute(trx);
  const of = (kind: string) => sql`coalesce(sum(m.amount) filter (where m.kind = ${kind}), 0)`;
  const result = await sql`
    with ${recurringMovements({ ...view, accountIds: null })},
    span as (
      select currency, generate_series(date_trunc('month', min(moved_on)::timestamp),
          date_trunc('month', ${today}::timestamp), interval '1 month')::date as month
        from moved group by currency
    ), flow as (
      select span.month, span.currency, ${of('new')} as new, ${of('expansion')} as expansion,
          ${of('contraction')} as contraction, ${of('churn')} as churn, ${of('reactivation')} as reactivation,
          coalesce(sum(m.amount), 0) as net
        from span left join moved m on m.currency is not distinct from span.currency
          and m.moved_on >= span.month and m.moved_on < span.month + interval '1 month'
        group by span.month, span.currency
    ), level as (
      select flow.*, sum(net) over (partition by currency order by month) as closing from flow
    )
    insert into mrr_month (id, month, currency, opening, new, expansion, contraction, churn, reactivation, closing,
        growth, net_retention)
    select md5(concat_ws('/', month, currency))::uuid, month, currency, closing - net, new, expansion, contraction,
        churn, reactivation, closing, net / nullif(closing - net, 0),
        (closing - net + expansion + contraction + churn) / nullif(closing - net, 0)
      from level where month + interval '1 month' <= ${today}
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

/**
 * Customers by the month of their first order, and how many of them ordered again within 90 and 365 days, so that
 * cohorts are compared at the same age. Figures of an age that not all of a cohort have reached are empty.
 */
export async function rewriteBuyerCohorts(trx: Transaction<Schema>, view: Everything): Promise<number> {
  const today = sql`(${view.asOf}::timestamptz at time zone ${view.zone})::date`;
  await sql`delete from buyer_cohort`.execute(trx);
  const isOld = (days: number) =>
    sql`(month + interval '1 month' + ${days}::int * interval '1 day')::date <= ${today}`;
  const again = (days: number) => sql`count(*) filter (where second_day - first_day <= ${days}::int)`;
  const result = await sql`
    with ${costedSales({ ...view, accountIds: null })},
    one as (
      select account_id, order_key, min(day) as day, min(sold_at) as at from costed
        where account_id is not null group by account_id, order_key
    ), ranked as (
      select account_id, day, row_number() over (partition by account_id order by at, order_key) as number from one
    ), first as (
      select account_id, max(day) filter (where number = 1) as first_day, max(day) filter (where number = 2) as second_day
        from ranked where number <= 2 group by account_id
    ), cohort as (
      select date_trunc('month', first_day::timestamp)::date as month, count(*) as buyers,
          ${again(90)} as repeat_90, ${again(365)} as repeat_365
        from first group by 1
    )
    insert into buyer_cohort (month, buyers, buyers_90, repeat_90, buyers_365, repeat_365)
    select month, buyers, case when ${isOld(90)} then buyers end, case when ${isOld(90)} then repeat_90 end,
        case when ${isOld(365)} then buyers end, case when ${isOld(365)} then repeat_365 end
      from cohort
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}
