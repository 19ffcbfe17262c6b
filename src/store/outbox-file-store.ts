import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

/** Keeps the bytes that a message of the outbox is to share, in the transaction that writes the message. */
export async function putOutboxFile(
  trx: Db,
  file: { readonly id: string; readonly outboxId: string; readonly content: Uint8Array },
): Promise<void> {
  await trx
    .insertInto('outbox_file')
    .values({ id: file.id, outbox_id: file.outboxId, content: Buffer.from(file.content) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Null when the file was shared already, or deleted by an erasure. */
export async function readOutboxFile(db: Db, id: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom('outbox_file').select('content').where('id', '=', id).executeTakeFirst();
  return row?.content ?? null;
}

/** Deletes the files of a message that is out. */
export async function dropOutboxFiles(db: Db, outboxId: string): Promise<void> {
  await db.deleteFrom('outbox_file').where('outbox_id', '=', outboxId).execute();
}

/** Deletes every file on its way: what is in it is not looked through. */
export async function dropAllOutboxFiles(db: Db): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('outbox_file').executeTakeFirst();
  return Number(numDeletedRows);
}
