import { type Kysely, sql } from 'kysely';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

export interface SyncRunStart {
  readonly id: string;
  readonly source: string;
  /** Where it was read from, as the user named it. */
  readonly origin: string;
  readonly startedAt: Date;
  readonly owner: RunOwner;
}

/** Process that works on a run; the next start tells from it whether the run is still alive. */
export interface RunOwner {
  readonly host: string;
  readonly pid: number;
  /** Random per process, so that a process number that is used again is not taken for the same one. */
  readonly boot: string;
}

export interface RunningRun {
  readonly id: string;
  readonly source: string;
  readonly owner: RunOwner | null;
  readonly lastBeatAt: Date;
}

export interface SyncCounts {
  readonly rowsRead: number;
  readonly rowsStored: number;
  readonly rowsUnchanged: number;
  readonly rowsRejected: number;
}

export interface SyncRejectRow {
  readonly file: string;
  readonly line: number | null;
  readonly field: string | null;
  readonly reason: string;
  readonly value: string | null;
  /** What to do about it. */
  readonly fix?: string | null;
}

/** Opens a run: it is `running` until `finishRun`. */
export async function startRun(db: Kysely<Schema>, run: SyncRunStart): Promise<void> {
  await db
    .insertInto('sync_run')
    .values({
      id: run.id,
      source: run.source,
      origin: run.origin,
      state: 'running',
      started_at: run.startedAt,
      report: toJson({ owner: run.owner, beatAt: run.startedAt }),
    })
    .execute();
}

/** Shows that the run is alive and how far it has read. */
export async function beatRun(
  db: Kysely<Schema>,
  id: string,
  owner: RunOwner,
  at: Date,
  rowsRead: number,
): Promise<void> {
  await db
    .updateTable('sync_run')
    .set({ rows_read: rowsRead, report: toJson({ owner, beatAt: at }) })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/**
 * Closes a run. In the transaction of the load for `done`, so that a run is done exactly when its records are there.
 *
 * @returns false when the run was no longer `running`: another start has given it up, and the load must not commit
 */
export async function finishRun(
  db: Kysely<Schema>,
  id: string,
  state: 'done' | 'failed',
  at: Date,
  counts: SyncCounts,
  report: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const result = await db
    .updateTable('sync_run')
    .set({
      state,
      finished_at: at,
      rows_read: counts.rowsRead,
      rows_stored: counts.rowsStored,
      rows_unchanged: counts.rowsUnchanged,
      rows_rejected: counts.rowsRejected,
      report: toJson(report),
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Adds rejects to a run; `firstOrdinal` counts on from those added before. */
export async function saveRejects(
  db: Kysely<Schema>,
  runId: string,
  firstOrdinal: number,
  rejects: readonly SyncRejectRow[],
): Promise<void> {
  if (rejects.length === 0) return;
  const rows = rejects.map((reject, index) => ({ ...reject, ordinal: firstOrdinal + index }));
  await sql`
    insert into sync_reject (run_id, ordinal, file, line, field, reason, value, fix)
    select ${runId}::uuid, x.ordinal, x.file, x.line, x.field, x.reason, x.value, x.fix
    from jsonb_to_recordset(${toJson(rows)}::jsonb)
      as x(ordinal integer, file text, line integer, field text, reason text, value text, fix text)
    on conflict (run_id, ordinal) do nothing
  `.execute(db);
}

/** Rejects of a run in file order. */
export async function listRejects(
  db: Kysely<Schema>,
  runId: string,
  limit: number,
): Promise<readonly SyncRejectRow[]> {
  return db
    .selectFrom('sync_reject')
    .select(['file', 'line', 'field', 'reason', 'value', 'fix'])
    .where('run_id', '=', runId)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
}

/** Runs that say they are running; whether their process lives is for the caller to judge. */
export async function listRunningRuns(db: Kysely<Schema>): Promise<readonly RunningRun[]> {
  const rows = await db
    .selectFrom('sync_run')
    .select(['id', 'source', 'started_at', 'report'])
    .where('state', '=', 'running')
    .orderBy('started_at')
    .execute();
  return rows.map((row) => {
    const report = readRunning(row.report);
    return {
      id: row.id,
      source: row.source,
      owner: report.owner,
      lastBeatAt: report.beatAt ?? row.started_at,
    };
  });
}

/** Gives up a run whose process died. */
export async function abandonRun(db: Kysely<Schema>, id: string, at: Date): Promise<void> {
  const reason = {
    failure:
      'the process ended before it was done; a file was not stored at all, a live source goes on from where it was',
  };
  await db
    .updateTable('sync_run')
    .set({ state: 'failed', finished_at: at, report: toJson(reason) })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

function readRunning(report: unknown): { readonly owner: RunOwner | null; readonly beatAt: Date | null } {
  if (typeof report !== 'object' || report === null) return { owner: null, beatAt: null };
  const { owner, beatAt } = report as { readonly owner?: unknown; readonly beatAt?: unknown };
  const beat = typeof beatAt === 'string' ? new Date(beatAt) : null;
  return {
    owner: isOwner(owner) ? owner : null,
    beatAt: beat !== null && !Number.isNaN(beat.getTime()) ? beat : null,
  };
}

function isOwner(value: unknown): value is RunOwner {
  if (typeof value !== 'object' || value === null) return false;
  const { host, pid, boot } = value as Readonly<Record<string, unknown>>;
  return typeof host === 'string' && typeof pid === 'number' && typeof boot === 'string';
}

/** Accounts and people by name. */
export async function loadKnownNames(db: Kysely<Schema>) {
  const accounts = await db
    .selectFrom('account')
    .select(['id', 'source', 'source_id as sourceId', 'name', 'industry', 'region', 'tier'])
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  const people = await db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  return { accounts, people };
}

/**
 * Tickets by number and customer escalations with their dates, for readers of free text.
 *
 * @param ticketLimit the latest so many
 */
export async function loadKnownCases(db: Kysely<Schema>, ticketLimit: number) {
  const tickets = await db
    .selectFrom('ticket')
    .select(['id', 'number'])
    .where('number', 'is not', null)
    .where('deleted_at', 'is', null)
    .orderBy('opened_at', 'desc')
    .limit(ticketLimit)
    .execute();
  const escalations = await db
    .selectFrom('customer_escalation')
    .select(['ce_number as ceNumber', 'opened_at as openedAt'])
    .orderBy('ce_number')
    .execute();
  return {
    tickets: tickets.flatMap(({ id, number }) => (number === null ? [] : [{ id, number }])),
    escalations,
  };
}
