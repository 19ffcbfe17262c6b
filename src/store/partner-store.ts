import { type Kysely, sql, type Transaction } from 'kysely';
import { type DealView, dealsOn } from './pipeline-store.ts';
import type { Schema } from './schema.ts';

/**
 * Replaces the deals that partners have a part in: once per partner and deal, with the strongest part (sourced, then
 * co-sell, then influenced). A deal that names its partner itself was sourced by it.
 */
export async function replacePartnerResults(
  trx: Transaction<Schema>,
  view: DealView,
  times: { readonly now: Date; readonly computedAt: Date },
): Promise<number> {
  await trx.deleteFrom('partner_result').execute();
  const done = await sql`
    with named as (
      select partner_id, opportunity_id, kind from partner_deal where deleted_at is null
      union all
      select partner_id, id, 'sourced' from opportunity where partner_id is not null and deleted_at is null),
    part as (
      select distinct on (partner_id, opportunity_id) partner_id, opportunity_id, kind
      from named join partner on partner.id = named.partner_id and partner.deleted_at is null
      order by partner_id, opportunity_id, array_position(array['sourced', 'co_sell', 'influenced'], kind)),
    touch as (
      select partner_id, opportunity_id, max(at) as at from activity
      where deleted_at is null and partner_id is not null and opportunity_id is not null and at <= ${times.now}
      group by partner_id, opportunity_id)
    insert into partner_result (partner_id, opportunity_id, account_id, owner_id, part, amount, currency, is_closed, is_won,
      close_date, last_activity_at, computed_at)
    select part.partner_id, d.id, d.account_id, d.owner_id, part.kind, d.amount, nullif(d.currency, ''),
      d.closed_on is not null, d.closed_on is not null and d.is_won, coalesce(d.closed_on, o.close_date), touch.at,
      ${times.computedAt}
    from part join ${dealsOn(view)} d on d.id = part.opportunity_id
    join opportunity o on o.id = d.id
    left join touch on touch.partner_id = part.partner_id and touch.opportunity_id = d.id`.execute(trx);
  return Number(done.numAffectedRows ?? 0);
}

export interface PartnerSignals {
  readonly id: string;
  readonly name: string;
  readonly type: string | null;
  readonly tier: string | null;
  readonly accountId: string | null;
  readonly managerId: string | null;
  readonly manager: string | null;
  readonly teamId: string | null;
  readonly certification: string | null;
  readonly certExpiresOn: string | null;
  readonly enablementStatus: 'not_started' | 'in_progress' | 'enabled' | 'expired' | null;
  /** When the source last changed the partner. */
  readonly changedAt: Date | null;
  readonly wonDeals: number;
  readonly openDeals: number;
  readonly jointAccounts: number;
  readonly activities: number;
  readonly lastActivityAt: Date | null;
}

/**
 * Partners with what they do, from their results: call it after `replacePartnerResults`.
 *
 * @param since first day of the wins that count
 */
export async function listPartnerSignals(
  db: Kysely<Schema>,
  times: { readonly now: Date; readonly since: string; readonly activityDays: number },
): Promise<readonly PartnerSignals[]> {
  const recent = new Date(times.now.getTime() - times.activityDays * 86_400_000);
  const { rows } = await sql<PartnerSignals>`
    with result as (
      select partner_id, (count(*) filter (where is_won and close_date >= ${times.since}::date))::int as won,
        (count(*) filter (where not is_closed))::int as open, (count(distinct account_id))::int as accounts
      from partner_result group by partner_id),
    act as (
      select partner_id, (count(*) filter (where at > ${recent}))::int as recent, max(at) as last
      from activity where deleted_at is null and partner_id is not null and at <= ${times.now} group by partner_id)
    select p.id, p.name, p.type, p.tier, p.account_id as "accountId", p.manager_id as "managerId", manager.name as manager,
      manager.team_id as "teamId", p.certification, p.cert_expires_on as "certExpiresOn",
      p.enablement_status as "enablementStatus", coalesce(p.updated_at, p.created_at) as "changedAt",
      coalesce(result.won, 0) as "wonDeals", coalesce(result.open, 0) as "openDeals",
      coalesce(result.accounts, 0) as "jointAccounts", coalesce(act.recent, 0) as activities, act.last as "lastActivityAt"
    from partner p left join person manager on manager.id = p.manager_id
    left join result on result.partner_id = p.id left join act on act.partner_id = p.id
    where p.deleted_at is null order by p.name, p.id`.execute(db);
  return rows;
}

/** What each partner won since a day, per currency. */
export async function listPartnerWins(db: Kysely<Schema>, since: string) {
  const { rows } = await sql<{
    readonly partnerId: string;
    readonly currency: string;
    readonly amount: number;
  }>`
    select partner_id as "partnerId", coalesce(currency, '') as currency, sum(amount)::float8 as amount
    from partner_result where is_won and close_date >= ${since}::date and amount is not null
    group by partner_id, currency`.execute(db);
  return rows;
}

export interface PartnerHealthRow {
  readonly partnerId: string;
  readonly managerId: string | null;
  readonly score: number | null;
  readonly band: string | null;
  readonly coverage: number;
  readonly components: Readonly<Record<'results' | 'pipeline' | 'activity' | 'enablement', number | null>>;
  readonly wonDeals: number;
  readonly openDeals: number;
  readonly jointAccounts: number;
  readonly activities: number;
  readonly lastActivityAt: Date | null;
  readonly certificationDaysLeft: number | null;
  readonly enablementStale: boolean;
}

const CHUNK = 2_000;

/** Replaces the health of all partners. */
export async function replacePartnerHealth(
  trx: Transaction<Schema>,
  partners: readonly PartnerHealthRow[],
  computedAt: Date,
): Promise<void> {
  await trx.deleteFrom('partner_health').execute();
  for (let from = 0; from < partners.length; from += CHUNK) {
    const rows = partners.slice(from, from + CHUNK).map((one) => ({
      partner_id: one.partnerId,
      manager_id: one.managerId,
      score: one.score,
      band: one.band,
      coverage: one.coverage,
      results_score: one.components.results,
      pipeline_score: one.components.pipeline,
      activity_score: one.components.activity,
      enablement_score: one.components.enablement,
      won_deals: one.wonDeals,
      open_deals: one.openDeals,
      joint_accounts: one.jointAccounts,
      activities_90d: one.activities,
      last_activity_at: one.lastActivityAt,
      certification_days_left: one.certificationDaysLeft,
      enablement_stale: one.enablementStale,
      computed_at: computedAt,
    }));
    await trx.insertInto('partner_health').values(rows).execute();
  }
}
