import { type RawBuilder, sql, type Transaction } from 'kysely';
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
  const names = columns.map(({ name }) => sql.ref(name));
  const given = columns.map(({ name, fallback }) => {
    const value = sql`r.${sql.ref(name)}`;
    return fallback === null ? value : sql`coalesce(${value}, ${fallback})`;
  });
  const stored = columns.map(({ name }) => sql`t.${sql.ref(name)}`);
  const types = columns.map(({ name, type }) => sql`${sql.ref(name)} ${type}`);
  // Rows that would change nothing are left out before the insert, which would lock, and so write, each of them.
  const changes =
    columns.length === 0
      ? sql`t.id is null`
      : sql`t.id is null or (${sql.join(stored)}) is distinct from (${sql.join(given)})`;
  const result = await sql`
    insert into ${table} (id, source, source_id${list([...names, ...lacking.map(({ name }) => sql.ref(name))])})
    select r.id, r.source, r.source_id${list([...given, ...lacking.map(({ name }) => sql`t.${sql.ref(name)}`)])}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id uuid, source text, source_id text${list(types)})
    left join ${table} t on t.id = r.id
    where ${changes}
    on conflict (id) do ${columns.length === 0 ? sql`nothing` : setGiven(entity, names)}
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

function setGiven(entity: Entity, names: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const table = sql.table(entity);
  return sql`update set ${sql.join(names.map((name) => sql`${name} = excluded.${name}`))}, synced_at = now()
    where coalesce(${table}.updated_at <= excluded.updated_at, true)`;
}

const list = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0 ? sql`` : sql`, ${sql.join(parts)}`;
