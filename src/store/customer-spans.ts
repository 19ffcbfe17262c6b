import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** A source's words for somebody who is no customer any more, and for somebody who is none yet. */
const FORMER = '^(former|ex[- ]|churned|lost|cancelled|canceled|inactive)';
const PROSPECT =
  '^(prospect|lead|subscriber|marketing|sales ?qualified|opportunity|competitor|vendor|supplier|reseller)';

/** An account's time as a customer. */
export interface CustomerSpan {
  readonly id: string;
  readonly sourceId: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly arr: number | null;
  readonly currency: string | null;
  readonly lifecycleStage: string | null;
  /** First day of the first subscription, else the day its source made it; null: not known. */
  readonly since: string | null;
  /** Day on which the last of its subscriptions ended; null: it is a customer, or nobody knows when it left. */
  readonly endedOn: string | null;
  /** It left by the day that was asked for, whether or not it is known when. */
  readonly isFormer: boolean;
  readonly hasSubscription: boolean;
  readonly commitment: 'monthly' | 'yearly' | 'longer' | null;
  readonly isPastDue: boolean | null;
  readonly firstUsageDay: string | null;
}

/** Holds for accounts that left by a day: by the stage of their life, or because all their subscriptions ended. */
export function isFormerCustomer(account: string, day: string): RawBuilder<boolean> {
  const id = sql.ref(`${account}.id`);
  return sql<boolean>`(
    coalesce(${sql.ref(`${account}.lifecycle_stage`)}, '') ~* ${FORMER}
    or (exists (select 1 from subscription s where s.account_id = ${id} and s.deleted_at is null)
      and not exists (select 1 from subscription s where s.account_id = ${id} and s.deleted_at is null
        and not (${hasEnded(day)}))))`;
}

const hasEnded = (day: string) =>
  sql`case when s.cancelled_on is null then s.status = 'cancelled' else s.cancelled_on <= ${day}::date end`;

/**
 * Accounts that are or were customers, with what their subscriptions say, by id. Plans are told apart by their words:
 * two or more years, a year, a month.
 */
export async function listCustomerSpans(
  db: Kysely<Schema>,
  day: string,
  only?: readonly string[],
): Promise<readonly CustomerSpan[]> {
  const among = (column: string) =>
    only === undefined ? sql`true` : sql`${sql.ref(column)} = any(${[...only]}::uuid[])`;
  const { rows } = await sql<CustomerSpan>`
    with subs as (
      select s.account_id, min(s.starts_on) as since, max(s.cancelled_on) as last_end,
        bool_and(${hasEnded(day)}) as is_over,
        bool_or(s.status = 'past_due') as is_past_due,
        max(case when not (${hasEnded(day)}) or s.status = 'cancelled' then
          case when s.plan ~* '(2|3|two|three|multi)[- ]?year|biennial|triennial' then 3
               when s.plan ~* 'year|annual' then 2
               when s.plan ~* 'month|quarter' then 1 end end) as commitment
      from subscription s where s.deleted_at is null and ${among('s.account_id')} group by s.account_id
    ), moves as (
      select account_id, max(moved_on) filter (where kind = 'churn') as churned_on,
        max(moved_on) filter (where kind in ('new', 'reactivation')) as joined_on
      from mrr_movement where deleted_at is null and moved_on <= ${day}::date and ${among('account_id')}
      group by account_id
    ), used as (
      select account_id, min(day) as first_day from usage_daily
      where deleted_at is null and ${among('account_id')} group by account_id
    )
    select a.id, a.source_id as "sourceId", a.name, a.owner_id as "ownerId", owner.team_id as "teamId", a.arr, a.currency,
      a.lifecycle_stage as "lifecycleStage", used.first_day as "firstUsageDay",
      coalesce(subs.since, (a.created_at at time zone 'UTC')::date) as since,
      case when subs.is_over then subs.last_end
        when subs.account_id is null and moves.churned_on >= coalesce(moves.joined_on, moves.churned_on)
          then moves.churned_on end as "endedOn",
      ${isFormerCustomer('a', day)} or (subs.account_id is null
        and coalesce(moves.churned_on >= coalesce(moves.joined_on, moves.churned_on), false)) as "isFormer",
      subs.account_id is not null as "hasSubscription",
      (array['monthly', 'yearly', 'longer'])[subs.commitment] as commitment,
      subs.is_past_due as "isPastDue"
    from account a
    left join person owner on owner.id = a.owner_id
    left join subs on subs.account_id = a.id
    left join moves on moves.account_id = a.id
    left join used on used.account_id = a.id
    where a.deleted_at is null and ${among('a.id')}
      and (subs.account_id is not null or coalesce(a.lifecycle_stage, '') !~* ${PROSPECT})
    order by a.id
  `.execute(db);
  return rows;
}
