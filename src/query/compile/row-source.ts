import { type RawBuilder, sql } from 'kysely';
import { calendarFormats } from '../../catalogue/calendar-unit.ts';
import type { Catalogue, EntityDefinition } from '../../catalogue/catalogue.ts';
import { entityById, type Way } from '../../catalogue/paths.ts';

/** The rows that a statement reads: an entity's table and the tables that its columns need, joined many to one. */
export interface RowSource {
  readonly entity: EntityDefinition;
  /** Reference to a column, joining what stands on the way to it. */
  column(way: Way): RawBuilder<unknown>;
  /** `from …` with all joins asked for so far; call it after every `column`. */
  from(): RawBuilder<unknown>;
  /** A table whose rows stand behind the source's own ones. */
  related(table: string): RawBuilder<unknown>;
  /** Rows that are not deleted, neither themselves nor with their parent. */
  readonly isFact: RawBuilder<boolean>;
}

const baseAlias = 't';

/**
 * @param zone in which hours, days and months are read; columns with a part of the calendar need it
 * @param base what stands for the table, when it is not the table itself (newest day of a snapshot)
 */
export function rowSource(
  catalogue: Catalogue,
  entity: EntityDefinition,
  zone: string,
  base: RawBuilder<unknown> = sql.table(entity.table),
): RowSource {
  const joins = new Map<string, RawBuilder<unknown>>();

  /** Alias of the table at the end of a chain of joins. */
  function alias(chain: readonly string[]): { name: string; entity: EntityDefinition } {
    let name = baseAlias;
    let at = entity;
    for (const step of chain) {
      const join = at.joins[step];
      const next = join && entityById(catalogue, join.entity);
      if (!join || !next) throw new Error(`entity ${at.id} has no join ${step}`);
      const nextName = `${name}_${step}`;
      if (!joins.has(nextName)) {
        joins.set(
          nextName,
          sql`left join ${relatedTable(catalogue, next.table)} as ${sql.ref(nextName)} on ${ref(nextName, next, 'id')} = ${ref(name, at, join.column)}${isLive(nextName, next)}`,
        );
      }
      name = nextName;
      at = next;
    }
    return { name, entity: at };
  }

  return {
    entity,
    column: (way) => {
      const { name, entity: at } = alias(way.joins);
      return calendarPart(ref(name, at, way.column), way, zone);
    },
    related: (table) => relatedTable(catalogue, table),
    from: () => sql`from ${base} as ${sql.ref(baseAlias)}${sql.join([sql``, ...joins.values()], sql` `)}`,
    isFact: isFact(catalogue, entity),
  };
}

/**
 * A table that is joined: behind the second wall the view that shows all of its rows, since the wall stands around the
 * rows that are counted or listed, not around the names on them.
 */
export function relatedTable(catalogue: Catalogue, table: string): RawBuilder<unknown> {
  return catalogue.joinedSchema === undefined
    ? sql.table(table)
    : sql`${sql.id(catalogue.joinedSchema, table)}`;
}

/** Of a time only its hour, weekday or month, as a word that sorts as the calendar does. */
function calendarPart(column: RawBuilder<unknown>, way: Way, zone: string): RawBuilder<unknown> {
  if (way.calendar === undefined) return column;
  const local = way.type === 'date' ? sql`${column}::timestamp` : sql`(${column} at time zone ${zone}::text)`;
  return sql`to_char(${local}, ${sql.lit(calendarFormats[way.calendar])})`;
}

/** A column of a table as the catalogue lists it; anything else is a bug and never reaches the database. */
function ref(alias: string, entity: EntityDefinition, column: string): RawBuilder<unknown> {
  if (!Object.hasOwn(entity.columns, column))
    throw new Error(`table ${entity.table} has no column ${column}`);
  return sql.ref(`${alias}.${column}`);
}

function isLive(alias: string, entity: EntityDefinition): RawBuilder<unknown> {
  return Object.hasOwn(entity.columns, 'deleted_at')
    ? sql` and ${ref(alias, entity, 'deleted_at')} is null`
    : sql``;
}

function isFact(catalogue: Catalogue, entity: EntityDefinition): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [];
  if (Object.hasOwn(entity.columns, 'deleted_at')) {
    parts.push(sql<boolean>`${ref(baseAlias, entity, 'deleted_at')} is null`);
  }
  const join = entity.parent === undefined ? undefined : entity.joins[entity.parent];
  const parent = join && entityById(catalogue, join.entity);
  if (join && parent && Object.hasOwn(parent.columns, 'deleted_at')) {
    const alias = 'parent';
    // A row whose parent is unknown is an orphan, not a deleted row: it counts.
    parts.push(
      sql<boolean>`not exists (select 1 from ${relatedTable(catalogue, parent.table)} as ${sql.ref(alias)} where ${ref(alias, parent, 'id')} = ${ref(baseAlias, entity, join.column)} and ${ref(alias, parent, 'deleted_at')} is not null)`,
    );
  }
  return parts.length === 0 ? sql<boolean>`true` : sql.join<boolean>(parts, sql` and `);
}
