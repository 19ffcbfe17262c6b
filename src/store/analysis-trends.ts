import { type Kysely, sql, type Transaction } from 'kysely';
import { stableId } from '../toolkit/ids.ts';
import type { Schema } from './schema.ts';

/** Local days, both included. */
interface DaySpan {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** Main counts by local day. */
export async function countMainsPerDay(
  db: Kysely<Schema>,
  { from, to, zone }: DaySpan,
): Promise<readonly { readonly series: string; readonly day: string; readonly count: number }[]> {
  // Instants are narrowed by a day on either side first, so that an index serves.
  const instant = (series: string, table: string, column: string) => sql`
    select ${series}::text as series, (${sql.ref(column)} at time zone ${zone})::date as day, count(*) as count
      from ${sql.table(table)} where deleted_at is null
        and ${sql.ref(column)} >= ${from}::date - 1 and ${sql.ref(column)} < ${to}::date + 2 group by 2`;
  const { rows } = await sql<{ series: string; day: string; count: number }>`
    select series, day::text as day, count::int as count from (
      ${instant('tickets_opened', 'ticket', 'opened_at')}
      union all ${instant('leads', 'lead', 'opened_at')}
      union all ${instant('conversations', 'conversation', 'opened_at')}
      union all select 'deals_opened', opened_on, count(*) from opportunity
        where deleted_at is null and opened_on is not null group by 2
      union all select 'deals_won', close_date, count(*) from opportunity
        where deleted_at is null and is_won and close_date is not null group by 2
      union all select 'orders', day, count(distinct order_key) from (${orderLines(from, to, zone)}) line group by 2
    ) counted where day between ${from}::date and ${to}::date
  `.execute(db);
  return rows;
}

/** Sales lines of a span with their order: the source's number, else everything a customer bought on the day. */
const orderLines = (from: string, to: string, zone: string) => sql`
  select product_id, currency, amount, (sold_at at time zone ${zone})::date as day,
      coalesce(source || '/' || account_id::text || '/' || order_number, source || '/' || order_number,
        account_id::text || '/' || (sold_at at time zone ${zone})::date::text, id::text) as order_key
    from sales_transaction where deleted_at is null
      and sold_at >= ${from}::date - 1 and sold_at < ${to}::date + 2`;

/** Products whose orders are read together. */
const productPage = 200;

/** Ids and names of the next products that were sold in a span, ascending; `after` null: the first. */
export async function nextSoldProducts(db: Kysely<Schema>, { from }: DaySpan, after: string | null) {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from product p
      where p.deleted_at is null and ${after === null ? sql`true` : sql`p.id > ${after}`}
        and exists (select 1 from sales_transaction s
          where s.product_id = p.id and s.deleted_at is null and s.sold_at >= ${from}::date - 1)
      order by p.id limit ${productPage}
  `.execute(db);
  return rows;
}

/** Orders and amounts of products by local day and currency. */
export async function countProductsPerDay(
  db: Kysely<Schema>,
  { from, to, zone }: DaySpan,
  productIds: readonly string[],
) {
  const { rows } = await sql<{
    productId: string;
    currency: string | null;
    day: string;
    orders: number;
    amount: number;
  }>`
    select product_id as "productId", currency, day::text as day, count(distinct order_key)::int as orders,
        sum(amount)::float8 as amount
      from (${orderLines(from, to, zone)}) line
      where product_id = any(${[...productIds]}::uuid[]) and day between ${from}::date and ${to}::date
      group by product_id, currency, day
  `.execute(db);
  return rows;
}

/** Whether anything that trends are judged by was stored since a moment of the database's clock. */
export async function hasTrendDataChanged(db: Kysely<Schema>, since: Date): Promise<boolean> {
  const tables = ['ticket', 'lead', 'conversation', 'opportunity', 'sales_transaction', 'product'];
  const changed = tables.map(
    (table) => sql`exists (select 1 from ${sql.table(table)} where synced_at >= ${since})`,
  );
  const { rows } = await sql<{ changed: boolean }>`select ${sql.join(changed, sql` or `)} as changed`.execute(
    db,
  );
  return rows[0]?.changed ?? true;
}

/** When the trends were last judged; null: never. */
export async function trendsAsOf(db: Kysely<Schema>): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select max(as_of) as at from trend`.execute(db);
  return rows[0]?.at ?? null;
}

export interface TrendRow {
  readonly series: string;
  readonly label: string;
  readonly productId: string | null;
  readonly currency: string | null;
  readonly comparison: 'month_to_date' | 'full_month';
  readonly now: { readonly from: string; readonly to: string };
  readonly before: { readonly from: string; readonly to: string };
  readonly count: number;
  readonly countBefore: number;
  readonly expected: number;
  readonly change: number | null;
  readonly score: number;
  readonly dispersion: number;
  readonly amount: number | null;
  readonly amountBefore: number | null;
  readonly amountChange: number | null;
  readonly likely: readonly [number, number] | null;
  readonly verdict: 'up' | 'down' | 'steady' | 'too_few';
  readonly sentence: string;
}

const CHUNK = 500;

/** Makes these the only trends. */
export async function replaceTrends(
  trx: Transaction<Schema>,
  rows: readonly TrendRow[],
  asOf: Date,
): Promise<void> {
  await trx.deleteFrom('trend').execute();
  for (let from = 0; from < rows.length; from += CHUNK) {
    const values = rows.slice(from, from + CHUNK).map((one) => ({
      id: stableId('trend', one.series, one.productId ?? '', one.currency ?? '', one.comparison),
      series: one.series,
      label: one.label,
      product_id: one.productId,
      currency: one.currency,
      comparison: one.comparison,
      from_day: one.now.from,
      to_day: one.now.to,
      before_from_day: one.before.from,
      before_to_day: one.before.to,
      count: one.count,
      count_before: one.countBefore,
      expected: one.expected,
      change: one.change,
      score: one.score,
      dispersion: one.dispersion,
      amount: one.amount,
      amount_before: one.amountBefore,
      amount_change: one.amountChange,
      amount_change_low: one.likely?.[0] ?? null,
      amount_change_high: one.likely?.[1] ?? null,
      verdict: one.verdict,
      sentence: one.sentence,
      as_of: asOf,
    }));
    await trx.insertInto('trend').values(values).execute();
  }
}
