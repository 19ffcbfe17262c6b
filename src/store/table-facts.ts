import { type Kysely, sql } from 'kysely';
import type { TableFacts } from '../domain/table-facts.ts';
import type { Schema } from './schema.ts';

interface FactRow {
  readonly written: string;
  readonly kind: string;
  readonly column: string;
  readonly type: string;
  readonly is_unique: boolean;
  readonly is_readable: boolean;
  readonly is_in_ours: boolean;
}

/**
 * Columns, keys and rights of tables and views that are named `schema.table`; one that does not exist is absent.
 *
 * @param tables as written in a catalogue
 */
export async function readTableFacts(
  db: Kysely<Schema>,
  tables: readonly string[],
): Promise<ReadonlyMap<string, TableFacts>> {
  if (tables.length === 0) return new Map();
  const part = (index: number): readonly string[] => tables.map((table) => table.split('.')[index] ?? '');
  const { rows } = await sql<FactRow>`
    select w.written, c.relkind::text as kind, a.attname as column,
      format_type(a.atttypid, a.atttypmod) as type,
      exists (
        select from pg_index i
        where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indnkeyatts = 1
          and i.indkey[0] = a.attnum
      ) as is_unique,
      has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select') as is_readable,
      n.nspname = current_schema() as is_in_ours
    from unnest(${[...tables]}::text[], ${part(0)}::text[], ${part(1)}::text[]) as w (written, schema_name, table_name)
    join pg_namespace n on n.nspname = w.schema_name
    join pg_class c on c.relnamespace = n.oid and c.relname = w.table_name
      and c.relkind in ('r', 'p', 'v', 'm', 'f')
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`.execute(db);
  const facts = new Map<string, TableFacts>();
  for (const table of tables) {
    const own = rows.filter(({ written }) => written === table);
    const [first] = own;
    if (!first) continue;
    const namesOf = (some: readonly FactRow[]) => new Set(some.map(({ column }) => column));
    facts.set(table, {
      columns: new Map(own.map(({ column, type }) => [column, type])),
      readable: namesOf(own.filter((row) => row.is_readable)),
      unique: namesOf(own.filter((row) => row.is_unique)),
      kind: first.kind === 'v' ? 'view' : 'table',
      isInHeedsSchema: first.is_in_ours,
    });
  }
  return facts;
}

/** Whether a column of a view or table holds a value twice; for views, which have no keys. */
export async function holdsTwice(db: Kysely<Schema>, table: string, column: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${sql.table(table)} where ${sql.id(column)} is not null
    group by ${sql.id(column)} having count(*) > 1 limit 1`.execute(db);
  return rows.length > 0;
}
