import type { Catalogue, EntityDefinition } from './catalogue.ts';

/** Columns of the table behind an entity under their real names; for a table of one's own only those that are named. */
export function realColumns(entity: EntityDefinition): readonly string[] {
  if (!entity.stored) return Object.keys(entity.columns);
  const names = Object.values(entity.stored).flatMap((one) => (one.kind === 'column' ? [one.name] : []));
  return [...new Set(names)];
}

/** Real name of a column, null when it is made of others. */
export function realColumn(entity: EntityDefinition, column: string): string | null {
  if (!Object.hasOwn(entity.columns, column)) return null;
  if (!entity.stored) return column;
  const stored = entity.stored[column];
  return stored?.kind === 'column' ? stored.name : null;
}

/**
 * Whether row-level security of ours stands around a table. Around a table of one's own only when one of its entities
 * says whose its rows are: else whole roles see it or do not, and the table is left as it is.
 */
export function isFencedTable(
  catalogue: Pick<Catalogue, 'entities' | 'passedEntities'>,
  table: string,
): boolean {
  if (!table.includes('.')) return true;
  const entities = [...catalogue.entities.values(), ...(catalogue.passedEntities?.values() ?? [])];
  return entities.some(
    (entity) =>
      entity.table === table &&
      Object.values(entity.rowScope.byRole).some((reach) => reach === 'own' || reach === 'team'),
  );
}
