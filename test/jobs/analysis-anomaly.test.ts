import { beforeAll, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { chartSpecSchema } from '../../src/charts/chart-spec-schema.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { anomalyStep } from '../../src/jobs/analysis-anomaly.ts';
import { shareStep } from '../../src/jobs/analysis-share.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { countSeries } from '../../src/store/analysis-anomaly.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { seededRandom } from '../analysis/anomaly/seeded-series.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { describeStores } from '../support/store.ts';
import { addTicket, analysisDeps, idOf, readFindings, worldNow } from './analysis-world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const accounts = Array.from({ length: 12 }, (_, index) => `A${index}`);
const steps = [anomalyStep, shareStep];

const source = (entity: string, name: string) => ({
  id: idOf(entity, name),
  source: 'test',
  source_id: name,
});

/** 36 days: tickets of twelve accounts, of which A0 is unhappy; incidents by the day; API calls; messages that fail. */
async function fillSeries(store: Store): Promise<void> {
  const random = seededRandom(5);
  await store.db
    .insertInto('account')
    .values(accounts.map((name) => ({ ...source('account', name), name })))
    .execute();
  const start = worldNow.getTime() - 36 * dayMs;
  const tickets = [];
  for (let hour = 0; hour < 36 * 24; hour += 1) {
    const at = start + hour * hourMs;
    const isSpike = hour === 36 * 24 - 5;
    for (let one = 0; one < (isSpike ? 40 : 2) + Math.floor(random() * 2); one += 1) {
      const name = `t${hour}/${one}`;
      const account = accounts[Math.floor(random() * accounts.length)]!;
      const isNegative = random() < (account === 'A0' ? 0.7 : 0.1);
      tickets.push({
        ...source('ticket', name),
        number: name,
        subject: 'x',
        status: 'open' as const,
        priority: 'normal' as const,
        category: isSpike || one % 2 === 0 ? 'login' : 'billing',
        opened_at: new Date(at + one * 1_000),
        account_id: idOf('account', account),
        sentiment_score: isNegative ? -0.5 : 0.4,
      });
    }
  }
  for (let from = 0; from < tickets.length; from += 2_000)
    await store.db
      .insertInto('ticket')
      .values(tickets.slice(from, from + 2_000))
      .execute();
  // One in thirty messages fails; in the last four hours two in five do.
  await sql`
    insert into message (id, source, source_id, direction, channel, at, delivery_status)
    select gen_random_uuid(), 'test', h || '/' || n, 'out', case when n % 2 = 0 then 'sms' else 'whatsapp' end,
      ${worldNow}::timestamptz - h * interval '1 hour' + n * interval '1 second',
      case when (h * 7919 + n * 104729) % 30 < case when h <= 4 then 12 else 1 end then 'failed' else 'delivered' end
    from generate_series(1, 240) h, generate_series(1, 22) n`.execute(store.db);
  const usage = Array.from({ length: 36 }, (_, index) => {
    const day = new Date(worldNow.getTime() - (index + 1) * dayMs).toISOString().slice(0, 10);
    const calls = 10_000 + Math.floor(random() * 500);
    return {
      ...source('usage_daily', day),
      account_id: idOf('account', 'A1'),
      day,
      logins: 1,
      api_calls: index === 0 ? 900 : calls,
    };
  });
  await store.db.insertInto('usage_daily').values(usage).execute();
}

describeStores('the steps that look for the unusual', (engine) => {
  let store: Store;
  let deps: ReturnType<typeof analysisDeps>;
  beforeAll(async () => {
    store = await engine.open();
    deps = analysisDeps(store);
    await fillSeries(store);
    await runAnalysis(deps, { steps });
  }, 60_000);

  const seriesOf = (id: string) => deps.settings.anomalies.series.find((one) => one.id === id)!;
  const factsOf = async (kind: string) => (await readFindings(store)).filter((one) => one.kind === kind);

  it('find the spike of tickets and name the part that stands out with it', async () => {
    const [finding] = await factsOf('volume-anomaly');
    expect(finding).toMatchObject({
      subject_id: 'tickets_opened',
      facts: { direction: 'above', bucket_start: '2026-03-31T07:00:00.000Z', grain: 'hour' },
    });
    expect(String((finding!.facts as Record<string, unknown>)['standing_out'])).toContain('category login');
    expect(String((finding!.facts as Record<string, unknown>)['band'])).toMatch(
      /^usual for Tuesday 09:00: \d+-\d+$/,
    );
  });

  it('find failing messages by their share and a collapse of API calls by its factor', async () => {
    const found = new Map((await factsOf('metric-anomaly')).map((one) => [one.subject_id, one]));
    expect(found.get('messages_failed')).toMatchObject({ facts: { direction: 'above' } });
    expect(found.get('api_calls')).toMatchObject({ facts: { direction: 'below', observed: 900 } });
    expect(
      Number((found.get('messages_failed')!.facts as Record<string, unknown>)['observed']),
    ).toBeGreaterThan(0.2);
    for (const { chart } of found.values()) expect(chartSpecSchema.parse(chart).kind).toBe('line');
  });

  it('name the account with too many negative tickets, counted by hand (S2-13)', async () => {
    const since = new Date(worldNow.getTime() - 90 * dayMs);
    const { rows } = await sql<{ account: string; cases: number; hits: number }>`
      select a.name as account, count(*) as cases, sum((t.sentiment_score <= -0.3)::int) as hits
      from ticket t join account a on a.id = t.account_id
      where t.opened_at between ${since} and ${worldNow} group by 1 order by 3 desc limit 1
    `.execute(store.db);
    const [finding] = await factsOf('share-outlier');
    expect(finding).toMatchObject({
      subject_id: `${idOf('account', 'A0')}/negative_tickets`,
      account_id: idOf('account', 'A0'),
      facts: { account: 'A0', cases: rows[0]!.cases, hits: rows[0]!.hits },
    });
    expect(rows[0]!.account).toBe('A0');
    const kept = await store.db.selectFrom('share_outlier').select(['account_id', 'measure']).execute();
    expect(kept).toEqual([{ account_id: idOf('account', 'A0'), measure: 'negative_tickets' }]);
  });

  it('count as the table does, in all and by segment, whole local days', async () => {
    const since = new Date('2026-03-20T23:00Z');
    const span = { since, until: worldNow, zone: 'Europe/Berlin', slotSeconds: 900 };
    const counted = await countSeries(store.db, seriesOf('negative_tickets'), span);
    const byDay = await sql<{ day: string; category: string | null; count: number }>`
      select to_char(opened_at at time zone 'Europe/Berlin', 'YYYY-MM-DD') as day, category, count(*) as count
      from ticket where sentiment_score <= -0.3 and opened_at >= ${since} and opened_at <= ${worldNow} group by 1, 2`.execute(
      store.db,
    );
    const expected = byDay.rows.map(({ day, category, count }) => [Date.parse(day) / dayMs, category, count]);
    const own = counted
      .filter(({ dimension }) => dimension === 'category')
      .map(({ bucket, segment, amount }) => [bucket, segment, amount]);
    const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join('/')).sort();
    expect(sorted(own)).toEqual(sorted(expected));
    const total = counted.filter(({ dimension }) => dimension === null);
    expect(total.reduce((sum, { cases }) => sum + cases, 0)).toBe(
      byDay.rows.reduce((sum, { count }) => sum + count, 0),
    );
  });

  it('count only the last days anew in a later run, and find the same', async () => {
    const before = (await readFindings(store)).map(({ subject_id, value }) => [subject_id, value]);
    deps.clock.advance(60);
    const again = await runAnalysis(deps, { steps });
    const first = await runAnalysis({ ...deps, clock: fixedClock(worldNow) }, { steps, asOf: worldNow });
    const readBy = (report: typeof again) => report.steps.map(({ state, rowsRead }) => [state, rowsRead]);
    expect(readBy(again)).toEqual(readBy(first));
    expect((await readFindings(store)).map(({ subject_id, value }) => [subject_id, value])).toEqual(before);
    // A row of long ago is not counted before the next day; one of today is.
    await addTicket(store, 'old', { opened: '2026-03-01T10:00Z', account: 'A1' });
    await addTicket(store, 'new', { opened: '2026-03-31T11:00Z', account: 'A1' });
    deps.clock.advance(60);
    const third = await runAnalysis(deps, { steps: [anomalyStep] });
    const rows = (report: typeof again) => report.steps[0]!.rowsRead;
    expect(rows(third) - rows(again)).toBeLessThanOrEqual(4);
  });

  it('answer what was unusual this week, and how often, like SQL', async () => {
    const clock = fixedClock(worldNow);
    const deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock };
    const manager: Asker = {
      personId: idOf('person', 'Max'),
      name: 'Max',
      role: 'manager',
      teamId: null,
      zone: 'UTC',
    };
    const ask = async (question: string, asker = manager) => {
      const surface = { platform: 'slack', conversation: 'D1', threadId: null };
      return (await answerQuestion(deps, { asker, question, surface, requestId: 'r1' })).answer;
    };
    // The week began on Monday 30 March.
    const { rows } = await sql<{ label: string; segment: string }>`
      select label, segment_label as segment from anomaly
      where opens_episode and bucket_start >= '2026-03-30T00:00Z' order by 1, 2`.execute(store.db);
    expect(rows.length).toBeGreaterThan(2);
    const listed = await ask('which anomalies did we have this week');
    expect(listed.outcome).toBe('answered');
    expect(listed.rows).toHaveLength(rows.length);
    const shown = (listed.rows ?? []).map(
      (row) => row.filter((cell) => rows.some(({ label }) => label === cell))[0],
    );
    expect(shown.sort()).toEqual(rows.map(({ label }) => label));
    expect((await ask('what anomalies did we have this week')).rows).toEqual(listed.rows);
    expect((await ask('how many anomalies this week')).rows).toEqual([[rows.length]]);
    const negative = await ask('how many accounts with a negative share are there');
    expect(negative.rows).toEqual([[1]]);
    // Sales are among the series: whoever may not see all of them sees none.
    const agent: Asker = { ...manager, role: 'agent' };
    expect((await ask('how many anomalies this week', agent)).outcome).not.toBe('answered');
  });
});
