import type { Insertable, Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Customer escalations raised in a span, newest first, with the weekday in a zone (1 = Monday). One without a category
 * has the topic of its text.
 */
export async function listRaisedEscalations(
  db: Kysely<Schema>,
  span: { readonly from: Date; readonly until: Date; readonly zone: string; readonly most: number },
) {
  const { rows } = await sql<{
    ceNumber: string;
    title: string;
    accountId: string | null;
    account: string | null;
    category: string | null;
    weekday: number;
    openedAt: Date;
    rootCause: string | null;
  }>`
    select ce.ce_number as "ceNumber", ce.title, ce.account_id as "accountId", account.name as account,
           coalesce(ce.category, score.topic) as category, ce.opened_at as "openedAt", ce.root_cause as "rootCause",
           extract(isodow from ce.opened_at at time zone ${span.zone})::integer as weekday
      from customer_escalation ce
      left join account on account.id = ce.account_id
      left join text_score score on score.id = ce.id
     where ce.deleted_at is null and ce.opened_at > ${span.from} and ce.opened_at <= ${span.until}
     order by ce.opened_at desc, ce.id limit ${span.most}`.execute(db);
  return rows;
}

/** Customer escalations raised in a span, by category. */
export async function countRaisedByCategory(db: Kysely<Schema>, from: Date, until: Date) {
  const { rows } = await sql<{ category: string; count: number }>`
    select coalesce(ce.category, score.topic) as category, count(*) as count
      from customer_escalation ce left join text_score score on score.id = ce.id
     where ce.deleted_at is null and ce.opened_at > ${from} and ce.opened_at <= ${until}
       and coalesce(ce.category, score.topic) is not null
     group by 1`.execute(db);
  return rows;
}

/** Tickets opened in a span, by account. */
export async function countTicketsByAccount(db: Kysely<Schema>, from: Date, until: Date) {
  const { rows } = await sql<{ accountId: string; account: string | null; count: number }>`
    select counted.account_id as "accountId", account.name as account, counted.count
      from (select account_id, count(*) as count from ticket
             where deleted_at is null and account_id is not null and opened_at > ${from} and opened_at <= ${until}
             group by account_id) counted
      left join account on account.id = counted.account_id`.execute(db);
  return rows;
}

/** Tickets opened in a span, by weekday in a zone (1 = Monday). */
export async function countTicketsByWeekday(db: Kysely<Schema>, from: Date, until: Date, zone: string) {
  const { rows } = await sql<{ weekday: number; count: number }>`
    select extract(isodow from opened_at at time zone ${zone})::integer as weekday, count(*) as count
      from ticket where deleted_at is null and opened_at > ${from} and opened_at <= ${until}
     group by 1`.execute(db);
  return rows;
}

export type PatternRow = Insertable<Schema['escalation_pattern']>;

/** Makes these the only patterns. */
export async function replaceEscalationPatterns(
  trx: Transaction<Schema>,
  rows: readonly PatternRow[],
): Promise<void> {
  await trx.deleteFrom('escalation_pattern').execute();
  if (rows.length > 0)
    await trx
      .insertInto('escalation_pattern')
      .values([...rows])
      .execute();
}

/**
 * Brings the hot shards in line with what customer escalations say of them.
 *
 * @param since escalations stored before it are as they were; null: all are looked at
 * @returns rows written or deleted
 */
export async function refreshHotShards(
  trx: Transaction<Schema>,
  since: Date | null,
  computedAt: Date,
): Promise<number> {
  const changed = since === null ? sql`true` : sql`ce.synced_at >= ${since}`;
  const said = sql`ce.deleted_at is null and jsonb_typeof(ce.hot_shard) = 'object'`;
  const written = await sql`
    insert into hot_shard (id, cluster, table_name, shard, skew_ratio, computed_at)
    select ce.id, ce.hot_shard ->> 'cluster', ce.hot_shard ->> 'table', ce.hot_shard ->> 'shard',
           case when jsonb_typeof(ce.hot_shard -> 'skewRatio') = 'number'
                then (ce.hot_shard ->> 'skewRatio')::double precision end,
           ${computedAt}
      from customer_escalation ce where ${said} and ${changed}
    on conflict (id) do update set cluster = excluded.cluster, table_name = excluded.table_name,
      shard = excluded.shard, skew_ratio = excluded.skew_ratio, computed_at = excluded.computed_at`.execute(
    trx,
  );
  const gone = await sql`
    delete from hot_shard h where not exists (
      select 1 from customer_escalation ce where ce.id = h.id and ${said})`.execute(trx);
  return Number(written.numAffectedRows ?? 0) + Number(gone.numAffectedRows ?? 0);
}
