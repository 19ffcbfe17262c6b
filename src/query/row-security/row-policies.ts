import { createHash } from 'node:crypto';
import type { Catalogue, EntityDefinition, Join, RowScope } from '../../catalogue/catalogue.ts';
import { entityOf } from '../../catalogue/lookup.ts';
import { isFencedTable, realColumn, realColumns } from '../../catalogue/own-tables.ts';
import { entityById } from '../../catalogue/paths.ts';
import type { Role } from '../../domain/records.ts';
import { ownerPathsOfTeam } from '../scope/row-scope.ts';
import { identifier, literal, qualified, tableName } from './sql-text.ts';

/** The role that questions run as; it reads, and only what a policy lets through. */
export const askerRole = 'heed_asker';
/**
 * Schema of the views through which joined rows are read. They show the columns of the catalogue and no more, and all
 * rows: the customer's name on an agent's own ticket is not a row of the agent's.
 */
export const joinedSchema = 'heed_joined';

const behindWall = new WeakMap<Catalogue, Catalogue>();

/**
 * A catalogue whose joined rows are read through the views. The same object every time: what is worked out of a
 * catalogue is kept with it.
 */
export function joinedBehindWall(catalogue: Catalogue): Catalogue {
  const joined = behindWall.get(catalogue) ?? { ...catalogue, joinedSchema };
  behindWall.set(catalogue, joined);
  return joined;
}

/** One table behind the second wall. */
export interface TableWall {
  readonly table: string;
  /** Columns that the role may read. */
  readonly columns: readonly string[];
  /** Predicate of the rows that the person of the transaction's settings may see, as SQL text. */
  readonly predicate: string;
  /** Whether questions join this table and need its view. */
  readonly isJoined: boolean;
  /** False: a table of one's own whose rows belong to nobody; it is read as it is and gets no policy. */
  readonly isFenced: boolean;
}

/** Everything the second wall is made of, and the hash by which a database knows whether it has this one. */
export interface RowSecurity {
  readonly version: string;
  readonly tables: readonly TableWall[];
}

const roles: readonly Role[] = ['agent', 'rep', 'supervisor', 'manager', 'executive', 'admin'];

/** Settings of the transaction, each read once per statement; missing or empty is nobody. */
const settings = {
  role: `(select current_setting('heed.role', true))`,
  person: `(select nullif(current_setting('heed.person_id', true), '')::uuid)`,
  team: `(select nullif(current_setting('heed.team_id', true), '')::uuid)`,
};

const known = new WeakMap<Catalogue, RowSecurity>();

/**
 * The second wall of a catalogue: the same row scopes that the compiler puts into statements, as policies of the
 * database. Pure text; nothing in it comes from a person.
 *
 * @param catalogue the whole one, not a role's part
 */
export function rowSecurityOf(catalogue: Catalogue): RowSecurity {
  const found = known.get(catalogue);
  if (found) return found;
  const made = build(catalogue);
  known.set(catalogue, made);
  return made;
}

function build(catalogue: Catalogue): RowSecurity {
  const byTable = new Map<string, EntityDefinition[]>();
  for (const entity of catalogue.entities.values())
    byTable.set(entity.table, [...(byTable.get(entity.table) ?? []), entity]);
  const tables = [...byTable].map(([table, entities]): TableWall => {
    const columns = new Set(entities.flatMap(realColumns));
    const parts = entities.map((entity) => visibleRows(catalogue, entity));
    const isFenced = isFencedTable(catalogue, table);
    const predicate = isFenced ? parts.join(' or ') : '';
    return { table, columns: [...columns].sort(), predicate, isJoined: isFenced, isFenced };
  });
  if (!byTable.has('person'))
    tables.push({
      table: 'person',
      columns: ['deleted_at', 'id', 'name', 'team_id'],
      predicate: 'false',
      isJoined: true,
      isFenced: true,
    });
  tables.push(keptHistory(catalogue));
  tables.sort((a, b) => (a.table < b.table ? -1 : 1));
  const version = createHash('sha256').update(JSON.stringify(tables)).digest('hex').slice(0, 32);
  return { version, tables };
}

/** Who sees everything is decided once per statement; only then are rows looked at. */
function visibleRows(catalogue: Catalogue, entity: EntityDefinition): string {
  const { byRole } = entity.rowScope;
  const reaching = (reach: string) => roles.filter((role) => byRole[role] === reach);
  const parts: string[] = [];
  const all = reaching('all');
  if (all.length > 0)
    parts.push(`(select current_setting('heed.role', true) in (${all.map(literal).join(', ')}))`);
  for (const role of reaching('own')) {
    const own = ownRows(catalogue, entity, ownerPath(entity.rowScope, role));
    if (own !== null) parts.push(`(${settings.role} = ${literal(role)} and ${own})`);
  }
  for (const role of reaching('team')) {
    const team = teamRows(catalogue, entity, ownerPathsOfTeam(entity.rowScope, role));
    if (team !== null) parts.push(`(${settings.role} = ${literal(role)} and ${team})`);
  }
  return parts.length === 0 ? 'false' : parts.join(' or ');
}

const ownerPath = (scope: RowScope, role: Role): string | null =>
  scope.ownerPathByRole?.[role] ?? scope.ownerPath;

function ownRows(catalogue: Catalogue, entity: EntityDefinition, path: string | null): string | null {
  return path === null
    ? null
    : reached(catalogue, entity, path, (column) => `${column} = ${settings.person}`);
}

function teamRows(catalogue: Catalogue, entity: EntityDefinition, owners: readonly string[]): string | null {
  const mates = `select p.id from ${qualified(joinedSchema, 'person')} p where p.team_id = ${settings.team} and p.deleted_at is null`;
  const parts = [
    entity.rowScope.teamPath === null
      ? null
      : reached(catalogue, entity, entity.rowScope.teamPath, (column) => `${column} = ${settings.team}`),
    ...owners.map((owner) => reached(catalogue, entity, owner, (column) => `${column} in (${mates})`)),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `(${parts.join(' or ')})`;
}

/** Rows whose column at the end of a path meets something; what stands on the way must not be deleted. */
function reached(
  catalogue: Catalogue,
  entity: EntityDefinition,
  path: string,
  meets: (column: string) => string,
): string | null {
  const steps = path.split('.');
  const column = steps.pop() ?? '';
  const [first, ...rest] = steps;
  if (first === undefined) {
    const real = realColumn(entity, column);
    return real === null ? null : meets(qualified(entity.table, real));
  }
  const join = entity.joins[first];
  let at = join && entityById(catalogue, join.entity);
  const from0 = join && realColumn(entity, join.column);
  const to0 = join && at && realColumn(at, join.to ?? at.key);
  if (!join || !at || from0 === null || to0 === null) return null;
  let from = `${view(catalogue, at)} a0`;
  const conditions = [...isLive(at, 'a0'), ...ofSource(join, 'a0')];
  for (const [index, step] of rest.entries()) {
    const further: EntityDefinition['joins'][string] | undefined = at.joins[step];
    const next: EntityDefinition | undefined = further && entityById(catalogue, further.entity);
    if (!further || !next) return null;
    const alias = `a${index + 1}`;
    const [left, right] = [realColumn(at, further.column), realColumn(next, further.to ?? next.key)];
    if (left === null || right === null) return null;
    from += ` join ${view(catalogue, next)} ${alias} on ${alias}.${identifier(right)} = a${index}.${identifier(left)}`;
    conditions.push(...isLive(next, alias), ...ofSource(further, alias));
    at = next;
  }
  const real = realColumn(at, column);
  if (real === null) return null;
  conditions.push(meets(`a${rest.length}.${identifier(real)}`));
  return `${qualified(entity.table, from0 ?? '')} in (select a0.${identifier(to0 ?? '')} from ${from} where ${conditions.join(' and ')})`;
}

const view = (catalogue: Catalogue, { table }: EntityDefinition): string =>
  isFencedTable(catalogue, table) ? qualified(joinedSchema, table) : tableName(table);

const ofSource = ({ source }: Join, alias: string): string[] =>
  source === undefined ? [] : [`${alias}.source = ${literal(source)}`];

const isLive = (entity: EntityDefinition, alias: string): string[] =>
  !entity.stored && Object.hasOwn(entity.columns, 'deleted_at') ? [`${alias}.deleted_at is null`] : [];

/** Kept values are of all rows together, so they are for those who see all rows of what a metric counts. */
function keptHistory(catalogue: Catalogue): TableWall {
  const metrics = [...catalogue.metrics.values()];
  const parts = roles.flatMap((role) => {
    const seen = metrics.filter(
      (metric) =>
        (metric.roles.length === 0 || metric.roles.includes(role)) &&
        entityOf(catalogue, metric)?.rowScope.byRole[role] === 'all',
    );
    if (seen.length === 0) return [];
    const ids = seen.map(({ id }) => literal(id)).sort();
    return [`(${settings.role} = ${literal(role)} and metric in (${ids.join(', ')}))`];
  });
  return {
    table: 'metric_history',
    columns: [
      'bucket_start',
      'currency',
      'grain',
      'metric',
      'rows_read',
      'segment',
      'segment_value',
      'value',
    ],
    predicate: parts.length === 0 ? 'false' : parts.join(' or '),
    isJoined: false,
    isFenced: true,
  };
}
