import { type RawBuilder, sql } from 'kysely';
import type { Catalogue, EntityDefinition, SimpleMetric } from '../../catalogue/catalogue.ts';
import { followPath, type Way } from '../../catalogue/paths.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { Condition } from '../condition.ts';
import type { TimeUnit } from '../metric-query.ts';
import type { AbsoluteRange } from '../resolve/time-range.ts';
import { compileConditions } from './compile-condition.ts';
import { type RowSource, rowSource } from './row-source.ts';
import { inRange, snapshotTable } from './snapshot-table.ts';

/** One aggregate over one entity: a simple metric, grouped and filtered, for one range. */
export interface Aggregation {
  readonly entity: EntityDefinition;
  readonly measure: SimpleMetric['measure'];
  readonly groups: readonly Group[];
  /** Where the currency stands, when rows must be kept apart by it. */
  readonly currency: Way | null;
  /** Scope, subject, metric filters and the question's filters. */
  readonly conditions: readonly Condition[];
  readonly time: { readonly way: Way; readonly range: AbsoluteRange } | null;
  readonly now: Date;
  readonly zone: string;
  readonly fiscalStartMonth: number;
  /** The rows stay in the database, so their number does not matter. */
  readonly isUnlimited?: boolean;
}

export type Group =
  | { readonly kind: 'value'; readonly way: Way; readonly key: Way | null }
  | { readonly kind: 'time'; readonly way: Way; readonly grain: TimeUnit };

/** A row of the result. Groups are `g0`, `g1`, … with their ids in `k0`, …; the rest has one name. */
export interface AggregateRow {
  readonly value: number | null;
  readonly rows_read: number;
  readonly in_currency?: string | null;
  readonly [group: `g${number}`]: unknown;
  readonly [key: `k${number}`]: unknown;
}

/** More groups than this are not an answer; one more is fetched to notice it. */
export const mostGroups = 50_000;

export function compileAggregate(catalogue: Catalogue, aggregation: Aggregation): RawBuilder<AggregateRow> {
  const source = rowSource(catalogue, aggregation.entity, aggregation, snapshotBase(aggregation));
  const selected: RawBuilder<unknown>[] = [];
  const names: RawBuilder<unknown>[] = [];
  const select = (expression: RawBuilder<unknown>, name: string) => {
    selected.push(sql`${expression} as ${sql.ref(name)}`);
    names.push(sql.ref(name));
  };
  for (const [index, group] of aggregation.groups.entries()) {
    if (group.kind === 'time') select(bucket(source.column(group.way), group, aggregation), `g${index}`);
    else {
      select(source.column(group.way), `g${index}`);
      if (group.key) select(source.column(group.key), `k${index}`);
    }
  }
  if (aggregation.currency) select(source.column(aggregation.currency), 'in_currency');
  const value = aggregate(catalogue, source, aggregation);
  const conditions = compileConditions(source, aggregation.conditions);
  if (aggregation.time)
    conditions.push(...inRange(source.column(aggregation.time.way), aggregation.time.range));
  const where = sql.join([source.isFact, ...conditions], sql` and `);
  const columns = sql.join([...selected, sql`${value} as value`, sql`count(*) as rows_read`]);
  const limit = aggregation.isUnlimited === true ? sql`` : sql` limit 50001`;
  const grouping = names.length > 0 ? sql` group by ${sql.join(names)}${limit}` : sql``;
  return sql<AggregateRow>`select ${columns} ${source.from()} where ${where}${grouping}`;
}

/** The aggregate of a measure; doubles where an average or a percentile needs them, exact numerics for sums. */
function aggregate(
  catalogue: Catalogue,
  source: RowSource,
  { measure, entity, now }: Aggregation,
): RawBuilder<unknown> {
  const columnAt = (path: string): RawBuilder<unknown> => {
    if (path === '@now') return sql`${now.toISOString()}::timestamptz`;
    const way = followPath(catalogue, entity.id, path);
    if (!way) throw new Error(`path ${path} does not lead from ${entity.id} to a column`);
    return source.column(way);
  };
  if (measure.path === null) return sql`count(*)`;
  let value = columnAt(measure.path);
  if (measure.since !== undefined) {
    const from = columnAt(measure.since);
    const isDate = followPath(catalogue, entity.id, measure.since)?.type === 'date';
    value = isDate ? sql`(${value} - ${from})` : sql`extract(epoch from (${value} - ${from}))`;
  }
  if (measure.times !== undefined) value = sql`(${value} * ${columnAt(measure.times)})`;
  if (measure.steps) value = steps(value, measure.steps);
  switch (measure.aggregate) {
    case 'count':
      return sql`count(${value})`;
    case 'count_distinct':
      return sql`count(distinct ${value})`;
    case 'sum':
      return sql`sum(${value})`;
    case 'avg':
      return sql`avg(${value})`;
    case 'min':
      return sql`min(${value})`;
    case 'max':
      return sql`max(${value})`;
    case 'median':
      return sql`percentile_cont(0.5) within group (order by (${value})::float8)`;
    case 'p10':
    case 'p25':
    case 'p75':
    case 'p90':
    case 'p95':
      return sql`percentile_cont(${sql.lit(Number(measure.aggregate.slice(1)) / 100)}) within group (order by (${value})::float8)`;
    default:
      return exhaustive(measure.aggregate);
  }
}

function steps(
  value: RawBuilder<unknown>,
  list: readonly { readonly from: number | null; readonly points: number }[],
): RawBuilder<unknown> {
  const cases = list.map(({ from, points }) =>
    from === null
      ? sql`when ${value} is not null then ${points}::float8`
      : sql`when ${value} >= ${from}::float8 then ${points}::float8`,
  );
  return sql`case ${sql.join(cases, sql` `)} end`;
}

/** First day of the bucket as a date, in the asker's zone; hours stay instants, so that 02:00 twice a year is two. */
export function bucket(
  column: RawBuilder<unknown>,
  { grain, way }: { readonly grain: TimeUnit; readonly way: Pick<Way, 'type'> },
  { zone, fiscalStartMonth }: Pick<Aggregation, 'zone' | 'fiscalStartMonth'>,
): RawBuilder<unknown> {
  const isDate = way.type === 'date';
  if (grain === 'hour') return sql`date_trunc('hour', ${column}, ${zone})`;
  const local = isDate ? sql`${column}::timestamp` : sql`(${column} at time zone ${zone})`;
  const monthsBack = fiscalStartMonth - 1;
  if (monthsBack > 0 && (grain === 'quarter' || grain === 'year')) {
    const shift = sql`make_interval(months => ${monthsBack}::int)`;
    return sql`(date_trunc(${grain}, ${local} - ${shift}) + ${shift})::date`;
  }
  return sql`date_trunc(${grain}, ${local})::date`;
}

/**
 * States by day: of all rows of one subject only the newest one in the range counts, or the newest one in each bucket
 * when the question is grouped by time.
 */
function snapshotBase(aggregation: Aggregation): RawBuilder<unknown> {
  return snapshotTable(aggregation.entity, aggregation.time?.range ?? null, (column) => {
    const grouped = aggregation.groups.find((group) => group.kind === 'time');
    return grouped?.kind === 'time' ? bucket(column, grouped, aggregation) : null;
  });
}
