import { type Kysely, sql, type Transaction } from 'kysely';
import { stableId } from '../toolkit/ids.ts';
import { type DealView, dealsOn } from './pipeline-store.ts';
import type { Schema } from './schema.ts';

export type SegmentKind = 'all' | 'rep' | 'product' | 'source';

interface Segment {
  readonly kind: SegmentKind;
  /** Id of the person or product, or the words of the lead source; empty for all. */
  readonly key: string;
  readonly label: string;
}

/** Deals of one segment in one currency, decided since a day or open now. */
export interface SegmentDeals extends Segment {
  readonly currency: string;
  readonly openDeals: number;
  readonly openAmount: number;
  readonly decidedDeals: number;
  readonly wonDeals: number;
  readonly wonAmount: number;
  readonly averageWon: number | null;
}

const segmentsOf = sql`(
  select d.*, 'all' as kind, '' as key, 'All deals' as label from deal d
  union all
  select d.*, 'rep', d.owner_id::text, person.name from deal d join person on person.id = d.owner_id
  union all
  select d.*, 'product', d.product_id::text, product.name from deal d join product on product.id = d.product_id
  union all
  select d.*, 'source', d.lead_source, d.lead_source from deal d where d.lead_source is not null)`;

/**
 * @param since first day of the decisions that count
 */
export async function listSegmentDeals(
  db: Kysely<Schema>,
  view: DealView,
  since: string,
): Promise<readonly SegmentDeals[]> {
  const isRecent = sql`closed_on >= ${since}::date`;
  const { rows } = await sql<SegmentDeals>`
    with deal as materialized (select * from ${dealsOn(view)} d)
    select kind, key, label, currency,
      count(*) filter (where closed_on is null)::float8 as "openDeals",
      coalesce(sum(amount) filter (where closed_on is null), 0)::float8 as "openAmount",
      count(*) filter (where ${isRecent})::float8 as "decidedDeals",
      count(*) filter (where ${isRecent} and is_won)::float8 as "wonDeals",
      coalesce(sum(amount) filter (where ${isRecent} and is_won), 0)::float8 as "wonAmount",
      (avg(amount) filter (where ${isRecent} and is_won))::float8 as "averageWon"
    from ${segmentsOf} s
    where closed_on is null or ${isRecent}
    group by kind, key, label, currency`.execute(db);
  return rows;
}

/** Median days from opening to winning, by segment over all currencies. */
export async function listSegmentCycles(db: Kysely<Schema>, view: DealView, since: string) {
  const { rows } = await sql<{ readonly kind: SegmentKind; readonly key: string; readonly days: number }>`
    with deal as materialized (
      select * from ${dealsOn(view)} d where is_won and closed_on >= ${since}::date and opened is not null)
    select kind, key, percentile_cont(0.5) within group (order by (closed_on - opened)::float8) as days
    from ${segmentsOf} s group by kind, key`.execute(db);
  return rows;
}

/** People with a quota, and what they have won since its beginning in its currency. */
export async function listQuotas(db: Kysely<Schema>, view: DealView, since: string) {
  const { rows } = await sql<{
    readonly personId: string;
    readonly name: string;
    readonly currency: string;
    readonly quota: number;
    readonly won: number;
  }>`
    with deal as materialized (
      select * from ${dealsOn(view)} d where is_won and closed_on >= ${since}::date)
    select person.id as "personId", person.name, coalesce(person.currency, '') as currency, person.quota,
      coalesce(sum(deal.amount), 0)::float8 as won
    from person left join deal on deal.owner_id = person.id and deal.currency = coalesce(person.currency, '')
    where person.deleted_at is null and person.active and person.quota > 0
    group by person.id, person.name, person.currency, person.quota`.execute(db);
  return rows;
}

export interface WinRateRow extends Segment {
  readonly decidedDeals: number;
  readonly wonDeals: number;
  readonly winRate: number | null;
  readonly estimatedWinRate: number | null;
}

export interface VelocityRow extends Segment {
  readonly currency: string;
  readonly openDeals: number;
  readonly openAmount: number;
  readonly wonDeals: number;
  readonly wonAmount: number;
  readonly averageWon: number | null;
  readonly estimatedWinRate: number | null;
  readonly cycleDays: number | null;
  readonly velocityPerDay: number | null;
  readonly quota: number | null;
  readonly quotaWon: number | null;
  readonly quotaStartsOn: string | null;
}

const CHUNK = 2_000;

/** Replaces win rates and velocities of all segments. */
export async function replaceSalesPerformance(
  trx: Transaction<Schema>,
  rates: readonly WinRateRow[],
  velocities: readonly VelocityRow[],
  computedAt: Date,
): Promise<void> {
  const common = ({ kind, key, label }: Segment) => ({
    segment_kind: kind,
    segment: label,
    person_id: kind === 'rep' ? key : null,
    product_id: kind === 'product' ? key : null,
    computed_at: computedAt,
  });
  await trx.deleteFrom('win_rate_estimate').execute();
  await trx.deleteFrom('sales_velocity').execute();
  for (let from = 0; from < rates.length; from += CHUNK) {
    const rows = rates.slice(from, from + CHUNK).map((one) => ({
      id: stableId('win_rate_estimate', one.kind, one.key),
      ...common(one),
      decided_deals: one.decidedDeals,
      won_deals: one.wonDeals,
      win_rate: one.winRate,
      estimated_win_rate: one.estimatedWinRate,
    }));
    await trx.insertInto('win_rate_estimate').values(rows).execute();
  }
  for (let from = 0; from < velocities.length; from += CHUNK) {
    const rows = velocities.slice(from, from + CHUNK).map((one) => ({
      id: stableId('sales_velocity', one.kind, one.key, one.currency),
      ...common(one),
      currency: one.currency,
      open_deals: one.openDeals,
      open_amount: one.openAmount,
      won_deals: one.wonDeals,
      won_amount: one.wonAmount,
      average_won: one.averageWon,
      estimated_win_rate: one.estimatedWinRate,
      cycle_days: one.cycleDays,
      velocity_per_day: one.velocityPerDay,
      quota: one.quota,
      quota_won: one.quotaWon,
      quota_starts_on: one.quotaStartsOn,
    }));
    await trx.insertInto('sales_velocity').values(rows).execute();
  }
}
