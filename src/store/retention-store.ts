import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { entities } from '../domain/record-fields.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;
type Trx = Transaction<Schema>;

/** Rows that are old enough to go. */
export interface Expired {
  readonly table: string;
  readonly key: readonly string[];
  /** Holds for rows `t` that may go. */
  readonly where: RawBuilder<unknown>;
  /** Columns that are emptied instead of the row being deleted. */
  readonly empty?: Readonly<Record<string, RawBuilder<unknown>>>;
  /** Column by whose order rows go, where that matters. */
  readonly oldestFirst?: string;
  /** Tables whose rows go first, by their column that names the row. */
  readonly with?: readonly { readonly table: string; readonly column: string }[];
}

const BEFORE_DELIVERY = sql`('new', 'sending', 'waiting', 'unclear')`;
const emptyBody = sql`'{"text": "", "blocks": []}'::jsonb`;

/** A message of an open alert, or of the alert that an open one shares its message with, is edited again. */
const ofOpenAlert = (message: RawBuilder<unknown>): RawBuilder<unknown> => sql`exists (
  select 1 from alert open where open.state <> 'resolved'
    and (open.id = ${message} or open.snapshot #>> '{delivery,messageOf}' = ${message}::text))`;

const expiry = {
  job_ticks: (before: Date) => [{ table: 'job_tick', key: ['job', 'slot'], where: sql`t.slot < ${before}` }],
  analysis_runs: (before: Date) => [
    {
      table: 'analysis_run',
      key: ['id'],
      where: sql`t.started_at < ${before} and t.state <> 'running'
        and not exists (select 1 from finding f where f.run_id = t.id)
        and t.id not in (select id from analysis_run where state = 'done' order by started_at desc, id desc limit 1)`,
    },
  ],
  inbox: (before: Date) => [{ table: 'inbox', key: ['key'], where: sql`t.handled_at < ${before}` }],
  idempotency_keys: (before: Date) => [
    {
      table: 'ingest_request',
      key: ['source', 'idempotency_key'],
      where: sql`t.received_at < ${before} and t.touched is null`,
    },
  ],
  sync_runs: (before: Date) => [
    {
      table: 'sync_run',
      key: ['id'],
      where: sql`t.started_at < ${before} and t.state <> 'running' and exists (
        select 1 from sync_run newer where newer.source = t.source and newer.started_at > t.started_at)`,
      with: [{ table: 'sync_reject', column: 'run_id' }],
    },
  ],
  sync_rejects: (before: Date) => [
    {
      table: 'sync_reject',
      key: ['run_id', 'ordinal'],
      where: sql`not exists (select 1 from sync_run r where r.id = t.run_id and (r.started_at >= ${before} or r.state = 'running'))`,
    },
  ],
  waiting_files: (before: Date) => [
    { table: 'outbox_file', key: ['id'], where: sql`t.created_at < ${before}` },
  ],
  answers: (before: Date) => [{ table: 'answer', key: ['id'], where: sql`t.asked_at < ${before}` }],
  resolved_alerts: (before: Date) => [
    {
      table: 'alert',
      key: ['id'],
      // One that was dismissed while its condition holds is what keeps the rule from firing again.
      where: sql`t.state = 'resolved' and t.resolved_at < ${before}
        and not (coalesce(t.resolve_reason, '') = 'expired' and t.misses = 0)
        and not exists (select 1 from outbox o where o.alert_id = t.id and o.state in ${BEFORE_DELIVERY})
        and not ${ofOpenAlert(sql`t.id`)}`,
      with: [
        { table: 'alert_event', column: 'alert_id' },
        { table: 'outbox', column: 'alert_id' },
      ],
    },
  ],
  message_bodies: (before: Date) => [
    {
      table: 'outbox',
      key: ['id'],
      where: sql`t.updated_at < ${before} and t.state in ('sent', 'dead') and t.body <> ${emptyBody}
        and (t.alert_id is null or not ${ofOpenAlert(sql`t.alert_id`)})`,
      empty: { body: emptyBody },
    },
  ],
  messages: (before: Date) => [
    {
      table: 'outbox',
      key: ['id'],
      where: sql`t.updated_at < ${before} and t.state in ('sent', 'dead') and t.alert_id is null
        and not exists (select 1 from outbox child where child.parent_id = t.id and child.state in ${BEFORE_DELIVERY})`,
    },
  ],
  health_scores: (before: Date) => [
    {
      table: 'health_score',
      key: ['account_id', 'profile', 'day'],
      where: sql`t.day < ${before}::timestamptz::date`,
    },
  ],
  churn_scores: (before: Date) => [
    {
      table: 'churn_score',
      key: ['account_id', 'day'],
      where: sql`t.day < ${before}::timestamptz::date`,
    },
    {
      table: 'churn_model',
      key: ['id'],
      // The newest is in use, however old it is.
      where: sql`t.created_at < ${before} and t.created_at < (select max(created_at) from churn_model)`,
    },
  ],
  model_usage: (before: Date) => [
    {
      table: 'model_usage',
      key: ['person_id', 'day'],
      where: sql`t.day < ${before}::timestamptz::date`,
    },
  ],
  agent_days: (before: Date) =>
    ['agent_day', 'agent_workload'].map((table) => ({
      table,
      key: ['person_id', 'day'],
      where: sql`t.day < ${before}::timestamptz::date`,
    })),
  anomalies: (before: Date) => [{ table: 'anomaly', key: ['id'], where: sql`t.bucket_start < ${before}` }],
  deleted_records: (before: Date) =>
    entities.map((table) => ({
      table,
      key: ['id'],
      // A record that an open alert is about stays until the alert is over.
      where: sql`t.deleted_at < ${before} and not exists (
        select 1 from alert a where a.state <> 'resolved' and (a.subject_id like t.id::text || '%' or a.account_id = t.id))`,
    })),
  conversation_text: (before: Date) => [
    {
      table: 'message',
      key: ['id'],
      where: sql`t.at < ${before} and (t.text is not null or t.raw is not null)`,
      empty: { text: sql`null`, raw: sql`null` },
    },
    {
      table: 'ticket_event',
      key: ['id'],
      where: sql`t.at < ${before} and (t.body is not null or t.raw is not null)`,
      empty: { body: sql`null`, raw: sql`null` },
    },
  ],
  usage_days: (before: Date) => [
    { table: 'usage_daily', key: ['id'], where: sql`t.day < ${before}::timestamptz::date` },
  ],
  // Its chain may lose its beginning but no link in the middle.
  audit_log: (before: Date) => [
    {
      table: 'audit_log',
      key: ['id'],
      where: sql`t.seq < coalesce((select min(y.seq) from audit_log y where y.at >= ${before}), (select last_seq + 1 from audit_head))`,
      oldestFirst: 'seq',
    },
  ],
} satisfies Readonly<Record<string, (before: Date) => readonly Expired[]>>;

/** What goes when a kind is kept since `before`, in order; tables that the database does not have are left out. */
export async function listExpired(
  db: Db,
  kind: keyof typeof expiry,
  before: Date,
): Promise<readonly Expired[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(
    db,
  );
  const present = new Set(rows.map(({ name }) => name));
  const parts: readonly Expired[] = expiry[kind](before);
  return parts.filter(({ table }) => present.has(table));
}

export async function countExpired(db: Db, expired: Expired): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(expired.table)} t where ${expired.where}`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Deletes or empties at most so many rows. Rows that somebody else has locked are left for another time, so a writer
 * never waits for longer than one batch.
 *
 * @returns rows that went; fewer than asked for means that nothing is left
 */
export async function pruneBatch(trx: Trx, expired: Expired, most: number): Promise<number> {
  const { table, key, where, empty } = expired;
  if (table === 'audit_log')
    await sql`select set_config('heed.audit_change', 'retention', true)`.execute(trx);
  const columns = key.map((column) => sql.ref(column));
  const picked = await sql<Record<string, unknown>>`
    select ${sql.join(key.map((column) => sql`t.${sql.ref(column)}::text as ${sql.ref(column)}`))}
    from ${sql.table(table)} t where ${where}
    ${expired.oldestFirst === undefined ? sql`` : sql`order by ${sql.ref(`t.${expired.oldestFirst}`)}`}
    limit ${most} for update of t skip locked`.execute(trx);
  if (picked.rows.length === 0) return 0;
  const lists = key.map((column) => sql`${picked.rows.map((row) => String(row[column]))}::text[]`);
  const isPicked = sql`(${sql.join(columns.map((column) => sql`${column}::text`))})
    in (select * from unnest(${sql.join(lists)}))`;
  for (const dependent of expired.with ?? [])
    await sql`
      delete from ${sql.table(dependent.table)} where ${sql.ref(dependent.column)} = any(${lists[0] ?? sql`null`}::uuid[])
    `.execute(trx);
  const result = empty
    ? await sql`
        update ${sql.table(table)} set ${sql.join(
          Object.entries(empty).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
        )} where ${key.length === 1 ? byId(key[0] ?? 'id', lists) : isPicked}`.execute(trx)
    : await sql`
        delete from ${sql.table(table)} where ${key.length === 1 ? byId(key[0] ?? 'id', lists) : isPicked}`.execute(
        trx,
      );
  return Number(result.numAffectedRows ?? 0n);
}

/** One column of ids finds its rows by index. */
const byId = (column: string, lists: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  column === 'id'
    ? sql`id = any(${lists[0] ?? sql`null`}::uuid[])`
    : sql`${sql.ref(column)} = any(${lists[0] ?? sql`null`})`;
