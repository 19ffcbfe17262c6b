import { createHash } from 'node:crypto';
import { type Store, sql } from '../../src/store/database.ts';

/** Tables and columns that tell of the work itself, not of what it left behind. */
const ownTables: ReadonlySet<string> = new Set(['sync_run', 'sync_reject', 'schema_migration']);
const ownColumns = ['synced_at'];

/**
 * A checksum per table with rows, over every column but those that say when a row was written.
 *
 * @param leaveOut further tables
 */
export async function checksums(
  store: Store,
  leaveOut: readonly string[] = [],
): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
  `.execute(store.db);
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    if (ownTables.has(name) || leaveOut.includes(name)) continue;
    const { rows } = await sql<{ line: string }>`
      select (to_jsonb(t) - ${ownColumns}::text[])::text as line from ${sql.table(name)} t order by 1
    `.execute(store.db);
    if (rows.length === 0) continue;
    const hash = createHash('sha256');
    for (const { line } of rows) hash.update(`${line}\n`);
    sums[name] = `${rows.length} rows ${hash.digest('hex').slice(0, 16)}`;
  }
  return sums;
}
