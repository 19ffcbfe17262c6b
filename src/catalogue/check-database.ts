import type { TableFacts } from '../domain/table-facts.ts';
import { nearest } from '../toolkit/nearest.ts';
import type { Catalogue, ColumnType, EntityDefinition } from './catalogue.ts';
import type { CatalogueMistake } from './check-catalogue.ts';

/** Tables of one's own that a catalogue names, each once. */
export function ownTablesOf(catalogue: Catalogue): readonly string[] {
  const own = [...catalogue.entities.values()].filter(({ stored }) => stored !== undefined);
  return [...new Set(own.map(({ table }) => table))];
}

/**
 * Compares the tables of one's own with the database: tables, columns, their types, keys and the right to read.
 *
 * @param facts by table as written; absent: the database has no such table
 * @param heedsTables names of Heed's own tables, which have entities of their own
 */
export function checkDatabase(
  catalogue: Catalogue,
  facts: ReadonlyMap<string, TableFacts>,
  heedsTables: ReadonlySet<string>,
): readonly CatalogueMistake[] {
  return [...catalogue.entities.values()].flatMap((entity) => {
    if (!entity.stored) return [];
    const add = (code: string, key: string, message: string): CatalogueMistake => ({
      code,
      kind: 'entity',
      id: entity.id,
      key,
      message,
    });
    const [schema = '', name = ''] = entity.table.split('.');
    if (/^(?:pg_|information_schema$)/.test(schema))
      return [
        add('system-table', 'table', `${schema} belongs to the database itself; name a table of yours`),
      ];
    const table = facts.get(entity.table);
    if (!table)
      return [
        add(
          'unknown-table',
          'table',
          `the database has no table ${entity.table}; check the schema and the name`,
        ),
      ];
    if (table.isInHeedsSchema && heedsTables.has(name)) {
      const message = `${name} is a table of Heed's own; use the entity that stands for it, or override that`;
      return [add('heeds-table', 'table', message)];
    }
    return checkColumns(entity, table).map(({ code, key, message }) => add(code, key, message));
  });
}

type Found = Pick<CatalogueMistake, 'code' | 'key' | 'message'>;

function checkColumns(entity: EntityDefinition, table: TableFacts): readonly Found[] {
  const found: Found[] = [];
  for (const [name, stored] of Object.entries(entity.stored ?? {})) {
    if (stored.kind !== 'column') continue;
    const key = `columns.${name}`;
    const type = table.columns.get(stored.name);
    if (type === undefined) {
      const close = nearest(stored.name, table.columns.keys());
      const hint = close.length > 0 ? `; it has ${close.join(', ')}` : '';
      found.push({
        code: 'unknown-column',
        key,
        message: `${entity.table} has no column ${stored.name}${hint}`,
      });
      continue;
    }
    if (!table.readable.has(stored.name)) {
      const message = `the database user may not read ${entity.table}.${stored.name}; run: grant usage on schema … and grant select on ${entity.table} to it`;
      found.push({ code: 'not-readable', key, message });
    }
    const problem = typeProblem(entity.columns[name], type, stored.zone);
    if (problem !== null)
      found.push({
        code: 'wrong-type',
        key,
        message: `${entity.table}.${stored.name} is ${type}: ${problem}`,
      });
  }
  const key = entity.stored?.[entity.key];
  const real = key?.kind === 'column' ? key.name : '';
  if (table.kind === 'table' && table.columns.has(real) && !table.unique.has(real)) {
    const message = `${entity.table}.${real} is not unique in the database, so joins over it could count rows twice; name a column with a primary key or a unique index`;
    found.push({ code: 'key-not-unique', key: 'key', message });
  }
  return found;
}

const numbers = /^(?:smallint|integer|bigint|real|double precision|numeric(?:\(.*\))?)$/;

/** What is wrong with reading a column of this type so, and what to write; null: nothing. */
function typeProblem(read: ColumnType | undefined, type: string, zone: string | undefined): string | null {
  switch (read) {
    case 'text':
      return /^(?:json|jsonb|bytea|.*\[\])$/.test(type) ? 'it is no text; leave it out' : null;
    case 'number':
      return numbers.test(type) ? null : 'it is no number';
    case 'boolean':
      return type === 'boolean' ? null : 'it is not true or false';
    case 'date':
      return type === 'date' ? null : 'it is no date; an instant is written { type: instant }';
    case 'uuid':
      return type === 'uuid' ? null : 'it is no uuid; write text or number';
    case 'instant': {
      const isZoned = /^timestamp(?:\(\d\))? with time zone$/.test(type);
      if (!isZoned && !/^timestamp(?:\(\d\))? without time zone$/.test(type)) return 'it is no instant';
      if (isZoned) return zone === undefined ? null : 'it knows its zone itself; take zone away';
      return zone === undefined
        ? 'it does not say in which zone; write { type: instant, zone: Europe/Berlin } with the zone it was written in'
        : null;
    }
    default:
      return 'it cannot be read';
  }
}
