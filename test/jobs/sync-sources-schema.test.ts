import { expect, it } from 'vitest';
import { commonFields, recordFields } from '../../src/domain/record-fields.ts';
import { sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';

const sqlNames: Readonly<Record<string, string>> = {
  text: 'text',
  word: 'text',
  integer: 'integer',
  count: 'bigint',
  money: 'numeric',
  number: 'double precision',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamp with time zone',
  json: 'jsonb',
  reference: 'uuid',
};

const bookkeeping = ['id', 'source', 'source_id', 'synced_at'];

describeStores('fields of records', (engine) => {
  it('are the columns of the migrated tables, with their types and their necessity', async () => {
    const store = await engine.open();
    const { rows } = await sql<{ table: string; column: string; type: string; needed: boolean }>`
      select table_name as "table", column_name as "column", data_type as type,
        (is_nullable = 'NO' and column_default is null) as needed
      from information_schema.columns where table_schema = 'public'
    `.execute(store.db);
    for (const [entity, own] of Object.entries(recordFields)) {
      const columns = rows.filter((row) => row.table === entity && !bookkeeping.includes(row.column));
      const expected = Object.entries({ ...own, ...commonFields }).map(([field, definition]) => ({
        column: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        type: sqlNames[definition.kind],
      }));
      const found = columns.map(({ column, type }) => ({ column, type }));
      const byName = (a: { column: string }, b: { column: string }) => a.column.localeCompare(b.column);
      expect({ entity, columns: found.sort(byName) }).toEqual({ entity, columns: expected.sort(byName) });
      for (const { column, needed } of columns) {
        const field = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
        const definition = (own as Readonly<Record<string, { required: boolean }>>)[field];
        // A column that the database needs must be required of every record.
        if (needed) expect([entity, column, definition?.required]).toEqual([entity, column, true]);
      }
    }
  });
});
