import { type RawBuilder, sql } from 'kysely';
import { calendarFormats } from '../../catalogue/calendar-unit.ts';
import type { Catalogue, EntityDefinition, Join } from '../../catalogue/catalogue.ts';
import { isFencedTable, realColumns } from '../../catalogue/own-tables.ts';
import { entityById, type Way } from '../../catalogue/paths.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { AbsoluteRange } from '../resolve/time-range.ts';
import { columnRef } from './column-ref.ts';
import { snapshotTable } from './snapshot-table.ts';

/** The rows that a statement reads: an entity's table and the tables that its columns need, joined many to one. */
export interface RowSource {
  readonly entity: EntityDefinition;
  /** Reference to a column, joining what stands on the way to it. */
  column(way: Way): RawBuilder<unknown>;
  /** `from …` with all joins asked for so far; call it after every `column`. */
  from(): RawBuilder<unknown>;
  /** A table whose rows stand behind the source's own ones. */
  related(table: string): RawBuilder<unknown>;
  /** Rows of another entity to look for beside each row, under a name of their own. */
  beside(entity: EntityDefinition, range: AbsoluteRange | null): RowSource;
  /** Rows that are not deleted, neither themselves nor with their parent. */
  readonly isFact: RawBuilder<boolean>;
  /** So that the same question gives the same rows. */
  readonly tieBreakers: readonly RawBuilder<unknown>[];
}

/** The moment of a question, for columns that hang on it. */
export interface Moment {
  /** In which hours, days and months are read. */
  readonly zone: string;
  /** Until when what has no end yet has lasted. */
  readonly now: Date;
}

/**
 * @param base what stands for the table, when it is not the table itself (newest day of a snapshot)
 */
export function rowSource(
  catalogue: Catalogue,
  entity: EntityDefinition,
  moment: Moment,
  base: RawBuilder<unknown> = sql.table(entity.table),
  baseAlias = 't',
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
        joins.set(nextName, leftJoin(catalogue, nextName, next, join, columnRef(name, at, join.column)));
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
      const column = columnRef(name, at, way.column);
      if (way.length) return secondsSince(column, way.length, moment, (end) => columnRef(name, at, end));
      if (way.beside) return compared(column, columnRef(name, at, way.beside.column), way.beside.as);
      return calendarPart(column, way, moment.zone);
    },
    related: (table) => relatedTable(catalogue, table),
    beside: (other, range) =>
      rowSource(catalogue, other, moment, snapshotTable(other, range), `${baseAlias}_beside`),
    from: () => sql`from ${base} as ${sql.ref(baseAlias)}${sql.join([sql``, ...joins.values()], sql` `)}`,
    isFact: isFact(catalogue, entity, baseAlias),
    tieBreakers: tieBreakers(entity, baseAlias),
  };
}

function tieBreakers(entity: EntityDefinition, alias: string): readonly RawBuilder<unknown>[] {
  const columns = Object.hasOwn(entity.columns, entity.key)
    ? [entity.key]
    : (entity.snapshot?.by ?? [entity.titleColumn]);
  return columns.map((column) => columnRef(alias, entity, column));
}

/**
 * A table that is joined: behind the second wall the view that shows all of its rows, since the wall stands around the
 * rows that are counted or listed, not around the names on them.
 */
export function relatedTable(catalogue: Catalogue, table: string): RawBuilder<unknown> {
  return catalogue.joinedSchema === undefined || !isFencedTable(catalogue, table)
    ? sql.table(table)
    : sql`${sql.id(catalogue.joinedSchema, table)}`;
}

/** Of a time only its hour, weekday or month, as a word that sorts as the calendar does. */
function calendarPart(column: RawBuilder<unknown>, way: Way, zone: string): RawBuilder<unknown> {
  if (way.calendar === undefined) return column;
  const local = way.type === 'date' ? sql`${column}::timestamp` : sql`(${column} at time zone ${zone}::text)`;
  return sql`to_char(${local}, ${sql.lit(calendarFormats[way.calendar])})`;
}

/** A column beside another one of its row: what it is more, or whether it is another. */
function compared(
  column: RawBuilder<unknown>,
  other: RawBuilder<unknown>,
  as: NonNullable<Way['beside']>['as'],
): RawBuilder<unknown> {
  switch (as) {
    case 'minus':
      return sql`(${column} - ${other})`;
    case 'differs':
      return sql`(${column} is distinct from ${other})`;
    default:
      return exhaustive(as);
  }
}

/** How long it has been from a time to the end of it. */
function secondsSince(
  begin: RawBuilder<unknown>,
  { from, until, isOngoing }: NonNullable<Way['length']>,
  { zone, now }: Moment,
  columnOf: (column: string) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const present = from === 'date' ? sql`(${at} at time zone ${zone}::text)::date` : at;
  const end = until === null ? present : columnOf(until);
  const last = until !== null && isOngoing ? sql`coalesce(${end}, ${present})` : end;
  return from === 'date'
    ? sql`((${last} - ${begin}) * 86400)`
    : sql`extract(epoch from (${last} - ${begin}))`;
}

/** Many to one: where the other side's column is not its key, one of several rows with the same value is taken. */
function leftJoin(
  catalogue: Catalogue,
  name: string,
  next: EntityDefinition,
  join: Join,
  value: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const alias = sql.ref(name);
  const source =
    join.source === undefined
      ? sql``
      : sql` and ${columnRef(name, next, 'source')} = ${sql.lit(join.source)}`;
  const on = sql`${columnRef(name, next, join.to ?? next.key)} = ${value}${source}${isLive(name, next)}`;
  if (join.to === undefined || join.to === next.key)
    return sql`left join ${relatedTable(catalogue, next.table)} as ${alias} on ${on}`;
  const columns = sql.join(realColumns(next).map((column) => sql`${alias}.${sql.id(column)}`));
  const inner = sql`select ${columns} from ${relatedTable(catalogue, next.table)} as ${alias} where ${on}`;
  return sql`left join lateral (${inner} order by ${columnRef(name, next, next.key)} limit 1) as ${alias} on true`;
}

/** Rows of our tables are marked when they are deleted; what a column of that name means elsewhere is not ours to say. */
const hasDeletions = (entity: EntityDefinition): boolean =>
  !entity.stored && Object.hasOwn(entity.columns, 'deleted_at');

function isLive(alias: string, entity: EntityDefinition): RawBuilder<unknown> {
  return hasDeletions(entity) ? sql` and ${columnRef(alias, entity, 'deleted_at')} is null` : sql``;
}

function isFact(catalogue: Catalogue, entity: EntityDefinition, baseAlias: string): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [];
  if (hasDeletions(entity)) {
    parts.push(sql<boolean>`${columnRef(baseAlias, entity, 'deleted_at')} is null`);
  }
  const join = entity.parent === undefined ? undefined : entity.joins[entity.parent];
  const parent = join && entityById(catalogue, join.entity);
  if (join && parent && hasDeletions(parent)) {
    const alias = 'parent';
    // A row whose parent is unknown is an orphan, not a deleted row: it counts.
    parts.push(
      sql<boolean>`not exists (select 1 from ${relatedTable(catalogue, parent.table)} as ${sql.ref(alias)} where ${columnRef(alias, parent, parent.key)} = ${columnRef(baseAlias, entity, join.column)} and ${columnRef(alias, parent, 'deleted_at')} is not null)`,
    );
  }
  return parts.length === 0 ? sql<boolean>`true` : sql.join<boolean>(parts, sql` and `);
}
