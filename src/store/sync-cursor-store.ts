import { type Kysely, sql, type Transaction } from 'kysely';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** How far a stream of a live source has been read. */
export interface StreamState {
  readonly source: string;
  readonly stream: string;
  /** The connector's own value. */
  readonly cursor: unknown;
  readonly rowsStored: number;
  readonly updatedAt: Date;
  /** Last time that it was read to its end; null: never yet. */
  readonly completeAt: Date | null;
}

export interface StreamStep {
  readonly source: string;
  readonly stream: string;
  readonly cursor: unknown;
  /** Rows that this page inserted or changed. */
  readonly rowsStored: number;
  readonly at: Date;
  /** The system had nothing newer. */
  readonly isComplete: boolean;
}

/** Writes how far a stream has come; in the transaction that stores the page. */
export async function saveCursor(trx: Transaction<Schema>, step: StreamStep): Promise<void> {
  await trx
    .insertInto('sync_cursor')
    .values({
      source: step.source,
      stream: step.stream,
      cursor: toJson(step.cursor),
      rows_stored: step.rowsStored,
      updated_at: step.at,
      complete_at: step.isComplete ? step.at : null,
    })
    .onConflict((conflict) =>
      conflict.columns(['source', 'stream']).doUpdateSet((eb) => ({
        cursor: eb.ref('excluded.cursor'),
        rows_stored: eb('sync_cursor.rows_stored', '+', eb.ref('excluded.rows_stored')),
        updated_at: eb.ref('excluded.updated_at'),
        complete_at: sql<Date | null>`coalesce(excluded.complete_at, sync_cursor.complete_at)`,
      })),
    )
    .execute();
}

/** Streams in the order in which they were first read. */
export async function listStreams(db: Kysely<Schema>, source?: string): Promise<readonly StreamState[]> {
  const rows = await db
    .selectFrom('sync_cursor')
    .selectAll()
    .$if(source !== undefined, (query) => query.where('source', '=', source ?? ''))
    .orderBy('source')
    .orderBy('stream')
    .execute();
  return rows.map((row) => ({
    source: row.source,
    stream: row.stream,
    cursor: row.cursor,
    rowsStored: row.rows_stored,
    updatedAt: row.updated_at,
    completeAt: row.complete_at,
  }));
}

/** Forgets how far streams have been read: they are read again from the beginning. */
export async function forgetCursors(
  db: Kysely<Schema>,
  source: string,
  streams: readonly string[],
): Promise<void> {
  await db
    .deleteFrom('sync_cursor')
    .where('source', '=', source)
    .where('stream', 'in', [...streams])
    .execute();
}

export interface SourceState {
  readonly source: string;
  /** The last run, whatever became of it. */
  readonly runId: string;
  readonly origin: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly rowsRead: number;
  readonly rowsStored: number;
  readonly rowsRejected: number;
  readonly report: unknown;
  /** When a run was last done; null: none was. */
  readonly lastDoneAt: Date | null;
}

/** The last run of every source that was ever imported or synced. */
export async function listSources(db: Kysely<Schema>): Promise<readonly SourceState[]> {
  const { rows } = await sql<SourceState>`
    select r.source, r.id as "runId", r.origin, r.state, r.started_at as "startedAt",
      r.finished_at as "finishedAt", r.rows_read as "rowsRead", r.rows_stored as "rowsStored",
      r.rows_rejected as "rowsRejected", r.report,
      (select max(d.finished_at) from sync_run d where d.source = r.source and d.state = 'done') as "lastDoneAt"
    from sync_run r
    where r.id = (
      select l.id from sync_run l where l.source = r.source order by l.started_at desc, l.id desc limit 1
    )
    order by r.source
  `.execute(db);
  return rows;
}

/** Live records of a source, by entity; entities without any are left out. */
export async function countRecords(
  db: Kysely<Schema>,
  source: string,
  entities: readonly string[],
): Promise<readonly { readonly entity: string; readonly records: number }[]> {
  const counts = await Promise.all(
    entities.map(async (entity) => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from ${sql.table(entity)} where source = ${source} and deleted_at is null
      `.execute(db);
      return { entity, records: rows[0]?.count ?? 0 };
    }),
  );
  return counts.filter(({ records }) => records > 0);
}
