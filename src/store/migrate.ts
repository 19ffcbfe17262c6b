import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery, sql, type Transaction } from 'kysely';
import { packagePath } from '../toolkit/package-root.ts';
import type { Store } from './database.ts';
import { sqlState } from './errors.ts';
import type { Schema } from './schema.ts';
import { splitStatements } from './split-statements.ts';

export interface MigrationState {
  /** File name without extension, for example `0001_people_and_accounts`. */
  readonly name: string;
  readonly state: 'applied' | 'pending' | 'changed' | 'unknown';
  readonly appliedAt: Date | null;
}

export interface MigrationReport {
  /** Names applied by this call, in order. */
  readonly applied: readonly string[];
  readonly alreadyApplied: number;
}

/** The files and the database disagree; the message says what to do. */
class MigrationError extends Error {
  readonly code = 'migration';
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'MigrationError';
  }
}

interface MigrationFile {
  readonly name: string;
  readonly checksum: string;
  readonly statements: readonly string[];
}

interface AppliedRow {
  readonly name: string;
  readonly checksum: string;
  readonly applied_at: Date;
}

/**
 * Applies what is missing, in order of name, each file in one transaction whose first statement claims the file's
 * row: a second replica waits for it and then finds it taken. No advisory lock is needed.
 *
 * @param onProgress called with the name of each file before it is applied
 * @param folder default: `migrations/` beside package.json
 * @throws MigrationError when an applied file was changed, or the database is newer than this program
 */
export async function migrateUp(
  store: Store,
  onProgress: (name: string) => void = () => undefined,
  folder: string = packagePath('migrations'),
): Promise<MigrationReport> {
  const files = readMigrations(folder);
  await createTable(store);
  const known = await readApplied(store);
  refuseDisagreement(files, known);
  const applied: string[] = [];
  if (files.some((file) => !known.has(file.name))) await lowerWall(store);
  for (const file of files) {
    if (known.has(file.name)) continue;
    onProgress(file.name);
    if (await store.transaction((trx) => apply(trx, file))) applied.push(file.name);
  }
  return { applied, alreadyApplied: files.length - applied.length };
}

/**
 * Policies and views rest on columns, which could then not be changed; whoever opens the database for questions puts
 * them back.
 */
async function lowerWall(store: Store): Promise<void> {
  const found = await sql`select 1 from pg_proc where proname = 'lower_asker_wall'`.execute(store.db);
  if (found.rows.length > 0) await store.transaction((trx) => sql`select lower_asker_wall()`.execute(trx));
}

/** State of every known file, in order of name. Reads only. */
export async function migrationStatus(
  store: Store,
  folder: string = packagePath('migrations'),
): Promise<readonly MigrationState[]> {
  const files = readMigrations(folder);
  const known = (await tableExists(store)) ? await readApplied(store) : new Map<string, AppliedRow>();
  const names = new Set([...files.map((file) => file.name), ...known.keys()]);
  return [...names].sort().map((name) => {
    const file = files.find((candidate) => candidate.name === name);
    const row = known.get(name);
    const state = !row
      ? 'pending'
      : !file
        ? 'unknown'
        : row.checksum === file.checksum
          ? 'applied'
          : 'changed';
    return { name, state, appliedAt: row?.applied_at ?? null };
  });
}

function readMigrations(folder: string): MigrationFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((fileName) => {
    // The same file checked out with other line ends is still the same file.
    const text = readFileSync(join(folder, fileName), 'utf8').replaceAll('\r\n', '\n');
    const checksum = createHash('sha256').update(text).digest('hex');
    return { name: fileName.replace(/\.sql$/, ''), checksum, statements: splitStatements(text) };
  });
}

function refuseDisagreement(files: readonly MigrationFile[], known: ReadonlyMap<string, AppliedRow>): void {
  const changed = files.filter((file) => {
    const row = known.get(file.name);
    return row !== undefined && row.checksum !== file.checksum;
  });
  if (changed.length > 0) {
    throw new MigrationError(
      `${changed.map((file) => file.name).join(', ')} was changed after it had been applied to this database; ` +
        'restore the file as it was and put the change into a new migration with the next number',
    );
  }
  const names = new Set(files.map((file) => file.name));
  const unknown = [...known.keys()].filter((name) => !names.has(name));
  if (unknown.length > 0) {
    throw new MigrationError(
      `this database was migrated by a newer version (${unknown.join(', ')}); start that version or newer, ` +
        'or restore a backup from before the upgrade',
    );
  }
}

async function apply(trx: Transaction<Schema>, file: MigrationFile): Promise<boolean> {
  const claimed = await sql`
    insert into schema_migration (name, checksum) values (${file.name}, ${file.checksum})
    on conflict (name) do nothing returning name`.execute(trx);
  if (claimed.rows.length === 0) return false;
  for (const statement of file.statements) {
    try {
      await trx.executeQuery(CompiledQuery.raw(statement));
    } catch (error) {
      if (sqlState(error) === undefined || sqlState(error) === '40001' || sqlState(error) === '40P01')
        throw error;
      const first = statement.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('--'));
      const reason = error instanceof Error ? error.message : String(error);
      throw new MigrationError(
        `${file.name} failed at "${first ?? ''}": ${reason}; nothing of it was kept`,
        error,
      );
    }
  }
  return true;
}

async function readApplied(store: Store): Promise<Map<string, AppliedRow>> {
  const result = await sql<AppliedRow>`select name, checksum, applied_at from schema_migration`.execute(
    store.db,
  );
  return new Map(result.rows.map((row) => [row.name, row]));
}

async function tableExists(store: Store): Promise<boolean> {
  const result = await sql`
    select 1 from information_schema.tables
    where table_schema = current_schema() and table_name = 'schema_migration'`.execute(store.db);
  return result.rows.length > 0;
}

/** `if not exists` is not safe against a twin that creates it at the same moment: 23505 or 42P07 then mean "done". */
async function createTable(store: Store): Promise<void> {
  if (await tableExists(store)) return;
  try {
    await sql`
      create table if not exists schema_migration (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`.execute(store.db);
  } catch (error) {
    if (!['23505', '42P07', '42710'].includes(sqlState(error) ?? '')) throw error;
  }
}
