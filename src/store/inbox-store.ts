import { type Kysely, sql } from 'kysely';
import { cleanText, toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** An incoming event that was accepted and not handled to its end yet. */
export interface InboxItem {
  readonly key: string;
  readonly kind: string;
  readonly receivedAt: Date;
  /** As it was given to `accept`; parse it before use. */
  readonly body: unknown;
}

/**
 * Notes an incoming event before any work is done for it; false when its key was seen before.
 *
 * @param key what makes the event unique, for example `slack:T1:Ev123`
 */
export async function accept(db: Kysely<Schema>, key: string, kind: string, body: unknown): Promise<boolean> {
  const row = await db
    .insertInto('inbox')
    .values({ key: cleanText(key), kind, body: toJson(body) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst();
  return row !== undefined;
}

/** The event was answered or refused; best called in the transaction that writes the answer to the outbox. */
export async function markHandled(db: Kysely<Schema>, key: string): Promise<void> {
  await db
    .updateTable('inbox')
    .set({ handled_at: sql`clock_timestamp()` })
    .where('key', '=', cleanText(key))
    .where('handled_at', 'is', null)
    .execute();
}

/** Events whose handling was cut off, oldest first: taken up again after a restart. */
export async function listUnhandled(
  db: Kysely<Schema>,
  olderThanSeconds: number,
  limit = 100,
): Promise<readonly InboxItem[]> {
  const rows = await db
    .selectFrom('inbox')
    .select(['key', 'kind', 'received_at', 'body'])
    .where('handled_at', 'is', null)
    .where('received_at', '<=', sql<Date>`clock_timestamp() - make_interval(secs => ${olderThanSeconds})`)
    .orderBy('received_at')
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map(({ key, kind, received_at, body }) => ({ key, kind, receivedAt: received_at, body }));
}
