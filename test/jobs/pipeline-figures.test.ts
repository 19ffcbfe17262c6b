import type { RawBuilder } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { chartSpecSchema } from '../../src/charts/chart-spec-schema.ts';
import { findingKinds } from '../../src/domain/finding-facts.ts';
import { dealSignalsStep } from '../../src/jobs/analysis-pipeline-deals.ts';
import { partnerStep } from '../../src/jobs/analysis-pipeline-partners.ts';
import { salesStep } from '../../src/jobs/analysis-pipeline-sales.ts';
import { type AnalysisReport, runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { asking, figure, listPlan, metricPlan, records, theCatalogue } from '../query/support/ask.ts';
import { seedWiderWorld } from '../query/support/wider-world.ts';
import { now, seedWorld } from '../query/support/world.ts';
import { describeStores } from '../support/store.ts';
import { analysisDeps, readFindings } from './analysis-world.ts';
import { seedPipeline, stages } from './pipeline-world.ts';

const catalogue = theCatalogue();
const day = '2026-11-21';
const quarter = { kind: 'calendar', unit: 'quarter', offset: 0 } as const;

describeStores('figures of the pipeline', (engine) => {
  let store: Store;
  let report: AnalysisReport;
  const ask = () => asking(store, catalogue);
  const rows = async <Row>(query: RawBuilder<Row>): Promise<Row[]> => (await query.execute(store.db)).rows;
  const by = (...dimensions: string[]) => ({ groupBy: dimensions.map((dimension) => ({ dimension })) });

  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    await seedWiderWorld(store);
    await seedPipeline(store);
    report = await runAnalysis(
      { ...analysisDeps(store), clock: fixedClock(now), zone: 'UTC' },
      { steps: [dealSignalsStep, salesStep, partnerStep] },
    );
  });

  it('runs every step', () => {
    expect(report.steps.map(({ name, state, error }) => [name, state, error])).toEqual([
      ['deal-signals', 'done', null],
      ['sales-performance', 'done', null],
      ['partners', 'done', null],
    ]);
  });

  it('lists every open deal with its age and what is done about it (S0-31)', async () => {
    const { rows: listed } = await ask().answer(
      listPlan('deal_signal', { columns: ['deal', 'deal_age'], ...firstByName }),
    );
    const expected = await rows(sql<{ name: string; age: number }>`
      select name, ${day}::date - opened_on as age from opportunity where not is_closed and deleted_at is null`);
    expect(expected.length).toBe(64);
    expect(listed).toEqual(firstOf(expected.map(({ name, age }) => [name, age])));
  });

  it('weighs open deals by stage and forecast category for a period (S0-32)', async () => {
    for (const dimension of ['stage', 'forecast_category'] as const) {
      const answer = await ask().answer(
        metricPlan('weighted_closing_amount', { ...by(dimension), time: quarter }),
      );
      const expected = await rows(sql<{ word: string; currency: string; amount: number }>`
        select ${sql.ref(dimension)} as word, currency, sum(amount * probability)::float8 as amount from opportunity
        where not is_closed and close_date between '2026-10-01' and '2026-12-31' and deleted_at is null
        group by 1, 2`);
      expect(expected.length).toBeGreaterThan(4);
      const shown = records(answer).map((row) => [
        row[dimension],
        row['currency'],
        round(row['weighted_closing_amount']),
      ]);
      expect(shown.toSorted()).toEqual(
        expected.map(({ word, currency, amount }) => [word, currency, round(amount)]).toSorted(),
      );
    }
  });

  it('foresees the quarter as what is won and the same months of the last quarter (S0-32)', async () => {
    const answer = await ask().answer(metricPlan('forecast_amount', by('currency')));
    // Of November 21 of 30 days are over: the part of August from its 23rd day on is to come, then September.
    const expected = await rows(sql<{ currency: string; amount: number; method: string }>`
      select currency, sum(amount)::float8 as amount from opportunity
      where is_won and (close_date between '2026-10-01' and ${day} or close_date between '2026-08-23' and '2026-09-30')
      group by currency`);
    const used = await rows(sql<{
      currency: string;
      method: string;
      expected: number;
      low: number;
      high: number;
    }>`
      select currency, method, expected, low, high from pipeline_forecast
      where period_kind = 'quarter' and starts_on = '2026-10-01' order by currency`);
    expect(used.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
    const shown = new Map(records(answer).map((row) => [row['currency'], row['forecast_amount']]));
    const next = records(await ask().answer(metricPlan('next_quarter_forecast', by('currency'))));
    const ahead = await rows(sql<{ currency: string; expected: number }>`
      select currency, sum(expected)::float8 as expected from pipeline_forecast
      where period_kind = 'month' and starts_on between '2027-01-01' and '2027-03-01' group by currency`);
    expect(next).toHaveLength(2);
    for (const { currency, expected: total } of ahead)
      expect(next.find((row) => row['currency'] === currency)?.['next_quarter_forecast']).toBeCloseTo(
        total,
        1,
      );
    let checked = 0;
    for (const { currency, method, expected: total, low, high } of used) {
      expect(shown.get(currency)).toBeCloseTo(total, 1);
      expect(low).toBeLessThan(total);
      expect(high).toBeGreaterThan(total);
      if (method !== 'same months of last quarter') continue;
      checked += 1;
      expect(total).toBeCloseTo(expected.find((one) => one.currency === currency)!.amount, 1);
    }
    expect(checked).toBeGreaterThan(0);
  });

  it('counts deals by the stages they came into (S0-33)', async () => {
    const answer = await ask().answer(metricPlan('stage_entries', by('stage')));
    const expected = await rows(sql<{ stage: string; deals: number }>`
      select to_stage as stage, count(distinct opportunity_id)::int as deals from opportunity_stage_event e
      where at >= timestamptz '2026-11-21 00:00Z' - interval '364 days' and at < '2026-11-22'
        and exists (select 1 from opportunity o where o.id = e.opportunity_id) group by 1`);
    expect(answer.rows.toSorted()).toEqual(expected.map(({ stage, deals }) => [stage, deals]).toSorted());
  });

  it('converts stages by snapshots, with deals that were open then whatever became of them (S0-33)', async () => {
    const answer = await ask().answer(
      metricPlan(['stage_judged_deals', 'stage_advanced_deals', 'stage_won_deals'], {
        ...by('stage'),
        time: { kind: 'all' },
      }),
    );
    const deals = await rows(sql<{ id: string; opened: string; closed: string | null; won: boolean }>`
      select id, opened_on as opened, case when is_closed then close_date end as closed, is_won as won from opportunity where deleted_at is null`);
    const events = await rows(sql<{ deal: string; stage: string; day: string }>`
      select opportunity_id as deal, to_stage as stage, (at at time zone 'UTC')::date as day
      from opportunity_stage_event order by at`);
    const stageOn = (deal: string, on: string) =>
      events.findLast((event) => event.deal === deal && event.day <= on)?.stage;
    const count = new Map<string, number[]>();
    for (let month = 0; month < 13; month += 1) {
      const then = new Date(Date.UTC(2026, 10 - month, 1)).toISOString().slice(0, 10);
      const later = new Date(Date.parse(then) + 90 * 86_400_000).toISOString().slice(0, 10);
      if (later > day) continue;
      for (const deal of deals) {
        if (deal.opened > then || (deal.closed !== null && deal.closed <= then)) continue;
        const stage = stageOn(deal.id, then);
        if (stage === undefined) continue;
        const isDecided = deal.closed !== null && deal.closed <= later;
        const place = (word: string | undefined) => (stages as readonly (string | undefined)[]).indexOf(word);
        const hasAdvanced = isDecided ? deal.won : place(stageOn(deal.id, later)) > place(stage);
        const own = count.get(stage) ?? [0, 0, 0];
        count.set(stage, own);
        own[0]! += 1;
        own[1]! += hasAdvanced ? 1 : 0;
        own[2]! += isDecided && deal.won ? 1 : 0;
      }
    }
    expect(count.size).toBe(4);
    expect(answer.rows.toSorted()).toEqual([...count].map(([stage, own]) => [stage, ...own]).toSorted());
    const conversion = await ask().answer(
      metricPlan('stage_conversion', { ...by('stage'), time: { kind: 'all' } }),
    );
    for (const [stage, share] of conversion.rows) {
      const own = count.get(String(stage))!;
      expect(share).toBeCloseTo(own[1]! / own[0]!, 10);
    }
  });

  it('knows the median days per stage (S0-33)', async () => {
    const answer = await ask().answer(metricPlan('stage_days', by('stage')));
    const events = await rows(sql<{ deal: string; stage: string; at: Date }>`
      select opportunity_id as deal, to_stage as stage, at from opportunity_stage_event e
      where exists (select 1 from opportunity o where o.id = e.opportunity_id) order by opportunity_id, at`);
    const since = Date.parse('2025-11-21T00:00:00Z');
    const stays = new Map<string, number[]>();
    for (const [index, { deal, stage, at }] of events.entries()) {
      const after = events[index + 1];
      if (after?.deal !== deal || after.at.getTime() < since) continue;
      const own = stays.get(stage) ?? [];
      stays.set(stage, [...own, (after.at.getTime() - at.getTime()) / 86_400_000]);
    }
    const shown = new Map(answer.rows.map(([stage, days]) => [stage, days]));
    expect([...shown.keys()].toSorted()).toEqual([...stages].toSorted());
    for (const stage of stages) expect(shown.get(stage)).toBeCloseTo(median(stays.get(stage)!), 6);
  });

  it('counts touches, the last one and the people engaged for each open deal (S0-34)', async () => {
    const { rows: listed } = await ask().answer(
      listPlan('deal_signal', {
        columns: ['deal', 'deal_touches', 'deal_last_touch', 'deal_contacts'],
        ...firstByName,
      }),
    );
    const deals = await rows(sql<{ id: string; name: string; account: string | null }>`
      select id, name, account_id as account from opportunity where not is_closed and deleted_at is null`);
    const touches = await rows(sql<{
      deal: string | null;
      account: string;
      contact: string | null;
      at: Date;
    }>`
      select opportunity_id as deal, account_id as account, contact_id as contact, at from activity
      where kind in ('call', 'email', 'meeting', 'social')`);
    const daysAgo = (at: Date) => (now.getTime() - at.getTime()) / 86_400_000;
    const expected = deals.map(({ id, name, account }) => {
      const own = touches.filter((one) => one.deal === id || (one.deal === null && one.account === account));
      const last = Math.max(...own.map(({ at }) => at.getTime()));
      const engaged = own.flatMap(({ contact, at }) => (contact !== null && daysAgo(at) < 90 ? contact : []));
      return [
        name,
        own.filter(({ at }) => daysAgo(at) < 30).length,
        own.length === 0 ? null : new Date(last).toISOString(),
        new Set(engaged).size,
      ];
    });
    const shown = listed.map(([name, count, last, people]) => [
      name,
      count,
      last === null ? null : new Date(String(last)).toISOString(),
      people,
    ]);
    expect(shown).toEqual(firstOf(expected));
    expect(expected.filter(([, count]) => Number(count) > 0).length).toBeGreaterThan(3);
    const mean = await ask().answer(metricPlan('deal_touches_per_deal'));
    expect(figure(mean)).toBeCloseTo(
      expected.reduce((sum, [, count]) => sum + Number(count), 0) / expected.length,
      10,
    );
  });

  it('flags large open deals without a touch in 30 days, as a metric and as findings (S0-34)', async () => {
    const expected = await rows(sql<{ id: string; amount: number }>`
      select o.id, o.amount from opportunity o
      where not o.is_closed and o.deleted_at is null and o.amount >= 25000
        and not exists (
          select 1 from activity a where a.kind in ('call', 'email', 'meeting', 'social')
            and a.at > ${now}::timestamptz - interval '30 days'
            and (a.opportunity_id = o.id or a.opportunity_id is null and a.account_id = o.account_id))
        and (${day}::date - o.opened_on >= 30 or exists (
          select 1 from activity a where a.kind in ('call', 'email', 'meeting', 'social')
            and (a.opportunity_id = o.id or a.opportunity_id is null and a.account_id = o.account_id)))`);
    expect(expected.length).toBeGreaterThan(2);
    expect(figure(await ask().answer(metricPlan('untouched_deals')))).toBe(expected.length);
    const told = (await readFindings(store)).filter(({ kind }) => kind === 'deal-untouched');
    expect(told.map(({ subject_id }) => subject_id).toSorted()).toEqual(
      expected.map(({ id }) => id).toSorted(),
    );
  });

  it('calls a deal stale that is older than 95 % of the won deals were (S0-31)', async () => {
    const [limit] = await rows(sql<{ days: number }>`
      select percentile_cont(0.95) within group (order by close_date - opened_on) as days from opportunity where is_won`);
    const expected = await rows(sql<{ id: string; name: string }>`
      select id, name from opportunity where not is_closed and deleted_at is null and ${day}::date - opened_on > ${limit!.days}::float8`);
    expect(expected.length).toBeGreaterThan(5);
    expect(figure(await ask().answer(metricPlan('stale_open_deals')))).toBe(expected.length);
    const told = (await readFindings(store)).filter(({ kind }) => kind === 'deal-stale');
    expect(told.map(({ subject_id }) => subject_id).toSorted()).toEqual(
      expected.map(({ id }) => id).toSorted(),
    );
    const chance = await rows(
      sql<{ n: number }>`select count(*)::int as n from deal_signal where is_stale and win_chance > 0`,
    );
    expect(chance[0]!.n).toBe(0);
  });

  it('shows won, open and win rate per rep, shrunk with n (S0-35)', async () => {
    const won = await ask().answer(
      metricPlan(['won_amount', 'won_deals'], { ...by('owner'), time: { kind: 'all' } }),
    );
    expect(won.rows.length).toBeGreaterThanOrEqual(3);
    const expected = await rows(sql<{
      name: string;
      won: number;
      decided: number;
      all_won: number;
      all_decided: number;
    }>`
      select p.name, (count(*) filter (where o.is_won))::int as won, count(*)::int as decided,
        (select count(*) from opportunity where is_won and close_date >= '2025-11-21')::int as all_won,
        (select count(*) from opportunity where is_closed and close_date >= '2025-11-21')::int as all_decided
      from opportunity o join person p on p.id = o.owner_id
      where o.is_closed and o.close_date >= '2025-11-21' group by p.name`);
    for (const [metric, of] of [
      [
        'rep_win_rate',
        (row: (typeof expected)[number]) =>
          (row.won + (50 * row.all_won) / row.all_decided) / (row.decided + 50),
      ],
      ['rep_decided_deals', (row: (typeof expected)[number]) => row.decided],
    ] as const) {
      const answer = await ask().answer(metricPlan(metric, by('owner')));
      const shown = new Map(answer.rows.map(([name, value]) => [name, value]));
      expect(expected).toHaveLength(3);
      for (const row of expected) expect(shown.get(row.name)).toBeCloseTo(of(row), 9);
    }
  });

  it('shows quota attainment per rep in the currency of the quota, own rows for a rep (S0-35)', async () => {
    const expected = await rows(sql<{ name: string; share: number }>`
      select p.name, (select coalesce(sum(o.amount), 0) from opportunity o where o.owner_id = p.id and o.is_won
        and o.close_date between '2026-01-01' and ${day} and o.currency = p.currency)::float8 / p.quota::float8 as share
      from person p where p.quota > 0`);
    const answer = await ask().answer(metricPlan('quota_attainment', by('owner')));
    const shown = new Map(records(answer).map((row) => [row['owner'], row['quota_attainment']]));
    expect(expected.length).toBeGreaterThanOrEqual(3);
    for (const { name, share } of expected) expect(shown.get(name)).toBeCloseTo(share, 9);
    const own = await ask().answer(metricPlan('quota_attainment', by('owner')), 'Rita Rep');
    expect(new Set(records(own).map((row) => row['owner']))).toEqual(new Set(['Rita Rep']));
  });

  it('computes velocity from deals, win rate, amount and cycle, per currency (S0-35)', async () => {
    const expected = await rows(sql<{ currency: string; velocity: number }>`
      with past as (select * from opportunity where is_closed and close_date >= '2025-11-21')
      select o.currency, count(*) * (select count(*) filter (where is_won)::float8 / count(*) from past)
        * (select avg(amount)::float8 from past where is_won and currency = o.currency)
        / (select percentile_cont(0.5) within group (order by close_date - opened_on) from past where is_won) as velocity
      from opportunity o where not o.is_closed and o.deleted_at is null group by o.currency`);
    const answer = records(await ask().answer(metricPlan('sales_velocity', by('currency'))));
    expect(expected).toHaveLength(2);
    for (const { currency, velocity } of expected) {
      const shown = answer.find((row) => row['currency'] === currency)!['sales_velocity'];
      expect(shown).toBeCloseTo(velocity, 1);
    }
  });

  it('writes in a second run of the day only what differs, and tells the same', async () => {
    const deps = { ...analysisDeps(store), clock: fixedClock(now), zone: 'UTC' };
    const steps = [dealSignalsStep, salesStep, partnerStep];
    const told = async () =>
      (await readFindings(store))
        .map(({ kind, subject_id, value }) => `${kind} ${subject_id} ${value}`)
        .toSorted();
    const before = await told();
    // Lost, so that the limit of staleness, which is that of the won deals, stays where it is.
    const stale = (await readFindings(store)).find(({ kind }) => kind === 'deal-stale')!;
    await sql`update opportunity set is_closed = true, is_won = false, close_date = ${day}, synced_at = now()
      where id = ${stale.subject_id}::uuid`.execute(store.db);
    const again = await runAnalysis(deps, { steps });
    expect(again.steps.map(({ error }) => error)).toEqual([null, null, null]);
    const gone = before.filter((one) => one.includes(stale.subject_id));
    expect(await told()).toEqual(before.filter((one) => !gone.includes(one)));
    expect(
      await rows(sql`select 1 from deal_signal where opportunity_id = ${stale.subject_id}::uuid`),
    ).toEqual([]);
    // Everything anew, as another day would do it, finds the same.
    await store.db.deleteFrom('analysis_step').execute();
    const fresh = await runAnalysis(deps, { steps });
    expect(await told()).toEqual(before.filter((one) => !gone.includes(one)));
    expect(fresh.steps[0]!.rowsWritten).toBeGreaterThan(again.steps[0]!.rowsWritten);
  });

  it('writes facts that rules know and charts that can be drawn', async () => {
    const findings = await readFindings(store);
    expect(new Set(findings.map(({ kind }) => kind)).size).toBe(3);
    for (const { kind, facts, chart } of findings) {
      const known = findingKinds[kind as keyof typeof findingKinds].facts;
      expect([kind, Object.keys(facts as object).toSorted()]).toEqual([kind, Object.keys(known).toSorted()]);
      expect(chartSpecSchema.safeParse(chart).error).toBeUndefined();
    }
  });
});

/** A list shows 25 rows at most. */
const firstByName = { orderBy: [{ by: 'deal', direction: 'asc' as const }], limit: 25 };

/** The rows that `firstByName` shows. */
function firstOf<Row extends readonly unknown[]>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)).slice(0, 25);
}

function round(value: unknown): number {
  return Math.round(Number(value) * 100) / 100;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
