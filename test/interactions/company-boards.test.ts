import { beforeAll, describe, expect, it } from 'vitest';
import { loadBoards } from '../../src/catalogue/boards.ts';
import { type ShowBoardDeps, showBoard } from '../../src/interactions/show-board.ts';
import { showRecord } from '../../src/interactions/show-record.ts';
import { affinityStep } from '../../src/jobs/analysis-affinity.ts';
import { revenueStep } from '../../src/jobs/analysis-revenue.ts';
import { trendStep } from '../../src/jobs/analysis-trend.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { renderPlainText } from '../../src/messages/fallback-text.ts';
import { runQuery } from '../../src/query/run-query.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { seededRandom } from '../acceptance/seeded-random.ts';
import { analysisDeps } from '../jobs/analysis-world.ts';
import { asking, figure, listPlan, metricPlan, records, theCatalogue } from '../query/support/ask.ts';
import { asker, idOf, now, seedWorld, world } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

/*
 * What the boards of the company show, over tickets, deals, accounts, usage and incidents of the world of the queries
 * and sales, subscriptions and campaigns made up here; every figure is checked by an SQL of its own.
 */
const catalogue = theCatalogue();
const accounts = world.account.filter((one) => one.deleted_at == null);
const skus = ['GTX Pro', 'MG Special'];

let store: Store;
let deps: ShowBoardDeps;
const ask = () => asking(store, catalogue);
async function value(query: string): Promise<number | null> {
  const { rows } = await sql<{ v: number | string | null }>`select (${sql.raw(query)})::float8 as v`.execute(
    store.db,
  );
  return rows[0]?.v == null ? null : Number(rows[0].v);
}

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  await addCommerce();
  const analysis = { ...analysisDeps(store), zone: 'UTC', clock: fixedClock(now) };
  const report = await runAnalysis(analysis, { steps: [affinityStep, revenueStep, trendStep] });
  expect(report.steps.map(({ error }) => error)).toEqual([null, null, null]);
  deps = {
    catalogue,
    now: () => now,
    run: (who, plan) => runQuery({ store, catalogue, asker: who, clock: fixedClock(now), zone: 'UTC' }, plan),
  };
}, 60_000);

type Parameters = Readonly<Record<string, string>>;
const none: Parameters = {};

describe('boards of the company', () => {
  const boards = loadBoards(packagePath('catalogue'));
  if (!boards.ok) throw new Error(JSON.stringify(boards.issues));

  it.each([
    ['overview', none, 'S2-11, S2-12, S3-13, S3-16, S3-21, S4-23'],
    ['revenue', none, 'S4-24, S4-25, S2-18'],
    ['products', none, 'S2-10, S2-14'],
    ['product', { product: 'GTX Pro' }, 'S2-09, S2-10, S2-14'],
    ['incidents', none, 'S3-15, S3-22'],
    ['account', { account: 'Acme Corp' }, 'S2-06, S2-08, S2-25'],
  ])('computes every tile of "%s" %j (%s)', async (id: string, parameters: Parameters, _rows: string) => {
    const message = await showBoard(deps, asker('Max Manager'), boards.value.get(id)!, parameters);
    // A tile that could not be computed says why under its title.
    const missing = message.blocks.filter(({ kind }) => kind === 'context').slice(0, -1);
    expect(missing).toEqual([]);
  });

  it('tells on one screen how many left and how likely the rest are to (S4-23)', async () => {
    const message = await showBoard(deps, asker('Max Manager'), boards.value.get('overview')!);
    const text = renderPlainText(message);
    for (const title of [
      'Customers',
      'Average health',
      'At risk',
      'Churned, 30 days',
      'churn probability',
      'NPS',
    ])
      expect(text).toContain(title);
  });

  it.each(['gtx pro', 'GTX'])('opens a product by "%s" (S2-09)', async (name) => {
    const { isShown, message } = await showRecord(deps, asker('Max Manager'), boards.value, {
      kind: 'product',
      name,
    });
    expect(isShown).toBe(true);
    expect(renderPlainText(message)).toContain('GTX Pro');
  });

  it('asks which of two accounts is meant, and knows only those of the asker (S2-06, S1-44)', async () => {
    const acme = async (who: string) =>
      await showRecord(deps, asker(who), boards.value, { kind: 'account', name: 'acme' });
    const unsure = await acme('Max Manager');
    expect(unsure.isShown).toBe(false);
    expect(unsure.message.text).toContain('Acme Corp');
    expect(unsure.message.text).toContain('Acme Foods');
    const own = await acme('Rita Rep');
    expect(own.isShown).toBe(true);
    expect(renderPlainText(own.message)).not.toContain('Acme Foods');
  });

  it('shows an agent nothing of revenue and a manager all of it (S4-24)', async () => {
    const text = async (who: string) =>
      renderPlainText(await showBoard(deps, asker(who), boards.value.get('revenue')!));
    const money = /\d USD|\d EUR|USD \d|EUR \d|\$\d|€\d/;
    expect(await text('Max Manager')).toMatch(money);
    expect(await text('Ada Agent')).not.toMatch(money);
  });
});

describe('figures of the company', () => {
  it.each(['industry', 'region', 'segment'] as const)(
    'cuts sales, MRR and customers by %s (S2-17)',
    async (by) => {
      const sales = await ask().answer(
        metricPlan('transaction_amount', { groupBy: [{ dimension: by }], time: { kind: 'all' }, limit: 100 }),
      );
      for (const row of records(sales)) {
        const where = `coalesce(a.${by}, '') = '${String(row[by] ?? '')}' and s.currency = '${String(row['currency'])}'`;
        const expected = await value(
          `select sum(s.amount) from sales_transaction s left join account a on a.id = s.account_id and a.deleted_at is null where ${where}`,
        );
        expect(row['transaction_amount']).toBeCloseTo(expected ?? 0, 2);
      }
      expect(sales.rows.length).toBeGreaterThan(1);
    },
  );

  it('says MRR, ARR and growth per currency (S4-24)', async () => {
    for (const currency of ['EUR', 'USD']) {
      const where = [{ any: [{ dimension: 'currency', op: 'eq' as const, values: [currency] }] }];
      const mrr = await value(
        `select sum(mrr) from subscription where status = 'active' and currency = '${currency}'`,
      );
      expect(figure(await ask().answer(metricPlan('mrr', { where })))).toBeCloseTo(mrr ?? 0, 2);
      expect(figure(await ask().answer(metricPlan('arr_of_subscriptions', { where })))).toBeCloseTo(
        12 * (mrr ?? 0),
        2,
      );
      const levelOn = (day: string) =>
        value(`select sum(amount) from mrr_movement where currency = '${currency}' and moved_on < '${day}'`);
      const growth = (await levelOn('2026-11-01'))! / (await levelOn('2026-10-01'))! - 1;
      expect(figure(await ask().answer(metricPlan('mrr_growth', { where })))).toBeCloseTo(growth, 9);
    }
  });

  it('names what moved the MRR (S4-24)', async () => {
    for (const [metric, kind] of [
      ['new_mrr', 'new'],
      ['expansion_mrr', 'expansion'],
    ] as const) {
      const data = await ask().answer(metricPlan(metric, { time: { kind: 'all' } }));
      for (const row of records(data))
        expect(row[metric]).toBeCloseTo(
          (await value(
            `select sum(amount) from mrr_movement where kind = '${kind}' and currency = '${String(row['currency'])}'`,
          ))!,
          2,
        );
    }
  });

  it('says CAC, LTV to CAC and payback per currency, from the cost of campaigns (S4-25)', async () => {
    const metrics = [
      'customer_acquisition_cost',
      'ltv_cac_ratio',
      'payback_months',
      'lifetime_value_average',
    ];
    const data = await ask().answer(metricPlan(metrics));
    expect(data.rows.length).toBe(2);
    const won = await value(`select count(*) from (
      select account_id, min(day) as first from (
        select account_id, sold_at::date as day from sales_transaction
        union all select account_id, moved_on from mrr_movement) any_way group by 1) firsts
      where first > date '2026-11-21' - 365`);
    for (const row of records(data)) {
      const isEuro = row['currency'] === 'EUR';
      // One euro is 1.2 dollars all the time.
      const cost = isEuro ? 2_400 / 1.2 + 1_000 : 2_400 + 1_000 * 1.2;
      const cac = Number(row['customer_acquisition_cost']);
      expect(cac).toBeCloseTo(cost / won!, 1);
      expect(Number(row['ltv_cac_ratio'])).toBeCloseTo(Number(row['lifetime_value_average']) / cac, 1);
      const margin = await value(
        `select sum(monthly_margin) / count(*) from account_value where is_active and currency = '${String(row['currency'])}'`,
      );
      expect(Number(row['payback_months'])).toBeCloseTo(cac / margin!, 1);
    }
  });

  it('says margins by product and by customer, to managers alone (S2-18)', async () => {
    const plan = metricPlan('product_margin', { groupBy: [{ dimension: 'product' }], time: { kind: 'all' } });
    for (const row of records(await ask().answer(plan))) {
      const currency = String(row['currency']);
      const rate = currency === 'EUR' ? 1.2 : 1;
      const expected = await value(
        `select sum(s.amount - s.quantity * p.unit_cost / ${rate}) from sales_transaction s join product p on p.id = s.product_id where p.name = '${String(row['product'])}' and s.currency = '${currency}'`,
      );
      expect(row['product_margin']).toBeCloseTo(expected!, 1);
    }
    expect((await ask().issues(plan, 'Rita Rep')).length).toBeGreaterThan(0);
    expect((await ask().issues(metricPlan('customer_sales_margin'), 'Rita Rep')).length).toBeGreaterThan(0);
  });

  it('gives every customer a lifetime value with an interval and the reckoning in words (S2-08, S2-23)', async () => {
    const data = await ask().answer(listPlan('account_value', { limit: 25 }));
    expect(data.rows.length).toBe(accounts.length);
    for (const row of records(data)) {
      expect(Number(row['value_low'])).toBeLessThanOrEqual(Number(row['value_lifetime']));
      expect(Number(row['value_high'])).toBeGreaterThanOrEqual(Number(row['value_lifetime']));
      expect(row['value_how']).toMatch(/margin to date/);
    }
    const own = await ask().answer(listPlan('account_value', { limit: 25 }), 'Rita Rep');
    const ritas = accounts.filter((one) => one.owner_id === idOf('person', 'Rita Rep')).length;
    expect(own.rows.length).toBe(ritas);
  });

  it('says the share of buyers who came again within the stated window', async () => {
    const expected = await value(`select count(*) filter (where n >= 2)::float8 / count(*) from (
      select account_id, count(distinct order_number) as n from sales_transaction
        where sold_at::date > date '2026-11-21' - 365 group by 1) o`);
    const data = await ask().answer(metricPlan('repeat_buyer_rate'));
    expect(figure(data)).toBeCloseTo(expected!, 9);
  });

  it('sums usage of the whole platform by day (S3-11, S3-21)', async () => {
    const data = await ask().answer(
      metricPlan('api_calls', {
        groupBy: [{ dimension: 'time', grain: 'day' }],
        time: { kind: 'relative', unit: 'day', n: 30, completeOnly: true },
        limit: 100,
      }),
    );
    expect(data.rows.length).toBe(30);
    for (const [day, calls] of data.rows)
      expect(calls).toBe(
        await value(`select coalesce(sum(api_calls), 0) from usage_daily where day = '${String(day)}'`),
      );
  });

  it('counts incidents, how long they lasted and whom they hit (S3-15, S3-22)', async () => {
    const all = { time: { kind: 'all' } } as const;
    const seconds = 'extract(epoch from resolved_at - started_at)';
    const checks: readonly (readonly [string, string])[] = [
      ['open_incidents', "select count(*) from incident where status = 'open'"],
      ['incidents_resolved', 'select count(*) from incident where resolved_at is not null'],
      ['incident_duration_average', `select avg(${seconds}) from incident where resolved_at is not null`],
      [
        'incident_duration_p90',
        `select percentile_cont(0.9) within group (order by ${seconds}) from incident where resolved_at is not null`,
      ],
      ['incident_accounts', 'select count(distinct account_id) from incident'],
    ];
    for (const [metric, query] of checks) {
      const plan = metric === 'open_incidents' ? metricPlan(metric) : metricPlan(metric, all);
      expect(figure(await ask().answer(plan)), metric).toBeCloseTo((await value(query))!, 6);
    }
  });

  it('tells an NPS from -100 to 100 and the mean answer under another name (S4-23)', async () => {
    const where = "kind = 'nps' and responded_at >= timestamp '2026-08-24'";
    const data = await ask().answer(metricPlan(['nps', 'nps_mean_score']));
    const [row] = records(data);
    expect(row?.['nps']).toBeCloseTo(
      (await value(
        `select 100.0 * (count(*) filter (where score >= 9) - count(*) filter (where score <= 6)) / count(*) from survey_response where ${where}`,
      ))!,
      9,
    );
    expect(row?.['nps_mean_score']).toBeCloseTo(
      (await value(`select avg(score) from survey_response where ${where}`))!,
      9,
    );
  });
});

/** Sales of two years, a subscription each, two campaigns within the year, and a rate of exchange. */
async function addCommerce(): Promise<void> {
  const random = seededRandom(17);
  const dayBack = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const day = (days: number) => dayBack(days).toISOString().slice(0, 10);
  const source = (entity: string, name: string) => ({
    id: idOf(entity, name),
    source: 'made up',
    source_id: name,
  });
  for (const [index, name] of skus.entries())
    await sql`update product set unit_cost = ${10 + index}, list_price = ${40 + index}, currency = 'USD'
      where id = ${idOf('product', name)}`.execute(store.db);
  /** Won within the year; the others before. */
  const isNew = (index: number) => index % 4 === 1;
  const startOf = (index: number) => day(isNew(index) ? 200 : 400);
  const currencyOf = (index: number) => (index % 2 === 0 ? 'EUR' : 'USD');
  const lines = accounts.flatMap((account, index) =>
    Array.from({ length: index % 3 === 0 ? 1 : 6 }, (_, order) => {
      const soldAt = dayBack(3 + Math.floor(random() * (isNew(index) ? 190 : 700)));
      return skus
        .filter((_sku, at) => at === 0 || random() < 0.6)
        .map((sku) => ({
          ...source('sales_transaction', `${account.name} ${order} ${sku}`),
          account_id: account.id,
          product_id: idOf('product', sku),
          order_number: `${account.name} ${order}`,
          quantity: 1 + Math.floor(random() * 5),
          amount: 100 + Math.floor(random() * 900),
          currency: currencyOf(index),
          sold_at: soldAt,
        }));
    }).flat(),
  );
  await store.db.insertInto('sales_transaction').values(lines).execute();
  for (const [index, account] of accounts.entries()) {
    const [mrr, currency] = [100 + 25 * index, currencyOf(index)];
    const own = { account_id: account.id, currency };
    await store.db
      .insertInto('subscription')
      .values({
        ...source('subscription', account.name),
        ...own,
        status: 'active',
        mrr,
        starts_on: startOf(index),
      })
      .execute();
    await store.db
      .insertInto('mrr_movement')
      .values([
        {
          ...source('mrr_movement', `${account.name} 1`),
          ...own,
          kind: 'new',
          amount: mrr - 20,
          moved_on: startOf(index),
        },
        {
          ...source('mrr_movement', `${account.name} 2`),
          ...own,
          kind: 'expansion',
          amount: 20,
          moved_on: '2026-10-10',
        },
      ])
      .execute();
  }
  await store.db
    .insertInto('fx_rate')
    .values({ ...source('fx_rate', 'EUR'), currency: 'EUR', to_currency: 'USD', day: day(1_000), rate: 1.2 })
    .execute();
  await store.db
    .insertInto('campaign')
    .values([
      { ...source('campaign', 'one'), name: 'one', cost: 2_400, currency: 'USD', starts_on: day(100) },
      { ...source('campaign', 'two'), name: 'two', cost: 1_000, currency: 'EUR', starts_on: day(50) },
    ])
    .execute();
}
