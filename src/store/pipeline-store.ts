import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** The day that deals are looked at, and what "today" means. */
export interface DealView {
  /** Local day of the company; results of later days do not count. */
  readonly today: string;
  /** IANA zone; days of creation are counted in it where a deal has no opening date. */
  readonly zone: string;
  /** True: a deal that is closed is closed, even when its close date lies ahead. False: it is open until that day. */
  readonly isLive: boolean;
}

/**
 * Deals as they were on a day: `opened`, and `closed_on`, which is null for deals that were still open then, whatever
 * became of them. Closed deals without a close date are left out: nobody knows when they were open.
 */
export const dealsOn = ({ today, zone, isLive }: DealView): RawBuilder<unknown> => sql`(
  select o.id, o.account_id, o.owner_id, o.product_id, o.lead_source, o.name, o.stage, o.amount,
    coalesce(o.currency, '') as currency, o.is_won,
    coalesce(o.opened_on, (o.created_at at time zone ${zone})::date) as opened,
    case when o.is_closed and (${isLive}::boolean or o.close_date <= ${today}::date)
      then least(o.close_date, ${today}::date) end as closed_on
  from opportunity o
  where o.deleted_at is null and (not o.is_closed or o.close_date is not null)
    and coalesce(o.opened_on, (o.created_at at time zone ${zone})::date, ${today}::date) <= ${today}::date)`;

/** Won amounts per currency and day, up to the view's day; deals without an amount count as nothing. */
export async function listWonDays(db: Kysely<Schema>, view: DealView) {
  const { rows } = await sql<{
    readonly currency: string;
    readonly day: string;
    readonly amount: number;
    readonly squares: number;
  }>`
    select currency, closed_on as day, sum(amount)::float8 as amount, sum(amount::float8 * amount::float8) as squares
    from ${dealsOn(view)} d
    where is_won and closed_on is not null and amount is not null
    group by currency, closed_on`.execute(db);
  return rows;
}

/** The first day on which any deal was decided; results of earlier days are not known. Null: none was. */
export async function findFirstDecision(db: Kysely<Schema>, view: DealView): Promise<string | null> {
  const { rows } = await sql<{ readonly day: string | null }>`
    select min(closed_on) as day from ${dealsOn(view)} d`.execute(db);
  return rows[0]?.day ?? null;
}

/**
 * What deals did by age: days that all deals spent at the ages of a bucket, and how many were won and lost there.
 *
 * @param from first day of a decision; days before do not count, because of them only the deals that lasted are known
 * @param firstDays first ages of the buckets, ascending
 */
export async function countByAge(
  db: Kysely<Schema>,
  view: DealView,
  from: string,
  firstDays: readonly number[],
) {
  const { rows } = await sql<{
    readonly from: number;
    readonly exposureDays: number;
    readonly won: number;
    readonly lost: number;
  }>`
    with bucket as (
      select lower_age, coalesce(lead(lower_age) over (order by lower_age), 1000000) as upper_age
      from unnest(${[...firstDays]}::int[]) as given(lower_age)),
    life as (
      select greatest(0, ${from}::date - opened) as entry, coalesce(closed_on, ${view.today}::date) - opened as last_age,
        closed_on is not null as is_decided, is_won, count(*) as deals
      from ${dealsOn(view)} d
      where opened is not null and coalesce(closed_on, ${view.today}::date) >= opened
      group by 1, 2, 3, 4)
    select lower_age as "from",
      coalesce(sum(deals * greatest(0, least(last_age + is_decided::int, upper_age) - greatest(entry, lower_age))), 0)::float8
        as "exposureDays",
      coalesce(sum(deals) filter (where is_decided and is_won and last_age >= lower_age and last_age < upper_age), 0)::float8
        as won,
      coalesce(sum(deals) filter (where is_decided and not is_won and last_age >= lower_age and last_age < upper_age), 0)::float8
        as lost
    from bucket left join life on last_age + is_decided::int > lower_age and entry < upper_age
    group by lower_age order by lower_age`.execute(db);
  return rows;
}

/** Decided deals by the stages they had been in before, from their histories up to the view's day. */
export async function countDecidedByStage(db: Kysely<Schema>, view: DealView) {
  const { rows } = await sql<{ readonly stage: string; readonly won: number; readonly lost: number }>`
    select e.to_stage as stage, count(distinct d.id) filter (where d.is_won)::float8 as won,
      count(distinct d.id) filter (where not d.is_won)::float8 as lost
    from ${dealsOn(view)} d
    join opportunity_stage_event e on e.opportunity_id = d.id and e.deleted_at is null
    where d.closed_on is not null and e.to_stage <> d.stage
      and (e.at at time zone ${view.zone})::date <= d.closed_on
    group by e.to_stage`.execute(db);
  return rows;
}

/** Ages in days at which deals were won: a percentile of them, and how many there are. */
export async function findWonCycle(db: Kysely<Schema>, view: DealView, percentile: number) {
  const { rows } = await sql<{ readonly days: number | null; readonly won: number }>`
    select percentile_cont(${percentile / 100}::float8) within group (order by (closed_on - opened)::float8) as days,
      count(*)::float8 as won
    from ${dealsOn(view)} d
    where is_won and closed_on is not null and opened is not null and closed_on >= opened`.execute(db);
  return rows[0] ?? { days: null, won: 0 };
}
