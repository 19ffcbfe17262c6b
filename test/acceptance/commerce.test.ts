import { expect, it } from 'vitest';
import { affinityStep } from '../../src/jobs/analysis-affinity.ts';
import { trendStep } from '../../src/jobs/analysis-trend.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { streamOrders } from '../../src/sources/synthetic/commerce-orders.ts';
import { falling, pairs, products } from '../../src/sources/synthetic/commerce-products.ts';
import { buildBasis } from '../../src/sources/synthetic/write-world.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { analysisDeps } from '../jobs/analysis-world.ts';
import { openTestStore } from '../support/store.ts';
import { reportFigure } from './report-figure.ts';

/** Worlds that nothing was tuned on. */
const seeds = [90_211, 4_477, 31_337, 5_150, 77_003, 60_606];
const asOf = new Date('2026-11-20T14:20:00Z');

it('finds what was planted in the sales of worlds it has not seen, and little else (S2-10, S2-14)', async () => {
  const store = await openTestStore();
  const found = { pairs: 0, falls: 0, others: 0, judged: 0, naive: 0 };
  for (const seed of seeds) {
    await fill(store, seed);
    const deps = { ...analysisDeps(store), clock: fixedClock(asOf) };
    const report = await runAnalysis(deps, { steps: [affinityStep, trendStep] });
    expect(report.steps.map(({ error }) => error)).toEqual([null, null]);
    const { rows: strongest } = await sql<{ first: string; second: string }>`
      select distinct on (p.sku) p.sku as first, o.sku as second from product_pair pair
        join product p on p.id = pair.product_id join product o on o.id = pair.other_id
        order by p.sku, pair.lift desc`.execute(store.db);
    for (const [first, second] of pairs)
      if (strongest.some((one) => one.first === first && one.second === second)) found.pairs += 1;
    const { rows: told } = await sql<{ sku: string; direction: string }>`
      select product.sku, facts ->> 'direction' as direction from finding
        join product on product.id::text = subject_id where kind = 'trend-change'`.execute(store.db);
    const { rows: judged } = await sql<{ sku: string; change: number | null }>`
      select product.sku, change from trend join product on product.id = product_id
        where series = 'product_orders' and comparison = 'month_to_date'`.execute(store.db);
    for (const { sku, change } of judged) {
      const finding = told.find((one) => one.sku === sku);
      if (sku === falling.sku) {
        if (finding?.direction === 'down') found.falls += 1;
        continue;
      }
      found.judged += 1;
      if (finding !== undefined) found.others += 1;
      if (change !== null && Math.abs(change) >= 0.2) found.naive += 1;
    }
  }
  const common = { data: `${seeds.length} made-up worlds of other seeds` };
  reportFigure({
    ...common,
    capability: 'bought together, planted',
    figure: 'pairs found',
    value: found.pairs / (seeds.length * pairs.length),
    floor: null,
    goal: 1,
    better: 'higher',
  });
  reportFigure({
    ...common,
    capability: 'trend flags, planted',
    figure: 'falling product found',
    value: found.falls / seeds.length,
    floor: null,
    goal: 1,
    better: 'higher',
  });
  reportFigure({
    ...common,
    capability: 'trend flags, planted',
    figure: 'other products flagged',
    value: found.others / found.judged,
    floor: found.naive / found.judged,
    goal: 0.05,
    better: 'lower',
  });
  expect(found.pairs).toBeGreaterThan(0);
  expect(found.falls).toBeGreaterThan(0);
  expect(found.others).toBeLessThan(found.naive);
}, 120_000);

async function fill(store: Store, seed: number): Promise<void> {
  for (const table of ['sales_transaction', 'product', 'analysis_step'])
    await sql`delete from ${sql.table(table)}`.execute(store.db);
  const idOf = (sku: string): string => stableId('product', sku);
  await store.db
    .insertInto('product')
    .values(products.map(({ sku, name }) => ({ id: idOf(sku), source: 'test', source_id: sku, sku, name })))
    .execute();
  const basis = buildBasis({ seed, size: 'demo', asOf, days: undefined });
  const lines = [...streamOrders(basis)].flatMap((order) =>
    order.lines.map(({ product, quantity, amountCents }, index) => ({
      id: stableId('line', order.number, String(index)),
      source: 'test',
      source_id: `${order.number}/${index}`,
      order_number: order.number,
      account_id: stableId('account', order.account.id),
      product_id: idOf(product.sku),
      quantity,
      amount: amountCents / 100,
      currency: order.account.currency,
      sold_at: new Date(order.at),
    })),
  );
  for (let from = 0; from < lines.length; from += 1_000)
    await store.db
      .insertInto('sales_transaction')
      .values(lines.slice(from, from + 1_000))
      .execute();
}
