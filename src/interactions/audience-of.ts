import type { Asker } from '../access/asker.ts';
import type { Catalogue, EntityDefinition, RowScope } from '../catalogue/catalogue.ts';
import { simpleParts } from '../catalogue/lookup.ts';
import { entityById, findWay } from '../catalogue/paths.ts';
import type { Role } from '../domain/records.ts';
import type { Audience } from '../messages/message.ts';
import type { QueryPlan } from '../query/metric-query.ts';
import { filtersOfPlan, relatedOf } from '../query/plan-conditions.ts';

const roles: readonly Role[] = ['agent', 'rep', 'supervisor', 'manager', 'executive', 'admin'];
const leaders: ReadonlySet<Role> = new Set(['manager', 'executive', 'admin']);

/**
 * Who may see an answer as it stands, besides the one who asked: the roles that see all rows it was computed from, and
 * the roles that see them as rows of the asker's team. A role must also be allowed every metric and every dimension in
 * it; a breakdown by colleague is for those who lead them alone.
 *
 * @param catalogue the whole one
 */
export function audienceOf(catalogue: Catalogue, asker: Asker, plan: QueryPlan): Audience {
  const entities = countedEntities(catalogue, plan);
  const isFitting = (role: Role) =>
    entities.length > 0 &&
    isAllowed(catalogue, plan, role) &&
    (leaders.has(role) || !namesPeople(catalogue, plan, entities));
  const everybody = roles.filter(
    (role) => isFitting(role) && entities.every(({ rowScope }) => rowScope.byRole[role] === 'all'),
  );
  const team =
    asker.teamId === null
      ? []
      : roles.filter(
          (role) =>
            isAllowed(catalogue, plan, role) &&
            entities.length > 0 &&
            entities.every(
              ({ rowScope }) => rowScope.byRole[role] === 'all' || isWithinTeam(rowScope, asker.role, role),
            ),
        );
  return { roles: everybody, team: asker.teamId === null ? null : { id: asker.teamId, roles: team } };
}

/** Words without anybody's rows: for every channel that has a clearance. */
export const anyRole: Audience = { roles, team: null };

/** Who may see each of several answers. */
export function audienceOfAll(audiences: readonly Audience[]): Audience {
  const [first = { roles: [], team: null }, ...others] = audiences;
  return others.reduce((sofar, next) => {
    const seesNext = (role: string) => next.roles.includes(role);
    const teamRoles = sofar.team?.roles.filter((role) => next.team?.roles.includes(role)) ?? [];
    const team = sofar.team && { id: sofar.team.id, roles: teamRoles };
    return { roles: sofar.roles.filter(seesNext), team };
  }, first);
}

/** What everybody in a channel may see. */
export interface Clearance {
  readonly role: Role;
  readonly teamId: string | null;
}

/** Whether a message may stay in a channel; without a clearance, or an audience, nothing may. */
export function mayPost(clearance: Clearance | null, audience: Audience | undefined): boolean {
  if (clearance === null || audience === undefined) return false;
  if (audience.roles.includes(clearance.role)) return true;
  const { team } = audience;
  return team !== null && team.id === clearance.teamId && team.roles.includes(clearance.role);
}

/** Whether what the asker sees of an entity is a part of what the role sees as the team's. */
function isWithinTeam(scope: RowScope, asker: Role, role: Role): boolean {
  if (scope.byRole[role] !== 'team') return false;
  const reach = scope.byRole[asker] ?? 'none';
  if (reach !== 'own' && reach !== 'team') return false;
  const path = (of: Role) => scope.ownerPathByRole?.[of] ?? scope.ownerPath;
  return path(asker) !== null && path(asker) === path(role);
}

function countedEntities(catalogue: Catalogue, plan: QueryPlan): readonly EntityDefinition[] {
  const ids =
    plan.kind === 'list'
      ? [plan.entity]
      : plan.metrics.flatMap((id) => {
          const metric = catalogue.metrics.get(id);
          return metric ? simpleParts(catalogue, metric).map((part) => part.entity) : [];
        });
  const beside = relatedOf(plan).map(({ entity }) => entity);
  return [...new Set([...ids, ...beside])].flatMap((id) => entityById(catalogue, id) ?? []);
}

function isAllowed(catalogue: Catalogue, plan: QueryPlan, role: Role): boolean {
  const allows = (list: readonly Role[] | undefined) => !list || list.length === 0 || list.includes(role);
  const metrics = plan.kind === 'metric' ? plan.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []) : [];
  return (
    metrics.every((metric) =>
      [metric, ...simpleParts(catalogue, metric)].every((part) => allows(part.roles)),
    ) && shownDimensions(catalogue, plan).every((dimension) => allows(dimension.roles))
  );
}

function shownDimensions(catalogue: Catalogue, plan: QueryPlan) {
  const listed =
    plan.kind === 'metric'
      ? plan.groupBy.map(({ dimension }) => dimension)
      : [...plan.columns, ...(entityById(catalogue, plan.entity)?.listColumns ?? [])];
  const filtered = filtersOfPlan(plan).map(({ dimension }) => dimension);
  return [...new Set([...listed, ...filtered])].flatMap((id) => catalogue.dimensions.get(id) ?? []);
}

function namesPeople(catalogue: Catalogue, plan: QueryPlan, entities: readonly EntityDefinition[]): boolean {
  if (plan.kind === 'list') return false;
  return shownDimensions(catalogue, plan).some((dimension) =>
    entities.some((entity) => {
      const way = findWay(catalogue, entity.id, dimension);
      return way !== null && entityById(catalogue, way.entity)?.table === 'person';
    }),
  );
}

/** Metrics of a plan that not every role may ask for: what is audited by name. */
export function restrictedMetrics(
  catalogue: Catalogue,
  plan: { readonly kind: string; readonly metrics?: readonly string[] } | null,
): readonly string[] {
  return (plan?.metrics ?? []).filter((id) => {
    const metric = catalogue.metrics.get(id);
    return (
      metric !== undefined &&
      [metric, ...simpleParts(catalogue, metric)].some((part) => part.roles.length > 0)
    );
  });
}
