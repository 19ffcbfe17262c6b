import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { AnomalySeries, RowFilter } from '../domain/anomaly-settings.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** Span of time that rows are counted in, both ends included. */
export interface CountSpan {
  readonly since: Date;
  readonly until: Date;
  /** IANA zone whose days are counted. */
  readonly zone: string;
  /** Length of the buckets of a series by hour. */
  readonly slotSeconds: number;
}

/** Rows of a series in one bucket, of all or of one segment. */
export interface CountedRow {
  readonly bucket: number;
  readonly dimension: string | null;
  readonly segment: string | null;
  readonly amount: number | null;
  readonly cases: number;
}

/**
 * Counts a series in one statement, in all and by each of its dimensions. Buckets are slots since 1970 for hours, local
 * days since 1970 for days. Table and column names come from the settings, which know only those of the catalogue.
 */
export async function countSeries(
  db: Kysely<Schema>,
  series: AnomalySeries,
  span: CountSpan,
): Promise<readonly CountedRow[]> {
  const dimensions = series.segments.map((name, index) => ({ name, column: sql.ref(`d${index}`) }));
  const sets = [
    ...(series.hasTotal ? [sql`(bucket)`] : []),
    ...dimensions.map(({ column }) => sql`(bucket, ${column})`),
  ];
  const dimension = whichDimension(dimensions, ({ name }) => sql`${name}::text`);
  const segment = whichDimension(dimensions, ({ column }) => column);
  const { rows } = await sql<CountedRow>`
    select bucket, ${dimension} as dimension, ${segment} as segment, ${amountOf(series)} as amount, count(*) as cases
    from (
      select ${bucketOf(series, span)} as bucket, ${measured(series)} as measured
        ${sql.join(
          dimensions.map(({ name, column }) => sql`, ${sql.ref(name)}::text as ${column}`),
          sql``,
        )}
      from ${sql.table(series.table)}
      where ${conditionsOf(series, span)}
    ) counted
    group by grouping sets (${sql.join(sets)})
  `.execute(db);
  return rows;
}

type Dimension = { readonly name: string; readonly column: RawBuilder<unknown> };

function whichDimension(
  dimensions: readonly Dimension[],
  expressionOf: (dimension: Dimension) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (dimensions.length === 0) return sql`null::text`;
  const cases = dimensions.map((one) => sql`when grouping(${one.column}) = 0 then ${expressionOf(one)}`);
  return sql`case ${sql.join(cases, sql` `)} end`;
}

function bucketOf(
  { time, isDated, grain }: AnomalySeries,
  { zone, slotSeconds }: CountSpan,
): RawBuilder<unknown> {
  const column = sql.ref(time);
  if (grain === 'hour') return sql`floor(extract(epoch from ${column}) / ${slotSeconds}::int)::bigint`;
  const day = isDated ? column : sql`(${column} at time zone ${zone}::text)::date`;
  return sql`(${day} - date '1970-01-01')`;
}

function measured({ measure }: AnomalySeries): RawBuilder<unknown> {
  if (measure.kind === 'rows') return sql`1`;
  if (measure.kind === 'share') return sql`(case when ${conditionOf(measure.of)} then 1 else 0 end)`;
  return sql.ref(measure.column);
}

function amountOf({ measure }: AnomalySeries): RawBuilder<unknown> {
  if (measure.kind === 'median') return sql`percentile_cont(0.5) within group (order by measured)`;
  return sql`sum(measured)::double precision`;
}

function conditionsOf(series: AnomalySeries, { since, until, zone }: CountSpan): RawBuilder<unknown> {
  const time = sql.ref(series.time);
  const span = series.isDated
    ? sql`${time} between (${since}::timestamptz at time zone ${zone}::text)::date
        and (${until}::timestamptz at time zone ${zone}::text)::date`
    : sql`${time} >= ${since} and ${time} <= ${until}`;
  return sql.join(
    [
      span,
      ...(series.hasDeletedRows ? [sql`deleted_at is null`] : []),
      ...series.where.map(conditionOf),
      ...(series.measure.kind === 'median' ? [sql`${sql.ref(series.measure.column)} is not null`] : []),
    ],
    sql` and `,
  );
}

function conditionOf(filter: RowFilter): RawBuilder<unknown> {
  const column = sql.ref(filter.column);
  if (filter.kind === 'known') return sql`${column} is not null`;
  if (filter.kind === 'at-most') return sql`${column} <= ${filter.limit}::double precision`;
  return sql`coalesce(${column}::text = any(${[...filter.values]}::text[]), false)`;
}

/** Time of the newest row of the table that a series is of; a date is the beginning of its day in the zone. */
export async function findNewestOfSeries(
  db: Kysely<Schema>,
  series: AnomalySeries,
  { until, zone }: Pick<CountSpan, 'until' | 'zone'>,
): Promise<Date | null> {
  const time = sql.ref(series.time);
  const column = series.isDated ? sql`(${time}::timestamp at time zone ${zone}::text)` : time;
  const alive = series.hasDeletedRows ? sql`deleted_at is null and` : sql``;
  // Whether rows arrive at all: a day without negative tickets is no day without tickets.
  const { rows } = await sql<{ newest: Date | null }>`
    select ${column} as newest from ${sql.table(series.table)}
    where ${alive} ${time} <= ${until} and ${time} is not null
    order by ${time} desc limit 1
  `.execute(db);
  return rows[0]?.newest ?? null;
}

/** A counted past, as it was kept. */
export interface KeptHistory {
  readonly settingsVersion: string;
  readonly countedFrom: Date;
  readonly countedAt: Date;
  /** As it was given; read back through a check. */
  readonly buckets: unknown;
}

export async function findSeriesHistory(db: Kysely<Schema>, series: string): Promise<KeptHistory | null> {
  const row = await db
    .selectFrom('series_history')
    .select([
      'settings_version as settingsVersion',
      'counted_from as countedFrom',
      'counted_at as countedAt',
      'buckets',
    ])
    .where('series', '=', series)
    .executeTakeFirst();
  return row ?? null;
}

export async function keepSeriesHistory(
  trx: Transaction<Schema>,
  series: string,
  history: KeptHistory,
): Promise<void> {
  const row = {
    settings_version: history.settingsVersion,
    counted_from: history.countedFrom,
    counted_at: history.countedAt,
    buckets: toJson(history.buckets),
  };
  await trx
    .insertInto('series_history')
    .values({ series, ...row })
    .onConflict((conflict) => conflict.column('series').doUpdateSet(row))
    .execute();
}

/** A bucket of a series that was out of the ordinary. */
export interface AnomalyRow {
  readonly id: string;
  readonly series: string;
  readonly label: string;
  readonly segment: string;
  readonly segmentLabel: string;
  readonly grain: string;
  readonly bucketStart: Date;
  readonly observed: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  readonly usual: string;
  readonly score: number;
  readonly opensEpisode: boolean;
  readonly detectedAt: Date;
}

/** Rows per statement: 16 columns each, and Postgres takes 65,535 parameters. */
const CHUNK = 1_000;

/** Keeps anomalies; one that is known keeps the time it was first seen. */
export async function saveAnomalies(
  trx: Transaction<Schema>,
  anomalies: readonly AnomalyRow[],
): Promise<void> {
  for (let from = 0; from < anomalies.length; from += CHUNK) {
    await trx
      .insertInto('anomaly')
      .values(anomalies.slice(from, from + CHUNK).map(toAnomalyColumns))
      .onConflict((conflict) =>
        conflict.columns(['series', 'segment', 'grain', 'bucket_start']).doUpdateSet((eb) => ({
          label: eb.ref('excluded.label'),
          segment_label: eb.ref('excluded.segment_label'),
          observed: eb.ref('excluded.observed'),
          expected: eb.ref('excluded.expected'),
          lower_bound: eb.ref('excluded.lower_bound'),
          upper_bound: eb.ref('excluded.upper_bound'),
          usual: eb.ref('excluded.usual'),
          score: eb.ref('excluded.score'),
          direction: eb.ref('excluded.direction'),
          opens_episode: eb.ref('excluded.opens_episode'),
        })),
      )
      .execute();
  }
}

function toAnomalyColumns(one: AnomalyRow) {
  return {
    id: one.id,
    series: one.series,
    label: one.label,
    segment: one.segment,
    segment_label: one.segmentLabel,
    grain: one.grain,
    bucket_start: one.bucketStart,
    observed: one.observed,
    expected: one.expected,
    lower_bound: one.lower,
    upper_bound: one.upper,
    usual: one.usual,
    score: one.score,
    direction: one.score > 0 ? ('above' as const) : ('below' as const),
    opens_episode: one.opensEpisode,
    detected_at: one.detectedAt,
  };
}
