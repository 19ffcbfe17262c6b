import type { Catalogue, EntityDefinition } from './catalogue.ts';
import type { CatalogueMistake } from './check-catalogue.ts';

/** Joins must lead to an entity, over columns that both sides have and that hold the same kind of value. */
export function checkJoins(catalogue: Catalogue, entity: EntityDefinition): readonly CatalogueMistake[] {
  return Object.entries(entity.joins).flatMap(([name, join]) => {
    const found: CatalogueMistake[] = [];
    const add = (code: string, key: string, message: string) =>
      found.push({ code, kind: 'entity', id: entity.id, key: `joins.${name}.${key}`, message });
    const from = typeOf(entity, join.column);
    if (from === undefined)
      add('unknown-column', 'column', `table ${entity.table} has no column ${join.column}`);
    const other = catalogue.entities.get(join.entity);
    if (!other) {
      add('unknown-entity', 'entity', `there is no entity ${join.entity}`);
      return found;
    }
    const to = join.to ?? other.key;
    const target = typeOf(other, to);
    if (target === undefined && Object.keys(other.columns).length > 0)
      add('unknown-column', 'to', `table ${other.table} has no column ${to}`);
    if (join.source !== undefined && !Object.hasOwn(other.columns, 'source'))
      add('unknown-column', 'source', `rows of ${other.table} come from no source; take source away`);
    if (from !== undefined && target !== undefined && from !== target) {
      const message = `${entity.table}.${join.column} holds ${from} and ${other.table}.${to} holds ${target}; name a column of the same kind as to`;
      add('wrong-type', 'column', message);
    }
    return found;
  });
}

/** What a column of a table of one's own is made of must be a column of the table. */
export function checkStored(entity: EntityDefinition): readonly CatalogueMistake[] {
  if (!entity.stored) return [];
  const found: CatalogueMistake[] = [];
  const add = (code: string, key: string, message: string) =>
    found.push({ code, kind: 'entity', id: entity.id, key, message });
  if (entity.stored[entity.key]?.kind !== 'column')
    add('unknown-column', 'key', `the key ${entity.key} is not one of the columns that are named`);
  for (const [name, stored] of Object.entries(entity.stored)) {
    if (stored.kind === 'joined')
      for (const part of stored.columns)
        if (entity.stored[part]?.kind !== 'column')
          add('unknown-column', `columns.${name}`, `${part} is not one of the columns that are named`);
    if (stored.kind === 'column' && stored.zone !== undefined && typeOf(entity, name) !== 'instant')
      add('wrong-type', `columns.${name}`, 'only an instant is written in a zone; take zone away');
  }
  const reaches = Object.values(entity.rowScope.byRole);
  if (reaches.every((reach) => reach === 'none')) {
    const message = 'no role sees these rows; name at least one role, for example manager: all';
    add('nobody-sees-it', 'row_scope.roles', message);
  }
  return found;
}

const typeOf = (entity: EntityDefinition, column: string): string | undefined =>
  Object.hasOwn(entity.columns, column) ? entity.columns[column] : undefined;
