import { needsHours } from './calendar-unit.ts';
import type {
  Catalogue,
  DimensionDefinition,
  EntityDefinition,
  MetricDefinition,
  MetricFilter,
  SimpleMetric,
} from './catalogue.ts';
import { checkAmbiguous } from './check-ambiguous.ts';
import { checkJoins, checkStored } from './check-entity-tables.ts';
import { checkSayings } from './check-sayings.ts';
import { dimensionsOf, namesOf, namesOfEntity, normalWords, simpleParts } from './lookup.ts';
import { findWay, followPath } from './paths.ts';

/** A mistake in a catalogue that is well-formed but does not hold together; the loader finds its line. */
export interface CatalogueMistake {
  readonly code: string;
  readonly kind: 'entity' | 'dimension' | 'metric' | 'verified' | 'ambiguity' | 'saying';
  readonly id: string;
  /** Key inside the definition, for example `measure.path`. */
  readonly key: string;
  readonly message: string;
}

/** All mistakes across the files at once: unknown names, paths that do not exist, colliding synonyms. */
export function checkCatalogue(catalogue: Catalogue): readonly CatalogueMistake[] {
  return [
    ...[...catalogue.entities.keys()].flatMap((id) => checkEntity(catalogue, id)),
    ...[...catalogue.dimensions.values()].flatMap((dimension) => checkDimension(catalogue, dimension)),
    ...[...catalogue.metrics.values()].flatMap((metric) => checkMetric(catalogue, metric)),
    ...collidingNames(catalogue),
    ...checkAmbiguous(catalogue),
    ...checkSayings(catalogue),
  ];
}

function checkEntity(catalogue: Catalogue, id: string): CatalogueMistake[] {
  const entity = catalogue.entities.get(id);
  if (!entity) return [];
  const mistake = (code: string, key: string, message: string): CatalogueMistake => ({
    code,
    kind: 'entity',
    id,
    key,
    message,
  });
  if (Object.keys(entity.columns).length === 0) {
    const message = `table ${entity.table} does not exist in Heed; write schema.table for a table of your own`;
    return [mistake('unknown-table', 'table', message)];
  }
  const found: CatalogueMistake[] = [];
  const column = (name: string, key: string) => {
    if (!Object.hasOwn(entity.columns, name)) {
      found.push(mistake('unknown-column', key, `table ${entity.table} has no column ${name}`));
    }
  };
  column(entity.titleColumn, 'title');
  found.push(...checkJoins(catalogue, entity), ...checkStored(entity));
  if (entity.parent !== undefined && !entity.joins[entity.parent]) {
    found.push(mistake('unknown-join', 'parent', `there is no join ${entity.parent}`));
  }
  if (entity.onePerParent !== undefined && entity.parent === undefined) {
    found.push(mistake('no-parent', 'one_per_parent', 'needs a parent, which has one such row'));
  }
  for (const name of [...(entity.snapshot?.by ?? []), ...(entity.snapshot ? [entity.snapshot.day] : [])]) {
    column(name, 'snapshot');
  }
  found.push(
    ...checkRowScope(catalogue, entity).map(({ code, key, message }) => mistake(code, key, message)),
  );
  for (const name of [...entity.listColumns, ...(entity.listOrder === undefined ? [] : [entity.listOrder])]) {
    const dimension = catalogue.dimensions.get(name);
    if (!dimension) found.push(mistake('unknown-dimension', 'list_columns', `there is no dimension ${name}`));
    else if (!findWay(catalogue, id, dimension)) {
      found.push(mistake('unreachable-dimension', 'list_columns', `${name} cannot be reached from ${id}`));
    }
  }
  for (const problem of checkFilters(catalogue, id, entity.listFilters ?? [])) {
    found.push(mistake(problem.code, 'list_filters', problem.message));
  }
  if (entity.defaultTime !== null && !isTime(catalogue, id, entity.defaultTime)) {
    found.push(
      mistake('not-a-time', 'default_time', `${entity.defaultTime} is not a date or instant of ${id}`),
    );
  }
  return found;
}

/** Owners and teams must be reachable for every role that is tied to them. */
function checkRowScope(
  catalogue: Catalogue,
  entity: EntityDefinition,
): { readonly code: string; readonly key: string; readonly message: string }[] {
  const found: { code: string; key: string; message: string }[] = [];
  const mistake = (code: string, key: string, message: string) => ({ code, key, message });
  const { ownerPath, ownerPathByRole, teamPath } = entity.rowScope;
  const paths = [ownerPath, teamPath, ...Object.values(ownerPathByRole ?? {})];
  for (const path of paths.filter((path) => path !== null)) {
    if (followPath(catalogue, entity.id, path)?.type !== 'uuid') {
      found.push(mistake('unknown-path', 'row_scope', `${path} does not lead to the id of a person or team`));
    }
  }
  const reachesTeam = teamPath !== null || ownerPath !== null;
  for (const [role, reach] of Object.entries(entity.rowScope.byRole)) {
    const hasPath = reach === 'own' ? ownerPath !== null : reach === 'team' ? reachesTeam : true;
    if (!hasPath) {
      found.push(
        mistake('scope-without-path', `row_scope.roles.${role}`, `${reach} needs a path to a person or team`),
      );
    }
  }
  return found;
}

function isTime(catalogue: Catalogue, entityId: string, dimensionId: string): boolean {
  const dimension = catalogue.dimensions.get(dimensionId);
  if (!dimension || (dimension.type !== 'date' && dimension.type !== 'instant')) return false;
  return findWay(catalogue, entityId, dimension)?.joins.length === 0;
}

function checkDimension(catalogue: Catalogue, dimension: DimensionDefinition): CatalogueMistake[] {
  const found: CatalogueMistake[] = [];
  const add = (code: string, key: string, message: string) =>
    found.push({ code, kind: 'dimension', id: dimension.id, key, message });
  const homes = [{ entity: dimension.entity, path: dimension.path }, ...(dimension.also ?? [])];
  for (const [index, { entity, path }] of homes.entries()) {
    const key = index === 0 ? 'path' : 'also';
    if (!catalogue.entities.has(entity)) {
      add('unknown-entity', index === 0 ? 'entity' : 'also', `there is no entity ${entity}`);
      continue;
    }
    const way = followPath(catalogue, entity, path);
    if (!way) add('unknown-path', key, `${path} does not lead from ${entity} to a column`);
    else if (dimension.calendar !== undefined) {
      if (way.type !== 'instant' && (way.type !== 'date' || needsHours(dimension.calendar))) {
        add('wrong-type', key, `${path} of ${entity} holds ${way.type}; it has no ${dimension.calendar}`);
      }
    } else if (dimension.until !== undefined) {
      const end = dimension.until === '@now' ? way : followPath(catalogue, entity, dimension.until);
      const isTime = way.type === 'date' || way.type === 'instant';
      if (!isTime || end?.type !== way.type || path.includes('.') || dimension.until.includes('.')) {
        add('wrong-type', 'until', `a length is between two dates or two instants of ${entity} itself`);
      }
    } else if (dimension.minus !== undefined || dimension.differs !== undefined) {
      const other = followPath(catalogue, entity, dimension.minus ?? dimension.differs ?? '');
      const isNumber = dimension.minus === undefined || way.type === 'number';
      const given = dimension.minus === undefined ? 'boolean' : 'number';
      if (other?.type !== way.type || !isNumber || dimension.type !== given || path.includes('.')) {
        add('wrong-type', 'path', `two columns of ${entity} itself are compared, of one type, as a ${given}`);
      }
    } else if (way.type !== dimension.type) {
      add('wrong-type', 'type', `${path} of ${entity} holds ${way.type}, not ${dimension.type}`);
    }
  }
  if (dimension.keyPath !== undefined && !followPath(catalogue, dimension.entity, dimension.keyPath)) {
    add('unknown-path', 'key', `${dimension.keyPath} does not lead from ${dimension.entity} to a column`);
  }
  if (dimension.calendar !== undefined && dimension.type !== 'text') {
    add('wrong-type', 'type', 'a part of the calendar is of type text');
  }
  if (dimension.measures !== undefined && !catalogue.metrics.has(dimension.measures)) {
    add('unknown-metric', 'measures', `there is no metric ${dimension.measures}`);
  }
  if (dimension.event !== undefined && !/^(?:date|instant|boolean)$/.test(dimension.type)) {
    add('event-is-dated', 'event', 'only a date, an instant or a boolean tells what happens');
  }
  if (dimension.until !== undefined && (dimension.type !== 'number' || dimension.groupable)) {
    add('length-is-number', 'until', 'a length of time is of type number and not groupable');
  }
  const seen = new Map<string, string>();
  for (const { value, label, synonyms } of dimension.values) {
    for (const word of new Set([value, label, ...synonyms].map(normalWords))) {
      const other = seen.get(word);
      if (other !== undefined)
        add('colliding-synonym', 'values', `"${word}" names both ${other} and ${value}`);
      seen.set(word, value);
    }
  }
  return found;
}

function checkMetric(catalogue: Catalogue, metric: MetricDefinition): CatalogueMistake[] {
  if (metric.type === 'simple') return checkSimple(catalogue, metric);
  const found: CatalogueMistake[] = [];
  const add = (code: string, key: string, message: string) =>
    found.push({ code, kind: 'metric', id: metric.id, key, message });
  const named =
    metric.type === 'derived'
      ? metric.parts.map((id) => ['formula', id] as const)
      : ([
          ['numerator', metric.numerator],
          ['denominator', metric.denominator],
        ] as const);
  for (const [key, id] of named) {
    if (catalogue.metrics.get(id)?.type === 'simple') continue;
    const constant = metric.type === 'derived' ? ' and there is no such constant' : '';
    add('unknown-metric', key, `${id} is not a simple metric${constant}`);
  }
  if (metric.type === 'derived' && metric.parts.length === 0)
    add('formula-without-metric', 'formula', 'a formula needs at least one metric');
  if (metric.type === 'derived') return found;
  const [numerator, denominator] = simpleParts(catalogue, metric);
  if (numerator && denominator && numerator.entity !== denominator.entity) {
    add(
      'ratio-of-two-entities',
      'denominator',
      `${numerator.id} and ${denominator.id} count different entities`,
    );
  }
  if (numerator && denominator && numerator.timeDimension !== denominator.timeDimension) {
    add('ratio-of-two-times', 'denominator', `${numerator.id} and ${denominator.id} use different times`);
  }
  return found;
}

function checkSimple(catalogue: Catalogue, metric: SimpleMetric): CatalogueMistake[] {
  const found: CatalogueMistake[] = [];
  const add = (code: string, key: string, message: string) =>
    found.push({ code, kind: 'metric', id: metric.id, key, message });
  if (!catalogue.entities.has(metric.entity)) {
    add('unknown-entity', 'entity', `there is no entity ${metric.entity}`);
    return found;
  }
  found.push(...checkMeasure(catalogue, metric));
  if (metric.timeDimension !== null && !isTime(catalogue, metric.entity, metric.timeDimension)) {
    add('not-a-time', 'time', `${metric.timeDimension} is not a date or instant of ${metric.entity}`);
  }
  for (const date of metric.lasts ? [metric.lasts.from, metric.lasts.until] : []) {
    if (!isTime(catalogue, metric.entity, date))
      add('not-a-time', 'lasts', `${date} is not a date or instant of ${metric.entity}`);
  }
  for (const problem of checkFilters(catalogue, metric.entity, metric.filters)) {
    add(problem.code, 'filters', problem.message);
  }
  return found;
}

function checkFilters(
  catalogue: Catalogue,
  entityId: string,
  filters: readonly MetricFilter[],
): { readonly code: string; readonly message: string }[] {
  const found: { code: string; message: string }[] = [];
  const add = (code: string, message: string) => found.push({ code, message });
  for (const filter of filters) {
    const dimension = catalogue.dimensions.get(filter.dimension);
    if (!dimension) add('unknown-dimension', `there is no dimension ${filter.dimension}`);
    else if (!findWay(catalogue, entityId, dimension)) {
      add('unreachable-dimension', `${filter.dimension} cannot be reached from ${entityId}`);
    } else if (dimension.values.length > 0) {
      const stored = new Set(dimension.values.map(({ value }) => value));
      for (const value of filter.values) {
        if (!stored.has(String(value))) add('unknown-value', `${filter.dimension} has no value ${value}`);
      }
    }
    const needsNone = filter.op === 'is_null' || filter.op === 'is_not_null';
    if (needsNone !== (filter.values.length === 0)) {
      add('wrong-values', `${filter.op} on ${filter.dimension} has the wrong number of values`);
    }
  }
  return found;
}

function checkMeasure(catalogue: Catalogue, metric: SimpleMetric): CatalogueMistake[] {
  const found: CatalogueMistake[] = [];
  const add = (code: string, key: string, message: string) =>
    found.push({ code, kind: 'metric', id: metric.id, key: `measure.${key}`, message });
  const { aggregate, path, since, times, currencyPath } = metric.measure;
  const typeOf = (at: string, key: string) => {
    const type = at === '@now' ? 'instant' : followPath(catalogue, metric.entity, at)?.type;
    if (type === undefined) add('unknown-path', key, `${at} does not lead from ${metric.entity} to a column`);
    return type;
  };
  if ((path === null) !== (aggregate === 'count')) {
    add('wrong-measure', 'path', aggregate === 'count' ? 'count takes no path' : `${aggregate} needs a path`);
    return found;
  }
  const type = path === null ? undefined : typeOf(path, 'path');
  if (since !== undefined) {
    const from = typeOf(since, 'since');
    const isTimes = type === 'date' || type === 'instant';
    if (from !== undefined && type !== undefined && (from !== type || !isTimes)) {
      add('wrong-type', 'since', 'since and path must both be dates or both be instants');
    }
  } else if (type !== undefined && aggregate !== 'count_distinct' && type !== 'number') {
    add('wrong-type', 'path', `${aggregate} needs a number, ${path ?? ''} holds ${type}`);
  }
  if (times !== undefined && typeOf(times, 'times') !== 'number')
    add('wrong-type', 'times', 'times must be a number');
  if (currencyPath !== undefined && typeOf(currencyPath, 'currency') !== 'text') {
    add('wrong-type', 'currency', 'currency must be text');
  }
  if ((metric.format.kind === 'money') !== (currencyPath !== undefined)) {
    add(
      'money-without-currency',
      'currency',
      'money metrics, and only those, name where their currency stands',
    );
  }
  return found;
}

/** What is hidden is not asked about by name, so its names are free. */
const isAsked = (one: { readonly hidden?: true }): boolean => one.hidden !== true;

function collidingNames(catalogue: Catalogue): CatalogueMistake[] {
  const metrics = [...catalogue.metrics.values()].filter(isAsked);
  const found: CatalogueMistake[] = [
    ...collisions(
      'metric',
      metrics.map((metric) => [metric.id, namesOf(metric)]),
    ),
    ...collisions(
      'entity',
      [...catalogue.entities.values()].filter(isAsked).map((entity) => [entity.id, namesOfEntity(entity)]),
    ),
    ...collisions(
      'metric',
      metrics.map((metric) => [metric.id, [...new Set(metric.verifiedQuestions.map(normalWords))]]),
      'verified_questions',
    ),
  ];
  const seen = new Set<string>();
  for (const entityId of catalogue.entities.keys()) {
    const dimensions = dimensionsOf(catalogue, entityId).filter(isAsked);
    const distances = new Set(
      dimensions.map((dimension) => findWay(catalogue, entityId, dimension)?.distance),
    );
    for (const distance of distances) {
      const level = dimensions.filter((one) => findWay(catalogue, entityId, one)?.distance === distance);
      for (const one of collisions(
        'dimension',
        level.map((dimension) => [dimension.id, namesOf(dimension)]),
      )) {
        const text = `${one.id}:${one.message}`;
        if (!seen.has(text)) found.push({ ...one, message: `${one.message} for a ${entityId}` });
        seen.add(text);
      }
    }
  }
  return found;
}

function collisions(
  kind: CatalogueMistake['kind'],
  named: readonly (readonly [id: string, names: readonly string[]])[],
  key = 'synonyms',
): CatalogueMistake[] {
  const owners = new Map<string, string>();
  const found: CatalogueMistake[] = [];
  for (const [id, names] of named) {
    for (const name of names) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, id);
      else found.push({ code: 'colliding-synonym', kind, id, key, message: `"${name}" also names ${owner}` });
    }
  }
  return found;
}
