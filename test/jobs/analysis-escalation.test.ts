import { beforeAll, describe, expect, it } from 'vitest';
import { chartSpecSchema } from '../../src/charts/chart-spec-schema.ts';
import { escalationStep } from '../../src/jobs/analysis-escalation.ts';
import { textStep } from '../../src/jobs/analysis-text.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { asking, figure, listPlan, metricPlan, theCatalogue } from '../query/support/ask.ts';
import { now as worldNowOfQueries } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';
import {
  addEscalation,
  addTicket,
  analysisDeps,
  fillWorld,
  idOf,
  readFindings,
  worldNow,
} from './analysis-world.ts';

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(worldNow.getTime() - days * dayMs).toISOString();

describe('customer escalations in a run', () => {
  let store: Store;
  let answer: ReturnType<typeof asking>['answer'];
  beforeAll(async () => {
    store = await openTestStore();
    await fillWorld(store);
    // 15 tickets of Globex and 85 of Acme; 10 escalations of Globex in the same days, 1 of Acme.
    for (let at = 0; at < 100; at += 1)
      await addTicket(store, `T${at}`, {
        account: at < 15 ? 'Globex' : 'Acme',
        opened: daysAgo(2 + (at % 80)),
      });
    for (let at = 0; at < 10; at += 1)
      await addEscalation(store, `G-${at}`, { account: 'Globex', opened: daysAgo(3 + at * 7) });
    await addEscalation(store, 'A-1', { account: 'Acme', opened: daysAgo(5) });
    await sql`update customer_escalation set hot_shard = ${JSON.stringify({ cluster: 'prod-1', table: 'orders', shard: '17', skewRatio: 6.5 })}::text::jsonb where ce_number = 'G-1'`.execute(
      store.db,
    );
    await sql`update customer_escalation set hot_shard = ${JSON.stringify({ cluster: 'prod-1', table: 'carts', shard: null, skewRatio: 9.25 })}::text::jsonb where ce_number = 'G-2'`.execute(
      store.db,
    );
    await sql`update customer_escalation set hot_shard = ${JSON.stringify({ cluster: 'prod-2', table: null, shard: '4', skewRatio: null })}::text::jsonb, status = 'resolved', resolved_at = opened_at + interval '1 hour' where ce_number = 'G-3'`.execute(
      store.db,
    );
    await sql`update customer_escalation set issue = 'They are furious, this is unacceptable' where ce_number = 'G-4'`.execute(
      store.db,
    );
    await runAnalysis(analysisDeps(store), { steps: [textStep, escalationStep] });
    answer = (plan) => asking(store, theCatalogue()).answer(plan);
  });

  it('counts the active ones (S0-17)', async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from customer_escalation where status not in ('resolved', 'closed')`.execute(
      store.db,
    );
    expect(figure(await answer(metricPlan('open_escalations')))).toBe(rows[0]!.count);
    const findings = (await readFindings(store)).filter(({ kind }) => kind === 'customer-escalation');
    expect(findings).toHaveLength(rows[0]!.count);
  });

  it('lists hot shards with cluster, table, shard, skew ratio and the escalation (S0-25)', async () => {
    const list = await answer(
      listPlan('hot_shard', {
        columns: [
          'hot_shard_cluster',
          'hot_shard_table',
          'hot_shard',
          'skew_ratio',
          'ce_number',
          'escalation_status',
        ],
        orderBy: [{ by: 'ce_number', direction: 'asc' }],
      }),
    );
    expect(list.rows.map((row) => row.slice(0, 6))).toEqual([
      ['prod-1', 'orders', '17', 6.5, 'G-1', 'investigating'],
      ['prod-1', 'carts', null, 9.25, 'G-2', 'investigating'],
      ['prod-2', null, '4', null, 'G-3', 'resolved'],
    ]);
    expect(figure(await answer(metricPlan('hot_shards_open')))).toBe(2);
    const worst = await answer(metricPlan('worst_skew', { groupBy: [{ dimension: 'hot_shard_cluster' }] }));
    expect(worst.rows).toEqual([['prod-1', 9.25]]);
  });

  it('finds the account whose escalations pile up, with evidence, a test and a next step (S0-28)', async () => {
    const patterns = (await readFindings(store)).filter(({ kind }) => kind === 'escalation-pattern');
    const { rows } = await sql<{
      escalations: number;
      tickets: number;
      all_escalations: number;
      all_tickets: number;
    }>`
      with days as (select ${worldNow}::timestamptz - interval '90 days' as "from", ${worldNow}::timestamptz as until)
      select (select count(*) from customer_escalation, days where account_id = ${idOf('account', 'Globex')} and opened_at > "from" and opened_at <= until) as escalations,
             (select count(*) from ticket, days where account_id = ${idOf('account', 'Globex')} and opened_at > "from" and opened_at <= until) as tickets,
             (select count(*) from customer_escalation, days where opened_at > "from" and opened_at <= until) as all_escalations,
             (select count(*) from ticket, days where opened_at > "from" and opened_at <= until) as all_tickets`.execute(
      store.db,
    );
    const counted = rows[0]!;
    const expected = (counted.all_escalations * counted.tickets) / counted.all_tickets;
    const [pattern] = patterns.filter(({ account_id }) => account_id === idOf('account', 'Globex'));
    expect(pattern).toMatchObject({
      facts: {
        dimension: 'account',
        group: 'Globex',
        escalations: counted.escalations,
        next_step_rule: 'review-the-account',
      },
    });
    expect(pattern!.value).toBeCloseTo(counted.escalations / expected, 2);
    expect((pattern!.evidence as { rows: unknown[] }).rows).toHaveLength(counted.escalations);
    expect(chartSpecSchema.safeParse(pattern!.chart).error).toBeUndefined();
    const list = await answer(
      listPlan('escalation_pattern', {
        columns: ['pattern_by', 'pattern_group', 'pattern_escalations', 'pattern_notable'],
        orderBy: [{ by: 'pattern_escalations', direction: 'desc' }],
      }),
    );
    expect(list.rows.map((row) => row[0])).toEqual(expect.arrayContaining(['account', 'weekday']));
    expect(figure(await answer(metricPlan('notable_escalation_patterns')))).toBe(patterns.length);
  });

  it('reads the mood from the words where the file names none, and suggests a call (S0-05, S0-10)', async () => {
    const findings = (await readFindings(store)).filter(({ kind }) => kind === 'customer-escalation');
    const angry = findings.find(({ subject_id }) => subject_id === idOf('customer_escalation', 'G-4'));
    expect(angry).toMatchObject({ facts: { sentiment: 'negative' } });
    expect((angry!.facts as Record<string, unknown>)['next_step_rule']).toBeTypeOf('string');
  });

  it('shows the tone of customers, the worst first (S0-29)', async () => {
    const { rows } = await sql<{ name: string; mean: number }>`
      select a.name, avg(s.sentiment) as mean from text_score s join account a on a.id = s.account_id
       where s.sentiment is not null and s.said_at > ${worldNowOfQueries}::timestamptz - interval '20 years'
       group by 1 order by 2`.execute(store.db);
    const worst = await answer(
      metricPlan('customer_sentiment_average', {
        groupBy: [{ dimension: 'account' }],
        time: { kind: 'all' },
        orderBy: [{ by: 'customer_sentiment_average', direction: 'asc' }],
        limit: 5,
      }),
    );
    expect(worst.rows.map((row) => row[0])).toEqual(rows.map(({ name }) => name));
    for (const [at, row] of worst.rows.entries()) expect(row.at(-1)).toBeCloseTo(rows[at]!.mean, 9);
    const { rows: negative } = await sql<{ share: number }>`
      select avg((tone = 'negative')::integer)::double precision as share from text_score where sentiment is not null`.execute(
      store.db,
    );
    expect(figure(await answer(metricPlan('negative_text_share', { time: { kind: 'all' } })))).toBeCloseTo(
      negative[0]!.share,
      9,
    );
  });

  it('counts tickets by the topic that is read from their words, and by category (S0-22)', async () => {
    const byTopic = await answer(
      metricPlan('tickets_opened', { groupBy: [{ dimension: 'text_topic' }], time: { kind: 'all' } }),
    );
    const { rows } = await sql<{ topic: string | null; count: number }>`
      select s.topic, count(*) as count from ticket t left join text_score s on s.id = t.id group by 1`.execute(
      store.db,
    );
    expect(Object.fromEntries(byTopic.rows.map((row) => [String(row[0]), row.at(-1)]))).toEqual(
      Object.fromEntries(rows.map(({ topic, count }) => [String(topic), count])),
    );
  });

  it('shows how the work is spread over engineers (S0-24)', async () => {
    const spread = await answer(metricPlan('open_tickets', { groupBy: [{ dimension: 'assignee' }] }));
    const { rows } = await sql<{ name: string | null; count: number }>`
      select p.name, count(*) as count from ticket t left join person p on p.id = t.assignee_id
       where t.status in ('new', 'open', 'pending', 'hold') group by 1`.execute(store.db);
    expect(Object.fromEntries(spread.rows.map((row) => [String(row[0]), row.at(-1)]))).toEqual(
      Object.fromEntries(rows.map(({ name, count }) => [String(name), count])),
    );
  });
});
