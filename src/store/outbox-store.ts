import { type Kysely, type QueryCreator, type Selectable, type SqlBool, sql } from 'kysely';
import { newId } from '../toolkit/ids.ts';
import { cleanText, toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;
type Lane = Selectable<Schema['outbox']>['lane'];

/** What a conversation should show. */
export interface NewMessage {
  /** Names the message once and for all, for example `alert:<id>:C123`. */
  readonly dedupeKey: string;
  readonly platform: string;
  readonly conversation: string;
  readonly threadId?: string | null;
  /** Outbox id of the message whose thread this one replies in. */
  readonly parentId?: string | null;
  readonly lane: Lane;
  readonly alertId?: string | null;
  readonly body: unknown;
}

export interface PutResult {
  readonly id: string;
  /** Revision that the conversation should show now. */
  readonly revision: number;
  readonly outcome: 'inserted' | 'revised' | 'unchanged' | 'dead';
}

/** A leased message. */
export interface ClaimedMessage {
  readonly id: string;
  readonly dedupeKey: string;
  readonly platform: string;
  readonly conversation: string;
  /** Thread to reply in: as given, or the parent message once that is posted. */
  readonly threadId: string | null;
  readonly lane: Lane;
  readonly alertId: string | null;
  readonly body: unknown;
  /** Revision of `body`; give it to `markSent`. */
  readonly wantedRevision: number;
  readonly attempts: number;
  /** Set with `messageId` null: an earlier request may have posted it, so look it up from here before sending. */
  readonly firstTryAt: Date | null;
  readonly channelId: string | null;
  readonly messageId: string | null;
  /** Image ids by key of the chart. */
  readonly images: Readonly<Record<string, string>>;
  readonly plainText: boolean;
  readonly leaseUntil: Date;
}

const OPEN_STATES = ['new', 'waiting', 'unclear', 'sending'] as const;

/**
 * Writes what a conversation should show, in the transaction of the change it tells about. The first time it inserts
 * revision 1; later a different body raises the revision and wakes a message that was sent, so that it is edited in
 * place; an equal body changes nothing. A dead message stays dead.
 */
export async function putMessage(trx: Db, message: NewMessage): Promise<PutResult> {
  const id = newId();
  const dedupeKey = cleanText(message.dedupeKey);
  const written = await trx
    .insertInto('outbox')
    .values({
      id,
      dedupe_key: dedupeKey,
      platform: message.platform,
      conversation: message.conversation,
      thread_id: message.threadId ?? null,
      parent_id: message.parentId ?? null,
      lane: message.lane,
      alert_id: message.alertId ?? null,
      body: toJson(message.body),
      state: 'new',
      created_at: nextPlaceInConversation(message),
    })
    .onConflict((conflict) =>
      conflict
        .column('dedupe_key')
        .doUpdateSet((eb) => ({
          body: eb.ref('excluded.body'),
          wanted_revision: eb('outbox.wanted_revision', '+', 1),
          state: sql`case when outbox.state = 'sent' then 'waiting' else outbox.state end`,
          attempts: sql`case when outbox.state = 'sent' then 0 else outbox.attempts end`,
          not_before: sql`case when outbox.state = 'sent' then now() else outbox.not_before end`,
          updated_at: sql`clock_timestamp()`,
        }))
        .where('outbox.state', '<>', 'dead')
        .where(sql<SqlBool>`outbox.body is distinct from excluded.body`),
    )
    .returning(['id', 'wanted_revision'])
    .executeTakeFirst();
  if (written) {
    const outcome = written.id === id ? 'inserted' : 'revised';
    return { id: written.id, revision: written.wanted_revision, outcome };
  }
  const existing = await trx
    .selectFrom('outbox')
    .select(['id', 'wanted_revision', 'state'])
    .where('dedupe_key', '=', dedupeKey)
    .executeTakeFirstOrThrow();
  const outcome = existing.state === 'dead' ? 'dead' : 'unchanged';
  return { id: existing.id, revision: existing.wanted_revision, outcome };
}

/** Later than every message of the conversation, also when the clock stood still or was set back. */
function nextPlaceInConversation(message: NewMessage) {
  return sql<Date>`greatest(clock_timestamp(), (
    select max(earlier.created_at) + interval '1 microsecond' from outbox as earlier
    where earlier.platform = ${message.platform} and earlier.conversation = ${message.conversation}))`;
}

/**
 * Claims messages that are due, answers first, and at most the oldest unfinished one of each conversation, so that a
 * conversation keeps its order. Left out are paused conversations and replies whose parent is not posted yet (a
 * parent that is dead is not waited for). A claim that ran out may be claimed again. Run it alone or in its own short
 * transaction: nothing is claimed before it commits.
 *
 * @param token new random uuid of this claim; every later mark names it and does nothing once the claim has passed on
 */
export async function claimDue(
  db: Db,
  limit: number,
  leaseSeconds: number,
  token: string,
): Promise<readonly ClaimedMessage[]> {
  const rows = await db
    .with('due', (cte) => dueMessages(cte, limit))
    .updateTable('outbox')
    .from('due')
    .set({
      state: 'sending',
      lease_token: token,
      lease_until: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .whereRef('outbox.id', '=', 'due.id')
    .returningAll('outbox')
    .returning('due.thread')
    .execute();
  return rows.sort(inOrder).map(toClaimed);
}

function dueMessages(db: QueryCreator<Schema>, limit: number) {
  return db
    .selectFrom('outbox as o')
    .select(['o.id', PARENT_THREAD.as('thread')])
    .where('o.state', 'in', OPEN_STATES)
    .where('o.not_before', '<=', sql<Date>`now()`)
    .where(sql<SqlBool>`(o.state <> 'sending' or o.lease_until <= now())`)
    .where(IS_OLDEST_OF_ITS_CONVERSATION)
    .where(IS_NOT_PAUSED)
    .where(HAS_ITS_PARENT)
    .orderBy(LANE_ORDER)
    .orderBy('o.created_at')
    .limit(limit)
    .forUpdate('o')
    .skipLocked();
}

const PARENT_THREAD = sql<string | null>`coalesce(o.thread_id,
  (select parent.message_id from outbox as parent where parent.id = o.parent_id))`;

const IS_OLDEST_OF_ITS_CONVERSATION = sql<SqlBool>`not exists (
  select 1 from outbox as older
  where older.platform = o.platform and older.conversation = o.conversation
    and older.state in ('new', 'waiting', 'unclear', 'sending')
    and (older.created_at, older.id) < (o.created_at, o.id))`;

const IS_NOT_PAUSED = sql<SqlBool>`not exists (
  select 1 from conversation_pace as pace
  where pace.platform = o.platform and pace.conversation = o.conversation and pace.next_at > now())`;

const HAS_ITS_PARENT = sql<SqlBool>`not exists (
  select 1 from outbox as parent
  where parent.id = o.parent_id and parent.message_id is null and parent.state <> 'dead')`;

/** Somebody waits for an answer; a digest can wait longest. */
const LANES: readonly Lane[] = ['answer', 'alert', 'digest'];
const LANE_ORDER = sql<number>`case o.lane when 'answer' then 0 when 'alert' then 1 else 2 end`;

type ClaimedRow = Selectable<Schema['outbox']> & { readonly thread: string | null };

function inOrder(a: ClaimedRow, b: ClaimedRow): number {
  return (
    LANES.indexOf(a.lane) - LANES.indexOf(b.lane) ||
    a.created_at.getTime() - b.created_at.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}

function toClaimed(row: ClaimedRow): ClaimedMessage {
  return {
    id: row.id,
    dedupeKey: row.dedupe_key,
    platform: row.platform,
    conversation: row.conversation,
    threadId: row.thread,
    lane: row.lane,
    alertId: row.alert_id,
    body: row.body,
    wantedRevision: row.wanted_revision,
    attempts: row.attempts,
    firstTryAt: row.first_try_at,
    channelId: row.channel_id,
    messageId: row.message_id,
    images: row.images as Readonly<Record<string, string>>,
    plainText: row.plain_text,
    leaseUntil: row.lease_until ?? row.updated_at,
  };
}
