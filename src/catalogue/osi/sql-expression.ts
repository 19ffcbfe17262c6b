import type { Catalogue, DimensionDefinition, MetricDefinition, MetricFilter } from '../catalogue.ts';
import { realColumn } from '../own-tables.ts';
import { entityById, findWay, followPath, type Way } from '../paths.ts';

/**
 * What a metric computes as standard SQL, for readers of other programs; ours never runs it. Columns are written
 * `dataset.column`, with the dataset at the end of the joins.
 */
export function expressionOf(catalogue: Catalogue, metric: MetricDefinition): string {
  if (metric.type === 'ratio') {
    const [over, under] = [metric.numerator, metric.denominator].map((id) => part(catalogue, id));
    return `(${over}) / NULLIF((${under}), 0)`;
  }
  if (metric.type === 'derived')
    return metric.written.replaceAll(/[a-z][a-z0-9_]*/g, (name) => {
      const constant = metric.constants[name];
      return constant === undefined ? `(${part(catalogue, name)})` : String(constant.value);
    });
  const { aggregate, path, since, times } = metric.measure;
  const value =
    path === null
      ? '*'
      : `${column(catalogue, metric.entity, path)}${since === undefined ? '' : ` - ${column(catalogue, metric.entity, since)}`}${times === undefined ? '' : ` * ${column(catalogue, metric.entity, times)}`}`;
  const filters = metric.filters.map((filter) => condition(catalogue, metric.entity, filter));
  const where = filters.length === 0 ? '' : ` FILTER (WHERE ${filters.join(' AND ')})`;
  return `${call(aggregate, value)}${where}`;
}

export function fieldExpression(catalogue: Catalogue, dimension: DimensionDefinition): string {
  const begin = column(catalogue, dimension.entity, dimension.path);
  const text = expressionAlong(catalogue, dimension, begin);
  // A column of the dataset itself needs no dataset's name.
  return text.startsWith(`${dimension.entity}.`) ? text.slice(dimension.entity.length + 1) : text;
}

function expressionAlong(catalogue: Catalogue, dimension: DimensionDefinition, begin: string): string {
  const { entity, minus, differs, until } = dimension;
  if (minus !== undefined) return `${begin} - ${column(catalogue, entity, minus)}`;
  if (differs !== undefined) return `${begin} IS DISTINCT FROM ${column(catalogue, entity, differs)}`;
  return until === undefined ? begin : `${endOf(catalogue, dimension)} - ${begin}`;
}

/** End of a length of time; what has none yet has lasted until now. */
function endOf(catalogue: Catalogue, { entity, until = '@now', isOngoing }: DimensionDefinition): string {
  const end = column(catalogue, entity, until);
  return isOngoing ? `COALESCE(${end}, CURRENT_TIMESTAMP)` : end;
}

function part(catalogue: Catalogue, id: string): string {
  const metric = catalogue.metrics.get(id);
  return metric ? expressionOf(catalogue, metric) : id;
}

function call(
  aggregate: Extract<MetricDefinition, { type: 'simple' }>['measure']['aggregate'],
  value: string,
): string {
  switch (aggregate) {
    case 'count':
      return 'COUNT(*)';
    case 'count_distinct':
      return `COUNT(DISTINCT ${value})`;
    case 'median':
      return `PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ${value})`;
    case 'p10':
    case 'p25':
    case 'p75':
    case 'p90':
    case 'p95':
      return `PERCENTILE_CONT(${Number(aggregate.slice(1)) / 100}) WITHIN GROUP (ORDER BY ${value})`;
    default:
      return `${aggregate.toUpperCase()}(${value})`;
  }
}

function column(catalogue: Catalogue, entityId: string, path: string): string {
  if (path === '@now') return 'CURRENT_TIMESTAMP';
  const way = followPath(catalogue, entityId, path);
  return way ? written(catalogue, way) : path;
}

function written(catalogue: Catalogue, way: Way): string {
  const entity = entityById(catalogue, way.entity);
  const stored = entity?.stored?.[way.column];
  if (stored?.kind === 'constant') return literal(stored.text);
  if (stored?.kind === 'joined') {
    const parts = stored.columns.map(
      (name) => `${way.entity}.${(entity && realColumn(entity, name)) ?? name}`,
    );
    return parts.join(" || ' ' || ");
  }
  return `${way.entity}.${(entity && realColumn(entity, way.column)) ?? way.column}`;
}

const signs = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function condition(
  catalogue: Catalogue,
  entityId: string,
  { dimension: id, op, values }: MetricFilter,
): string {
  const dimension = catalogue.dimensions.get(id);
  const way = dimension && findWay(catalogue, entityId, dimension);
  const left = way ? written(catalogue, way) : id;
  const list = values.map((value) => {
    if (value === '@now') return 'CURRENT_TIMESTAMP';
    if (value === '@today') return 'CURRENT_DATE';
    return typeof value === 'string' ? literal(value) : String(value);
  });
  switch (op) {
    case 'is_null':
      return `${left} IS NULL`;
    case 'is_not_null':
      return `${left} IS NOT NULL`;
    case 'in':
      return `${left} IN (${list.join(', ')})`;
    case 'not_in':
      return `(${left} IS NULL OR ${left} NOT IN (${list.join(', ')}))`;
    default:
      return `${left} ${signs[op]} ${list[0] ?? 'NULL'}`;
  }
}

const literal = (words: string): string => `'${words.replaceAll("'", "''")}'`;
