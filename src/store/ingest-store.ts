import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { AnyRecord, Entity } from '../domain/records.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

export interface IngestRequestRow {
  readonly source: string;
  readonly key: string;
  readonly requestHash: string;
  readonly signature: string;
  readonly kind: string;
  readonly status: number;
  readonly answer: string;
  readonly receivedAt: Date;
  /** Null: there is nothing to analyse. */
  readonly touched: TouchedIds | null;
}

/** Ids of what a change of records concerns. */
export interface TouchedIds {
  readonly accounts: readonly string[];
  readonly tickets: readonly string[];
  readonly escalations: readonly string[];
  readonly deals: readonly string[];
}

/** What was answered to a request that stored something. */
export type StoredAnswer = Pick<IngestRequestRow, 'requestHash' | 'status' | 'answer'>;

export async function findIngestAnswer(db: Db, source: string, key: string): Promise<StoredAnswer | null> {
  const row = await db
    .selectFrom('ingest_request')
    .select(['request_hash as requestHash', 'status', 'answer'])
    .where('source', '=', source)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Keeps a request with its answer, in the transaction that stores its records.
 *
 * @returns false when its key or its signature was taken already: then the transaction must not commit
 */
export async function saveIngestRequest(
  trx: Transaction<Schema>,
  request: IngestRequestRow,
): Promise<boolean> {
  const row = await trx
    .insertInto('ingest_request')
    .values({
      source: request.source,
      idempotency_key: request.key,
      request_hash: request.requestHash,
      signature: request.signature,
      kind: request.kind,
      status: request.status,
      answer: request.answer,
      received_at: request.receivedAt,
      touched: request.touched === null ? null : toJson(request.touched),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('source')
    .executeTakeFirst();
  return row !== undefined;
}

/** A request whose records are stored and have not been analysed. */
export interface UnanalysedRequest {
  readonly source: string;
  readonly key: string;
  /** As it was stored; to be checked. */
  readonly touched: unknown;
}

/** Oldest first; those that came before `since` have been seen by the analyser. */
export async function listUnanalysed(
  db: Db,
  range: { readonly since: Date; readonly until: Date },
  limit: number,
): Promise<readonly UnanalysedRequest[]> {
  return db
    .selectFrom('ingest_request')
    .select(['source', 'idempotency_key as key', 'touched'])
    .where('touched', 'is not', null)
    .where('received_at', '>=', range.since)
    .where('received_at', '<=', range.until)
    .orderBy('received_at')
    .limit(limit)
    .execute();
}

/** Notes that what these requests touched has been analysed. */
export async function markAnalysed(
  db: Db,
  requests: readonly { readonly source: string; readonly key: string }[],
): Promise<void> {
  if (requests.length === 0) return;
  await sql`
    update ingest_request set touched = null
    from jsonb_to_recordset(${toJson(requests)}::jsonb) as done(source text, key text)
    where ingest_request.source = done.source and ingest_request.idempotency_key = done.key
  `.execute(db);
}

/**
 * Forgets requests that came before a moment; sent again later they would be stored again. For the retention job.
 *
 * @returns how many are gone
 */
export async function deleteIngestRequestsBefore(db: Db, before: Date): Promise<number> {
  const gone = await db.deleteFrom('ingest_request').where('received_at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** Those of the ids that are stored. */
export async function listStoredIds(
  db: Db,
  entity: Entity,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(entity)} where id = any(${[...ids]}::uuid[])
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Ids of stored usage by `<account id>/<day>`: a customer has one row a day, whoever reports it. */
export async function findUsageIds(
  db: Db,
  records: readonly AnyRecord[],
): Promise<ReadonlyMap<string, string>> {
  // A record that changes a stored one may lack both.
  const usage: readonly { readonly accountId?: string; readonly day?: string }[] = records.filter(
    (record) => record.entity === 'usage_daily',
  );
  const days = usage.flatMap(({ accountId, day }) =>
    accountId === undefined || day === undefined ? [] : [{ account_id: accountId, day }],
  );
  if (days.length === 0) return new Map();
  const { rows } = await sql<{ id: string; account_id: string; day: string }>`
    select u.id, u.account_id, u.day from usage_daily u
    join jsonb_to_recordset(${toJson(days)}::jsonb) as x(account_id uuid, day date)
      on x.account_id = u.account_id and x.day = u.day
  `.execute(db);
  return new Map(rows.map(({ id, account_id, day }) => [`${account_id}/${day}`, id]));
}

const id = sql.ref('id');
const accountId = sql.ref('account_id');
/** Of tickets and customer escalations only the tone concerns the health of the account. */
const accountByTone = sql`case when sentiment_score is not null then account_id end`;

/** What of a row says what a change of it concerns. */
const concerns: Readonly<
  Partial<Record<Entity, { readonly [K in keyof TouchedIds]?: RawBuilder<unknown> | undefined }>>
> = {
  account: { accounts: id },
  usage_daily: { accounts: accountId },
  incident: { accounts: accountId },
  survey_response: { accounts: accountId },
  ticket: { tickets: id, accounts: accountByTone },
  ticket_event: { tickets: sql.ref('ticket_id') },
  customer_escalation: { escalations: id, accounts: accountByTone },
  opportunity: { deals: id },
  opportunity_stage_event: { deals: sql.ref('opportunity_id') },
};

export const nothingTouched: TouchedIds = { accounts: [], tickets: [], escalations: [], deals: [] };

/** What these records concern as they are stored now; null: nothing that the analyser looks at by itself. */
export async function readTouched(
  db: Db,
  entity: Entity,
  ids: readonly string[],
): Promise<TouchedIds | null> {
  const columns = concerns[entity];
  if (columns === undefined) return null;
  const column = (known: RawBuilder<unknown> | undefined) => known ?? sql`null::uuid`;
  const { rows } = await sql<{ [K in keyof TouchedIds]: string | null }>`
    select ${column(columns.accounts)} as accounts, ${column(columns.tickets)} as tickets,
      ${column(columns.escalations)} as escalations, ${column(columns.deals)} as deals
    from ${sql.table(entity)} where id = any(${[...ids]}::uuid[])
  `.execute(db);
  const distinct = (name: keyof TouchedIds) => [...new Set(rows.flatMap((row) => row[name] ?? []))];
  return {
    accounts: distinct('accounts'),
    tickets: distinct('tickets'),
    escalations: distinct('escalations'),
    deals: distinct('deals'),
  };
}
