import type { CalendarUnit } from './calendar-unit.ts';
import type { Catalogue, ColumnType, DimensionDefinition, EntityDefinition } from './catalogue.ts';

/** The way from an entity's row over many-to-one joins to one column. */
export interface Way {
  /** Names of joins, each on the entity that the one before leads to. */
  readonly joins: readonly string[];
  /** Entity that holds the column. */
  readonly entity: string;
  readonly column: string;
  readonly type: ColumnType;
  /** Of the time in the column only this counts. */
  readonly calendar?: CalendarUnit;
  /** Not the time in the column itself but how long it has been from there. */
  readonly length?: Length;
  /** Not the column itself but how it compares with another one of the same row. */
  readonly beside?: { readonly column: string; readonly as: 'minus' | 'differs' };
}

/** Where a length of time ends: in another column of the same row, else now. */
interface Length {
  readonly from: 'date' | 'instant';
  /** null: now. */
  readonly until: string | null;
  /** What has no end yet has lasted until now. */
  readonly isOngoing: boolean;
}

type Entities = Pick<Catalogue, 'entities' | 'passedEntities'>;

/** An entity by id, also one that joins only pass through. */
export function entityById(catalogue: Entities, id: string): EntityDefinition | undefined {
  return catalogue.entities.get(id) ?? catalogue.passedEntities?.get(id);
}

/** Follows a dotted path such as `owner.team.name`; null when a join or the column does not exist. */
export function followPath(catalogue: Entities, entityId: string, path: string): Way | null {
  const parts = path.split('.');
  const column = parts.pop() ?? '';
  let entity = entityById(catalogue, entityId);
  for (const part of parts) {
    const join = entity && own(entity.joins, part);
    if (!join) return null;
    entity = entityById(catalogue, join.entity);
  }
  const type = entity && own(entity.columns, column);
  if (!entity || type === undefined) return null;
  return { joins: parts, entity: entity.id, column, type };
}

/** A key of the files, never one that every object has (`constructor`). */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A dimension as an entity reaches it; `distance` 0 = named for this very entity. */
export interface DimensionWay extends Way {
  readonly distance: number;
  /** Way to the id behind the shown word, when the dimension has one. */
  readonly key: Way | null;
}

/** A part of the calendar as another time than its own has it: the weekday of the solution. Null for any other dimension. */
export function calendarPartOf(
  time: DimensionWay,
  { calendar }: Pick<DimensionDefinition, 'calendar'>,
): DimensionWay | null {
  return calendar === undefined ? null : { ...time, calendar, key: null };
}

const longestReach = 2;

/**
 * How rows of an entity reach a dimension: named for the entity itself, or over the shortest chain of joins (at most
 * two) to an entity that it is named for; of equally short ones the dimension's first entity wins. Null when there is
 * no way, or two that nothing tells apart (the manager of a person who is both assignee and owner).
 */
export function findWay(
  catalogue: Entities,
  entityId: string,
  dimension: DimensionDefinition,
): DimensionWay | null {
  const ways = knownWays(catalogue, entityId);
  const known = ways.get(dimension);
  if (known !== undefined) return known;
  const way = seekWay(catalogue, entityId, dimension);
  ways.set(dimension, way);
  return way;
}

type Ways = WeakMap<DimensionDefinition, DimensionWay | null>;
const waysOfCatalogues = new WeakMap<Entities, Map<string, Ways>>();

/** Ways do not change while their catalogue lives, and every question asks for the same ones many times over. */
function knownWays(catalogue: Entities, entityId: string): Ways {
  const byEntity = waysOfCatalogues.get(catalogue) ?? new Map<string, Ways>();
  waysOfCatalogues.set(catalogue, byEntity);
  const ways: Ways = byEntity.get(entityId) ?? new WeakMap();
  byEntity.set(entityId, ways);
  return ways;
}

function seekWay(catalogue: Entities, entityId: string, dimension: DimensionDefinition): DimensionWay | null {
  const homes = new Map<string, string>([[dimension.entity, dimension.path]]);
  for (const other of dimension.also ?? []) homes.set(other.entity, other.path);
  for (const [distance, front] of frontsOf(catalogue, entityId).entries()) {
    const found = front.filter(({ entity }) => homes.has(entity.id));
    const own = found.filter(({ entity }) => entity.id === dimension.entity);
    const nearest = own.length > 0 ? own : found;
    const [only] = nearest;
    if (only) return nearest.length === 1 ? wayFrom(catalogue, dimension, only, homes, distance) : null;
  }
  return null;
}

/** An entity and the joins that lead to it. */
export interface Reached {
  readonly entity: EntityDefinition;
  readonly joins: readonly string[];
}

/** What an entity reaches does not change while its catalogue lives, and is asked for with every dimension. */
const knownFronts = new WeakMap<Entities, Map<string, readonly (readonly Reached[])[]>>();

/** Entities that can be reached over no, one and two joins. */
export function frontsOf(catalogue: Entities, entityId: string): readonly (readonly Reached[])[] {
  const known = knownFronts.get(catalogue) ?? new Map<string, readonly (readonly Reached[])[]>();
  knownFronts.set(catalogue, known);
  const fronts = known.get(entityId) ?? buildFronts(catalogue, entityId);
  known.set(entityId, fronts);
  return fronts;
}

function buildFronts(catalogue: Entities, entityId: string): readonly (readonly Reached[])[] {
  const start = entityById(catalogue, entityId);
  const fronts: (readonly Reached[])[] = [start ? [{ entity: start, joins: [] }] : []];
  while (fronts.length <= longestReach) {
    const next = fronts.at(-1)!.flatMap(({ entity, joins }) =>
      Object.entries(entity.joins).flatMap(([name, join]): Reached[] => {
        const reached = entityById(catalogue, join.entity);
        return reached ? [{ entity: reached, joins: [...joins, name] }] : [];
      }),
    );
    fronts.push(next);
  }
  return fronts;
}

function wayFrom(
  catalogue: Entities,
  dimension: DimensionDefinition,
  home: { readonly entity: EntityDefinition; readonly joins: readonly string[] },
  homes: ReadonlyMap<string, string>,
  distance: number,
): DimensionWay | null {
  const path = homes.get(home.entity.id) ?? '';
  const way = followPath(catalogue, home.entity.id, path);
  if (!way) return null;
  const keyPath = keyPathFor(dimension, home.entity.id, path);
  const key = keyPath === null ? null : followPath(catalogue, home.entity.id, keyPath);
  return {
    ...way,
    ...(dimension.calendar !== undefined && { calendar: dimension.calendar }),
    ...lengthOf(way, dimension),
    ...besideOf(dimension),
    joins: [...home.joins, ...way.joins],
    distance,
    key: key && { ...key, joins: [...home.joins, ...key.joins] },
  };
}

function besideOf({ minus, differs }: DimensionDefinition): Pick<Way, 'type' | 'beside'> | null {
  if (minus !== undefined) return { type: 'number', beside: { column: minus, as: 'minus' } };
  return differs === undefined ? null : { type: 'boolean', beside: { column: differs, as: 'differs' } };
}

function lengthOf(way: Way, { until, isOngoing }: DimensionDefinition): Pick<Way, 'type' | 'length'> | null {
  if (until === undefined) return null;
  const from = way.type === 'date' ? 'date' : 'instant';
  return {
    type: 'number',
    length: { from, until: until === '@now' ? null : until, isOngoing: isOngoing === true },
  };
}

/** On another entity the id stands at the end of the same joins: `owner.team.name` -> `owner.team.id`. */
function keyPathFor(dimension: DimensionDefinition, entityId: string, path: string): string | null {
  if (dimension.keyPath === undefined) return null;
  if (entityId === dimension.entity) return dimension.keyPath;
  return path.includes('.') ? path.replace(/[^.]+$/, 'id') : 'id';
}
