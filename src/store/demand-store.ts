import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** What came in each hour of the week from `from` up to `to`, in a zone; hours without anything are left out. */
export async function countByHourOfWeek(
  db: Kysely<Schema>,
  { from, to, zone }: { readonly from: Date; readonly to: Date; readonly zone: string },
) {
  const local = sql`(c.opened_at at time zone ${zone}::text)`;
  const { rows } = await sql<{
    hourOfWeek: number;
    incoming: number;
    answered: number;
    waitSeconds: number;
  }>`
    select ((extract(isodow from ${local}) - 1) * 24 + extract(hour from ${local}))::int as "hourOfWeek",
           count(*)::int as incoming,
           count(c.first_response_seconds)::int as answered,
           coalesce(sum(c.first_response_seconds), 0)::float8 as "waitSeconds"
      from conversation c
     where c.deleted_at is null and c.opened_at >= ${from} and c.opened_at < ${to}
     group by 1`.execute(db);
  return rows;
}

/** The first conversation of a range, and the median seconds of those that a person answered and that were resolved. */
export async function describeConversations(
  db: Kysely<Schema>,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<{ readonly firstAt: Date | null; readonly handlingSeconds: number | null }> {
  const { rows } = await sql<{ firstAt: Date | null; handlingSeconds: number | null }>`
    select min(c.opened_at) as "firstAt",
           percentile_cont(0.5) within group (order by
             extract(epoch from c.resolved_at - c.opened_at)::float8 - c.first_response_seconds)
             filter (where c.resolved_at > c.opened_at + make_interval(secs => c.first_response_seconds))
             as "handlingSeconds"
      from conversation c
     where c.deleted_at is null and c.opened_at >= ${from} and c.opened_at < ${to}`.execute(db);
  return rows[0] ?? { firstAt: null, handlingSeconds: null };
}

export interface ServiceHourRow {
  readonly hourOfWeek: number;
  readonly weeks: number;
  readonly incoming: number;
  readonly incomingPerHour: number;
  readonly answered: number;
  readonly waitSeconds: number;
  readonly isPeak: boolean;
  readonly agentsNeeded: number;
  readonly nextAt: Date;
}

export async function replaceServiceHours(
  trx: Transaction<Schema>,
  hours: readonly ServiceHourRow[],
  computedAt: Date,
): Promise<void> {
  await trx.deleteFrom('service_hour').execute();
  if (hours.length === 0) return;
  await trx
    .insertInto('service_hour')
    .values(
      hours.map((row) => ({
        hour_of_week: row.hourOfWeek,
        weekday: Math.floor(row.hourOfWeek / 24) + 1,
        hour: row.hourOfWeek % 24,
        weeks: row.weeks,
        incoming: row.incoming,
        incoming_per_hour: row.incomingPerHour,
        answered: row.answered,
        wait_seconds: row.waitSeconds,
        is_peak: row.isPeak,
        agents_needed: row.agentsNeeded,
        next_at: row.nextAt,
        computed_at: computedAt,
      })),
    )
    .execute();
}

/**
 * First conversation of every account, by one statement.
 *
 * @param changedSince only accounts with conversations stored since then; null: all
 * @returns how many accounts were written
 */
export async function refreshFirstContacts(
  trx: Transaction<Schema>,
  asOf: Date,
  changedSince: Date | null,
): Promise<number> {
  const touched = sql`(select distinct account_id from conversation
    where account_id is not null and ${changedSince === null ? sql`true` : sql`synced_at >= ${changedSince}`})`;
  if (changedSince === null) await trx.deleteFrom('customer_first_contact').execute();
  else await sql`delete from customer_first_contact where account_id in ${touched}`.execute(trx);
  const { numAffectedRows } = await sql`
    insert into customer_first_contact (account_id, first_conversation_at, conversations, computed_at)
    select c.account_id, min(c.opened_at), count(*), ${asOf}
      from conversation c
     where c.deleted_at is null and c.opened_at <= ${asOf} and c.account_id in ${touched}
     group by 1`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/**
 * Customers with one and with two or more orders, or conversations, in the window that ends with each day.
 *
 * @param days local days, `YYYY-MM-DD`
 */
export async function refreshRepeatCustomers(
  trx: Transaction<Schema>,
  days: readonly string[],
  { windowDays, zone, asOf }: { readonly windowDays: number; readonly zone: string; readonly asOf: Date },
): Promise<number> {
  let written = 0;
  for (const day of days) {
    const from = sql`((${day}::date - ${windowDays - 1}::int)::timestamp at time zone ${zone}::text)`;
    const to = sql`least(${asOf}::timestamptz, ((${day}::date + 1)::timestamp at time zone ${zone}::text))`;
    const { numAffectedRows } = await sql`
      insert into repeat_customer (kind, day, window_days, customers, repeat_customers, computed_at)
      select kind, ${day}::date, ${windowDays}::int, count(*), count(*) filter (where times >= 2), ${asOf}
        from (
          select 'ordered' as kind, account_id, count(distinct coalesce(order_number, source_id)) as times
            from sales_transaction
           where deleted_at is null and account_id is not null and sold_at >= ${from} and sold_at < ${to}
           group by 2
          union all
          select 'contacted', account_id, count(*)
            from conversation
           where deleted_at is null and account_id is not null and opened_at >= ${from} and opened_at < ${to}
           group by 2
        ) as customer
       group by kind
      on conflict (kind, day) do update set window_days = excluded.window_days, customers = excluded.customers,
        repeat_customers = excluded.repeat_customers, computed_at = excluded.computed_at`.execute(trx);
    written += Number(numAffectedRows ?? 0);
  }
  return written;
}
