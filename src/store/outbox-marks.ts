/*
 * What the relay notes about a message it has claimed. Every mark names the claim's token and changes nothing when the
 * claim has passed to another. All times are the database's.
 */
import { type Kysely, sql } from 'kysely';
import { cleanText, toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

/** The claim ran out before the request was made: nothing may be sent, another relay has the message. */
export class ClaimLostError extends Error {
  readonly code = 'claim-lost';
  constructor(id: string) {
    super(`the claim on message ${id} ran out before it was sent`);
    this.name = 'ClaimLostError';
  }
}

/** Where a message stands in the conversation. */
export interface PostedRef {
  readonly channelId: string;
  readonly messageId: string;
}

export interface Wait {
  readonly seconds: number;
  readonly error: string;
  /** False for what is nobody's failure, such as a rate limit. */
  readonly countAttempt: boolean;
  /** The request certainly did not post and none before it may have: no look-up is needed next time. */
  readonly clearTried: boolean;
}

/**
 * Notes that from now on the message may exist; must be committed before the request. Keeps the instant of the first
 * request: history is searched from there. Renews the lease: whatever was prepared before, the request has all of it.
 *
 * @throws ClaimLostError: nothing may be sent
 */
export async function markTried(db: Db, id: string, token: string, leaseSeconds: number): Promise<void> {
  const row = await claimed(db, id, token)
    .set({
      first_try_at: sql<Date>`coalesce(first_try_at, clock_timestamp())`,
      lease_until: sql<Date>`clock_timestamp() + make_interval(secs => ${leaseSeconds})`,
    })
    .where('lease_until', '>', sql<Date>`clock_timestamp()`)
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new ClaimLostError(id);
}

/** The conversation shows `revision`. When more was wanted meanwhile the message is due again, for an edit. */
export async function markSent(
  db: Db,
  id: string,
  token: string,
  revision: number,
  posted: PostedRef,
): Promise<void> {
  await claimed(db, id, token)
    .set({
      state: sql<
        'sent' | 'waiting'
      >`case when wanted_revision > ${revision}::integer then 'waiting' else 'sent' end`,
      sent_revision: revision,
      channel_id: posted.channelId,
      message_id: posted.messageId,
      posted_at: sql<Date>`coalesce(posted_at, clock_timestamp())`,
      attempts: 0,
      error: null,
      ...released(0),
    })
    .execute();
}

/** Nothing happened: try again after the pause. */
export async function markWaiting(db: Db, id: string, token: string, wait: Wait): Promise<void> {
  await claimed(db, id, token)
    .set({ state: 'waiting', ...failed(wait) })
    .execute();
}

/** It may have happened: only a look-up may follow, not before the pause is over. */
export async function markUnclear(db: Db, id: string, token: string, wait: Wait): Promise<void> {
  await claimed(db, id, token)
    .set({ state: 'unclear', ...failed({ ...wait, clearTried: false }) })
    .execute();
}

/** Given up for good; the conversation's next message may go. */
export async function markDead(db: Db, id: string, token: string, error: string): Promise<void> {
  await claimed(db, id, token)
    .set({ state: 'dead', error: cleanText(error), ...released(0) })
    .execute();
}

/** The platform refused the blocks: the message is due again, and from now on only its text is sent. */
export async function markPlainText(db: Db, id: string, token: string, error: string): Promise<void> {
  await claimed(db, id, token)
    .set({ state: 'waiting', plain_text: true, error: cleanText(error), ...released(0) })
    .execute();
}

/** The posted message was deleted by somebody: it is due again, to be posted anew. */
export async function forgetMessage(db: Db, id: string, token: string): Promise<void> {
  await claimed(db, id, token)
    .set({
      state: 'waiting',
      message_id: null,
      first_try_at: null,
      posted_at: null,
      sent_revision: 0,
      ...released(0),
    })
    .execute();
}

/** Remembers uploaded images (id by key of the chart), so that a second attempt uploads nothing twice. */
export async function saveImages(
  db: Db,
  id: string,
  token: string,
  images: Readonly<Record<string, string>>,
): Promise<void> {
  await claimed(db, id, token)
    .set({ images: sql<string>`images || ${toJson(images)}::jsonb` })
    .execute();
}

/** Nothing goes to the conversation before `seconds` have passed; a longer pause that is set already stays. */
export async function pauseConversation(
  db: Db,
  platform: string,
  conversation: string,
  seconds: number,
): Promise<void> {
  await db
    .insertInto('conversation_pace')
    .values({
      platform,
      conversation,
      next_at: sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`,
    })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'conversation']).doUpdateSet({
        next_at: sql<Date>`greatest(conversation_pace.next_at, excluded.next_at)`,
      }),
    )
    .execute();
}

function claimed(db: Db, id: string, token: string) {
  return db
    .updateTable('outbox')
    .where('id', '=', id)
    .where('lease_token', '=', token)
    .where('state', '=', 'sending');
}

function failed(wait: Wait) {
  return {
    error: cleanText(wait.error),
    attempts: wait.countAttempt ? sql<number>`attempts + 1` : sql<number>`attempts`,
    first_try_at: wait.clearTried ? null : sql<Date>`first_try_at`,
    ...released(wait.seconds),
  };
}

function released(notBeforeSeconds: number) {
  return {
    not_before: sql<Date>`clock_timestamp() + make_interval(secs => ${notBeforeSeconds})`,
    lease_token: null,
    lease_until: null,
  };
}
