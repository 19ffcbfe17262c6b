import type { Catalogue, DimensionDefinition, EntityDefinition } from '../../catalogue/catalogue.ts';
import { entityById, findWay } from '../../catalogue/paths.ts';

/** Path of the id that a person's name stands for, in the words of row scopes: `assignee_id` of `assignee.name`. */
export function idPathOf(
  catalogue: Catalogue,
  entity: EntityDefinition,
  dimension: DimensionDefinition,
): string | null {
  const way = findWay(catalogue, entity.id, dimension);
  const last = way?.joins.at(-1);
  if (!way || last === undefined || way.entity !== 'person') return null;
  let at: EntityDefinition | undefined = entity;
  for (const step of way.joins.slice(0, -1)) at = entityById(catalogue, at?.joins[step]?.entity ?? '');
  const column = at?.joins[last]?.column;
  return column === undefined ? null : [...way.joins.slice(0, -1), column].join('.');
}
