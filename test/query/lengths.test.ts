import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, listPlan, metricPlan, records, theCatalogue } from './support/ask.ts';
import { seedWiderWorld } from './support/wider-world.ts';
import { now, seedWorld } from './support/world.ts';

/** How long things lasted, against statements written by hand. */
const catalogue = theCatalogue();

const lengths = [
  ['ticket', 'ticket_time_open', 'coalesce(t.solved_at, NOW) - t.opened_at'],
  ['ticket', 'ticket_reply_time', 't.first_replied_at - t.opened_at'],
  ['customer_escalation', 'escalation_time_open', 'coalesce(t.resolved_at, NOW) - t.opened_at'],
  ['incident', 'incident_duration', 'coalesce(t.resolved_at, NOW) - t.started_at'],
  ['conversation', 'conversation_length', 'coalesce(t.resolved_at, NOW) - t.opened_at'],
  ['lead', 'lead_time_to_convert', 't.converted_at - t.opened_at'],
  ['activity', 'activity_duration', 'make_interval(secs => t.duration_seconds)'],
] as const;

describeStores('how long things lasted', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    await seedWiderWorld(store);
  });
  const ask = (plan: Parameters<ReturnType<typeof asking>['answer']>[0], zone = 'UTC') =>
    asking(store, catalogue, { zone }).answer(plan);
  const rowsOf = async (query: string) =>
    (await sql.raw<{ name: string; seconds: string | number | null }>(query).execute(store.db)).rows.map(
      ({ name, seconds }) => [name, seconds === null ? null : Number(seconds)],
    );
  const at = `timestamptz '${now.toISOString()}'`;

  it.each(lengths)('of every %s: %s', async (entity, dimension, written) => {
    const expected = await rowsOf(
      `select '' as name, extract(epoch from ${written.replace('NOW', at)}) as seconds from ${entity} t where t.deleted_at is null
       order by 2 desc nulls last limit 25`,
    );
    const list = await ask(
      listPlan(entity, { columns: [dimension], orderBy: [{ by: dimension, direction: 'desc' }], limit: 25 }),
    );
    expect(list.rows.map(([seconds]) => (seconds === null ? null : Number(seconds)))).toEqual(
      expected.map(([, seconds]) => seconds),
    );
    expect(expected.some(([, seconds]) => Number(seconds) > 0)).toBe(true);
  });

  it('filters lists and figures by it, and says the length in words', async () => {
    const [row] = await rowsOf(
      `select 'n' as name, count(*) as seconds from ticket t where t.deleted_at is null
       and coalesce(t.solved_at, ${at}) - t.opened_at > interval '36 hours'`,
    );
    const where = [{ any: [{ dimension: 'ticket_time_open', op: 'gt' as const, values: [36 * 3600] }] }];
    const figure = await ask(metricPlan('tickets_opened', { time: { kind: 'all' }, where }));
    expect(Number(figure.rows[0]?.[0])).toBe(row?.[1]);
    expect(row?.[1]).toBeGreaterThan(0);
    expect(figure.provenance.filters.join()).toContain('Time open is more than 36 hours');
    const list = await ask(listPlan('ticket', { where, limit: 25 }));
    expect(list.rows.length).toBe(Math.min(25, Number(row?.[1])));
  });

  it('adds up the time of activities, and of those that took so long', async () => {
    // Two more, of which one took no time that is known.
    await sql`insert into activity (id, source, source_id, kind, person_id, at, duration_seconds, deleted_at)
      select gen_random_uuid(), 'test', 'length ' || n, 'call', (select id from person where name = 'Zoe Agent'),
        ${new Date(now.getTime() - 3_600_000)}, case n when 1 then 1500 when 2 then null else 7777 end,
        case n when 3 then ${now}::timestamptz end
      from generate_series(1, 3) as n`.execute(store.db);
    for (const longer of [0, 900, 1500]) {
      const [row] = await rowsOf(
        `select 'n' as name, sum(t.duration_seconds) as seconds from activity t
         where t.deleted_at is null and t.duration_seconds > ${longer}`,
      );
      const where = [{ any: [{ dimension: 'activity_duration', op: 'gt' as const, values: [longer] }] }];
      const total = await ask(metricPlan('activity_time', { time: { kind: 'all' }, where }));
      expect(Number(total.rows[0]?.[0]), `longer than ${longer}`).toBe(row?.[1]);
      expect(row?.[1]).toBeGreaterThan(0);
    }
    const byKind = await ask(
      metricPlan('activity_time', { time: { kind: 'all' }, groupBy: [{ dimension: 'activity_kind' }] }),
    );
    const expected = await rowsOf(
      `select t.kind as name, sum(t.duration_seconds) as seconds from activity t
       where t.deleted_at is null group by t.kind`,
    );
    const seconds = new Map(byKind.rows.map(([kind, time]) => [kind, Number(time)]));
    expect(seconds).toEqual(new Map(expected.map(([kind, time]) => [kind ?? null, Number(time)])));
    expect(seconds.size).toBeGreaterThan(1);
  });

  it('counts whole days of dates, until today of the asker', async () => {
    for (const [zone, today] of [
      ['UTC', '2026-11-21'],
      ['Pacific/Kiritimati', '2026-11-22'],
    ] as const) {
      const expected = await rowsOf(
        `select s.plan as name, (coalesce(s.cancelled_on, date '${today}') - s.starts_on) * 86400 as seconds
         from subscription s where s.deleted_at is null order by 2 desc nulls last limit 25`,
      );
      const list = await ask(
        listPlan('subscription', {
          columns: ['subscription_length'],
          orderBy: [{ by: 'subscription_length', direction: 'desc' }],
          limit: 25,
        }),
        zone,
      );
      expect(
        records(list).map(({ subscription_length: seconds }) => (seconds === null ? null : Number(seconds))),
      ).toEqual(expected.map(([, seconds]) => seconds));
      expect(expected.some(([, seconds]) => Number(seconds) > 0)).toBe(true);
    }
  });

  it('measures a state that goes on until now', async () => {
    const expected = await rowsOf(
      `select p.name, extract(epoch from ${at} - s.started_at) as seconds from agent_status s join person p on p.id = s.person_id
       where s.deleted_at is null and s.ended_at is null order by 2 desc limit 25`,
    );
    const list = await ask(
      listPlan('agent_status', {
        columns: ['person', 'presence_length'],
        where: [{ any: [{ dimension: 'presence_ended_at', op: 'is_null', values: [] }] }],
        orderBy: [{ by: 'presence_length', direction: 'desc' }],
        limit: 25,
      }),
    );
    expect(list.rows.map(([name, seconds]) => [name, Number(seconds)])).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });
});
