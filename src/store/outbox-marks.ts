import { type Kysely, sql } from 'kysely';
import { cleanText, toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

/*
 * What the relay notes about a message it has claimed. Each names the claim's token and returns false (or null) when
 * the claim has passed to another: the caller then leaves the message alone.
 */

/**
 * Notes that a request is about to be made; must be committed before the request. Counts an attempt, and renews the
 * lease: whatever was prepared before, the request itself has the whole of it.
 *
 * @returns the database's time of the first request ever made for this message: history is searched from there. Null
 * when the claim ran out: nothing may be sent.
 */
export async function markTried(
  db: Db,
  id: string,
  token: string,
  leaseSeconds: number,
): Promise<Date | null> {
  const row = await claimed(db, id, token)
    .set({
      first_try_at: sql<Date>`coalesce(first_try_at, clock_timestamp())`,
      attempts: sql<number>`attempts + 1`,
      lease_until: sql<Date>`clock_timestamp() + make_interval(secs => ${leaseSeconds})`,
    })
    .where('lease_until', '>', sql<Date>`clock_timestamp()`)
    .returning('first_try_at')
    .executeTakeFirst();
  return row?.first_try_at ?? null;
}

/** Where a message stands in the conversation. */
export interface PostedAs {
  readonly channelId: string;
  readonly messageId: string;
}

/** The conversation shows `revision`. When a newer one is wanted meanwhile, the message is due again, for an edit. */
export async function markSent(
  db: Db,
  id: string,
  token: string,
  revision: number,
  posted: PostedAs,
): Promise<boolean> {
  const row = await claimed(db, id, token)
    .set({
      state: sql<
        'sent' | 'waiting'
      >`case when wanted_revision > ${revision}::integer then 'waiting' else 'sent' end`,
      sent_revision: revision,
      channel_id: posted.channelId,
      message_id: posted.messageId,
      posted_at: sql`coalesce(posted_at, clock_timestamp())`,
      attempts: 0,
      error: null,
      ...released(0),
    })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** It is certain that the request changed nothing (refused, rate limited): try again after a pause. */
export async function markWaiting(
  db: Db,
  id: string,
  token: string,
  notBeforeSeconds: number,
  error: string,
  options: { readonly countsAsAttempt: boolean } = { countsAsAttempt: true },
): Promise<boolean> {
  const row = await claimed(db, id, token)
    .set({
      state: 'waiting',
      error: cleanText(error),
      attempts: options.countsAsAttempt ? sql<number>`attempts` : sql<number>`greatest(attempts - 1, 0)`,
      ...released(notBeforeSeconds),
    })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The request may have posted: only a look-up may decide, after the pause. */
export async function markUnclear(
  db: Db,
  id: string,
  token: string,
  notBeforeSeconds: number,
  error: string,
): Promise<boolean> {
  const row = await claimed(db, id, token)
    .set({ state: 'unclear', error: cleanText(error), ...released(notBeforeSeconds) })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Given up for good; the conversation's next message may go. */
export async function markDead(db: Db, id: string, token: string, error: string): Promise<boolean> {
  const row = await claimed(db, id, token)
    .set({ state: 'dead', error: cleanText(error), ...released(0) })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Remembers uploaded images (id by hash of the chart), so that a second attempt uploads nothing twice. */
export async function saveImages(
  db: Db,
  id: string,
  token: string,
  images: Readonly<Record<string, string>>,
): Promise<boolean> {
  const row = await claimed(db, id, token)
    .set({ images: sql<string>`images || ${toJson(images)}::jsonb` })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The platform refused the blocks: from now on the message is sent as plain text. */
export async function markPlainText(db: Db, id: string, token: string): Promise<boolean> {
  const row = await claimed(db, id, token).set({ plain_text: true }).returning('id').executeTakeFirst();
  return row !== undefined;
}

/** Somebody deleted the posted message: it is due again, as a new one. */
export async function forgetMessage(db: Db, id: string, token: string): Promise<boolean> {
  const row = await claimed(db, id, token)
    .set({ state: 'waiting', message_id: null, first_try_at: null, sent_revision: 0, ...released(0) })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
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

export interface OutboxDepth {
  /** Messages that still have to go out or be edited. */
  readonly open: number;
  /** Seconds that the oldest has waited: a new message since it was written, an edit since it was last changed. */
  readonly oldestAgeSeconds: number;
  readonly dead: number;
}

/** For the health page and the metrics. */
export async function outboxDepth(db: Db): Promise<OutboxDepth> {
  const row = await db
    .selectFrom('outbox')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('state', 'in', ['new', 'waiting', 'unclear', 'sending']).as('open'),
      fn.countAll<number>().filterWhere('state', '=', 'dead').as('dead'),
      sql<number>`coalesce(extract(epoch from clock_timestamp() - min(case when posted_at is null then created_at else updated_at end)
        filter (where state in ('new', 'waiting', 'unclear', 'sending'))), 0)::double precision`.as('age'),
    ])
    .executeTakeFirstOrThrow();
  return { open: row.open, dead: row.dead, oldestAgeSeconds: Math.max(0, row.age) };
}

function claimed(db: Db, id: string, token: string) {
  return db
    .updateTable('outbox')
    .where('id', '=', id)
    .where('lease_token', '=', token)
    .where('state', '=', 'sending');
}

function released(notBeforeSeconds: number) {
  return {
    not_before: sql<Date>`clock_timestamp() + make_interval(secs => ${notBeforeSeconds})`,
    lease_token: null,
    lease_until: null,
  };
}
