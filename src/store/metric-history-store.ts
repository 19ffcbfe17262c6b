import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { HistoryGrain } from '../domain/snapshot-settings.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** What is kept of one metric. */
export interface HistoryState {
  readonly metric: string;
  readonly definition: string;
  readonly segments: readonly string[];
  readonly zone: string;
  /** First local day that each grain is kept from. */
  readonly from: Readonly<Record<HistoryGrain, string>>;
  readonly readUntil: Date;
  readonly asOf: Date;
}

/** States by metric. */
export async function loadHistoryStates(db: Kysely<Schema>): Promise<ReadonlyMap<string, HistoryState>> {
  const rows = await db.selectFrom('metric_history_state').selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.metric,
      {
        metric: row.metric,
        definition: row.definition,
        segments: Array.isArray(row.segments) ? row.segments.map(String) : [],
        zone: row.zone,
        from: { hour: row.hour_from, day: row.day_from, week: row.week_from },
        readUntil: row.read_until,
        asOf: row.as_of,
      },
    ]),
  );
}

export async function saveHistoryState(trx: Transaction<Schema>, state: HistoryState): Promise<void> {
  const row = {
    definition: state.definition,
    segments: toJson(state.segments),
    zone: state.zone,
    hour_from: state.from.hour,
    day_from: state.from.day,
    week_from: state.from.week,
    read_until: state.readUntil,
    as_of: state.asOf,
  };
  await trx
    .insertInto('metric_history_state')
    .values({ metric: state.metric, ...row })
    .onConflict((conflict) => conflict.column('metric').doUpdateSet(row))
    .execute();
}

/** Notes that nothing of these metrics has changed. */
export async function touchHistoryStates(
  trx: Transaction<Schema>,
  metrics: readonly string[],
  seen: { readonly readUntil: Date; readonly asOf: Date },
): Promise<void> {
  if (metrics.length === 0) return;
  await trx
    .updateTable('metric_history_state')
    .set({ read_until: seen.readUntil, as_of: seen.asOf })
    .where('metric', 'in', metrics)
    .execute();
}

/**
 * Writes values of a metric; a value that is there is overwritten.
 *
 * @param values rows of segment, grain, bucket_start, segment_value, currency, value, rows_read
 * @returns how many were written
 */
export async function writeHistory(
  trx: Transaction<Schema>,
  metric: string,
  values: RawBuilder<unknown>,
): Promise<number> {
  const written = await sql`
    insert into metric_history (id, metric, segment, grain, bucket_start, segment_value, currency, value, rows_read)
    select md5(concat_ws(chr(31), ${metric}::text, v.segment, v.grain, extract(epoch from v.bucket_start)::text,
               coalesce('=' || v.segment_value, ''), coalesce(v.currency, '')))::uuid,
           ${metric}::text, v.segment, v.grain, v.bucket_start, v.segment_value, v.currency, v.value, v.rows_read
    from (${values}) as v
    on conflict (id) do update set value = excluded.value, rows_read = excluded.rows_read
  `.execute(trx);
  return Number(written.numAffectedRows ?? 0n);
}

/** Which values of a metric go; days are local days of the zone, half-open. */
export interface HistorySpan {
  readonly grains: readonly HistoryGrain[];
  readonly from: string | null;
  readonly to: string | null;
  readonly zone: string;
}

/** Removes the values of the buckets that begin in one of the spans. */
export async function deleteHistory(
  trx: Transaction<Schema>,
  metric: string,
  spans: readonly HistorySpan[],
): Promise<void> {
  for (const { grains, from, to, zone } of spans) {
    const day = sql`(bucket_start at time zone ${zone})::date`;
    const limits = [
      ...(from === null ? [] : [sql`${day} >= ${from}::date`]),
      ...(to === null ? [] : [sql`${day} < ${to}::date`]),
    ];
    await sql`delete from metric_history where metric = ${metric}
      and grain = any(${[...grains]}::text[])${sql.join([sql``, ...limits], sql` and `)}`.execute(trx);
  }
}

/** Removes the values that stand in exactly these buckets. */
export async function deleteBuckets(
  trx: Transaction<Schema>,
  metric: string,
  buckets: Readonly<Record<HistoryGrain, Date>>,
): Promise<void> {
  const places = Object.entries(buckets).map(
    ([grain, start]) => sql`(grain = ${grain} and bucket_start = ${start})`,
  );
  await sql`delete from metric_history where metric = ${metric} and (${sql.join(places, sql` or `)})`.execute(
    trx,
  );
}

/** Metrics that are kept no longer go, with their values. */
export async function forgetOtherMetrics(trx: Transaction<Schema>, kept: readonly string[]): Promise<void> {
  if (kept.length === 0) return;
  await trx.deleteFrom('metric_history').where('metric', 'not in', kept).execute();
  await trx.deleteFrom('metric_history_state').where('metric', 'not in', kept).execute();
}

/** Notes of moved records that every metric has seen go. */
export async function forgetMovedRecords(trx: Transaction<Schema>): Promise<void> {
  await sql`delete from moved_record
    where noted_at < (select min(read_until) from metric_history_state)`.execute(trx);
}

/** Rows of a compiled statement. */
export async function readRows<Row>(db: Kysely<Schema>, statement: RawBuilder<Row>): Promise<readonly Row[]> {
  return (await statement.execute(db)).rows;
}
