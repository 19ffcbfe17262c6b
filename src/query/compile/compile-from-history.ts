import { type RawBuilder, sql } from 'kysely';
import type { HistoryGrain } from '../../domain/snapshot-settings.ts';
import type { Condition } from '../condition.ts';
import type { TimeUnit } from '../metric-query.ts';
import { type AggregateRow, bucket } from './compile-aggregate.ts';
import { compileConditions } from './compile-condition.ts';
import { recordedSegment } from './compile-history.ts';
import type { RowSource } from './row-source.ts';

/** Whole buckets of a grain: instants for hours, local days for days and weeks; half-open. */
export interface HistoryPiece {
  readonly grain: HistoryGrain;
  readonly from: string;
  readonly to: string;
}

export interface HistoryReading {
  readonly metric: string;
  /** Dimension that the values are cut by; empty for all rows together. */
  readonly segment: string;
  /** Conditions on the value of the segment. */
  readonly conditions: readonly Condition[];
  readonly groups: readonly (
    | { readonly kind: 'value' }
    | { readonly kind: 'time'; readonly grain: TimeUnit }
  )[];
  readonly hasCurrency: boolean;
  readonly zone: string;
  readonly fiscalStartMonth: number;
}

/** Every condition of a reading is about the one segment. */
const segmentValue: Pick<RowSource, 'column' | 'related' | 'beside'> = {
  column: () => sql.ref('h.segment_value'),
  related: (table) => sql.table(table),
  beside: () => {
    throw new Error('what is kept of a figure knows no other records');
  },
};

/** Values of a metric from what is kept, together with those that were counted live: rows as of an aggregate. */
export function compileFromHistory(
  reading: HistoryReading,
  pieces: readonly HistoryPiece[],
  live: RawBuilder<AggregateRow> | null,
): RawBuilder<AggregateRow> {
  const names = [...reading.groups.keys()].map((index) => sql.ref(`g${index}`));
  if (reading.hasCurrency) names.push(sql.ref('in_currency'));
  const list = names.length === 0 ? sql`` : sql`${sql.join(names)}, `;
  const cells = reading.groups.map(
    (group, index) => sql`${cellOf(reading, group)} as ${sql.ref(`g${index}`)}`,
  );
  if (reading.hasCurrency) cells.push(sql`h.currency as in_currency`);
  const kept = sql`select ${cells.length === 0 ? sql`` : sql`${sql.join(cells)}, `}h.value, h.rows_read
    from metric_history as h where ${sql.join(whereOf(reading, pieces), sql` and `)}`;
  const counted =
    live === null ? sql`` : sql` union all select ${list}l.value::numeric, l.rows_read from (${live}) as l`;
  const grouping = names.length === 0 ? sql`` : sql` group by ${sql.join(names)}`;
  return sql<AggregateRow>`select ${list}sum(value) as value, coalesce(sum(rows_read), 0)::bigint as rows_read
    from (${kept}${counted}) as u${grouping} limit 50001`;
}

function cellOf(
  { zone, fiscalStartMonth }: HistoryReading,
  group: HistoryReading['groups'][number],
): RawBuilder<unknown> {
  if (group.kind === 'value') return sql`h.segment_value`;
  const instant = { grain: group.grain, way: { type: 'instant' as const } };
  return bucket(sql.ref('h.bucket_start'), instant, { zone, fiscalStartMonth });
}

function whereOf(
  { metric, segment, conditions, zone }: HistoryReading,
  pieces: readonly HistoryPiece[],
): readonly RawBuilder<unknown>[] {
  const day = sql`(h.bucket_start at time zone ${zone})::date`;
  const spans = pieces.map(({ grain, from, to }) =>
    grain === 'hour'
      ? sql`(h.grain = 'hour' and h.bucket_start >= ${from}::timestamptz and h.bucket_start < ${to}::timestamptz)`
      : sql`(h.grain = ${grain} and ${day} >= ${from}::date and ${day} < ${to}::date)`,
  );
  return [
    sql`h.metric = ${metric}`,
    sql`h.segment = ${segment}`,
    sql`(${sql.join(spans, sql` or `)})`,
    ...compileConditions(segmentValue, conditions),
  ];
}

/**
 * Course of a state: of each bucket that it was looked at in, the value of the last look.
 *
 * @param piece what is read; its days are local days for every grain
 * @param grain of the answer's buckets
 */
export function compileStateCourse(
  reading: HistoryReading,
  piece: HistoryPiece,
  grain: TimeUnit,
): RawBuilder<AggregateRow> {
  const { metric, segment, conditions, groups, hasCurrency, zone } = reading;
  const day = sql`(r.bucket_start at time zone ${zone})::date`;
  const at = bucket(sql.ref('r.bucket_start'), { grain, way: { type: 'instant' } }, reading);
  const isCut = groups.some(({ kind }) => kind === 'value');
  const matched = [
    sql`h.metric = ${metric}`,
    sql`h.segment = ${segment}`,
    sql`h.grain = ${piece.grain}`,
    sql`h.bucket_start = looked.last`,
    ...compileConditions(segmentValue, conditions),
  ];
  const names = groups.map((_, index) => sql.ref(`g${index}`));
  const cells = groups.map(
    ({ kind }, index) =>
      sql`${kind === 'value' ? sql`h.segment_value` : sql`looked.at`} as ${sql.ref(`g${index}`)}`,
  );
  if (hasCurrency) {
    names.push(sql.ref('in_currency'));
    cells.push(sql`h.currency as in_currency`);
  }
  // Where nothing was found in a bucket that was looked at, the state was none; a group then has no row at all.
  const join = isCut ? sql`join` : sql`left join`;
  const value = hasCurrency ? sql`sum(h.value)` : sql`coalesce(sum(h.value), 0)`;
  return sql<AggregateRow>`with looked as (
      select ${at} as at, max(r.bucket_start) as last from metric_history as r
       where r.metric = ${metric} and r.segment = ${recordedSegment} and r.grain = ${piece.grain}
         and ${day} >= ${piece.from}::date and ${day} < ${piece.to}::date
       group by 1)
    select ${sql.join(cells)}, ${value} as value, coalesce(sum(h.rows_read), 0)::bigint as rows_read
      from looked ${join} metric_history as h on ${sql.join(matched, sql` and `)}
     group by ${sql.join(names)} limit 50001`;
}

/** Buckets that a state was looked at in. Column: at. */
export function compileLooked(
  metric: string,
  piece: HistoryPiece,
  grain: TimeUnit,
  { zone, fiscalStartMonth }: Pick<HistoryReading, 'zone' | 'fiscalStartMonth'>,
): RawBuilder<{ readonly at: unknown }> {
  const day = sql`(r.bucket_start at time zone ${zone})::date`;
  const at = bucket(
    sql.ref('r.bucket_start'),
    { grain, way: { type: 'instant' } },
    { zone, fiscalStartMonth },
  );
  return sql`select distinct ${at} as at from metric_history as r
    where r.metric = ${metric} and r.segment = ${recordedSegment} and r.grain = ${piece.grain}
      and ${day} >= ${piece.from}::date and ${day} < ${piece.to}::date`;
}
