import { type Kysely, sql, type Transaction } from 'kysely';
import { type DealView, dealsOn } from './pipeline-store.ts';
import type { Schema } from './schema.ts';

/** An open deal with its people, and what was done about it. */
export interface OpenDealRow {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly account: string | null;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly teamId: string | null;
  readonly productId: string | null;
  readonly stage: string;
  readonly amount: number | null;
  readonly currency: string;
  readonly closeDate: string | null;
  /** Null: nobody knows when it began. */
  readonly ageDays: number | null;
  readonly stageDays: number | null;
  readonly touches: number;
  readonly lastTouchAt: Date | null;
  readonly contactsEngaged: number;
}

/** Spans of activities that count; older ones than two years are not looked at. */
export interface TouchSpans {
  readonly now: Date;
  readonly touchDays: number;
  readonly engagedDays: number;
}

const oldestTouchDays = 730;

/**
 * Deals that were open on a day. A touch is a call, e-mail, meeting or message of a person; it belongs to the deal that
 * it names, or to every open deal of its account when it names none. Tasks and notes touch nobody.
 */
export async function listDealsWithSignals(
  db: Kysely<Schema>,
  view: DealView,
  { now, touchDays, engagedDays }: TouchSpans,
): Promise<readonly OpenDealRow[]> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const { rows } = await sql<OpenDealRow>`
    with deal as materialized (select * from ${dealsOn(view)} d where closed_on is null),
    touch as materialized (
      select a.opportunity_id, a.account_id, a.contact_id, a.at from activity a
      where a.deleted_at is null and a.kind in ('call', 'email', 'meeting', 'social')
        and a.at <= ${now} and a.at > ${daysAgo(oldestTouchDays)}),
    engagement as (
      select id, count(*) filter (where at > ${daysAgo(touchDays)})::int as touches, max(at) as last_touch_at,
        (count(distinct contact_id) filter (where at > ${daysAgo(engagedDays)}))::int as contacts
      from (
        select d.id, t.at, t.contact_id from touch t join deal d on d.id = t.opportunity_id
        union all
        select d.id, t.at, t.contact_id from touch t join deal d on d.account_id = t.account_id
        where t.opportunity_id is null) one
      group by id),
    change as (
      select e.opportunity_id, e.at, e.to_stage, lag(e.to_stage) over (partition by e.opportunity_id order by e.at, e.id) as before
      from opportunity_stage_event e join deal d on d.id = e.opportunity_id
      where e.deleted_at is null and e.at <= ${now}),
    entry as (
      select opportunity_id, max(at) as at, (array_agg(to_stage order by at desc))[1] as stage
      from change where before is distinct from to_stage group by opportunity_id)
    select d.id, d.name, d.account_id as "accountId", account.name as account, d.owner_id as "ownerId", owner.name as owner,
      owner.team_id as "teamId", d.product_id as "productId",
      case when ${view.isLive}::boolean then d.stage else coalesce(entry.stage, d.stage) end as stage,
      d.amount, d.currency, o.close_date as "closeDate",
      ${view.today}::date - d.opened as "ageDays",
      greatest(0, ${view.today}::date - coalesce((entry.at at time zone ${view.zone})::date, d.opened)) as "stageDays",
      coalesce(engagement.touches, 0) as touches, engagement.last_touch_at as "lastTouchAt",
      coalesce(engagement.contacts, 0) as "contactsEngaged"
    from deal d
    join opportunity o on o.id = d.id
    left join account on account.id = d.account_id
    left join person owner on owner.id = d.owner_id
    left join engagement on engagement.id = d.id
    left join entry on entry.opportunity_id = d.id
    order by d.amount desc nulls last, d.id`.execute(db);
  return rows;
}

/** Mean won amount by currency, and by product within it: what a deal without an amount is taken for. */
export async function listMeanWon(db: Kysely<Schema>, view: DealView) {
  const { rows } = await sql<{
    readonly currency: string;
    readonly productId: string | null;
    readonly isWhole: boolean;
    readonly amount: number;
  }>`
    select currency, product_id as "productId", grouping(product_id) = 1 as "isWhole", avg(amount)::float8 as amount
    from ${dealsOn(view)} d
    where closed_on is not null and is_won and amount is not null
    group by grouping sets ((currency, product_id), (currency))`.execute(db);
  return rows;
}

export interface DealSignalRow {
  readonly opportunityId: string;
  readonly accountId: string | null;
  readonly ownerId: string | null;
  readonly amount: number | null;
  readonly currency: string;
  readonly day: string;
  readonly ageDays: number | null;
  readonly stageDays: number | null;
  readonly staleAfterDays: number | null;
  readonly isStale: boolean;
  readonly winChance: number | null;
  readonly touches: number;
  readonly lastTouchAt: Date | null;
  readonly contactsEngaged: number;
  readonly isUntouched: boolean;
}

/** Rows per statement: 16 columns each, and Postgres takes 65,535 parameters. */
const CHUNK = 2_000;

/** Deals that were stored since a moment, by the database's clock. */
export async function listChangedDeals(db: Kysely<Schema>, since: Date): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('opportunity').select('id').where('synced_at', '>=', since).execute();
  return new Set(rows.map(({ id }) => id));
}

/** Signals as they are stored, by the id of the deal. */
export async function loadDealSignals(db: Kysely<Schema>): Promise<ReadonlyMap<string, DealSignalRow>> {
  const rows = await db
    .selectFrom('deal_signal')
    .select([
      'opportunity_id as opportunityId',
      'account_id as accountId',
      'owner_id as ownerId',
      'amount',
      'currency',
      'day',
      'age_days as ageDays',
      'stage_days as stageDays',
      'stale_after_days as staleAfterDays',
      'is_stale as isStale',
      'win_chance as winChance',
      'touches_30d as touches',
      'last_touch_at as lastTouchAt',
      'contacts_engaged as contactsEngaged',
      'is_untouched as isUntouched',
    ])
    .execute();
  return new Map(rows.map((row) => [row.opportunityId, { ...row, currency: row.currency ?? '' }]));
}

/** Writes signals of some deals, and deletes those of deals that are gone or closed. */
export async function saveDealSignals(
  trx: Transaction<Schema>,
  { changed, gone }: { readonly changed: readonly DealSignalRow[]; readonly gone: readonly string[] },
  computedAt: Date,
): Promise<void> {
  const replaced = [...gone, ...changed.map((one) => one.opportunityId)];
  await trx
    .deleteFrom('deal_signal')
    .where('opportunity_id', '=', sql<string>`any(${replaced}::uuid[])`)
    .execute();
  for (let from = 0; from < changed.length; from += CHUNK) {
    await trx
      .insertInto('deal_signal')
      .values(
        changed.slice(from, from + CHUNK).map((one) => ({
          opportunity_id: one.opportunityId,
          account_id: one.accountId,
          owner_id: one.ownerId,
          amount: one.amount,
          currency: one.currency === '' ? null : one.currency,
          day: one.day,
          age_days: one.ageDays,
          stage_days: one.stageDays,
          stale_after_days: one.staleAfterDays,
          is_stale: one.isStale,
          win_chance: one.winChance,
          touches_30d: one.touches,
          last_touch_at: one.lastTouchAt,
          contacts_engaged: one.contactsEngaged,
          is_untouched: one.isUntouched,
          computed_at: computedAt,
        })),
      )
      .execute();
  }
}
