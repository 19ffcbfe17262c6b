import { randomBytes } from 'node:crypto';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;
type Trx = Transaction<Schema>;

/** Rows changed and deleted by table, and the messages whose posted copies have to change. */
export interface ErasureCounts {
  readonly changed: Readonly<Record<string, number>>;
  readonly deleted: Readonly<Record<string, number>>;
  /** Outbox ids. */
  readonly messages: readonly string[];
  /** Ids by which the platform knows uploaded pictures that are no longer shown. */
  readonly images: readonly string[];
  readonly files: Readonly<Record<string, number>>;
}

export interface ErasureRow {
  readonly id: string;
  readonly kind: 'person' | 'account';
  readonly state: 'running' | 'done';
  readonly step: string;
  /** As the step left it; parse before use. */
  readonly progress: unknown;
  /** Null once the names are forgotten; parse before use. */
  readonly subject: unknown;
  readonly pseudonym: string;
  readonly counts: ErasureCounts;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

export interface NewErasure {
  readonly id: string;
  readonly kind: ErasureRow['kind'];
  readonly step: string;
  readonly subject: unknown;
  readonly pseudonym: string;
  readonly startedAt: Date;
}

const nothing: ErasureCounts = { changed: {}, deleted: {}, messages: [], images: [], files: {} };

/**
 * Opens an erasure. Waits for loads of records that have begun: each holds a share of the key's lock, so that none can
 * store somebody whom it did not find on the list.
 *
 * @returns key of the suppression list
 */
export async function insertErasure(trx: Trx, erasure: NewErasure): Promise<string> {
  await trx
    .insertInto('privacy_key')
    .values({ id: 1, key: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const { key } = await trx
    .selectFrom('privacy_key')
    .select('key')
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('erasure')
    .values({
      id: erasure.id,
      kind: erasure.kind,
      state: 'running',
      step: erasure.step,
      subject: toJson(erasure.subject),
      pseudonym: erasure.pseudonym,
      counts: toJson(nothing),
      started_at: erasure.startedAt,
    })
    .execute();
  return key;
}

/** The erasure, locked until the transaction ends, so that two processes never do the same step at once. */
export async function lockErasure(trx: Trx, id: string): Promise<ErasureRow | null> {
  const row = await trx.selectFrom('erasure').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? null : toErasure(row);
}

/** What a step did and what is next, in the transaction of the step. */
export async function saveErasureProgress(
  trx: Trx,
  id: string,
  next: { readonly step: string; readonly progress: unknown; readonly counts: ErasureCounts },
): Promise<void> {
  await trx
    .updateTable('erasure')
    .set({ step: next.step, progress: toJson(next.progress), counts: toJson(next.counts) })
    .where('id', '=', id)
    .execute();
}

/** Removes what names the person from the erasure itself. */
export async function forgetErasureSubject(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('erasure').set({ subject: null }).where('id', '=', id).execute();
}

export async function finishErasure(trx: Trx, id: string, at: Date): Promise<void> {
  await trx.updateTable('erasure').set({ state: 'done', finished_at: at }).where('id', '=', id).execute();
}

/** Erasures, newest first. */
export async function listErasures(db: Db, which: 'running' | 'all'): Promise<readonly ErasureRow[]> {
  const rows = await db
    .selectFrom('erasure')
    .selectAll()
    .$if(which === 'running', (query) => query.where('state', '=', 'running'))
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toErasure);
}

/** How many of these messages show what they should; those that were given up never will. */
export async function countMessageStates(
  db: Db,
  ids: readonly string[],
): Promise<{ readonly edited: number; readonly waiting: number; readonly givenUp: number }> {
  const row = await db
    .selectFrom('outbox')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('state', '=', 'sent').as('edited'),
      fn.countAll<number>().filterWhere('state', 'not in', ['sent', 'dead']).as('waiting'),
      fn.countAll<number>().filterWhere('state', '=', 'dead').as('givenUp'),
    ])
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .executeTakeFirstOrThrow();
  return row;
}

function toErasure(row: Selectable<Schema['erasure']>): ErasureRow {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    step: row.step,
    progress: row.progress,
    subject: row.subject,
    pseudonym: row.pseudonym,
    // Written by this file alone.
    counts: row.counts as ErasureCounts,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
