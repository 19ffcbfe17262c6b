import { type Store, sql } from '../../store/database.ts';
import { UserError } from '../../toolkit/issue.ts';

/** Names under which the demo imports its world; anything else in the store belongs to somebody. */
export const demoOrigin = 'demo-world';
export const demoSignalsSource = 'demo-signals';

/**
 * Empties a store that holds nothing but an earlier demo.
 *
 * @throws UserError when there is anybody's data in it
 */
export async function resetStore(store: Store, home: string): Promise<void> {
  const foreign = await store.db
    .selectFrom('sync_run')
    .select(['source', 'origin'])
    .where('origin', '<>', demoOrigin)
    .where('source', '<>', demoSignalsSource)
    .limit(1)
    .executeTakeFirst();
  if (foreign !== undefined) {
    const where = store.engine === 'embedded' ? home : 'the database of DATABASE_URL';
    throw new UserError([
      {
        code: 'store-in-use',
        path: store.engine === 'embedded' ? 'HEED_HOME' : 'DATABASE_URL',
        message: `${where} holds imported data (source "${foreign.source}"), and the demo starts from an empty store. Give it another place, for example HEED_HOME=.heed-demo npm run demo.`,
      },
    ]);
  }
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name <> 'schema_migration'
  `.execute(store.db);
  await store.transaction(async (trx) => {
    for (const { name } of tables.rows) await sql`delete from ${sql.table(name)}`.execute(trx);
  });
}
