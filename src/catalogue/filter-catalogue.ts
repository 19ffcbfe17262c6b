import type { Role } from '../domain/records.ts';
import type { Catalogue, EntityDefinition } from './catalogue.ts';
import { simpleParts } from './lookup.ts';
import { MetricsById } from './metrics-by-id.ts';

/**
 * What a role may ask: entities with a row scope for it, and the metrics and dimensions whose own role lists allow it.
 * Dimensions of an entity that the role cannot list stay when rows it can see reach them (the customer's name on an
 * agent's own ticket).
 */
export function filterCatalogue(catalogue: Catalogue, role: Role): Catalogue {
  return oncePerRole(filtered, catalogue, role, seenBy);
}

type ByRole = WeakMap<Catalogue, Map<Role, Catalogue>>;

const filtered: ByRole = new WeakMap();
const asked: ByRole = new WeakMap();

/** The same object every time: what is worked out of a catalogue is kept with it, and every question needs one. */
function oncePerRole(
  made: ByRole,
  catalogue: Catalogue,
  role: Role,
  make: (catalogue: Catalogue, role: Role) => Catalogue,
): Catalogue {
  const byRole = made.get(catalogue) ?? new Map<Role, Catalogue>();
  made.set(catalogue, byRole);
  const one = byRole.get(role) ?? make(catalogue, role);
  byRole.set(role, one);
  return one;
}

function seenBy(catalogue: Catalogue, role: Role): Catalogue {
  const isAsked = ([, entity]: [string, EntityDefinition]) =>
    (entity.rowScope.byRole[role] ?? 'none') !== 'none';
  const entities = new Map([...catalogue.entities].filter(isAsked));
  const passedEntities = new Map([
    ...(catalogue.passedEntities ?? []),
    ...[...catalogue.entities].filter((entry) => !isAsked(entry)),
  ]);
  const allows = (roles: readonly Role[] | undefined) => !roles || roles.length === 0 || roles.includes(role);
  const metrics = new MetricsById(
    [...catalogue.metrics].filter(
      ([, metric]) =>
        allows(metric.roles) &&
        simpleParts(catalogue, metric).every((part) => allows(part.roles) && entities.has(part.entity)),
    ),
  );
  const dimensions = new Map([...catalogue.dimensions].filter(([, dimension]) => allows(dimension.roles)));
  return { ...catalogue, entities, passedEntities, dimensions, metrics };
}

/**
 * What a role may ask about by name: as `filterCatalogue`, without hidden definitions. Hidden metrics that others are
 * made of stay, and are never found by their own words.
 */
export function askableCatalogue(catalogue: Catalogue, role: Role): Catalogue {
  return oncePerRole(asked, catalogue, role, (whole) => withoutHidden(filterCatalogue(whole, role)));
}

const shownOf = new WeakMap<Catalogue, Catalogue>();

/** Without what is not asked about by name, whoever asks. The same object every time, as planners keep what they read. */
export function shownCatalogue(catalogue: Catalogue): Catalogue {
  const known = shownOf.get(catalogue) ?? withoutHidden(catalogue);
  shownOf.set(catalogue, known);
  return known;
}

function withoutHidden(catalogue: Catalogue): Catalogue {
  const isShown = ([, one]: [string, { readonly hidden?: true }]) => one.hidden !== true;
  const shown = [...catalogue.metrics].filter(isShown);
  const parts = new Set(shown.flatMap(([, metric]) => simpleParts(catalogue, metric).map(({ id }) => id)));
  const hiddenEntities = [...catalogue.entities].filter((entry) => !isShown(entry));
  return {
    ...catalogue,
    entities: new Map([...catalogue.entities].filter(isShown)),
    passedEntities: new Map([...(catalogue.passedEntities ?? []), ...hiddenEntities]),
    dimensions: new Map([...catalogue.dimensions].filter(isShown)),
    metrics: new MetricsById(
      [...catalogue.metrics].filter(([id, one]) => one.hidden !== true || parts.has(id)),
    ),
  };
}
