import type { RawBuilder } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { partnerStep } from '../../src/jobs/analysis-pipeline-partners.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { asking, figure, listPlan, metricPlan, records, theCatalogue } from '../query/support/ask.ts';
import { seedWiderWorld } from '../query/support/wider-world.ts';
import { idOf, now, seedWorld } from '../query/support/world.ts';
import { describeStores } from '../support/store.ts';
import { analysisDeps, readFindings } from './analysis-world.ts';
import { seedPipeline } from './pipeline-world.ts';

const catalogue = theCatalogue();

describeStores('figures of partners', (engine) => {
  let store: Store;
  const ask = () => asking(store, catalogue);
  const rows = async <Row>(query: RawBuilder<Row>): Promise<Row[]> => (await query.execute(store.db)).rows;
  const by = (...dimensions: string[]) => ({ groupBy: dimensions.map((dimension) => ({ dimension })) });

  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    await seedWiderWorld(store);
    await seedPipeline(store);
    await runAnalysis(
      { ...analysisDeps(store), clock: fixedClock(now), zone: 'UTC' },
      { steps: [partnerStep] },
    );
  });

  const strongest = async () => {
    const named = await rows(sql<{ partner: string; deal: string; kind: string }>`
      select partner_id as partner, opportunity_id as deal, kind from partner_deal
      union all select partner_id, id, 'sourced' from opportunity where partner_id is not null`);
    const order = ['sourced', 'co_sell', 'influenced'];
    const best = new Map<string, string>();
    for (const { partner, deal, kind } of named) {
      const key = `${partner} ${deal}`;
      const before = best.get(key);
      if (before === undefined || order.indexOf(kind) < order.indexOf(before)) best.set(key, kind);
    }
    return [...best].map(([key, kind]) => ({ partner: key.split(' ')[0]!, deal: key.split(' ')[1]!, kind }));
  };

  it('adds up sourced, influenced and co-sell revenue, each deal once per partner (S0-36)', async () => {
    const deals = new Map(
      (
        await rows(sql<{ id: string; amount: number; currency: string; won: boolean }>`
          select id, amount, currency, is_won as won from opportunity where deleted_at is null`)
      ).map((deal) => [deal.id, deal]),
    );
    const parts = (await strongest()).filter(({ deal }) => deals.get(deal)?.won === true);
    for (const [metric, kind] of [
      ['partner_sourced_amount', 'sourced'],
      ['partner_influenced_amount', 'influenced'],
      ['partner_co_sell_amount', 'co_sell'],
      ['partner_won_amount', null],
    ] as const) {
      const answer = await ask().answer(metricPlan(metric, { ...by('currency'), time: { kind: 'all' } }));
      for (const row of records(answer)) {
        const expected = parts
          .filter((part) => kind === null || part.kind === kind)
          .reduce(
            (sum, { deal }) =>
              deals.get(deal)!.currency === row['currency'] ? sum + deals.get(deal)!.amount : sum,
            0,
          );
        expect(row[metric]).toBeCloseTo(expected, 2);
        expect(expected).toBeGreaterThan(0);
      }
      expect(answer.rows).toHaveLength(2);
    }
  });

  it('lists joint customers as partner, account and deal (S0-37)', async () => {
    const names = new Map(
      (
        await rows(sql<{ id: string; deal: string; account: string | null }>`
          select o.id, o.name as deal, a.name as account from opportunity o left join account a on a.id = o.account_id`)
      ).map((one) => [one.id, one]),
    );
    const partnerNames = new Map([0, 1, 2, 3].map((n) => [idOf('partner', `P${n}`), `P${n}`]));
    const expected = (await strongest()).flatMap(({ partner, deal, kind }) => {
      const one = names.get(deal);
      return one === undefined ? [] : [[partnerNames.get(partner), one.account, one.deal, kind]];
    });
    expect(expected.length).toBeGreaterThan(60);
    for (const partner of ['P0', 'P1', 'P2']) {
      const { rows: listed } = await ask().answer(
        listPlan('partner_result', {
          columns: ['deal', 'account', 'partner_part'],
          where: [{ any: [{ dimension: 'partner', op: 'eq', values: [partner] }] }],
          time: { kind: 'all' },
          ...firstByName,
        }),
      );
      const own = expected.filter(([name]) => name === partner);
      expect(listed).toEqual(firstOf(own.map(([, account, deal, part]) => [deal, account, part])));
    }
    const joint = new Set(expected.flatMap(([, account]) => account ?? []));
    expect(figure(await ask().answer(metricPlan('joint_accounts')))).toBe(joint.size);
  });

  it('tells of certifications that expire and flags stale enablement (S0-38)', async () => {
    const told = (await readFindings(store)).filter(({ kind }) => kind === 'partner-certification');
    // 5 December is 14 days ahead, 1 November 20 days ago, 1 August 2027 too far, and one has none.
    expect(told.map(({ subject_label, value }) => [subject_label, value]).toSorted()).toEqual([
      ['P0', 14],
      ['P2', -20],
    ]);
    expect(figure(await ask().answer(metricPlan('expired_certifications')))).toBe(1);
    // P1 has been in progress for 400 days, P2 has expired.
    const { rows: stale } = await ask().answer(
      listPlan('partner_health', {
        columns: ['partner', 'enablement_status', 'certification_days_left'],
        where: [{ any: [{ dimension: 'enablement_is_stale', op: 'eq', values: [true] }] }],
      }),
    );
    expect(stale.toSorted()).toEqual([
      ['P1', 'in_progress', null],
      ['P2', 'enabled', -20],
    ]);
    expect(figure(await ask().answer(metricPlan('stale_enablement')))).toBe(2);
  });

  it('lists co-selling activities and the last one of each partner (S0-39)', async () => {
    const answer = await ask().answer(
      metricPlan('co_selling_activities', { ...by('partner'), time: { kind: 'all' } }),
    );
    const expected = await rows(sql<{ name: string; n: number; last: Date }>`
      select p.name, count(*)::int as n, max(a.at) as last from activity a join partner p on p.id = a.partner_id
      group by p.name order by p.name`);
    expect(answer.rows.toSorted()).toEqual(expected.map(({ name, n }) => [name, n]));
    const { rows: listed } = await ask().answer(
      listPlan('partner_health', { columns: ['partner', 'partner_last_activity'] }),
    );
    for (const { name, last } of expected) {
      const shown = listed.find(([partner]) => partner === name)?.[1];
      expect(new Date(String(shown)).getTime()).toBe(last.getTime());
    }
  });

  it('scores the ecosystem by results, pipeline, activity and enablement, and shows the distribution (S0-40)', async () => {
    const facts = await rows(sql<{ id: string; name: string; open: number; last: Date | null }>`
      select p.id, p.name,
        (select count(distinct pd.opportunity_id) from partner_deal pd join opportunity o on o.id = pd.opportunity_id
          where pd.partner_id = p.id and not o.is_closed)::int as open,
        (select max(at) from activity a where a.partner_id = p.id) as last
      from partner p order by p.name`);
    const wins = (await strongest()).map(({ partner, deal }) => ({ partner, deal }));
    const deals = await rows(sql<{ id: string; amount: number; currency: string }>`
      select id, amount::float8 as amount, currency from opportunity where is_won and close_date >= '2025-11-21'`);
    const wonBy = (partner: string, currency: string) =>
      wins.reduce((sum, win) => {
        const deal = deals.find(({ id, currency: own }) => id === win.deal && own === currency);
        return win.partner === partner && deal ? sum + deal.amount : sum;
      }, 0);
    const rank = (value: number, others: readonly number[]) =>
      value <= 0
        ? 0
        : (100 * others.reduce((sum, other) => sum + (other < value ? 1 : other === value ? 0.5 : 0), 0)) /
          others.length;
    // P3 has no enablement status: its weight goes to the other parts.
    const enabled = new Map([
      ['P0', 75],
      ['P1', 50],
      ['P2', 0],
    ]);
    const expected = facts.map((one) => {
      const others = facts.filter(({ id }) => id !== one.id);
      const results = Math.max(
        ...['USD', 'EUR'].map((currency) =>
          rank(
            wonBy(one.id, currency),
            others.map(({ id }) => wonBy(id, currency)),
          ),
        ),
      );
      const pipeline = rank(
        one.open,
        others.map(({ open }) => open),
      );
      const days = one.last === null ? 999 : (now.getTime() - one.last.getTime()) / 86_400_000;
      const activity = days <= 30 ? 100 : days >= 180 ? 0 : (100 * (180 - days)) / 150;
      const sum = 0.35 * results + 0.25 * pipeline + 0.2 * activity;
      const enablement = enabled.get(one.name);
      return enablement === undefined ? sum / 0.8 : sum + 0.2 * enablement;
    });
    const health = await rows(sql<{ score: number }>`
      select h.score from partner_health h join partner p on p.id = h.partner_id order by p.name`);
    for (const [index, score] of expected.entries()) expect(health[index]!.score).toBeCloseTo(score, 6);
    const mean = expected.reduce((sum, score) => sum + score, 0) / expected.length;
    expect(figure(await ask().answer(metricPlan('ecosystem_health')))).toBeCloseTo(mean, 6);
    const bandOf = (score: number) =>
      score >= 75 ? 'thriving' : score >= 50 ? 'steady' : score >= 25 ? 'fading' : 'dormant';
    const distribution = new Map<string, number>();
    for (const score of expected) distribution.set(bandOf(score), (distribution.get(bandOf(score)) ?? 0) + 1);
    const shown = await ask().answer(metricPlan('judged_partners', by('partner_band')));
    expect(shown.rows.toSorted()).toEqual([...distribution].toSorted());
  });
});

/** A list shows 25 rows at most. */
const firstByName = { orderBy: [{ by: 'deal', direction: 'asc' as const }], limit: 25 };

/** The rows that `firstByName` shows. */
function firstOf<Row extends readonly unknown[]>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)).slice(0, 25);
}
