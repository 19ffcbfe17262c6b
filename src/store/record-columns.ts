import { type RawBuilder, sql } from 'kysely';
import { commonFields, type FieldDefinition, recordFields } from '../domain/record-fields.ts';
import type { AnyRecord, Entity } from '../domain/records.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';

/** A column of a record's table, beside `id`, `source` and `source_id`. */
export interface RecordColumn {
  readonly name: string;
  readonly field: string;
  readonly type: RawBuilder<unknown>;
  readonly isRequired: boolean;
  /** What stands there when no source has said; null for a column that may be null or that a record must give. */
  readonly fallback: boolean | number | null;
}

const cache = new Map<Entity, readonly RecordColumn[]>();

export function columnsOf(entity: Entity): readonly RecordColumn[] {
  const known = cache.get(entity);
  if (known) return known;
  const fields = Object.entries<FieldDefinition>({ ...recordFields[entity], ...commonFields });
  const columns = fields.map(
    ([field, definition]): RecordColumn => ({
      name: toColumn(field),
      field,
      type: sqlType(definition),
      isRequired: definition.required,
      fallback: definition.fallback ?? null,
    }),
  );
  cache.set(entity, columns);
  return columns;
}

export const toColumn = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Cell = string | number | boolean | null | object;

/** A record as its table has it: JSON values by column. A column that is not there keeps what is stored. */
export interface RecordRow {
  readonly id: string;
  readonly source: string;
  readonly source_id: string;
  /** ISO 8601. */
  readonly updated_at?: string | null;
  readonly [column: string]: Cell | undefined;
}

export function rowOf(record: AnyRecord): RecordRow {
  const row: Record<string, Cell> & { id: string; source: string; source_id: string } = {
    id: record.id,
    source: record.source,
    source_id: record.sourceId,
  };
  const values = record as unknown as Readonly<Record<string, Cell | undefined>>;
  for (const { field, name } of columnsOf(record.entity)) {
    const value = values[field];
    if (value !== undefined) row[name] = value instanceof Date ? value.toISOString() : value;
  }
  return row;
}

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
