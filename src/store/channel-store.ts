import { type Kysely, sql } from 'kysely';
import type { ServiceLevelLimits, ServiceLevelName } from '../domain/workload-settings.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import type { Schema } from './schema.ts';

/** Connections to messaging channels that do not stand. */
export async function listBrokenSessions(db: Kysely<Schema>) {
  const { rows } = await sql<{
    id: string;
    name: string | null;
    channel: string | null;
    state: 'disconnected' | 'reconnecting';
    lastSeenAt: Date | null;
    updatedAt: Date;
  }>`
    select id, name, channel, status as state, last_seen_at as "lastSeenAt", coalesce(updated_at, synced_at) as "updatedAt"
      from messaging_session
     where deleted_at is null and status <> 'connected'
     order by last_seen_at, id`.execute(db);
  return rows;
}

/** Days before the window that say what is usual. */
const USUAL_DAYS = 14;

/** Samples of every queue in the window that ends with a moment, and the usual rate before it. */
export async function listQueueWindows(db: Kysely<Schema>, asOf: Date, windowMinutes: number) {
  const { rows } = await sql<{
    id: string;
    name: string | null;
    channel: string | null;
    depth: number;
    ratePerMinute: number;
    usualRatePerMinute: number | null;
    at: Date[];
    depths: number[];
    rates: number[];
  }>`
    with recent as (
      select coalesce(q.session_id::text, q.channel, 'queue') as id, q.session_id, q.channel, q.at, q.depth,
             coalesce(q.processed_per_minute, 0)::float8 as rate
        from queue_sample q
       where q.deleted_at is null and q.at <= ${asOf}
         and q.at > ${asOf}::timestamptz - make_interval(mins => ${windowMinutes}::int)
    ), present as (
      select id, (array_agg(session_id))[1] as session_id, max(channel) as channel, avg(depth)::float8 as depth,
             avg(rate) as rate, array_agg(at order by at) as at, array_agg(depth order by at) as depths,
             array_agg(rate order by at) as rates
        from recent group by 1
    )
    select present.id, session.name, coalesce(present.channel, session.channel) as channel, present.depth,
           present.rate as "ratePerMinute", present.at, present.depths, present.rates,
           (select avg(q.processed_per_minute)::float8 from queue_sample q
             where q.session_id is not distinct from present.session_id and q.deleted_at is null
               and q.at > ${asOf}::timestamptz - make_interval(days => ${USUAL_DAYS}::int)
               and q.at <= ${asOf}::timestamptz - make_interval(mins => ${windowMinutes}::int)) as "usualRatePerMinute"
      from present left join messaging_session session on session.id = present.session_id
     order by present.id`.execute(db);
  return rows.map(({ at, depths, rates, ...row }) => ({
    ...row,
    samples: at.map((one, index) => ({
      at: new Date(one),
      depth: depths[index] ?? 0,
      ratePerMinute: rates[index] ?? 0,
    })),
  }));
}

/** One level of service in the window that ends with a moment: cases, and the sum of seconds or the cases that count. */
export async function measureLevel(
  db: Kysely<Schema>,
  { name, windowHours }: Pick<ServiceLevelLimits, 'name' | 'windowHours'>,
  asOf: Date,
  zone: string,
): Promise<{ readonly name: ServiceLevelName; readonly cases: number; readonly total: number }> {
  const since = sql`${asOf}::timestamptz - make_interval(hours => ${Math.round(windowHours)}::int)`;
  const { rows } = await sql<{
    cases: number;
    total: number;
  }>`${levelQuery(name, since, asOf, zone)}`.execute(db);
  return { name, cases: rows[0]?.cases ?? 0, total: rows[0]?.total ?? 0 };
}

function levelQuery(name: ServiceLevelName, since: ReturnType<typeof sql>, asOf: Date, zone: string) {
  const opened = sql`c.deleted_at is null and c.opened_at > ${since} and c.opened_at <= ${asOf}`;
  const arrived = sql`select count(*)::int as cases,
      (count(*) filter (where m.delivery_status in ('delivered', 'read')))::int as total
    from message m where m.deleted_at is null and m.direction = 'out' and m.at > ${since} and m.at <= ${asOf}`;
  switch (name) {
    case 'response_time':
      return sql`select count(*)::int as cases, coalesce(sum(c.first_response_seconds), 0)::float8 as total
        from conversation c where c.first_response_seconds is not null and ${opened}`;
    case 'peak_wait':
      return sql`select count(*)::int as cases, coalesce(sum(c.first_response_seconds), 0)::float8 as total
        from conversation c
        join service_hour h on h.is_peak
         and h.weekday = extract(isodow from c.opened_at at time zone ${zone}::text)
         and h.hour = extract(hour from c.opened_at at time zone ${zone}::text)
       where c.first_response_seconds is not null and ${opened}`;
    case 'delivery_rate':
      return arrived;
    case 'broadcast_success':
      return sql`${arrived} and m.broadcast_id is not null`;
    case 'bot_drop_off':
      return sql`select count(distinct b.conversation_id)::int as cases,
          (count(distinct b.conversation_id) filter (where b.outcome = 'dropped'))::int as total
        from bot_event b where b.deleted_at is null and b.at > ${since} and b.at <= ${asOf}`;
    case 'bot_to_human':
      return sql`select count(*)::int as cases, (count(*) filter (where c.escalated_to_human))::int as total
        from conversation c where c.handled_by_bot and ${opened}`;
    default:
      return exhaustive(name);
  }
}
