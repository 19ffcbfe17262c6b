import type { Role } from '../domain/records.ts';
import type { Catalogue, EntityDefinition } from './catalogue.ts';
import { simpleParts } from './lookup.ts';

/**
 * What a role may ask: entities with a row scope for it, and the metrics and dimensions whose own role lists allow it.
 * Dimensions of an entity that the role cannot list stay when rows it can see reach them (the customer's name on an
 * agent's own ticket).
 */
export function filterCatalogue(catalogue: Catalogue, role: Role): Catalogue {
  const isAsked = ([, entity]: [string, EntityDefinition]) =>
    (entity.rowScope.byRole[role] ?? 'none') !== 'none';
  const entities = new Map([...catalogue.entities].filter(isAsked));
  const passedEntities = new Map([
    ...(catalogue.passedEntities ?? []),
    ...[...catalogue.entities].filter((entry) => !isAsked(entry)),
  ]);
  const allows = (roles: readonly Role[] | undefined) => !roles || roles.length === 0 || roles.includes(role);
  const metrics = new Map(
    [...catalogue.metrics].filter(
      ([, metric]) =>
        allows(metric.roles) &&
        simpleParts(catalogue, metric).every((part) => allows(part.roles) && entities.has(part.entity)),
    ),
  );
  const dimensions = new Map([...catalogue.dimensions].filter(([, dimension]) => allows(dimension.roles)));
  return { version: catalogue.version, entities, passedEntities, dimensions, metrics };
}
