import { beforeAll, expect, it } from 'vitest';
import { localDay } from '../../src/analysis/wording.ts';
import { serviceStep } from '../../src/jobs/analysis-service.ts';
import { workloadStep } from '../../src/jobs/analysis-workload.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { describeStores } from '../support/store.ts';
import { addTicket, analysisDeps, idOf, readFindings, worldNow } from './analysis-world.ts';
import { agents, serviceWorld, storeWorld } from './service-world.ts';

const zone = 'Europe/Berlin';
const steps = [workloadStep, serviceStep];
const world = serviceWorld();
const day = 86_400_000;
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

/** Hour of the week in Berlin by another library: 0 is Monday 00:00. */
function hourOfWeek(at: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of('weekday')) * 24 + Number(of('hour'));
}

describeStores('agents and demand', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await storeWorld(store, world.records);
    const ticket = (number: string, assignee: string, priority: string) =>
      addTicket(store, number, { assignee, priority, opened: '2026-03-20T08:00Z' });
    // Ann: 4 + 4 + 2 + 1 = 11 and her conversations; the others one or two tickets each.
    await ticket('1', 'Ann', 'urgent');
    await ticket('2', 'Ann', 'urgent');
    await ticket('3', 'Ann', 'high');
    await ticket('4', 'Ann', 'normal');
    await ticket('5', 'Ben', 'normal');
    await ticket('6', 'Cem', 'low');
    await store.db
      .insertInto('messaging_session')
      .values([
        {
          id: idOf('messaging_session', 'S1'),
          source: 'test',
          source_id: 'S1',
          name: 'Support line',
          channel: 'WhatsApp',
          status: 'connected',
          last_seen_at: worldNow,
        },
        {
          id: idOf('messaging_session', 'S2'),
          source: 'test',
          source_id: 'S2',
          name: 'Campaigns',
          channel: 'WhatsApp',
          status: 'disconnected',
          last_seen_at: new Date(worldNow.getTime() - 25 * 60_000),
        },
      ])
      .execute();
    const sample = (session: string, minutesAgo: number, depth: number, rate: number) => ({
      id: idOf('queue_sample', `${session}/${minutesAgo}`),
      source: 'test',
      source_id: `${session}/${minutesAgo}`,
      session_id: idOf('messaging_session', session),
      at: new Date(worldNow.getTime() - minutesAgo * 60_000),
      depth,
      processed_per_minute: rate,
    });
    await store.db
      .insertInto('queue_sample')
      .values([
        // Deep and slow: 120 wait at 4 a minute; before that 20 a minute were usual.
        ...[0, 5, 10].map((minutes) => sample('S2', minutes, 110 + minutes, 4)),
        ...[60, 120, 180].map((minutes) => sample('S2', minutes, 3, 20)),
        // Deep but fast.
        ...[0, 5, 10].map((minutes) => sample('S1', minutes, 200, 90)),
      ])
      .execute();
    const report = await runAnalysis(analysisDeps(store), { steps });
    expect(report.steps.map(({ name, state, error }) => [name, state, error])).toEqual([
      ['agent-workload', 'done', null],
      ['service', 'done', null],
    ]);
  });

  it('weighs open work against the median of the team (S1-29, S0-24)', async () => {
    const { rows } = await sql<{ name: string; work: number; median: number; state: string }>`
      with work as (
        select p.name, (select coalesce(sum(case t.priority when 'urgent' then 4 when 'high' then 2 when 'low' then 0.5
                 else 1 end), 0) from ticket t where t.assignee_id = p.id and t.status in ('new', 'open', 'pending', 'hold'))
               + (select count(*) from conversation c where c.agent_id = p.id and c.status in ('open', 'pending')) as work
          from person p where p.role = 'agent'
      ), middle as (select percentile_cont(0.5) within group (order by work) as median from work)
      select name, work::float8, median, case when work / median > 1.3 then 'overloaded' when work / median < 0.7
        then 'underutilised' else 'balanced' end as state from work, middle order by name`.execute(store.db);
    const stored = await store.db
      .selectFrom('agent_workload as w')
      .innerJoin('person as p', 'p.id', 'w.person_id')
      .select(['p.name', 'w.weighted_work as work', 'w.team_median as median', 'w.state', 'w.day'])
      .orderBy('p.name')
      .execute();
    expect(stored).toEqual(rows.map((row) => ({ ...row, day: '2026-03-31' })));
    const findings = (await readFindings(store)).filter(({ kind }) => kind === 'agent-workload');
    expect(findings.map((one) => one.subject_label).sort()).toEqual(
      rows.flatMap(({ name, state }) => (state === 'balanced' ? [] : [name])),
    );
    const ann = findings.find((one) => one.subject_label === 'Ann');
    const [expected] = rows;
    expect(ann?.value).toBeCloseTo(expected!.work / expected!.median, 10);
    expect(ann?.facts).toMatchObject({ state: 'overloaded', open_tickets: 4 });
  });

  it('sums active, idle and away time of every agent and local day, over the change of the clock (S1-27)', async () => {
    const stored = await store.db
      .selectFrom('agent_day as d')
      .innerJoin('person as p', 'p.id', 'd.person_id')
      .select(['p.name', 'd.day', 'd.active_seconds', 'd.idle_seconds', 'd.away_seconds'])
      .execute();
    const found = new Map(
      stored.map((row) => [
        `${row.name} ${row.day}`,
        [row.active_seconds, row.idle_seconds, row.away_seconds].map(Math.round),
      ]),
    );
    expect(found).toEqual(walkDays());
  });

  it('learns what comes in each hour of the week, its peak hours and waits (S1-22, S1-23, S1-25, S1-26)', async () => {
    const hours = await store.db.selectFrom('service_hour').selectAll().orderBy('hour_of_week').execute();
    expect(hours).toHaveLength(168);
    // Eight whole weeks up to the midnight before, which is in summer time; they began in winter time.
    const to = new Date('2026-03-30T22:00Z');
    const from = new Date('2026-02-02T23:00Z');
    const inWeeks = world.conversations.filter(({ openedAt }) => openedAt >= from && openedAt < to);
    const incoming = Array.from({ length: 168 }, () => 0);
    for (const { openedAt } of inWeeks) incoming[hourOfWeek(openedAt)]! += 1;
    expect(hours.map((hour) => hour.incoming)).toEqual(incoming);
    expect(hours.map((hour) => hour.incoming_per_hour)).toEqual(incoming.map((n) => n / 8));
    const busy = incoming.filter((n) => n > 0).sort((a, b) => b - a);
    const least = busy[Math.ceil(busy.length / 4) - 1]!;
    expect(hours.map((hour) => hour.is_peak)).toEqual(incoming.map((n) => n >= least && n > 0));
    const waits = inWeeks.filter(
      (one) => one.firstResponseSeconds !== undefined && incoming[hourOfWeek(one.openedAt)]! >= least,
    );
    expect(sum(hours.map((hour) => (hour.is_peak ? hour.wait_seconds : 0)))).toBe(
      sum(waits.map((one) => one.firstResponseSeconds ?? 0)),
    );
    const level = (await readFindings(store)).find((one) => one.subject_id === 'service/peak_wait');
    const week = waits.filter(({ openedAt }) => openedAt.getTime() > worldNow.getTime() - 7 * day);
    const today = world.conversations.filter(
      (one) =>
        one.openedAt >= to &&
        one.firstResponseSeconds !== undefined &&
        incoming[hourOfWeek(one.openedAt)]! >= least,
    );
    const all = [...week, ...today].map((one) => one.firstResponseSeconds ?? 0);
    expect(level?.value).toBeCloseTo(sum(all) / all.length, 6);
    for (const hour of hours) expect(hourOfWeek(hour.next_at)).toBe(hour.hour_of_week);
  });

  it('says how many agents each hour needs (S2-27)', async () => {
    const { rows } = await sql<{ hour: number; needed: number }>`
      with taken as (
        select percentile_cont(0.5) within group (order by extract(epoch from resolved_at - opened_at) - first_response_seconds)
            as seconds from conversation
         where first_response_seconds is not null and resolved_at is not null
           and opened_at >= '2026-02-02T23:00Z' and opened_at < '2026-03-30T22:00Z'
      )
      select h.hour_of_week as hour, ceil(round((h.answered / 8.0 * taken.seconds / 3600 / 0.75)::numeric, 9))::int as needed
        from service_hour h, taken order by 1`.execute(store.db);
    const stored = await store.db
      .selectFrom('service_hour')
      .select(['hour_of_week as hour', 'agents_needed as needed'])
      .orderBy('hour_of_week')
      .execute();
    expect(stored).toEqual(rows);
    expect(Math.max(...rows.map(({ needed }) => needed))).toBeGreaterThan(0);
  });

  it('knows the first conversation ever of every customer (S1-24)', async () => {
    const first = new Map<string, { at: number; n: number }>();
    for (const { accountId, openedAt } of world.conversations) {
      if (typeof accountId !== 'string') continue;
      const known = first.get(accountId) ?? { at: Number.POSITIVE_INFINITY, n: 0 };
      first.set(accountId, { at: Math.min(known.at, openedAt.getTime()), n: known.n + 1 });
    }
    const stored = await store.db.selectFrom('customer_first_contact').selectAll().execute();
    expect(
      new Map(
        stored.map((row) => [
          row.account_id,
          { at: row.first_conversation_at.getTime(), n: row.conversations },
        ]),
      ),
    ).toEqual(first);
  });

  it('counts repeat customers at the end of every month and today (S1-38)', async () => {
    const stored = await store.db.selectFrom('repeat_customer').selectAll().orderBy('day').execute();
    expect(stored.filter(({ kind }) => kind === 'ordered').map((row) => row.day)).toContain('2026-02-28');
    for (const row of stored.filter(({ kind }) => kind === 'ordered')) {
      const inWindow = world.orders.filter(({ soldAt }) => {
        const sold = localDay(soldAt, zone);
        return sold <= row.day && Date.parse(row.day) - Date.parse(sold) < 90 * day;
      });
      const times = new Map<unknown, Set<unknown>>();
      for (const { accountId, orderNumber } of inWindow)
        times.set(accountId, (times.get(accountId) ?? new Set()).add(orderNumber));
      const repeat = [...times.values()].filter((numbers) => numbers.size >= 2).length;
      expect([row.day, row.customers, row.repeat_customers]).toEqual([row.day, times.size, repeat]);
    }
  });

  it('tells of sessions that are down, with minutes since they were seen (S1-20)', async () => {
    const down = (await readFindings(store)).filter(({ kind }) => kind === 'session-down');
    expect(down.map((one) => [one.subject_label, one.value, one.facts])).toEqual([
      ['Campaigns', 25, expect.objectContaining({ state: 'disconnected', down_seconds: 1500 })],
    ]);
  });

  it('tells of queues that are deep and slow, not of deep ones that flow (S1-21)', async () => {
    const queues = (await readFindings(store)).filter(({ kind }) => kind === 'queue-pressure');
    expect(queues.map((one) => [one.subject_label, one.value, one.facts])).toEqual([
      [
        'Campaigns',
        115 / 4,
        expect.objectContaining({ depth: 115, rate_per_minute: 4, usual_rate_per_minute: 20 }),
      ],
    ]);
  });

  it('holds levels of service against their limits (S1-07, S1-08, S1-18, S1-31, S1-34)', async () => {
    const levels = new Map(
      (await readFindings(store))
        .filter(({ kind }) => kind === 'service-level')
        .map((one) => [one.subject_id, one]),
    );
    const since = (hours: number) => worldNow.getTime() - hours * 3_600_000;
    const share = <T>(rows: readonly T[], counts: (row: T) => boolean) =>
      rows.length === 0 ? Number.NaN : rows.filter(counts).length / rows.length;
    const chats = (hours: number) =>
      world.conversations.filter(({ openedAt }) => openedAt.getTime() > since(hours));
    const sent = (hours: number) =>
      world.messages.filter(({ direction, at }) => direction === 'out' && at.getTime() > since(hours));
    const arrived = ({ deliveryStatus }: { deliveryStatus?: string | null }) =>
      deliveryStatus === 'delivered' || deliveryStatus === 'read';
    const talks = new Map<unknown, boolean>();
    for (const { conversationId, outcome, at } of world.botEvents)
      if (at.getTime() > since(168))
        talks.set(conversationId, outcome === 'dropped' || talks.get(conversationId) === true);
    const bot = chats(168).filter(({ handledByBot }) => handledByBot === true);
    const waits = chats(24).flatMap((one) => one.firstResponseSeconds ?? []);
    const expected: Record<string, [value: number, cases: number, atLeast?: number]> = {
      'service/response_time': [sum(waits) / waits.length, waits.length, 10],
      'service/delivery_rate': [share(sent(24), arrived), sent(24).length, 30],
      'service/broadcast_success': [
        share(
          sent(168).filter((one) => one.broadcastId),
          arrived,
        ),
        sent(168).filter((one) => one.broadcastId).length,
      ],
      'service/bot_drop_off': [share([...talks.values()], (dropped) => dropped), talks.size],
      'service/bot_to_human': [share(bot, (one) => one.escalatedToHuman === true), bot.length],
    };
    for (const [id, [value, cases, atLeast = 1]] of Object.entries(expected)) {
      // Too few cases are no level instead of a wrong one.
      if (cases < atLeast) {
        expect(levels.has(id), id).toBe(false);
        continue;
      }
      expect([id, levels.get(id)?.value]).toEqual([id, value]);
      expect(levels.get(id)?.facts).toMatchObject({ cases });
    }
  });

  it('comes to the same by looking only at what changed', async () => {
    // Everything so far was seen, whatever the clock of the machine.
    await sql`update analysis_step set read_until = clock_timestamp()`.execute(store.db);
    const changed = world.conversations.slice(0, 12).map((one, index) => ({
      ...one,
      openedAt: new Date(one.openedAt.getTime() - index * 3_600_000),
      ...(one.agentId ? { agentId: idOf('person', agents[index % 5]!) } : {}),
    }));
    const shorter = world.spans.slice(3, 6).map((one) => ({
      ...one,
      endedAt: new Date(one.startedAt.getTime() + 60_000),
      durationSeconds: 60,
    }));
    await storeWorld(store, [...changed, ...shorter]);
    const clock = fixedClock(new Date(worldNow.getTime() + 60_000));
    const deps = { ...analysisDeps(store), clock };
    const read = async () => ({
      days: await store.db
        .selectFrom('agent_day')
        .select(['person_id', 'day', 'active_seconds', 'idle_seconds', 'away_seconds'])
        .orderBy('person_id')
        .orderBy('day')
        .execute(),
      contacts: await store.db
        .selectFrom('customer_first_contact')
        .select(['account_id', 'first_conversation_at', 'conversations'])
        .orderBy('account_id')
        .execute(),
    });
    const some = await runAnalysis(deps, { steps });
    const incremental = await read();
    await store.db.deleteFrom('analysis_step').execute();
    await store.db.deleteFrom('agent_day').execute();
    const all = await runAnalysis(deps, { steps });
    const full = await read();
    expect(incremental.contacts).toEqual(full.contacts);
    expect(incremental.days).toEqual(full.days);
    expect(some.steps[0]!.rowsWritten).toBeLessThan(all.steps[0]!.rowsWritten / 2);
  });
});

/** The same days minute by minute in memory: what each agent does in every minute of the world. */
function walkDays(): Map<string, number[]> {
  const days = new Map<string, number[]>();
  const longest = 16 * 3_600_000;
  const now = worldNow.getTime();
  for (const agent of agents) {
    const id = idOf('person', agent);
    const spans = world.spans.filter(({ personId }) => personId === id);
    const chats = world.conversations
      .filter(({ agentId, resolvedAt, status }) => agentId === id && (resolvedAt || status !== 'closed'))
      .map((one) => ({
        from: one.openedAt.getTime() + (one.firstResponseSeconds ?? 0) * 1000,
        to: one.resolvedAt?.getTime() ?? now,
      }));
    for (const { status, startedAt, endedAt } of spans) {
      if (status === 'offline') continue;
      const start = startedAt.getTime();
      const end = Math.min(now, endedAt?.getTime() ?? start + longest);
      // Cut at every midnight of Berlin and at every beginning and end of a conversation.
      const cuts = new Set([start, end]);
      for (let at = Math.ceil(start / 3_600_000) * 3_600_000; at < end; at += 3_600_000) cuts.add(at);
      for (const { from, to } of chats) for (const at of [from, to]) if (at > start && at < end) cuts.add(at);
      const ordered = [...cuts].sort((a, b) => a - b);
      for (const [index, from] of ordered.slice(0, -1).entries()) {
        const seconds = (ordered[index + 1]! - from) / 1000;
        const key = `${agent} ${localDay(new Date(from), zone)}`;
        const sums = days.get(key) ?? [0, 0, 0];
        const isTalking = chats.some((chat) => chat.from <= from && chat.to > from);
        if (status === 'away') sums[2]! += seconds;
        else sums[0]! += seconds;
        if (status === 'online' && !isTalking) sums[1]! += seconds;
        days.set(key, sums);
      }
    }
  }
  return new Map([...days].map(([key, sums]) => [key, sums.map(Math.round)]));
}
