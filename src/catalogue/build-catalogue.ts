import type { Constants } from '../domain/constants.ts';
import type {
  DerivedMetric,
  DimensionDefinition,
  EntityDefinition,
  Join,
  MetricDefinition,
  RatioMetric,
  SimpleMetric,
} from './catalogue.ts';
import type { DimensionFile, EntityFile, MetricFile } from './catalogue-files.ts';
import { namesIn } from './formula.ts';
import type { Tables } from './tables.ts';

/** Turns what stands in the files into definitions; absent keys stay absent. */
export function buildEntity(file: EntityFile, tables: Tables): EntityDefinition {
  return {
    id: file.id,
    label: file.label,
    synonyms: file.synonyms,
    table: file.table,
    key: file.key ?? 'id',
    ...(file.hidden && { hidden: true as const }),
    titleColumn: file.title,
    joins: Object.fromEntries(Object.entries(file.joins).map(([name, join]) => [name, buildJoin(join)])),
    defaultTime: file.default_time,
    listColumns: file.list_columns,
    rowScope: {
      ownerPath: file.row_scope.owner,
      teamPath: file.row_scope.team,
      byRole: present(file.row_scope.roles),
      ...(file.row_scope.owner_by_role && { ownerPathByRole: present(file.row_scope.owner_by_role) }),
    },
    listFilters: file.list_filters,
    ...(file.list_order !== undefined && { listOrder: file.list_order }),
    ...columnsOf(file, tables),
    ...(file.parent !== undefined && { parent: file.parent }),
    ...(file.one_per_parent !== undefined && { onePerParent: file.one_per_parent }),
    ...(file.measured !== undefined && { measured: file.measured }),
    ...(file.snapshot && { snapshot: file.snapshot }),
  };
}

function buildJoin({ entity, column, to, source, optional }: EntityFile['joins'][string]): Join {
  return {
    entity,
    column,
    ...(to !== undefined && { to }),
    ...(source !== undefined && { source }),
    ...(optional && { isOptional: true }),
  };
}

/** A table of one's own says itself what its columns hold. */
function columnsOf(file: EntityFile, tables: Tables): Pick<EntityDefinition, 'columns' | 'stored'> {
  if (!file.columns) return { columns: Object.hasOwn(tables, file.table) ? (tables[file.table] ?? {}) : {} };
  const columns = Object.entries(file.columns);
  return {
    columns: Object.fromEntries(columns.map(([name, { type }]) => [name, type])),
    stored: Object.fromEntries(columns.map(([name, { stored }]) => [name, stored])),
  };
}

export function buildDimension(file: DimensionFile): DimensionDefinition {
  return {
    id: file.id,
    ...(file.hidden && { hidden: true as const }),
    label: file.label,
    description: file.description,
    synonyms: file.synonyms,
    entity: file.entity,
    path: file.path,
    also: file.also,
    type: file.type,
    values: file.values,
    format: file.format ?? null,
    filterable: file.filterable,
    groupable: file.groupable,
    pii: file.pii,
    roles: file.roles,
    ...(file.event !== undefined && { event: file.event }),
    ...(file.kind && { isKind: true as const }),
    ...(file.reason && { isReason: true as const }),
    ...(file.named && { isNamed: true as const }),
    ...(file.order !== undefined && { order: file.order }),
    ...(file.measures !== undefined && { measures: file.measures }),
    ...(file.key !== undefined && { keyPath: file.key }),
    ...(file.calendar !== undefined && { calendar: file.calendar }),
    ...(file.until !== undefined && { until: file.until }),
    ...(file.minus !== undefined && { minus: file.minus }),
    ...(file.differs !== undefined && { differs: file.differs }),
    ...(file.before !== undefined && { before: file.before }),
    ...(file.ongoing && { isOngoing: true as const }),
  };
}

/** @param constants names in a formula that are not metrics */
export function buildMetric(file: MetricFile, constants: Constants): MetricDefinition {
  const base = {
    id: file.id,
    ...(file.hidden && { hidden: true as const }),
    label: file.label,
    description: file.description,
    synonyms: file.synonyms,
    unit: file.unit,
    format: file.format,
    goodDirection: file.good,
    ...(file.target !== undefined && { target: file.target }),
    ...(file.covers !== undefined && { covers: file.covers }),
    ...(file.window !== undefined && { window: file.window }),
    roles: file.roles,
    verifiedQuestions: file.verified_questions,
  };
  if ('numerator' in file) {
    return {
      ...base,
      type: 'ratio',
      numerator: file.numerator,
      denominator: file.denominator,
    } satisfies RatioMetric;
  }
  if ('formula' in file) {
    const names = namesIn(file.formula.formula);
    const used = names.flatMap((name) => {
      const constant = constants.get(name);
      return constant ? [[name, constant] as const] : [];
    });
    return {
      ...base,
      type: 'derived',
      ...file.formula,
      parts: names.filter((name) => !constants.has(name)),
      constants: Object.fromEntries(used),
    } satisfies DerivedMetric;
  }
  const { measure } = file;
  return {
    ...base,
    type: 'simple',
    entity: file.entity,
    measure: {
      aggregate: measure.aggregate,
      path: measure.path ?? null,
      ...(measure.since !== undefined && { since: measure.since }),
      ...(measure.times !== undefined && { times: measure.times }),
      ...(measure.steps && { steps: measure.steps }),
      ...(measure.currency !== undefined && { currencyPath: measure.currency }),
    },
    filters: file.filters,
    timeDimension: file.time,
    defaultTime: file.default_time,
    additive: file.additive,
    ...(file.lasts && { lasts: file.lasts }),
  } satisfies SimpleMetric;
}

/** Drops keys whose value is undefined, which zod's partial records carry in their type. */
function present<Key extends string, Value>(
  record: Partial<Record<Key, Value | undefined>>,
): Partial<Record<Key, Value>> {
  const entries = Object.entries(record) as [Key, Value | undefined][];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Partial<
    Record<Key, Value>
  >;
}
