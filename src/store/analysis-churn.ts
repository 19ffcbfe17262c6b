import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { stableId } from '../toolkit/ids.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;
type Trx = Transaction<Schema>;

/** A source's words for tickets that come after the decision to leave. */
const LEAVING = '(cancel|terminat|offboard|close (the|my|our) account|churn)';

const among = (only: readonly string[]) => sql<string>`any(${[...only]}::uuid[])`;

/** Tone of tickets and customer escalations since a moment, -1 to 1, and whether they are about leaving itself. */
export async function listTonesOf(db: Db, since: Date, only: readonly string[]) {
  const { rows } = await sql<{
    accountId: string;
    score: number;
    at: Date;
    recordedAt: Date | null;
    isLeaving: boolean;
  }>`
    select account_id as "accountId", sentiment_score as score, opened_at as at, created_at as "recordedAt",
      concat(category, ' ', subject) ~* ${LEAVING} as "isLeaving"
    from ticket where deleted_at is null and opened_at >= ${since} and sentiment_score is not null
      and account_id = ${among(only)}
    union all
    select account_id, sentiment_score, opened_at, created_at, concat(category, ' ', title) ~* ${LEAVING}
    from customer_escalation where deleted_at is null and opened_at >= ${since} and sentiment_score is not null
      and account_id = ${among(only)}
  `.execute(db);
  return rows;
}

/** Urgent and high tickets since a moment, without those about leaving itself. */
export async function listUrgentTickets(db: Db, since: Date, only: readonly string[]) {
  const { rows } = await sql<{ accountId: string; at: Date; recordedAt: Date | null }>`
    select account_id as "accountId", opened_at as at, created_at as "recordedAt"
    from ticket where deleted_at is null and opened_at >= ${since} and priority in ('urgent', 'high')
      and account_id = ${among(only)} and concat(category, ' ', subject) !~* ${LEAVING}
  `.execute(db);
  return rows;
}

/** Days for which any account has usage since a day, ascending. */
export async function listFeedDays(db: Db, since: string): Promise<readonly string[]> {
  const { rows } = await sql<{ day: string }>`
    select distinct day from usage_daily where deleted_at is null and day >= ${since} order by day
  `.execute(db);
  return rows.map(({ day }) => day);
}

/** Accounts of which anything that a score depends on was stored since a moment. */
export async function listChangedAccounts(db: Db, since: Date): Promise<readonly string[]> {
  const changed = (table: string, column: RawBuilder<unknown> = sql`account_id`) =>
    sql`select ${column} as id from ${sql.table(table)} where synced_at >= ${since}`;
  const { rows } = await sql<{ id: string }>`
    select distinct id from (
      ${changed('account', sql`id`)} union all ${changed('usage_daily')} union all ${changed('incident')}
      union all ${changed('survey_response')} union all ${changed('ticket')}
      union all ${changed('customer_escalation')} union all ${changed('subscription')}
      union all ${changed('mrr_movement')}
    ) changed where id is not null order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}

export interface ChurnModelRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly settingsVersion: string;
  /** Read back through a check. */
  readonly model: unknown;
}

/** The newest model; null: none yet. */
export async function findChurnModel(db: Db): Promise<ChurnModelRow | null> {
  const row = await db
    .selectFrom('churn_model')
    .select(['id', 'created_at as createdAt', 'settings_version as settingsVersion', 'model'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export async function saveChurnModel(
  trx: Trx,
  row: ChurnModelRow & {
    readonly stage: string;
    readonly state: string;
    readonly events: number;
    readonly rows: number;
  },
): Promise<void> {
  await trx
    .insertInto('churn_model')
    .values({
      id: row.id,
      created_at: row.createdAt,
      stage: row.stage,
      state: row.state,
      events: row.events,
      row_count: row.rows,
      settings_version: row.settingsVersion,
      model: toJson(row.model),
    })
    .execute();
}

export interface SnapshotRow {
  readonly accountId: string;
  readonly day: string;
  readonly indexLogit: number | null;
  readonly features: unknown;
}

/** Rows per statement: 4 columns each. */
const CHUNK = 2_000;

export async function saveSnapshots(trx: Trx, rows: readonly SnapshotRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    await trx
      .insertInto('churn_snapshot')
      .values(
        rows.slice(from, from + CHUNK).map((one) => ({
          account_id: one.accountId,
          day: one.day,
          index_logit: one.indexLogit,
          features: toJson(one.features),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'day']).doUpdateSet((eb) => ({
          index_logit: eb.ref('excluded.index_logit'),
          features: eb.ref('excluded.features'),
        })),
      )
      .execute();
  }
}

export async function deleteSnapshots(trx: Trx): Promise<void> {
  await trx.deleteFrom('churn_snapshot').execute();
}

/** Months that have snapshots. */
export async function listSnapshotDays(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('churn_snapshot').select('day').distinct().orderBy('day').execute();
  return rows.map(({ day }) => day);
}

/** The snapshots of one month. */
export async function listSnapshots(db: Db, day: string): Promise<readonly SnapshotRow[]> {
  return db
    .selectFrom('churn_snapshot')
    .select(['account_id as accountId', 'day', 'index_logit as indexLogit', 'features'])
    .where('day', '=', day)
    .orderBy('account_id')
    .execute();
}

/** Makes these the only customers who have left. */
export async function replaceChurnedCustomers(
  trx: Trx,
  gone: readonly { readonly id: string; readonly endedOn: string; readonly since: string | null }[],
  computedAt: Date,
): Promise<void> {
  await trx.deleteFrom('churned_customer').execute();
  for (let from = 0; from < gone.length; from += CHUNK) {
    await trx
      .insertInto('churned_customer')
      .values(
        gone.slice(from, from + CHUNK).map(({ id, endedOn, since }) => ({
          account_id: id,
          left_on: endedOn,
          since,
          computed_at: computedAt,
        })),
      )
      .execute();
  }
}

export interface ChurnMonthRow {
  readonly month: string;
  readonly kind: 'actual' | 'running' | 'forecast';
  readonly customers: number | null;
  readonly lost: number | null;
  readonly rate: number | null;
  readonly rollingRate: number | null;
  readonly lowerRate: number | null;
  readonly upperRate: number | null;
  readonly note: string | null;
}

/** All months, oldest first; the forecast stands behind the month that runs. */
export async function listChurnMonths(db: Db): Promise<readonly ChurnMonthRow[]> {
  return db
    .selectFrom('churn_month')
    .select([
      'month',
      'kind',
      'customers',
      'lost',
      'rate',
      'rolling_rate as rollingRate',
      'lower_rate as lowerRate',
      'upper_rate as upperRate',
      'note',
    ])
    .orderBy('month')
    .orderBy(sql`array_position(array['actual', 'running', 'forecast'], kind)`)
    .execute();
}

/** Makes these the only months. */
export async function replaceChurnMonths(
  trx: Trx,
  rows: readonly ChurnMonthRow[],
  computedAt: Date,
): Promise<void> {
  await trx.deleteFrom('churn_month').execute();
  if (rows.length === 0) return;
  await trx
    .insertInto('churn_month')
    .values(
      rows.map((one) => ({
        id: stableId('churn_month', one.kind, one.month),
        month: one.month,
        kind: one.kind,
        computed_at: computedAt,
        customers: one.customers,
        lost: one.lost,
        rate: one.rate,
        rolling_rate: one.rollingRate,
        lower_rate: one.lowerRate,
        upper_rate: one.upperRate,
        note: one.note,
      })),
    )
    .execute();
}
