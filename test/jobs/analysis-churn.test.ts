import { beforeAll, describe, expect, it } from 'vitest';
import { churnStep } from '../../src/jobs/analysis-churn.ts';
import { healthStep } from '../../src/jobs/analysis-health.ts';
import { readChurnReport } from '../../src/jobs/churn-report.ts';
import { writeChurnReport } from '../../src/jobs/churn-report-text.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { asking, listPlan, metricPlan, theCatalogue } from '../query/support/ask.ts';
import { describeStores, openTestStore } from '../support/store.ts';
import { analysisDeps, idOf, worldNow } from './analysis-world.ts';
import { addIncident, churnWorld, fillChurnWorld } from './churn-world.ts';

const steps = [healthStep, churnStep];
const today = '2026-03-31';
const gone = [...Object.keys(churnWorld.left), churnWorld.former];

describeStores('the churn step', (engine) => {
  let store: Store;
  let first: Awaited<ReturnType<typeof runAnalysis>>;
  const one = async (query: ReturnType<typeof sql<{ value: number | null }>>) =>
    (await query.execute(store.db)).rows[0]?.value ?? null;
  const catalogue = theCatalogue();
  const ask = () => asking(store, catalogue, { clock: fixedClock(worldNow) });
  const answer = async (metric: string, more: Parameters<typeof metricPlan>[1] = {}) =>
    (await ask().answer(metricPlan(metric, more))).rows;

  beforeAll(async () => {
    store = await engine.open();
    await fillChurnWorld(store);
    first = await runAnalysis(analysisDeps(store), { steps });
  }, 180_000);

  it('scores customers, and neither the health nor the risk of those who left', async () => {
    expect(first.steps.map(({ name, state, error }) => [name, state, error])).toEqual([
      ['account-health', 'done', null],
      ['churn', 'done', null],
    ]);
    for (const table of ['health_score', 'churn_score'])
      expect(
        await one(
          sql`select count(distinct account_id)::int as value from ${sql.table(table)} where day = ${today}`,
        ),
      ).toBe(churnWorld.customers.length - gone.length);
    const former = gone.map((name) => idOf('account', name));
    expect(
      await one(
        sql`select count(*)::int as value from health_score where account_id = any(${former}::uuid[])`,
      ),
    ).toBe(0);
    expect(first.steps[1]!.notes.join()).toContain('1 former customers have no date of leaving');
  });

  it('is honest: with six customers gone it knows the rate and no more', async () => {
    expect(first.steps[1]!.notes.join()).toContain('base rate (6 events)');
    const rate = 1 - (1 - 6 / 39) ** (90 / 365);
    expect(
      await one(sql`select avg(probability) as value from churn_score where day = ${today}`),
    ).toBeCloseTo(rate, 6);
    const report = await readChurnReport(store.db, analysisDeps(store).settings.churn);
    const text = writeChurnReport(report!).join('\n');
    expect(text).toContain('State          base rate (6 events)');
    expect(text).toContain("the ranking within it is the rules' and untested");
    expect(text).toContain('Backtest       none');
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ model: { stage: 'base-rate' } });
  });

  it('keeps the index by the formula of health and rules, and stores what adds up to the logit', async () => {
    const rows = await store.db.selectFrom('churn_score').selectAll().where('day', '=', today).execute();
    for (const row of rows) {
      const points = (row.contributions as { points: number }[]).reduce(
        (sum, { points: n }) => sum + n,
        row.base,
      );
      expect(Math.abs(points - row.logit)).toBeLessThan(1e-9);
      expect(1 / (1 + Math.exp(-row.logit))).toBeCloseTo(row.probability, 12);
    }
    // By hand, of one customer: health, 22 months (0.4 ln 27/25 off), yearly.
    const c08 = rows.find(({ account_id }) => account_id === idOf('account', 'C08'))!;
    const { rows: parts } = await sql<{ health: number; plan: string }>`
      select (select sum((part ->> 'weight')::float8 * (part ->> 'score')::float8)
          from jsonb_array_elements(components) part) as health,
        (select plan from subscription where account_id = h.account_id) as plan
      from health_score h where account_id = ${c08.account_id} and day = ${today} and profile = 'cs4'`.execute(
      store.db,
    );
    const months = (Date.parse(today) - Date.parse('2024-06-01')) / 86_400_000 / (365.25 / 12);
    const rules = -0.4 * Math.log((months + 3) / 27) + (parts[0]!.plan.includes('year') ? -0.5 : 0.7);
    const logit = -0.0375 * (parts[0]!.health - 48.3) + rules;
    expect(c08.risk_index).toBeCloseTo(1 / (1 + Math.exp(-logit)), 9);
  });

  it('answers with the average probability, the accounts at risk and their revenue (S4-23, S3-20, S4-26, S3-16)', async () => {
    const [average] = await answer('average_churn_probability');
    expect(average!.at(-1)).toBeCloseTo(
      (await one(sql`select avg(probability) as value from churn_score where day = ${today}`))!,
      9,
    );
    const { rows: byPriority } = await sql<{ priority: string; n: number }>`
      select priority, count(*)::int as n from churn_score where day = ${today} group by 1 order by 1`.execute(
      store.db,
    );
    const shown = await answer('accounts_by_churn_risk', {
      groupBy: [{ dimension: 'intervention_priority' }],
    });
    expect(shown.map((row) => row.at(-1)).sort()).toEqual(byPriority.map(({ n }) => n).sort());
    const atRisk = byPriority.filter(({ priority }) => ['critical', 'high'].includes(priority));
    const [toCall] = await answer('accounts_to_intervene');
    expect(toCall!.at(-1)).toBe(atRisk.reduce((sum, { n }) => sum + n, 0));
    const { rows: money } = await sql<{ currency: string; arr: number }>`
      select a.currency, sum(a.arr)::float8 as arr from account a join churn_score s on s.account_id = a.id
      where s.day = ${today} group by 1 order by 1`.execute(store.db);
    const revenue = await answer('revenue_by_churn_risk', { groupBy: [{ dimension: 'churn_currency' }] });
    const sums = revenue.map((row) => row.find((cell) => typeof cell === 'number'));
    expect(sums.toSorted()).toEqual(money.map(({ arr }) => arr).toSorted());
    const list = await ask().answer(listPlan('churn_score'));
    expect(list.rows.length).toBeGreaterThan(0);
  });

  it('counts who left in 30 days and the monthly rate (S4-23, S4-05)', async () => {
    const inMonth = { kind: 'relative', unit: 'day', n: 30, completeOnly: false } as const;
    const [lately] = await answer('churned_customers', { time: inMonth });
    expect(lately!.at(-1)).toBe(
      await one(sql`select count(distinct account_id)::int as value from subscription
        where cancelled_on > ${today}::date - 30 and cancelled_on <= ${today}::date`),
    );
    // Asked without a period, the last 12 months count.
    expect((await answer('churned_customers'))[0]!.at(-1)).toBe(Object.keys(churnWorld.left).length);
    const { rows } = await sql<{ month: string; customers: number; lost: number }>`
      select m::date::text as month,
        count(*) filter (where coalesce(s.cancelled_on, '9999-01-01') >= m)::int as customers,
        count(*) filter (where s.cancelled_on >= m and s.cancelled_on < m + interval '1 month')::int as lost
      from generate_series('2025-04-01'::date, '2026-02-01'::date, '1 month') m
      join subscription s on s.starts_on < m group by m order by m`.execute(store.db);
    const stored = await store.db
      .selectFrom('churn_month')
      .select(['month', 'customers', 'lost'])
      .where('kind', '=', 'actual')
      .where('month', '>=', '2025-04-01')
      .orderBy('month')
      .execute();
    expect(stored).toEqual(rows);
    const whole = rows.filter(({ month }) => month >= '2025-10-01');
    const time = { kind: 'between', from: '2025-10-01', to: '2026-02-28' } as const;
    const [rate] = await answer('monthly_churn_rate', { time });
    const sum = (key: 'lost' | 'customers') => whole.reduce((total, row) => total + row[key], 0);
    expect(sum('lost')).toBe(4);
    expect(rate!.at(-1)).toBeCloseTo(sum('lost') / sum('customers'), 12);
    const [rolling] = await answer('rolling_churn_rate', {
      time: { kind: 'between', from: '2026-02-01', to: '2026-02-28' },
    });
    const half = rows.filter(({ month }) => month >= '2025-09-01');
    expect(rolling!.at(-1)).toBeCloseTo(
      half.reduce((total, { lost }) => total + lost, 0) /
        half.reduce((total, row) => total + row.customers, 0),
      12,
    );
  });

  it('forecasts three months with an interval (S4-06)', async () => {
    const months = await store.db
      .selectFrom('churn_month')
      .selectAll()
      .where('kind', '=', 'forecast')
      .orderBy('month')
      .execute();
    expect(months.map(({ month }) => month)).toEqual(['2026-03-01', '2026-04-01', '2026-05-01']);
    for (const { rate, lower_rate: lower, upper_rate: upper, note } of months) {
      expect(lower!).toBeLessThanOrEqual(rate!);
      expect(upper!).toBeGreaterThanOrEqual(rate!);
      expect(note).toContain('no season shows');
    }
    expect((await answer('churn_forecast'))[0]!.at(-1)).toBeCloseTo(
      months.reduce((total, { rate }) => total + rate!, 0) / 3,
      12,
    );
  });

  it('puts customers into four bands of risk at 0.30, 0.60 and 0.80, the edge in the lower one (S4-04)', async () => {
    const { rows } = await sql<{ band: string; n: number }>`
      select case when risk_index <= 0.3 then 'low' when risk_index <= 0.6 then 'medium'
                  when risk_index <= 0.8 then 'high' else 'critical' end as band, count(*)::int as n
      from churn_score where day = ${today} group by 1`.execute(store.db);
    expect(rows.length).toBeGreaterThan(1);
    const shown = await answer('accounts_by_churn_risk', { groupBy: [{ dimension: 'churn_risk_band' }] });
    const sorted = (pairs: readonly (readonly unknown[])[]) => pairs.map((pair) => pair.join(' ')).sort();
    expect(sorted(shown.map((row) => [row[0], row.at(-1)]))).toEqual(
      sorted(rows.map(({ band, n }) => [band, n])),
    );
    const outside = await one(
      sql`select count(*)::int as value from churn_score where probability not between 0 and 1`,
    );
    expect(outside).toBe(0);
  });

  it('shows the health distribution and its average (S4-20, S3-13, S4-02)', async () => {
    const { rows } = await sql<{ band: string; n: number; mean: number }>`
      select band, count(*)::int as n from health_score
      where day = ${today} and profile = 'cs4' and score is not null group by 1`.execute(store.db);
    const shown = await answer('scored_accounts', { groupBy: [{ dimension: 'health_band' }] });
    expect(shown.map((row) => row.at(-1)).sort()).toEqual(rows.map(({ n }) => n).sort());
    const [mean] = await answer('average_health_score');
    expect(mean!.at(-1)).toBeCloseTo(
      (await one(
        sql`select avg(score) as value from health_score where day = ${today} and profile = 'cs4'`,
      ))!,
      9,
    );
    // cs4 = usage 30, engagement 25, satisfaction 25, value 20.
    const weights = await one(sql`
      select max(abs(score - (select sum((p ->> 'score')::float8 * case p ->> 'name'
          when 'usage' then 0.3 when 'engagement' then 0.25 when 'satisfaction' then 0.25 else 0.2 end)
        from jsonb_array_elements(components) p))) as value
      from health_score where day = ${today} and profile = 'cs4' and coverage = 1`);
    expect(weights).toBeLessThanOrEqual(0.05 + 1e-9);
  });

  it('keeps usage3 = 0.4 usage + 0.3 engagement + 0.3 incident, with incidents at 100 less penalties (S3-04, S3-05)', async () => {
    const { rows } = await sql<{ score: number; api: number; logins: number; penalty: number }>`
      select h.score, (select sum(api_calls) from usage_daily u where u.account_id = h.account_id
          and day between '2026-03-01' and '2026-03-30')::float8 as api,
        (select sum(logins) from usage_daily u where u.account_id = h.account_id
          and day between '2026-03-01' and '2026-03-30')::float8 as logins,
        (select coalesce(sum(case severity when 'critical' then 40 else 25 end), 0) from incident i
          where i.account_id = h.account_id and started_at > '2026-03-01T12:00Z')::float8 as penalty
      from health_score h where day = ${today} and profile = 'usage3'`.execute(store.db);
    expect(rows.length).toBe(33);
    expect(rows.some(({ penalty }) => penalty > 0)).toBe(true);
    for (const { score, api, logins, penalty } of rows) {
      const exact =
        0.4 * Math.min(100, api / 50) + 0.3 * Math.min(100, (100 * logins) / 30) + 0.3 * (100 - penalty);
      expect(Math.abs(score - exact)).toBeLessThanOrEqual(0.05 + 1e-9);
    }
  });

  it('tells the risk that support data alone shows (S2-16)', async () => {
    const { rows } = await sql<{ support: number; csat: number; penalty: number }>`
      select s.support_risk as support, (select score from survey_response v where v.account_id = s.account_id) as csat,
        (select coalesce(sum(case severity when 'critical' then 40 else 25 end), 0) from incident i
          where i.account_id = s.account_id and started_at > '2026-03-01T12:00Z')::float8 as penalty
      from churn_score s where day = ${today}`.execute(store.db);
    for (const { support, csat, penalty } of rows) {
      const score = (0.25 * 25 * (csat - 1) + 0.3 * (100 - penalty)) / 0.55;
      expect(support).toBeCloseTo(1 / (1 + Math.exp(0.0375 * (score - 48.3))), 9);
    }
    expect((await answer('average_support_risk'))[0]!.at(-1)).toBeCloseTo(
      rows.reduce((sum, { support }) => sum + support, 0) / rows.length,
      9,
    );
  });

  it('scores only those again of whom something was stored since', async () => {
    const scores = async () =>
      new Map(
        (
          await store.db
            .selectFrom('churn_score')
            .select(['account_id', 'risk_index', 'health'])
            .where('day', '=', today)
            .execute()
        ).map(({ account_id, ...rest }) => [account_id, rest]),
      );
    const before = await scores();
    const second = await runAnalysis(analysisDeps(store), { steps });
    expect(second.steps.map(({ rowsRead }) => rowsRead)).toEqual([0, churnWorld.customers.length]);
    expect(await scores()).toEqual(before);
    await store.db
      .updateTable('survey_response')
      .set({ score: 1, synced_at: sql`now()` })
      .where('account_id', '=', idOf('account', 'C39'))
      .execute();
    const third = await runAnalysis(analysisDeps(store), { steps });
    expect(third.steps[1]!.rowsRead).toBeLessThan(first.steps[1]!.rowsRead / 10);
    const after = await scores();
    const changed = [...after].filter(([id, row]) => row.risk_index !== before.get(id)!.risk_index);
    expect(changed.map(([id]) => id)).toEqual([idOf('account', 'C39')]);
    // The same as if everything had been looked at.
    await runAnalysis(analysisDeps(store), { steps, asOf: worldNow });
    const anew = await scores();
    expect(anew.get(idOf('account', 'C39'))!.health).toBe(after.get(idOf('account', 'C39'))!.health);
  });
});

describe('monthly snapshots', () => {
  it('know nothing that happened or was recorded after their day', async () => {
    const store = await openTestStore();
    await fillChurnWorld(store);
    const at = async (account: string) => {
      await store.db.deleteFrom('churn_snapshot').execute();
      await runAnalysis(analysisDeps(store), { steps: [churnStep], asOf: worldNow });
      return store.db
        .selectFrom('churn_snapshot')
        .select(['index_logit', 'features'])
        .where('account_id', '=', idOf('account', account))
        .where('day', '=', '2026-01-01')
        .executeTakeFirstOrThrow();
    };
    const before = await at('C20');
    await addIncident(store, 'C20', 'critical', '2026-01-01T09:00Z');
    await addIncident(store, 'C20', 'critical', '2025-12-20T09:00Z', '2026-01-02T00:00Z');
    await store.db
      .updateTable('usage_daily')
      .set({ api_calls: 0 })
      .where('day', '>=', '2026-01-01')
      .execute();
    expect(await at('C20')).toEqual(before);
    await addIncident(store, 'C20', 'critical', '2025-12-20T09:00Z', '2025-12-21T00:00Z');
    expect(await at('C20')).not.toEqual(before);
  }, 180_000);
});
