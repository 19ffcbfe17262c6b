import { beforeAll, describe, expect, it } from 'vitest';
import { serviceStep } from '../../src/jobs/analysis-service.ts';
import { workloadStep } from '../../src/jobs/analysis-workload.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import type { MetricPlan } from '../../src/query/metric-query.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { analysisDeps, idOf, worldNow } from '../jobs/analysis-world.ts';
import { serviceWorld, storeWorld } from '../jobs/service-world.ts';
import { openTestStore } from '../support/store.ts';
import { asking, figure, metricPlan, theCatalogue } from './support/ask.ts';

/** Each figure against a statement written by hand, over March 2026 of a company in Berlin (its clock changes on the 29th). */
const zone = 'Europe/Berlin';
const march: MetricPlan['time'] = { kind: 'between', from: '2026-03-01', to: '2026-03-30' };
const inMarch = (column: string) =>
  `${column} >= '2026-02-28T23:00Z'::timestamptz and ${column} < '2026-03-30T22:00Z'::timestamptz`;
const opened = inMarch('opened_at');
const catalogue = theCatalogue();
let store: Store;
let ask: ReturnType<typeof asking>;

beforeAll(async () => {
  store = await openTestStore();
  await storeWorld(store, serviceWorld().records);
  const campaign = (name: string, sent: number, responded: number, converted: number) => ({
    id: idOf('campaign', name),
    source: 'test',
    source_id: name,
    name,
    starts_on: '2026-03-05',
    sent,
    responded,
    converted,
  });
  await store.db
    .insertInto('campaign')
    .values([campaign('Spring', 400, 80, 12), campaign('Webinar', 100, 30, 3)])
    .execute();
  const lead = (name: string, openedAt: string) => ({
    id: idOf('lead', name),
    source: 'test',
    source_id: name,
    status: 'new' as const,
    opened_at: new Date(openedAt),
  });
  await store.db
    .insertInto('lead')
    .values([lead('1', '2026-03-02T10:00Z'), lead('2', '2026-03-29T23:30Z'), lead('3', '2026-02-20T10:00Z')])
    .execute();
  await runAnalysis(analysisDeps(store), { steps: [workloadStep, serviceStep] });
  ask = asking(store, catalogue, { clock: fixedClock(worldNow), zone });
});

async function inSql(text: string): Promise<number | null> {
  const { rows } = await sql<{ n: number | null }>`select (${sql.raw(text)})::float8 as n`.execute(store.db);
  return rows[0]?.n ?? null;
}

const bot = `(select count(*)::float8 from conversation where handled_by_bot and ${opened})`;
const alone = `(select count(*)::float8 from conversation where handled_by_bot and escalated_to_human is not true and ${opened})`;
const all = `(select count(*)::float8 from conversation where ${opened})`;
const solved = `(select count(*)::float8 from conversation where handled_by_bot and escalated_to_human is not true
  and resolved_at is not null and ${opened})`;
const out = `direction = 'out' and ${inMarch('at')}`;
const customers = `(select count(distinct account_id)::float8 from conversation where ${opened})`;
const newOnes = `(select count(*)::float8 from (select account_id from conversation where account_id is not null group by 1
  having ${inMarch('min(opened_at)')}) as first)`;
const talks = (more: string) =>
  `(select count(distinct conversation_id)::float8 from bot_event where ${inMarch('at')} and ${more})`;

describe('service and automation', () => {
  it.each([
    ['S1-06', 'conversations', all],
    [
      'S1-07',
      'conversation_first_response_average',
      `select avg(first_response_seconds) from conversation where ${opened}`,
    ],
    [
      'S1-08',
      'delivery_rate',
      `select avg((coalesce(delivery_status, '') in ('delivered', 'read'))::int) from message where ${out}`,
    ],
    ['S1-10', 'messages', `select count(*) from message where ${inMarch('at')}`],
    [
      'S1-18',
      'broadcast_success_rate',
      `select avg((delivery_status in ('delivered', 'read'))::int) from message where broadcast_id is not null and ${out}`,
    ],
    [
      'S1-18',
      'broadcast_messages_failed',
      `select count(*) from message where broadcast_id is not null and delivery_status = 'failed' and ${out}`,
    ],
    ['S1-17', 'messages_read', `select count(*) from message where delivery_status = 'read' and ${out}`],
    ['S1-24', 'first_time_customers', `select ${newOnes}`],
    ['S1-24', 'returning_customers', `select ${customers} - ${newOnes}`],
    ['S1-38', 'returning_customer_share', `select (${customers} - ${newOnes}) / ${customers}`],
    ['S1-27', 'chats_handled', `select count(*) from conversation where agent_id is not null and ${opened}`],
    [
      'S1-27',
      'chat_resolution_rate',
      `select avg((resolved_at is not null)::int) from conversation where agent_id is not null and ${opened}`,
    ],
    [
      'S1-27',
      'chat_handling_time_average',
      `select avg(extract(epoch from resolved_at - opened_at) - first_response_seconds) from conversation
        where agent_id is not null and first_response_seconds is not null and ${inMarch('resolved_at')}`,
    ],
    ['S1-30', 'bot_share', `select ${alone} / ${all}`],
    ['S1-30', 'human_share', `select (${all} - ${alone}) / ${all}`],
    [
      'S1-31',
      'auto_reply_success_rate',
      `select avg(success::int) from bot_event where outcome = 'auto_replied' and ${inMarch('at')}`,
    ],
    ['S1-31', 'bot_drop_off_rate', `select ${talks("outcome = 'dropped'")} / ${talks('true')}`],
    ['S1-32', 'bot_request_success_rate', `select ${talks('success')} / ${talks('true')}`],
    ['S1-33', 'bot_hours_saved', `select ${solved} * 6 / 60`],
    ['S1-33', 'bot_savings', `select ${solved} * 6 / 60 * 35 - ${alone} * 0.1`],
    [
      'S1-34',
      'bot_to_human_rate',
      `select (select count(*)::float8 from conversation where handled_by_bot and escalated_to_human and ${opened}) / ${bot}`,
    ],
    ['S1-35', 'leads', `select count(*) from lead where ${opened}`],
    [
      'S1-37',
      'campaign_conversion_rate',
      `select sum(converted)::float8 / sum(sent) from campaign where starts_on between '2026-03-01' and '2026-03-30'`,
    ],
    [
      'S1-38',
      'cost_per_conversation',
      `select ((${all} - ${alone}) * 12 / 60 * 35 + ${alone} * 0.1) / ${all}`,
    ],
  ])('%s: %s is what the rows say', async (_id, metric, text) => {
    const shown = figure(await ask.answer(metricPlan(metric, { time: march })));
    const expected = await inSql(text);
    expect(expected).not.toBeNull();
    expect(shown).toBeCloseTo(expected!, 9);
  });

  it.each([
    [
      'S1-06',
      'active_conversations',
      `select count(*) from conversation where status in ('open', 'pending')`,
    ],
    [
      'S1-25',
      'peak_wait_average',
      'select sum(wait_seconds) / sum(answered) from service_hour where is_peak',
    ],
    [
      'S1-25',
      'off_peak_wait_average',
      'select sum(wait_seconds) / sum(answered) from service_hour where not is_peak',
    ],
    [
      'S1-28',
      'present_status_time',
      `select max(extract(epoch from '${worldNow.toISOString()}'::timestamptz - started_at)) from agent_status where ended_at is null`,
    ],
    [
      'S1-28',
      'agents_by_status',
      'select count(distinct person_id) from agent_status where ended_at is null',
    ],
    ['S1-29', 'overloaded_agents', `select count(*) from agent_workload where state = 'overloaded'`],
    ['S1-38', 'repeat_customer_rate', repeatRate()],
  ])('%s: %s is what the rows say now', async (_id, metric, text) => {
    expect(figure(await ask.answer(metricPlan(metric)))).toBeCloseTo((await inSql(text)) ?? Number.NaN, 9);
  });

  it('S1-32: top intents with their count and success', async () => {
    const answer = await ask.answer(
      metricPlan(['bot_requests', 'bot_request_success_rate'], {
        time: march,
        groupBy: [{ dimension: 'intent' }],
      }),
    );
    const { rows } = await sql<{ intent: string; n: number; rate: number }>`
      select intent, count(distinct conversation_id)::int as n,
             count(distinct conversation_id) filter (where success)::float8 / count(distinct conversation_id) as rate
        from bot_event where ${sql.raw(inMarch('at'))} group by 1 order by 2 desc, 1`.execute(store.db);
    expect(answer.rows).toEqual(rows.map(({ intent, n, rate }) => [intent, n, rate]));
  });

  it('S1-27: active and idle time stand beside the chats of each agent, and an agent sees only their own', async () => {
    const plan = metricPlan(['chats_handled', 'agent_active_time', 'agent_idle_time'], {
      time: march,
      groupBy: [{ dimension: 'person' }],
    });
    const { rows } = await sql<{ name: string; chats: number; active: number; idle: number }>`
      select p.name, (select count(*)::int from conversation c where c.agent_id = p.id and ${sql.raw(opened)}) as chats,
             sum(d.active_seconds) as active, sum(d.idle_seconds) as idle
        from person p join agent_day d on d.person_id = p.id and d.day between '2026-03-01' and '2026-03-30'
       group by p.id order by chats desc, p.name`.execute(store.db);
    const answer = await ask.answer(plan);
    expect(answer.rows).toEqual(rows.map(({ name, chats, active, idle }) => [name, chats, active, idle]));
    const ann = { personId: idOf('person', 'Ann'), name: 'Ann', role: 'agent', teamId: null, zone } as const;
    const own = await asking(store, catalogue, { clock: fixedClock(worldNow), zone, asker: ann }).answer(
      plan,
    );
    expect(own.rows.map(([name]) => name)).toEqual(['Ann']);
  });

  it('S1-37: a table of campaigns, and business impact is for managers and above (S1-44)', async () => {
    const answer = await ask.answer(
      metricPlan(
        ['campaign_messages', 'campaign_responses', 'campaign_conversions', 'campaign_conversion_rate'],
        {
          time: march,
          groupBy: [{ dimension: 'campaign' }],
        },
      ),
    );
    expect(answer.rows).toEqual([
      ['Spring', 400, 80, 12, 0.03],
      ['Webinar', 100, 30, 3, 0.03],
    ]);
    const agent = {
      personId: idOf('person', 'Ann'),
      name: 'Ann',
      role: 'agent',
      teamId: null,
      zone,
    } as const;
    const asAgent = asking(store, catalogue, { clock: fixedClock(worldNow), zone, asker: agent });
    for (const metric of ['cost_per_conversation', 'bot_savings', 'repeat_customer_rate'])
      expect((await asAgent.issues(metricPlan(metric))).map(({ code }) => code)).toEqual(['not-allowed']);
  });
});

function repeatRate(): string {
  return `select avg((orders >= 2)::int) from (
    select account_id, count(distinct order_number) as orders from sales_transaction
     where sold_at >= '2025-12-31T23:00Z' and sold_at <= '${worldNow.toISOString()}' group by 1) as buyer`;
}
