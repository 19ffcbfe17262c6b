import type { Catalogue, DimensionDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import { entityById, findWay } from '../../../catalogue/paths.ts';

/** Of several dimensions those that rows of the entity reach, nearest first; ties in the catalogue's order. */
export function reachable(
  catalogue: Catalogue,
  entityId: string,
  ids: readonly string[],
): readonly { readonly dimension: DimensionDefinition; readonly distance: number }[] {
  return ids
    .flatMap((id) => {
      const dimension = catalogue.dimensions.get(id);
      const way = dimension && findWay(catalogue, entityId, dimension);
      return dimension && way ? [{ dimension, distance: way.distance }] : [];
    })
    .sort((left, right) => left.distance - right.distance);
}

/** Dimension that names rows of an entity to people: the customer's name for accounts. */
export function namingDimension(catalogue: Catalogue, entityId: string): string | null {
  const entity = entityById(catalogue, entityId);
  if (!entity) return null;
  for (const dimension of catalogue.dimensions.values())
    if (dimension.entity === entityId && dimension.path === entity.titleColumn && dimension.groupable)
      return dimension.id;
  return null;
}

/**
 * Dimensions that hold the name of a person, nearest to the entity first: whom "who" asks for. Of rows that name nobody
 * themselves it is first of all the person whose rows they are: an order is that of its customer's owner, whatever deal
 * it may have come from.
 */
export function personDimensions(catalogue: Catalogue, entityId: string): readonly string[] {
  const people = namesOfPeople(catalogue, entityId);
  const owner = ownerDimension(catalogue, entityId, people);
  const isOwn = people.some((id) => catalogue.dimensions.get(id)?.entity === entityId);
  return owner === null || isOwn ? people : [owner, ...people.filter((id) => id !== owner)];
}

/** The name of whoever the rows of an entity belong to, where it is told by way of other rows. */
export function ownerDimension(
  catalogue: Catalogue,
  entityId: string,
  among: readonly string[] = namesOfPeople(catalogue, entityId),
): string | null {
  const path = entityById(catalogue, entityId)?.rowScope.ownerPath;
  return (
    among.find((id) => {
      const dimension = catalogue.dimensions.get(id);
      const way = dimension && findWay(catalogue, entityId, dimension);
      if (!dimension || !way) return false;
      return [...way.joins.slice(0, -1), dimension.keyPath ?? ''].join('.') === path;
    }) ?? null
  );
}

function namesOfPeople(catalogue: Catalogue, entityId: string): readonly string[] {
  return dimensionsOf(catalogue, entityId)
    .filter((dimension) => {
      const joins = dimension.path.split('.');
      if (joins.pop() !== 'name') return false;
      let entity = entityById(catalogue, dimension.entity);
      for (const join of joins) {
        const next = entity?.joins[join];
        entity = next && entityById(catalogue, next.entity);
      }
      return entity?.table === 'person';
    })
    .map((dimension) => dimension.id);
}
