import { beforeAll, expect, it } from 'vitest';
import { findProductPairs } from '../../src/analysis/affinity/product-pairs.ts';
import { suggestProducts } from '../../src/analysis/affinity/suggest-products.ts';
import { groupBy } from '../../src/analysis/group-by.ts';
import { affinityStep } from '../../src/jobs/analysis-affinity.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { seededRandom } from '../acceptance/seeded-random.ts';
import { describeStores } from '../support/store.ts';
import { analysisDeps, idOf, worldNow } from './analysis-world.ts';

const products = ['core', 'backup', 'geo', 'cache', 'old'];
const source = (entity: string, name: string) => ({
  id: idOf(entity, name),
  source: 'test',
  source_id: name,
});

interface Order {
  readonly number: string;
  readonly account: string;
  readonly items: readonly string[];
}

/** 300 orders of 30 customers; who buys backup mostly buys core with it, the rest is chance. */
function makeOrders(): readonly Order[] {
  const random = seededRandom(11);
  return Array.from({ length: 300 }, (_, index) => {
    const items = products.filter((item) => item !== 'old' && random() < 0.2);
    if (random() < 0.25) items.push('backup', ...(random() < 0.8 ? ['core'] : []));
    return {
      number: `O${index}`,
      account: `A${index % 30}`,
      items: [...new Set(items.length > 0 ? items : ['geo'])],
    };
  });
}

describeStores('the step that looks at what is bought together', (engine) => {
  let store: Store;
  const orders = makeOrders();
  beforeAll(async () => {
    store = await engine.open();
    await store.db
      .insertInto('product')
      .values(products.map((name) => ({ ...source('product', name), name, active: name !== 'old' })))
      .execute();
    await store.db
      .insertInto('account')
      .values(
        Array.from({ length: 30 }, (_, index) => ({
          ...source('account', `A${index}`),
          name: `A${index}`,
          lifecycle_stage: index === 29 ? 'Churned' : 'Customer',
        })),
      )
      .execute();
    const lines = orders.flatMap(({ number, account, items }) =>
      items.map((item) => ({
        ...source('sales_transaction', `${number}/${item}`),
        order_number: number,
        account_id: idOf('account', account),
        product_id: idOf('product', item),
        amount: 10,
        sold_at: new Date(worldNow.getTime() - 86_400_000),
      })),
    );
    await store.db.insertInto('sales_transaction').values(lines).execute();
  });

  const run = () => runAnalysis(analysisDeps(store), { steps: [affinityStep] });

  it('finds the pairs that an independent count finds (S2-10)', async () => {
    const report = await run();
    expect(report.steps[0]).toMatchObject({ state: 'done', rowsRead: 300 });
    const { rows } = await sql<{
      a: string;
      b: string;
      pair_baskets: number;
      confidence: number;
      lift: number;
    }>`
      select a.name as a, b.name as b, pair_baskets, confidence, lift from product_pair
        join product a on a.id = product_id join product b on b.id = other_id`.execute(store.db);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const having = (...names: string[]) =>
        orders.filter(({ items }) => names.every((name) => items.includes(name))).length;
      expect(row.pair_baskets).toBe(having(row.a, row.b));
      expect(row.confidence).toBeCloseTo(having(row.a, row.b) / having(row.a), 12);
      expect(row.lift).toBeCloseTo((having(row.a, row.b) * 300) / (having(row.a) * having(row.b)), 9);
      expect(row.lift).toBeGreaterThan(1);
    }
    expect(rows.map(({ a, b }) => `${a} ${b}`)).toContain('backup core');
  });

  it('suggests to each customer what one look at that customer suggests (S2-25)', async () => {
    const { rows } = await sql<{ account: string; product_id: string; score: number; because_id: string }>`
      select account.name as account, product_id, score, because_id from cross_sell
        join account on account.id = account_id order by account.name, position`.execute(store.db);
    const pairsOf = groupBy(
      findProductPairs({
        allBaskets: 300,
        baskets: new Map(
          products.map((name) => [
            idOf('product', name),
            orders.filter(({ items }) => items.includes(name)).length,
          ]),
        ),
        pairs: products.flatMap((a, at) =>
          products.slice(at + 1).map((b) => ({
            productId: idOf('product', a),
            otherId: idOf('product', b),
            pairBaskets: orders.filter(({ items }) => items.includes(a) && items.includes(b)).length,
          })),
        ),
      }),
      ({ productId }) => productId,
    );
    for (let index = 0; index < 30; index += 1) {
      const account = `A${index}`;
      const owned = new Set(
        orders
          .filter((order) => order.account === account)
          .flatMap(({ items }) => items.map((item) => idOf('product', item))),
      );
      // Nothing is suggested to a customer who has left.
      const expected = index === 29 ? [] : suggestProducts(owned, pairsOf, 3);
      const found = rows.filter((row) => row.account === account);
      expect(found.map(({ product_id, because_id }) => [product_id, because_id])).toEqual(
        expected.map(({ productId, because }) => [productId, because.productId]),
      );
      for (const [at, row] of found.entries()) expect(row.score).toBeCloseTo(expected[at]!.score, 9);
    }
  });

  it('does nothing while no sale is new', async () => {
    // Rows stored in the second before are looked at again, to be sure.
    await sql`update sales_transaction set synced_at = now() - interval '1 hour'`.execute(store.db);
    await sql`update product set synced_at = now() - interval '1 hour'`.execute(store.db);
    expect((await run()).steps[0]).toMatchObject({ state: 'done', rowsRead: 0 });
  });
});
