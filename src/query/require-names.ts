import type {
  Catalogue,
  DimensionDefinition,
  EntityDefinition,
  MetricDefinition,
} from '../catalogue/catalogue.ts';
import { dimensionsOf, entityOf, namesOf, namesOfEntity } from '../catalogue/lookup.ts';
import { findWay } from '../catalogue/paths.ts';
import type { Role } from '../domain/records.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { nearest } from './resolve/nearest.ts';

/** What there is, and what of it the asker's role may ask. */
export interface Names {
  readonly all: Catalogue;
  readonly mine: Catalogue;
  readonly role: Role;
}

/** The metric, or why not: unknown (with the nearest), or not for this role. */
export function requireMetric(
  { all, mine, role }: Names,
  id: string,
  path: string,
): Result<MetricDefinition> {
  const metric = mine.metrics.get(id);
  if (metric) return ok(metric);
  const hidden = all.metrics.get(id);
  if (hidden) return fail(notAllowed(path, hidden.label, role));
  const close = nearest(id, [...mine.metrics.values()], namesOf);
  return fail({
    code: 'unknown-metric',
    path,
    message: `There is no metric "${id}".`,
    suggestions: close.map((one) => one.id),
  });
}

export function requireEntity(
  { all, mine, role }: Names,
  id: string,
  path: string,
): Result<EntityDefinition> {
  const entity = mine.entities.get(id);
  if (entity) return ok(entity);
  const hidden = all.entities.get(id);
  if (hidden) return fail(notAllowed(path, hidden.label.many, role));
  const close = nearest(id, [...mine.entities.values()], namesOfEntity);
  return fail({
    code: 'unknown-entity',
    path,
    message: `There is nothing called "${id}" to list.`,
    suggestions: close.map((one) => one.id),
  });
}

/** A dimension that rows of the entity reach, or why not. */
export function requireDimension(
  names: Names,
  entity: EntityDefinition,
  id: string,
  path: string,
): Result<DimensionDefinition> {
  const { all, mine, role } = names;
  const dimension = mine.dimensions.get(id);
  const reachable = () => dimensionsOf(mine, entity.id);
  if (!dimension) {
    const hidden = all.dimensions.get(id);
    if (hidden) return fail(notAllowed(path, hidden.label, role));
    const close = nearest(id, reachable(), namesOf);
    return fail({
      code: 'unknown-dimension',
      path,
      message: `There is no field "${id}".`,
      suggestions: close.map((one) => one.id),
    });
  }
  if (findWay(mine, entity.id, dimension)) return ok(dimension);
  const close = nearest(dimension.label, reachable(), namesOf);
  return fail({
    code: 'incompatible-dimension',
    path,
    message: `${entity.label.many} have no ${dimension.label.toLowerCase()}.`,
    suggestions: close.map((one) => one.id),
  });
}

/** Metrics of the same entity that count by time, for a question that gives a range to a state. */
export function timedMetricsLike({ mine }: Pick<Names, 'mine'>, metric: MetricDefinition): readonly string[] {
  const entity = entityOf(mine, metric);
  const timed = [...mine.metrics.values()].filter(
    (other) => other.type === 'simple' && other.entity === entity?.id && other.timeDimension !== null,
  );
  return nearest(metric.label, timed, namesOf).map((one) => one.id);
}

function notAllowed(path: string, label: string, role: Role): Issue {
  return { code: 'not-allowed', path, message: `Your role (${role}) does not see ${label}.` };
}
