import { type RawBuilder, sql } from 'kysely';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Way } from '../../catalogue/paths.ts';
import type { HistoryGrain } from '../../domain/snapshot-settings.ts';
import type { Condition } from '../condition.ts';
import type { HistoryDefinition } from '../history/history-definition.ts';
import { compileAggregate, type Group } from './compile-aggregate.ts';
import { relatedTable } from './row-source.ts';

/** Half-open, of local days as `YYYY-MM-DD`. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

export interface HistoryMoment {
  readonly now: Date;
  readonly zone: string;
  /** The metric's own conditions. */
  readonly conditions: readonly Condition[];
}

/** Segment that marks the buckets in which a state was looked at: none found is not the same as not looked. */
export const recordedSegment = '@recorded';

/**
 * Values of a metric by its time, for every bucket that has rows: one pass over the records, rolled up to each segment
 * and grain. Columns: segment, grain, bucket_start, segment_value, currency, value, rows_read.
 *
 * @param within conditions on the metric's time
 * @param grains `hour` alone, or `day` and `week` together, each with its first local day
 */
export function compileFlowHistory(
  catalogue: Catalogue,
  definition: HistoryDefinition,
  { now, zone, conditions }: HistoryMoment,
  within: Condition,
  grains: readonly { readonly grain: HistoryGrain; readonly from: string }[],
): RawBuilder<unknown> {
  const { time, metric, entity, currency } = definition;
  if (time === null) throw new Error(`${metric.id} is a state and has no time`);
  const isHours = grains.some(({ grain }) => grain === 'hour');
  const fine = compileAggregate(catalogue, {
    entity,
    measure: metric.measure,
    groups: [{ kind: 'time', way: time.way, grain: isHours ? 'hour' : 'day' }, ...valueGroups(definition)],
    currency,
    conditions: [...conditions, within],
    time: null,
    now,
    zone,
    fiscalStartMonth: 1,
    isUnlimited: true,
  });
  const parts = grains.flatMap(({ grain, from }) => {
    const start = {
      hour: sql`g0`,
      day: sql`g0::timestamp at time zone ${zone}`,
      week: sql`date_trunc('week', g0::timestamp) at time zone ${zone}`,
    }[grain];
    const isKept = isHours ? sql`true` : sql`g0 >= ${from}::date`;
    return [null, ...definition.segments.keys()].map((index) =>
      rollUp(definition, index, grain, start, isKept),
    );
  });
  return sql`with fine as materialized (${fine}) ${sql.join(parts, sql` union all `)}`;
}

function rollUp(
  { segments, currency }: HistoryDefinition,
  index: number | null,
  grain: HistoryGrain,
  start: RawBuilder<unknown>,
  isKept: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const segment = index === null ? '' : (segments[index]?.dimension ?? '');
  const value = index === null ? sql`null::text` : sql`${sql.ref(`g${index + 1}`)}::text`;
  return sql`select ${segment}::text as segment, ${grain}::text as grain, ${start} as bucket_start,
    ${value} as segment_value, ${currency ? sql`in_currency::text` : sql`null::text`} as currency,
    sum(value)::numeric as value, sum(rows_read)::bigint as rows_read
    from fine where ${isKept} group by 3, 4, 5`;
}

function valueGroups({ segments }: HistoryDefinition): readonly Group[] {
  return segments.map(({ way }) => ({ kind: 'value', way, key: null }));
}

/** A state as of now, put into the bucket of each grain that now lies in, and the mark that it was looked at. */
export function compileStateHistory(
  catalogue: Catalogue,
  definition: HistoryDefinition,
  { now, zone, conditions }: HistoryMoment,
  buckets: Readonly<Record<HistoryGrain, Date>>,
): RawBuilder<unknown> {
  const { metric, entity, currency, segments } = definition;
  const aggregation = { entity, measure: metric.measure, currency, conditions, time: null, now, zone };
  const fine = compileAggregate(catalogue, {
    ...aggregation,
    groups: valueGroups(definition),
    fiscalStartMonth: 1,
    isUnlimited: true,
  });
  const all = [null, ...segments.keys()].map((index) => {
    const segment = index === null ? '' : (segments[index]?.dimension ?? '');
    const value = index === null ? sql`null::text` : sql`${sql.ref(`g${index}`)}::text`;
    return sql`select ${segment}::text as segment, ${value} as segment_value,
      ${currency ? sql`in_currency::text` : sql`null::text`} as currency, sum(value)::numeric as value,
      sum(rows_read)::bigint as rows_read from fine group by 2, 3`;
  });
  const grains = sql.join(
    Object.entries(buckets).map(
      ([grain, start]) => sql`(${grain}::text, ${start.toISOString()}::timestamptz)`,
    ),
  );
  return sql`with fine as materialized (${fine}), found as (
      ${sql.join(all, sql` union all `)}
      union all select ${recordedSegment}::text, null, null, 0, 0)
    select segment, b.grain, b.bucket_start, segment_value, currency, value, rows_read
    from found cross join (values ${grains}) as b(grain, bucket_start)`;
}

/**
 * Local days whose values may have changed since a moment: of records stored since, of records that depend on others
 * stored since, and of records that have left them. Column: day.
 */
export function compileTouchedDays(
  catalogue: Catalogue,
  { entity, time, joins }: HistoryDefinition,
  zone: string,
  since: Date,
  most: number,
): RawBuilder<{ readonly day: string }> {
  if (time === null) throw new Error('a state has no touched days');
  const dayOf = (value: RawBuilder<unknown>) =>
    time.type === 'date' ? sql`${value}::date` : sql`(${value}::timestamptz at time zone ${zone})::date`;
  const at = since.toISOString();
  const own = sql.ref(`t.${time.way.column}`);
  // One branch per way of changing, so that each is answered from its own index.
  const isChanged = [
    changedSince(catalogue, entity.id, 't', at),
    ...joins.map((chain) => changedThrough(catalogue, entity.id, 't', chain, at)),
  ];
  const branches = isChanged.map(
    (condition) =>
      sql`select ${dayOf(own)} as day from ${sql.table(entity.table)} as t where ${own} is not null and ${condition}`,
  );
  return sql`select distinct to_char(day, 'YYYY-MM-DD') as day from (
      ${sql.join(branches, sql` union all `)}
      union all
      select ${dayOf(sql.ref('m.was'))} from moved_record as m
       where m.table_name = ${entity.table} and m.column_name = ${time.way.column} and m.noted_at >= ${at}
    ) as touched where day is not null limit ${most + 1}`;
}

function changedSince(
  catalogue: Catalogue,
  entityId: string,
  alias: string,
  at: string,
): RawBuilder<boolean> {
  const entity = catalogue.entities.get(entityId) ?? catalogue.passedEntities?.get(entityId);
  const column = ['synced_at', 'computed_at'].find((name) => entity && Object.hasOwn(entity.columns, name));
  return column === undefined ? sql<boolean>`true` : sql<boolean>`${sql.ref(`${alias}.${column}`)} >= ${at}`;
}

/** The row that a chain of joins leads to, or one on the way, was stored since. */
function changedThrough(
  catalogue: Catalogue,
  entityId: string,
  alias: string,
  [step, ...rest]: readonly string[],
  at: string,
): RawBuilder<boolean> {
  const entity = catalogue.entities.get(entityId) ?? catalogue.passedEntities?.get(entityId);
  const join = step === undefined ? undefined : entity?.joins[step];
  const next = join && (catalogue.entities.get(join.entity) ?? catalogue.passedEntities?.get(join.entity));
  if (!join || !next || step === undefined) return sql<boolean>`false`;
  const name = `${alias}_${step}`;
  const further = rest.length === 0 ? sql`` : sql` or ${changedThrough(catalogue, next.id, name, rest, at)}`;
  return sql<boolean>`${sql.ref(`${alias}.${join.column}`)} in (select ${sql.ref(`${name}.id`)} from ${relatedTable(catalogue, next.table)} as ${sql.ref(name)} where ${changedSince(catalogue, next.id, name, at)}${further})`;
}

/** Rows whose time lies in one of the spans. */
export function withinSpans(
  way: Way,
  spans: readonly { readonly from: string; readonly to: string }[],
): Condition {
  return {
    kind: 'any-of',
    conditions: spans.map(({ from, to }) => ({
      kind: 'all-of',
      conditions: [
        { kind: 'compare', way, op: 'gte', value: from },
        { kind: 'compare', way, op: 'lt', value: to },
      ],
    })),
  };
}
