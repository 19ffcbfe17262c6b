import { type Kysely, sql } from 'kysely';
import { sqlState } from './errors.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

/** What is left of deleted values after `compactTable` and `endCompaction`, and who has to see to it. */
export interface CompactReport {
  /** Tables that could not be rewritten, with the reason. */
  readonly skipped: Readonly<Record<string, string>>;
  /** The write-ahead log holds nothing from before; always false on a server, where it is the administrator's. */
  readonly isLogClean: boolean;
  /** The checkpoint was made: until then replaced files may still be on the disk. */
  readonly isCheckpointDone: boolean;
}

/** Old versions of rows cannot go yet: a transaction that began before they were erased still runs on the server. */
export class CompactionBlockedError extends Error {
  readonly code = 'compaction-blocked';
  constructor(holder: string) {
    super(
      `what was erased cannot leave the database files yet, because an older transaction still runs (${holder}); ` +
        'when it has ended, run heed privacy resume',
    );
    this.name = 'CompactionBlockedError';
  }
}

const LOOK_AGAIN_MS = 250;

/**
 * Waits until no transaction runs that began before now, in any database of the server: rewriting a table keeps every
 * version of a row that such a one might see (`pg_snapshot_xmin`).
 *
 * @throws CompactionBlockedError after `limitMs`
 */
export async function waitForOlderTransactions(db: Db, limitMs: number): Promise<void> {
  const now = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db);
  const id = now.rows[0]?.id ?? '0';
  const until = performance.now() + limitMs;
  for (;;) {
    // Writers of any database count, and whoever reads this one from an older snapshot.
    const { rows } = await sql<{ clear: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot())::text::numeric > ${id}::numeric and not exists (
        select 1 from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
          and age(backend_xmin) >= age(${id}::xid8::xid)) as clear`.execute(db);
    if (rows[0]?.clear === true) return;
    if (performance.now() >= until) throw new CompactionBlockedError(await describeOldest(db));
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

async function describeOldest(db: Db): Promise<string> {
  const { rows } = await sql<{ holder: string }>`
    select 'process ' || pid || ' in database ' || coalesce(datname, '?') || ' since ' || xact_start::text as holder
    from pg_stat_activity
    where pid <> pg_backend_pid() and (backend_xid is not null or backend_xmin is not null) and xact_start is not null
    order by xact_start limit 1`.execute(db);
  return rows[0]?.holder ?? 'perhaps a prepared one: see pg_prepared_xacts';
}

/** Tables of the schema, in order of name. */
export async function listTables(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * Rewrites a table, so that no old version of a row is left in its files. Locks the table while it does; embedded, and
 * on a server whose user owns the table. Cannot run inside a transaction.
 *
 * @returns why it could not be done; null when it was
 */
export async function compactTable(db: Db, table: string): Promise<string | null> {
  try {
    await sql`vacuum full ${sql.table(table)}`.execute(db);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * What stands outside of tables: the planner's statistics, which hold sample values, and the write-ahead log. On the
 * embedded engine every segment that was written before or is kept for reuse is used up and removed.
 *
 * @throws CompactionBlockedError on a server, when a transaction from before the new statistics outlasts `limitMs`
 */
export async function endCompaction(
  db: Db,
  engine: 'embedded' | 'server',
  skipped: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<CompactReport> {
  const reasons: Record<string, string> = { ...skipped };
  const note = (what: string, reason: string | null): void => {
    if (reason !== null) reasons[what] = reason;
  };
  note('statistics', await attempt(() => sql`analyze`.execute(db)));
  // The samples became old rows only now. What began since the erasure, an analyze of the server's own included, would
  // have them carried over into the new file.
  if (engine === 'server') await waitForOlderTransactions(db, limitMs);
  for (const catalogue of ['pg_statistic', 'pg_statistic_ext_data'])
    note(
      catalogue,
      await attempt(() => sql`vacuum full ${sql.table(`pg_catalog.${catalogue}`)}`.execute(db)),
    );
  if (engine === 'server') {
    const failure = await attempt(() => sql`checkpoint`.execute(db));
    note('checkpoint', failure);
    return { skipped: reasons, isLogClean: false, isCheckpointDone: failure === null };
  }
  await useUpLog(db);
  return { skipped: reasons, isLogClean: true, isCheckpointDone: true };
}

/**
 * A segment of the log that is no longer needed is kept under a later name and keeps its old bytes until it is written
 * again. Without recycling (`wal_recycle`) a checkpoint removes old segments instead; switching (`pg_switch_wal`) once
 * per segment that is there overwrites those that were kept before.
 */
async function useUpLog(db: Db): Promise<void> {
  await sql`set wal_recycle = off`.execute(db);
  await sql`checkpoint`.execute(db);
  const { rows } = await sql<{ count: number }>`select count(*) as count from pg_ls_waldir()`.execute(db);
  for (let segment = 0; segment <= (rows[0]?.count ?? 0); segment += 1) {
    // A switch does nothing in a segment that is still empty.
    await sql`select pg_create_restore_point('privacy')`.execute(db);
    await sql`select pg_switch_wal()`.execute(db);
  }
  await sql`checkpoint`.execute(db);
  await sql`reset wal_recycle`.execute(db);
}

async function attempt(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Only what the database refuses by itself is a reason; a lost connection is the caller's business. */
function reasonOf(error: unknown): string {
  if (sqlState(error) === undefined || !(error instanceof Error)) throw error;
  return error.message;
}
