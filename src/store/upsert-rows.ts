import { sql, type Transaction } from 'kysely';
import type { Entity } from '../domain/records.ts';
import { columnsOf, type RecordColumn, type RecordRow } from './record-columns.ts';
import type { Schema } from './schema.ts';

/**
 * Inserts rows and changes those that are there. Each id may stand once among `rows`. A row that would change nothing
 * is not written, nor is one that is older (`updated_at`) than what is stored.
 *
 * @returns rows inserted or changed
 */
export async function upsertRows(
  trx: Transaction<Schema>,
  entity: Entity,
  rows: readonly RecordRow[],
): Promise<number> {
  let stored = 0;
  for (const group of byShape(entity, rows)) stored += await upsertShape(trx, entity, group);
  return stored;
}

interface ShapeGroup {
  /** Columns that every row of the group carries. */
  readonly columns: readonly RecordColumn[];
  readonly rows: RecordRow[];
}

/** Rows that carry the same columns go in one statement; a source has few such shapes. */
function byShape(entity: Entity, rows: readonly RecordRow[]): readonly ShapeGroup[] {
  const groups = new Map<string, ShapeGroup>();
  const all = columnsOf(entity);
  for (const row of rows) {
    const columns = all.filter(({ name }) => row[name] !== undefined);
    const key = columns.map(({ name }) => name).join(' ');
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { columns, rows: [row] });
  }
  return [...groups.values()];
}

async function upsertShape(
  trx: Transaction<Schema>,
  entity: Entity,
  { columns, rows }: ShapeGroup,
): Promise<number> {
  const table = sql.table(entity);
  // A required column that the rows lack can only be that of a stored row: an insert would check it before the
  // conflict is found, so it is given its stored value.
  const lacking = columnsOf(entity).filter(
    (column) => column.isRequired && !columns.some(({ name }) => name === column.name),
  );
  const names = [...columns, ...lacking].map(({ name }) => sql.ref(name));
  const given = columns.map(({ name, fallback }) => {
    const value = sql`r.${sql.ref(name)}`;
    return fallback === null ? value : sql`coalesce(${value}, ${fallback})`;
  });
  const stored = lacking.map(({ name }) => sql`t.${sql.ref(name)}`);
  const types = columns.map(({ name, type }) => sql`${sql.ref(name)} ${type}`);
  const result = await sql`
    insert into ${table} (id, source, source_id${list(names)})
    select r.id, r.source, r.source_id${list([...given, ...stored])}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id uuid, source text, source_id text${list(types)})
    ${lacking.length === 0 ? sql`` : sql`left join ${table} t on t.id = r.id`}
    on conflict (id) do ${columns.length === 0 ? sql`nothing` : setChanged(entity, columns)}
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

function setChanged(entity: Entity, columns: readonly RecordColumn[]) {
  const table = sql.table(entity);
  const names = columns.map(({ name }) => sql.ref(name));
  return sql`update set
    ${sql.join(names.map((name) => sql`${name} = excluded.${name}`))}, synced_at = now()
    where (${sql.join(names.map((name) => sql`${table}.${name}`))})
      is distinct from (${sql.join(names.map((name) => sql`excluded.${name}`))})
      and coalesce(${table}.updated_at <= excluded.updated_at, true)`;
}

const list = (parts: readonly ReturnType<typeof sql>[]) =>
  parts.length === 0 ? sql`` : sql`, ${sql.join(parts)}`;
