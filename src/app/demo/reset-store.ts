import { allowAuditChange } from '../../access/audit.ts';
import { type Store, sql } from '../../store/database.ts';
import { UserError } from '../../toolkit/issue.ts';
import { originOf } from './demo-origin.ts';

/**
 * Empties a store that holds nothing but an earlier demo.
 *
 * @throws UserError when there is anybody's data in it
 */
export async function resetStore(store: Store, home: string): Promise<void> {
  const origin = await originOf(store);
  if (origin.kind === 'foreign') {
    const where = store.engine === 'embedded' ? home : 'the database of DATABASE_URL';
    throw new UserError([
      {
        code: 'store-in-use',
        path: store.engine === 'embedded' ? 'HEED_HOME' : 'DATABASE_URL',
        message: `${where} holds imported data (source "${origin.source}"), and the demo starts from an empty store. Give it another place, for example HEED_HOME=.heed-demo npm run demo.`,
      },
    ]);
  }
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'
      and table_name not in ('schema_migration', 'asker_wall', 'audit_head')
  `.execute(store.db);
  await store.transaction(async (trx) => {
    // The audit trail goes on with an entry that seals what went.
    await allowAuditChange(trx, 'retention');
    for (const { name } of tables.rows) await sql`delete from ${sql.table(name)}`.execute(trx);
  });
}
