import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

export interface AgentDaySpan {
  /** First local day to compute, `YYYY-MM-DD`. */
  readonly from: string;
  readonly today: string;
  readonly asOf: Date;
  readonly zone: string;
  /** Only days that rows stored since then touch, and today; null: all. */
  readonly changedSince: Date | null;
  /** A status that still lasts ends after so long. */
  readonly longestHours: number;
}

/**
 * How agents spent their local days: active = online or busy; idle = online with no conversation in hand (from the first
 * answer of a person to the resolution); away. One statement, by multiranges; days that nothing touched stay as they are.
 *
 * @returns how many days of agents were written
 */
export async function refreshAgentDays(trx: Transaction<Schema>, span: AgentDaySpan): Promise<number> {
  const touched = touchedDays(span);
  await sql`delete from agent_day d using (${touched}) as touched
    where d.person_id = touched.person_id and d.day = touched.day`.execute(trx);
  const { numAffectedRows } = await sql`
    with touched as (${touched}), ${presence(span)}, ${talking(span)}
    insert into agent_day (person_id, day, active_seconds, idle_seconds, away_seconds, computed_at)
    select presence.person_id, presence.day, ${seconds(sql`presence.active`)},
           ${seconds(sql`presence.online - coalesce(talking.ranges, '{}'::tstzmultirange)`)},
           ${seconds(sql`presence.away`)}, ${span.asOf}
      from presence left join talking using (person_id, day)`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** When a status ends, or ended as far as can be told at the moment of the run. */
const endOf = ({ asOf, longestHours }: AgentDaySpan) =>
  sql`least(${asOf}::timestamptz, coalesce(s.ended_at, s.started_at + make_interval(hours => ${longestHours}::int)))`;

const localDay = (at: RawBuilder<unknown>, zone: string) => sql`(${at} at time zone ${zone}::text)::date`;

/** Days of agents that have to be computed. */
function touchedDays(span: AgentDaySpan): RawBuilder<unknown> {
  const { from, today, zone, changedSince, asOf } = span;
  const end = endOf(span);
  const changed = (alias: string) =>
    changedSince === null ? sql`true` : sql`${sql.ref(`${alias}.synced_at`)} >= ${changedSince}`;
  const days = (start: RawBuilder<unknown>, last: RawBuilder<unknown>) => sql`
    generate_series(greatest(${localDay(start, zone)}, ${from}::date), least(${localDay(last, zone)}, ${today}::date),
      interval '1 day') as at(day)`;
  const told = sql`
    select s.person_id, at.day::date as day
      from agent_status s cross join lateral ${days(sql`s.started_at`, end)}
     where ${changed('s')} and s.started_at < ${asOf}`;
  if (changedSince === null) return sql`select distinct * from (${told}) as told`;
  return sql`
    select distinct * from (
      ${told}
      union all
      select c.agent_id, at.day::date
        from conversation c
        cross join lateral ${days(sql`c.opened_at`, sql`coalesce(c.resolved_at, ${asOf}::timestamptz)`)}
       where ${changed('c')} and c.agent_id is not null
      union all
      select distinct s.person_id, ${today}::date
        from agent_status s where s.started_at > ${asOf}::timestamptz - interval '2 days'
    ) as told`;
}

/** The part of a range that lies in the local day `touched.day`. */
function within(start: RawBuilder<unknown>, end: RawBuilder<unknown>, zone: string): RawBuilder<unknown> {
  return sql`tstzrange(
    greatest(${start}, touched.day::timestamp at time zone ${zone}::text),
    least(${end}, (touched.day + 1)::timestamp at time zone ${zone}::text))`;
}

function overlaps(start: RawBuilder<unknown>, end: RawBuilder<unknown>, zone: string): RawBuilder<unknown> {
  return sql`${start} < ${end} and ${start} < (touched.day + 1)::timestamp at time zone ${zone}::text
    and ${end} > touched.day::timestamp at time zone ${zone}::text`;
}

function presence(span: AgentDaySpan): RawBuilder<unknown> {
  const [start, end] = [sql`s.started_at`, endOf(span)];
  const ranges = (...statuses: readonly string[]) =>
    sql`coalesce(range_agg(${within(start, end, span.zone)}) filter (where s.status in (${sql.join(statuses)})),
      '{}'::tstzmultirange)`;
  return sql`presence as (
    select touched.person_id, touched.day, ${ranges('online', 'busy')} as active,
           ${ranges('online')} - ${ranges('busy')} as online, ${ranges('away')} as away
      from touched
      join agent_status s on s.person_id = touched.person_id and ${overlaps(start, end, span.zone)}
     where s.deleted_at is null and s.status <> 'offline'
     group by 1, 2)`;
}

/** From the first answer of a person to the resolution; one that is open lasts until now. */
function talking({ asOf, zone }: AgentDaySpan): RawBuilder<unknown> {
  const start = sql`c.opened_at + make_interval(secs => coalesce(c.first_response_seconds, 0))`;
  const end = sql`least(${asOf}::timestamptz, coalesce(c.resolved_at, ${asOf}::timestamptz))`;
  return sql`talking as (
    select touched.person_id, touched.day, range_agg(${within(start, end, zone)}) as ranges
      from touched
      join conversation c on c.agent_id = touched.person_id and ${overlaps(start, end, zone)}
     where c.deleted_at is null and (c.resolved_at is not null or c.status in ('open', 'pending'))
     group by 1, 2)`;
}

function seconds(ranges: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select coalesce(sum(extract(epoch from upper(one) - lower(one))), 0)::float8
    from unnest(${ranges}) as one)`;
}

/** Local day of the first status that is known; null without any. */
export async function firstPresenceDay(db: Kysely<Schema>, zone: string): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select ((min(started_at) at time zone ${zone}::text)::date)::text as day from agent_status where deleted_at is null`.execute(
    db,
  );
  return rows[0]?.day ?? null;
}
