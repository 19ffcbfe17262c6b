import { type RawBuilder, sql } from 'kysely';
import type { EntityDefinition, StoredColumn } from '../../catalogue/catalogue.ts';

/**
 * A column of a table as the catalogue lists it, quoted; anything else is a bug and never reaches the database. Text of
 * a table of one's own is cast, so that enums, fixed-width and case-insensitive columns compare as text does.
 */
export function columnRef(alias: string, entity: EntityDefinition, column: string): RawBuilder<unknown> {
  if (!Object.hasOwn(entity.columns, column))
    throw new Error(`table ${entity.table} has no column ${column}`);
  const stored = entity.stored && Object.hasOwn(entity.stored, column) ? entity.stored[column] : undefined;
  return stored ? storedRef(alias, entity, column, stored) : sql.ref(`${alias}.${column}`);
}

function storedRef(
  alias: string,
  entity: EntityDefinition,
  column: string,
  stored: StoredColumn,
): RawBuilder<unknown> {
  switch (stored.kind) {
    case 'joined': {
      const parts = stored.columns.map((part) => columnRef(alias, entity, part));
      return sql`nullif(concat_ws(' ', ${sql.join(parts)}), '')`;
    }
    case 'constant':
      return sql`${sql.lit(stored.text)}::text`;
    case 'column': {
      const plain = sql`${sql.ref(alias)}.${sql.id(stored.name)}`;
      if (stored.zone !== undefined) return sql`(${plain} at time zone ${sql.lit(stored.zone)})`;
      return entity.columns[column] === 'text' ? sql`${plain}::text` : plain;
    }
  }
}
