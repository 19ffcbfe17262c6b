import { type Kysely, sql, type Transaction } from 'kysely';
import { entities, type FieldDefinition, recordFields } from '../domain/record-fields.ts';
import type { AnyRecord, Entity } from '../domain/records.ts';
import { rowOf, toColumn } from './record-columns.ts';
import { createRecordLoad, type LoadedEntity } from './record-load.ts';
import type { Schema } from './schema.ts';

/** Stores the records of a page or an event; see `createRecordLoad` for what happens to each. */
export async function storeRecords(
  trx: Transaction<Schema>,
  source: string,
  records: readonly AnyRecord[],
): Promise<readonly LoadedEntity[]> {
  const load = createRecordLoad(trx, source);
  for (const entity of new Set(records.map((record) => record.entity))) {
    const rows = records.filter((record) => record.entity === entity).map(rowOf);
    await load.add(entity, rows);
  }
  return load.loaded;
}

export interface OrphanCount {
  readonly entity: Entity;
  readonly field: string;
  readonly refersTo: Entity;
  readonly count: number;
}

/** Counts records of a source that name a record which is not stored. Read-only. */
export async function countOrphans(
  db: Kysely<Schema>,
  source: string,
  ofEntities: readonly Entity[],
): Promise<readonly OrphanCount[]> {
  const counts: OrphanCount[] = [];
  for (const entity of ofEntities) {
    for (const [field, definition] of Object.entries<FieldDefinition>(recordFields[entity])) {
      if (definition.kind !== 'reference') continue;
      const column = sql.ref(`c.${toColumn(field)}`);
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from ${sql.table(entity)} c
        where c.source = ${source} and ${column} is not null
          and not exists (select 1 from ${sql.table(definition.to)} p where p.id = ${column})
      `.execute(db);
      const count = rows[0]?.count ?? 0;
      if (count > 0) counts.push({ entity, field, refersTo: definition.to, count });
    }
  }
  return counts;
}

export interface AccountMerge {
  readonly from: string;
  readonly into: string;
}

/**
 * Makes one account of two that turned out to be the same customer: everything that points at the first points at the
 * second, and the first is marked deleted with the id of its successor.
 */
export async function mergeAccounts(
  trx: Transaction<Schema>,
  merges: readonly AccountMerge[],
  at: Date,
): Promise<void> {
  if (merges.length === 0) return;
  const from = merges.map((merge) => merge.from);
  const into = merges.map((merge) => merge.into);
  const pairs = sql`unnest(${from}::uuid[], ${into}::uuid[]) as m(old_id, new_id)`;
  for (const [table, column] of referencesTo('account')) {
    await sql`
      update ${sql.table(table)} t set ${sql.ref(column)} = m.new_id from ${pairs}
      where t.${sql.ref(column)} = m.old_id
    `.execute(trx);
  }
  await sql`
    update account t set deleted_at = ${at},
      raw = coalesce(t.raw, '{}'::jsonb) || jsonb_build_object('mergedInto', m.new_id)
    from ${pairs} where t.id = m.old_id
  `.execute(trx);
}

/** Columns of imported records that hold the id of an entity. */
const referencesTo = (entity: Entity): readonly (readonly [Entity, string])[] =>
  entities.flatMap((table) =>
    Object.entries(recordFields[table])
      .filter(([, definition]) => definition.kind === 'reference' && definition.to === entity)
      .map(([field]) => [table, toColumn(field)] as const),
  );
