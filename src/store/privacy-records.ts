import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { toJson } from './json.ts';
import { putMessage } from './outbox-store.ts';
import type { Schema } from './schema.ts';

type Trx = Transaction<Schema>;

/** Columns of ids, of any table, as the database has them. */
async function listIdColumns(trx: Kysely<Schema>) {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.table_name as table, c.column_name as column
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.data_type = 'uuid'
      and c.table_name not in ('erasure', 'suppression')
    order by 1, 2`.execute(trx);
  return rows;
}

/**
 * Gives records another id, wherever the old one stands in a column of ids.
 *
 * @returns rows changed by table
 */
export async function replaceIds(
  trx: Trx,
  ids: readonly { readonly old: string; readonly new: string }[],
): Promise<Readonly<Record<string, number>>> {
  const changed: Record<string, number> = {};
  const olds = ids.map((id) => id.old);
  const news = ids.map((id) => id.new);
  for (const { table, column } of await listIdColumns(trx)) {
    const name = sql.ref(column);
    const result = await sql`
      update ${sql.table(table)} t set ${name} = m.new_id
      from unnest(${olds}::uuid[], ${news}::uuid[]) as m(old_id, new_id)
      where t.${name} = m.old_id`.execute(trx);
    const count = Number(result.numAffectedRows ?? 0n);
    if (count > 0) changed[table] = (changed[table] ?? 0) + count;
  }
  return changed;
}

/** An erased colleague may not ask any more, and their links to chat platforms are gone. */
export async function closeAccess(
  trx: Trx,
  personIds: readonly string[],
  chatIds: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const people = sql`any(${[...personIds]}::uuid[])`;
  await sql`update person set active = false where id = ${people}`.execute(trx);
  const links = await sql`delete from chat_identity where person_id = ${people}`.execute(trx);
  const direct = chatIds.map((id) => `@${id}`);
  const paces = await sql`
    delete from conversation_pace where conversation = any(${[...chatIds, ...direct]}::text[])`.execute(trx);
  return {
    chat_identity: Number(links.numAffectedRows ?? 0n),
    conversation_pace: Number(paces.numAffectedRows ?? 0n),
  };
}

/** What a person sent to Heed: emptied, and not answered any more. The key stays, so that a repeat is recognised. */
export async function emptyInboxOf(trx: Trx, chatIds: readonly string[]): Promise<number> {
  const result = await sql`
    update inbox set body = '{}'::jsonb, handled_at = coalesce(handled_at, clock_timestamp())
    where body #>> '{who,chatUserId}' = any(${[...chatIds]}::text[])`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/** Messages in the direct conversation with a person: never sent again, and without the address. */
export async function closeDirectMessages(
  trx: Trx,
  chatIds: readonly string[],
  body: unknown,
): Promise<number> {
  const direct = chatIds.map((id) => `@${id}`);
  const result = await sql`
    update outbox set
      conversation = '@erased', channel_id = null, message_id = null, images = '{}'::jsonb, body = ${toJson(body)}::jsonb,
      state = case when state = 'sent' then 'sent' else 'dead' end,
      error = case when state = 'sent' then null else 'recipient_erased' end,
      lease_token = null, lease_until = null, updated_at = clock_timestamp()
    where conversation = any(${direct}::text[])`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

export interface RevisedMessage {
  readonly id: string;
  /** It is or may be in a conversation, so it is edited there. */
  readonly isPosted: boolean;
  /** Ids of pictures that the message no longer shows. */
  readonly images: readonly string[];
}

/** Gives a message another body: a new revision, which the relay edits in place. A dead one just changes. */
export async function reviseMessage(
  trx: Trx,
  id: string,
  body: unknown,
  dropImages: boolean,
): Promise<RevisedMessage> {
  const row = await trx.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  await putMessage(trx, {
    dedupeKey: row.dedupe_key,
    platform: row.platform,
    conversation: row.conversation,
    threadId: row.thread_id,
    parentId: row.parent_id,
    lane: row.lane,
    alertId: row.alert_id,
    body,
  });
  if (row.state === 'dead') {
    await trx
      .updateTable('outbox')
      .set({ body: toJson(body) })
      .where('id', '=', id)
      .execute();
  }
  const images = Object.values(row.images as Readonly<Record<string, string>>);
  if (dropImages && images.length > 0) {
    await trx
      .updateTable('outbox')
      .set({ images: toJson({}) })
      .where('id', '=', id)
      .execute();
  }
  const isPosted = row.state !== 'dead' && (row.message_id !== null || row.first_try_at !== null);
  return { id, isPosted, images: dropImages ? images : [] };
}

/** Messages about alerts of customers, with what they have to say from now on. */
export async function listMessagesOfAccounts(
  trx: Trx,
  accountIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from outbox o join alert a on a.id = o.alert_id
    where a.account_id = any(${[...accountIds]}::uuid[]) order by o.created_at, o.id`.execute(trx);
  return rows.map(({ id }) => id);
}

interface OwnedRows {
  readonly table: string;
  readonly belongsBy: readonly { readonly column: string; readonly to: string }[];
}

/**
 * Deletes the rows of one table that are part of customers.
 *
 * @param rules of every table: what a row belongs to may itself belong to a customer
 * @returns ids of the deleted rows where the table has such, and their number
 */
export async function deleteOwnedRows(
  trx: Trx,
  table: string,
  rules: readonly OwnedRows[],
  accountIds: readonly string[],
): Promise<{ readonly count: number; readonly ids: readonly string[] }> {
  const condition = ownedCondition(table, rules, accountIds);
  // Scores and the like are keyed by their account and have no id of their own.
  const result = await sql<{ id: string | null }>`
    delete from ${sql.table(table)} where ${condition}
    returning to_jsonb(${sql.table(table)}.*) ->> 'id' as id`.execute(trx);
  return { count: result.rows.length, ids: result.rows.flatMap(({ id }) => (id === null ? [] : [id])) };
}

/** How many rows `deleteOwnedRows` would delete. */
export async function countOwnedRows(
  db: Kysely<Schema>,
  table: string,
  rules: readonly OwnedRows[],
  accountIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table)} where ${ownedCondition(table, rules, accountIds)}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

function ownedCondition(
  table: string,
  rules: readonly OwnedRows[],
  ids: readonly string[],
): RawBuilder<boolean> {
  const rule = rules.find((one) => one.table === table);
  const parts = (rule?.belongsBy ?? []).map(({ column, to }) =>
    to === 'account'
      ? sql`${sql.ref(`${table}.${column}`)} = any(${[...ids]}::uuid[])`
      : sql`${sql.ref(`${table}.${column}`)} in (select id from ${sql.table(to)} where ${ownedCondition(to, rules, ids)})`,
  );
  return parts.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`coalesce(${sql.join(parts, sql` or `)}, false)`;
}

/** References of rows that stay to rows that go. */
const looseReferences: Readonly<Record<string, readonly (readonly [table: string, column: string])[]>> = {
  account: [['account', 'parent_id']],
  partner: [['opportunity', 'partner_id']],
  opportunity: [['lead', 'opportunity_id']],
  alert: [['outbox', 'alert_id']],
};

/** Takes away references to deleted rows. */
export async function clearReferences(trx: Trx, table: string, ids: readonly string[]): Promise<void> {
  for (const [from, column] of looseReferences[table] ?? []) {
    await sql`
      update ${sql.table(from)} set ${sql.ref(column)} = null where ${sql.ref(column)} = any(${[...ids]}::uuid[])
    `.execute(trx);
  }
}

export async function deleteAccounts(trx: Trx, accountIds: readonly string[]): Promise<number> {
  await clearReferences(trx, 'account', accountIds);
  const result = await sql`delete from account where id = any(${[...accountIds]}::uuid[])`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}
