import { type Kysely, sql, type Transaction } from 'kysely';
import { type RevenueView, rateOf, recurringMovements } from './analysis-revenue-parts.ts';
import type { Schema } from './schema.ts';

/**
 * Customers who left in a window (their recurring revenue fell to nothing and stayed there), and the months in it that
 * customers were customers, added up.
 */
export async function readChurn(
  db: Kysely<Schema>,
  { asOf, zone, windowDays }: Omit<RevenueView, 'accountIds'> & { readonly windowDays: number },
): Promise<{ readonly lost: number; readonly customerMonths: number }> {
  const today = sql`(${asOf}::timestamptz at time zone ${zone})::date`;
  const { rows } = await sql<{ lost: number; months: number | null }>`
    with ${recurringMovements({ asOf, zone, accountIds: null })},
    stay as (
      select account_id, min(first_day) as first_day, max(last_day) as last_day, max(abs(net)) <= 0.005 as is_over
        from (select account_id, currency, min(moved_on) as first_day, max(moved_on) as last_day, sum(amount) as net
            from moved group by account_id, currency) own
        group by account_id
    ), seen as (
      select greatest(first_day, ${today} - ${windowDays}::int) as since,
          case when is_over then last_day else ${today} end as until, is_over
        from stay
    )
    select count(*) filter (where is_over and until > ${today} - ${windowDays}::int)::int as lost,
        sum(greatest(0, until - since))::float8 / (365.25 / 12) as months
      from seen
  `.execute(db);
  return { lost: rows[0]?.lost ?? 0, customerMonths: rows[0]?.months ?? 0 };
}

/** Sums over `account_value` per currency, and customers won since a day in all currencies. */
export async function readValueTotals(db: Kysely<Schema>, since: string) {
  const { rows } = await sql<{
    currency: string | null;
    customers: number;
    activeCustomers: number;
    valuedCustomers: number;
    lifetimeValue: number;
    monthlyMargin: number;
  }>`
    select currency, count(*)::int as customers, count(*) filter (where is_active)::int as "activeCustomers",
        count(lifetime_value)::int as "valuedCustomers", coalesce(sum(lifetime_value), 0)::float8 as "lifetimeValue",
        sum(monthly_margin)::float8 as "monthlyMargin"
      from account_value group by currency order by currency
  `.execute(db);
  const won = await sql<{ count: number }>`
    select count(*)::int as count from account_value where is_main and became_customer_on > ${since}::date
  `.execute(db);
  return { totals: rows, newCustomers: won.rows[0]?.count ?? 0 };
}

/**
 * What campaigns that began in the window cost, turned into another currency by the rate of their first day.
 *
 * @returns null when there is no cost, or when a rate of exchange is missing
 */
export async function readCampaignCost(
  db: Kysely<Schema>,
  currency: string | null,
  { since, until }: { readonly since: string; readonly until: string },
): Promise<number | null> {
  const { rows } = await sql<{ cost: number | null; unknown: number }>`
    select sum(turned)::float8 as cost, count(*) filter (where turned is null)::int as unknown from (
      select case when c.currency is not distinct from ${currency}::text then c.cost
          else c.cost * ${rateOf(sql`c.currency`, sql`${currency}::text`, sql`c.starts_on`)} end as turned
        from campaign c
        where c.deleted_at is null and c.cost is not null and c.starts_on > ${since}::date and c.starts_on <= ${until}::date
    ) costs
  `.execute(db);
  const row = rows[0];
  return row === undefined || row.unknown > 0 ? null : row.cost;
}

/** A row of `unit_economics`, without its key and day. */
interface UnitEconomicsRow {
  readonly currency: string | null;
  readonly customers: number;
  readonly activeCustomers: number;
  readonly averageLifetimeValue: number | null;
  readonly averageMonthlyMargin: number | null;
  readonly acquisitionCost: number | null;
  readonly costPerCustomer: number | null;
  readonly lifetimeValueRatio: number | null;
  readonly paybackMonths: number | null;
  readonly how: string;
}

/** Writes the figures of a day anew; those of other days stay. */
export async function saveUnitEconomics(
  trx: Transaction<Schema>,
  rows: readonly UnitEconomicsRow[],
  day: {
    readonly day: string;
    readonly windowDays: number;
    readonly newCustomers: number;
    readonly monthlyChurnRate: number | null;
  },
): Promise<void> {
  await sql`delete from unit_economics where day = ${day.day}::date`.execute(trx);
  if (rows.length === 0) return;
  const values = rows.map((one) => ({
    id: sql<string>`md5(concat_ws('/', ${day.day}::text, ${one.currency}::text))::uuid`,
    currency: one.currency,
    day: day.day,
    window_days: day.windowDays,
    customers: one.customers,
    active_customers: one.activeCustomers,
    average_lifetime_value: one.averageLifetimeValue,
    monthly_margin: one.averageMonthlyMargin,
    monthly_churn_rate: day.monthlyChurnRate,
    new_customers: day.newCustomers,
    acquisition_cost: one.acquisitionCost,
    acquisition_cost_per_customer: one.costPerCustomer,
    lifetime_value_ratio: one.lifetimeValueRatio,
    payback_months: one.paybackMonths,
    how: one.how,
  }));
  await trx.insertInto('unit_economics').values(values).execute();
}
