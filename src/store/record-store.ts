import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { commonFields, entities, type FieldDefinition, recordFields } from '../domain/record-fields.ts';
import type { AnyRecord, Entity } from '../domain/records.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** A record in the staging area: its place in the source decides which of two with the same id came last. */
export interface StagedRecord {
  readonly ordinal: number;
  readonly record: AnyRecord;
}

export interface AppliedEntity {
  readonly entity: Entity;
  /** Records staged, duplicates included. */
  readonly staged: number;
  /** Inserted or changed. */
  readonly stored: number;
  readonly unchanged: number;
  /** Same id as another staged record; the one with the latest `updatedAt`, else the last one, was kept. */
  readonly duplicates: number;
}

/** Rows of one upsert: small enough for a socket message, large enough that its overhead does not count. */
const APPLY_BATCH = 2_000;

/** Puts records into the staging area of a run. Nothing reads them until `applyStaged`. */
export async function stageRecords(
  db: Kysely<Schema>,
  runId: string,
  records: readonly StagedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ ordinal, record }) => ({
    e: record.entity,
    o: ordinal,
    r: record.id,
    b: toRow(record),
  }));
  await sql`
    insert into import_stage (run_id, entity, ordinal, record_id, body)
    select ${runId}::uuid, x.e, x.o, x.r, x.b
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as x(e text, o bigint, r uuid, b jsonb)
  `.execute(db);
}

/**
 * Moves the staged records of a run into their tables. Fields that a record does not carry keep their stored value;
 * rows that would not change are not written. Call it inside a transaction.
 *
 * @throws the driver's error when a row breaks a constraint; nothing of the transaction remains then
 */
export async function applyStaged(
  trx: Transaction<Schema>,
  runId: string,
): Promise<readonly AppliedEntity[]> {
  const counted = await sql<{ entity: Entity; staged: number; highest: number }>`
    select entity, count(*) as staged, max(ordinal) as highest
    from import_stage where run_id = ${runId} group by entity order by entity
  `.execute(trx);
  const duplicates = await dropDuplicates(trx, runId);
  const applied: AppliedEntity[] = [];
  for (const { entity, staged, highest } of counted.rows) {
    let stored = 0;
    for (let from = 0; from <= highest; from += APPLY_BATCH) {
      stored += await upsertRange(trx, runId, entity, from, from + APPLY_BATCH);
    }
    const dropped = duplicates.get(entity) ?? 0;
    applied.push({ entity, staged, stored, unchanged: staged - dropped - stored, duplicates: dropped });
  }
  return applied;
}

/** An `on conflict` statement may touch a row once only, so each id keeps its latest record. */
async function dropDuplicates(trx: Transaction<Schema>, runId: string): Promise<ReadonlyMap<string, number>> {
  const dropped = await sql<{ entity: string; count: number }>`
    with ranked as (
      select entity, ordinal, row_number() over (
        partition by entity, record_id
        order by (body->>'updated_at')::timestamptz desc nulls last, ordinal desc
      ) as place
      from import_stage where run_id = ${runId}
    ), gone as (
      delete from import_stage s using ranked r
      where s.run_id = ${runId} and s.entity = r.entity and s.ordinal = r.ordinal and r.place > 1
      returning s.entity
    )
    select entity, count(*) as count from gone group by entity
  `.execute(trx);
  return new Map(dropped.rows.map((row) => [row.entity, row.count]));
}

async function upsertRange(
  trx: Transaction<Schema>,
  runId: string,
  entity: Entity,
  from: number,
  to: number,
): Promise<number> {
  return upsertFrom(
    trx,
    entity,
    sql`(select record_id, body from import_stage
      where run_id = ${runId} and entity = ${entity} and ordinal >= ${from} and ordinal < ${to})`,
  );
}

/**
 * Stores records of one entity without the staging area, by the same rules as `applyStaged`: for a few records that
 * come by themselves. No id may occur twice.
 *
 * @returns how many were inserted or changed
 */
export async function upsertRecords(
  trx: Transaction<Schema>,
  entity: Entity,
  records: readonly AnyRecord[],
): Promise<number> {
  const rows = records.map((record) => ({ record_id: record.id, body: toRow(record) }));
  return upsertFrom(
    trx,
    entity,
    sql`jsonb_to_recordset(${toJson(rows)}::jsonb)`,
    sql`(record_id uuid, body jsonb)`,
  );
}

/** @param rows of `record_id` and `body`, each id once */
async function upsertFrom(
  trx: Transaction<Schema>,
  entity: Entity,
  rows: RawBuilder<unknown>,
  rowType: RawBuilder<unknown> = sql``,
): Promise<number> {
  const columns = columnsOf(entity);
  const table = sql.table(entity);
  const names = columns.map((column) => sql.ref(column.name));
  const values = columns.map(
    (column) => sql`
    ${column.fallback === null ? sql`` : sql`coalesce(`}
    case when s.body ? ${column.name} then r.${sql.ref(column.name)} else t.${sql.ref(column.name)} end
    ${column.fallback === null ? sql`` : sql`, ${column.fallback})`}`,
  );
  const result = await sql`
    insert into ${table} (id, source, source_id, ${sql.join(names)})
    select s.record_id, coalesce(t.source, r.source), coalesce(t.source_id, r.source_id), ${sql.join(values)}
    from ${rows} as s${rowType}
    cross join lateral jsonb_to_record(s.body) as r(source text, source_id text, ${sql.join(
      columns.map((column) => sql`${sql.ref(column.name)} ${column.type}`),
    )})
    left join ${table} t on t.id = s.record_id
    on conflict (id) do update set
      ${sql.join(columns.map((column) => sql`${sql.ref(column.name)} = excluded.${sql.ref(column.name)}`))},
      synced_at = now()
    where (${sql.join(columns.map((column) => sql`${table}.${sql.ref(column.name)}`))})
      is distinct from (${sql.join(columns.map((column) => sql`excluded.${sql.ref(column.name)}`))})
  `.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

interface Column {
  readonly name: string;
  readonly field: string;
  readonly type: RawBuilder<unknown>;
  /** Value of a column that may not be null. */
  readonly fallback: RawBuilder<unknown> | null;
}

const cache = new Map<Entity, readonly Column[]>();

function columnsOf(entity: Entity): readonly Column[] {
  const known = cache.get(entity);
  if (known) return known;
  const fields = Object.entries<FieldDefinition>({ ...recordFields[entity], ...commonFields });
  const columns = fields.map(([field, definition]): Column => {
    const name = toColumn(field);
    return { name, field, type: sqlType(definition), fallback: fallbackOf(definition) };
  });
  cache.set(entity, columns);
  return columns;
}

const fallbackOf = ({ fallback }: FieldDefinition): RawBuilder<unknown> | null =>
  fallback === undefined ? null : sql`${fallback}`;

function sqlType(definition: FieldDefinition): RawBuilder<unknown> {
  switch (definition.kind) {
    case 'text':
    case 'word':
      return sql`text`;
    case 'integer':
      return sql`integer`;
    case 'count':
      return sql`bigint`;
    case 'money':
      return sql`numeric(18, 2)`;
    case 'number':
      return sql`double precision`;
    case 'boolean':
      return sql`boolean`;
    case 'date':
      return sql`date`;
    case 'instant':
      return sql`timestamptz`;
    case 'json':
      return sql`jsonb`;
    case 'reference':
      return sql`uuid`;
    default:
      return exhaustive(definition);
  }
}

const toColumn = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The record's own fields under their column names; absent ones stay absent. */
function toRow(record: AnyRecord): Record<string, unknown> {
  const row: Record<string, unknown> = { source: record.source, source_id: record.sourceId };
  const values = record as unknown as Readonly<Record<string, unknown>>;
  for (const { field, name } of columnsOf(record.entity)) {
    if (values[field] !== undefined) row[name] = values[field];
  }
  return row;
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
  entities: readonly Entity[],
): Promise<readonly OrphanCount[]> {
  const counts: OrphanCount[] = [];
  for (const entity of entities) {
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

/**
 * Makes one account of two that turned out to be the same customer: everything that points at the first points at the
 * second, and the first is marked deleted with the id of its successor.
 */
export async function mergeAccount(
  trx: Transaction<Schema>,
  from: string,
  into: string,
  at: Date,
): Promise<void> {
  for (const [table, column] of referencesTo('account')) {
    await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${into} where ${sql.ref(column)} = ${from}
    `.execute(trx);
  }
  await sql`
    update account set deleted_at = ${at}, raw = coalesce(raw, '{}'::jsonb) || ${toJson({ mergedInto: into })}::jsonb
    where id = ${from}
  `.execute(trx);
}

/** Columns of imported records that hold the id of an entity. */
const referencesTo = (entity: Entity): readonly (readonly [Entity, string])[] =>
  entities.flatMap((table) =>
    Object.entries(recordFields[table])
      .filter(([, definition]) => definition.kind === 'reference' && definition.to === entity)
      .map(([field]) => [table, toColumn(field)] as const),
  );
