import { beforeAll, expect, it } from 'vitest';
import { revenueStep } from '../../src/jobs/analysis-revenue.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { seededRandom } from '../acceptance/seeded-random.ts';
import { describeStores } from '../support/store.ts';
import { analysisDeps, idOf, worldNow } from './analysis-world.ts';

/*
 * Thirty customers, some in euros, with orders, subscriptions and campaigns. Every figure of the step is computed here a
 * second time from the same lists, without SQL.
 */
const source = (entity: string, name: string) => ({
  id: idOf(entity, name),
  source: 'test',
  source_id: name,
});
/** 31 March 2026 in Berlin. */
const today = '2026-03-31';
const monthDays = 365.25 / 12;
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
const dayBack = (count: number): string =>
  new Date(Date.parse(today) - count * 86_400_000).toISOString().slice(0, 10);
const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const products = [
  { name: 'core', price: 1_000, cost: 250, currency: 'USD' },
  { name: 'disk', price: 200, cost: 160, currency: 'USD' },
  // Nobody knows what it costs.
  { name: 'odd', price: 300, cost: null, currency: 'USD' },
] as const;
const rates = [
  { day: dayBack(900), rate: 1.1 },
  { day: dayBack(200), rate: 1.25 },
];

interface Line {
  readonly account: string;
  readonly order: string | null;
  readonly product: (typeof products)[number];
  readonly quantity: number;
  readonly amount: number;
  readonly currency: 'EUR' | 'USD';
  readonly day: string;
}

interface Customer {
  readonly name: string;
  readonly currency: 'EUR' | 'USD';
  readonly startsOn: string;
  readonly cancelledOn: string | null;
  readonly movements: readonly { kind: 'new' | 'expansion' | 'churn'; amount: number; on: string }[];
}

const random = seededRandom(3);
const customers = Array.from({ length: 30 }, (_, index): Customer => {
  const startsOn = dayBack(100 + Math.floor(random() * 600));
  const cancelledOn = index % 7 === 3 ? dayBack(20 + index) : null;
  const first = 100 + 10 * index;
  return {
    name: `A${index}`,
    currency: index % 3 === 0 ? 'EUR' : 'USD',
    startsOn,
    cancelledOn,
    movements: [
      { kind: 'new', amount: first, on: startsOn },
      { kind: 'expansion', amount: 50, on: dayBack(70) },
      ...(cancelledOn === null ? [] : [{ kind: 'churn' as const, amount: -(first + 50), on: cancelledOn }]),
    ],
  };
});
const lines = customers.flatMap(({ name, currency }, index) =>
  Array.from({ length: index % 5 === 4 ? 0 : 1 + (index % 4) }, (_, order) => {
    const day = dayBack(10 + Math.floor(random() * 600));
    return products
      .filter(() => random() < 0.7)
      .map((product): Line => {
        const quantity = 1 + Math.floor(random() * 4);
        // A third of the orders have no number: they are one order per customer and day.
        const number = order % 3 === 2 ? null : `${name}-${order}`;
        const amount = quantity * product.price;
        return { account: name, order: number, product, quantity, amount, currency, day };
      });
  }).flat(),
);
const campaigns = [
  { name: 'spring', cost: 3_000, currency: 'EUR', on: dayBack(100) },
  { name: 'summer', cost: 2_000, currency: 'USD', on: dayBack(300) },
  { name: 'long ago', cost: 9_000, currency: 'USD', on: dayBack(500) },
] as const;

const rateOn = (day: string): number => rates.findLast((one) => one.day <= day)!.rate;
const costOf = ({ product, quantity, currency, day }: Line): number | null =>
  product.cost === null ? null : (product.cost * quantity) / (currency === 'EUR' ? rateOn(day) : 1);
const marginOf = (line: Line): number => {
  const cost = costOf(line);
  return cost === null ? line.amount * 0.7 : line.amount - cost;
};
const ordersOf = (own: readonly Line[]): number => new Set(own.map(({ order, day }) => order ?? day)).size;
const isRecent = (day: string): boolean => days(day, today) < 365;

/** What the step should find for one customer. */
function expectedValue({ name, currency, movements, cancelledOn }: Customer) {
  const own = lines.filter((line) => line.account === name);
  const level = sum(movements, ({ amount }) => amount);
  const paid = sum(movements, ({ amount, on }) => amount * (days(on, today) / monthDays));
  const toDate = sum(own, marginOf) + paid * 0.75;
  const sold = sum(own, ({ amount }) => amount);
  const recent = sum(
    own.filter(({ day }) => isRecent(day)),
    ({ amount }) => amount,
  );
  const firstDay = own.map(({ day }) => day).sort()[0] ?? today;
  const months = Math.max(1, Math.min(365, Math.max(1, days(firstDay, today))) / monthDays);
  const monthly =
    cancelledOn !== null ? 0 : level * 0.75 + (sold > 0 ? (recent * sum(own, marginOf)) / sold / months : 0);
  return { currency, toDate, monthly, level };
}

describeStores('the step that says what customers are worth', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await fill(store);
  });

  const run = () => runAnalysis(analysisDeps(store), { steps: [revenueStep] });
  const churned = customers.filter(({ cancelledOn }) => cancelledOn !== null && isRecent(cancelledOn));
  const customerMonths =
    sum(customers, ({ startsOn, cancelledOn }) => {
      const since = isRecent(startsOn) ? startsOn : dayBack(365);
      return days(since, cancelledOn ?? today);
    }) / monthDays;
  const churn = (churned.length + 0.5) / customerMonths;
  const months = (1 - (1 - churn) ** 36) / churn;

  it('reckons the lifetime value of every customer as a computation by hand does (S2-08, S2-18, S2-23)', async () => {
    const report = await run();
    expect(report.steps[0]).toMatchObject({ state: 'done', notes: [] });
    const { rows } = await sql<Record<string, number | string | null> & { name: string }>`
      select account.name, v.* from account_value v join account on account.id = v.account_id`.execute(
      store.db,
    );
    expect(rows.length).toBe(30);
    for (const row of rows) {
      const customer = customers.find(({ name }) => name === row.name)!;
      const own = lines.filter((line) => line.account === row.name);
      const expected = expectedValue(customer);
      expect(row['currency']).toBe(expected.currency);
      expect(row['mrr']).toBeCloseTo(expected.level, 2);
      expect(row['sales_cost']).toBeCloseTo(
        sum(own, (line) => costOf(line) ?? 0),
        1,
      );
      expect(row['sales_margin']).toBeCloseTo(sum(own, marginOf), 1);
      expect(row['margin_to_date']).toBeCloseTo(expected.toDate, 1);
      expect(row['monthly_margin']).toBeCloseTo(expected.monthly, 1);
      expect(row['lifetime_value']).toBeCloseTo(expected.toDate + expected.monthly * months, 0);
      expect(Number(row['lifetime_value_low'])).toBeLessThanOrEqual(Number(row['lifetime_value']) + 0.01);
      expect(Number(row['lifetime_value_high'])).toBeGreaterThanOrEqual(Number(row['lifetime_value']) - 0.01);
      expect(row['orders_in_window']).toBe(ordersOf(own.filter(({ day }) => isRecent(day))));
      expect(row['is_main']).toBe(true);
    }
  });

  it('divides what campaigns cost by the customers won, in each currency, and never adds two (S4-25)', async () => {
    const { rows } = await sql<Record<string, number> & { currency: 'EUR' | 'USD' }>`
      select * from unit_economics order by currency`.execute(store.db);
    expect(rows.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
    const firstDay = ({ name, startsOn }: Customer): string =>
      [startsOn, ...lines.filter(({ account }) => account === name).map(({ day }) => day)].sort()[0]!;
    const won = customers.filter((customer) => isRecent(firstDay(customer))).length;
    const recent = campaigns.filter(({ on }) => isRecent(on));
    for (const row of rows) {
      const cost = sum(recent, (one) => {
        if (one.currency === row.currency) return one.cost;
        return row.currency === 'EUR' ? one.cost / rateOn(one.on) : one.cost * rateOn(one.on);
      });
      const own = customers.filter(({ currency }) => currency === row.currency).map(expectedValue);
      const active = own.filter(({ monthly }) => monthly > 0);
      const average = sum(own, (one) => one.toDate + one.monthly * months) / own.length;
      const monthly = sum(active, (one) => one.monthly) / active.length;
      expect(row['new_customers']).toBe(won);
      expect(row['acquisition_cost']).toBeCloseTo(cost, 1);
      expect(row['acquisition_cost_per_customer']).toBeCloseTo(cost / won, 1);
      expect(row['average_lifetime_value']).toBeCloseTo(average, 0);
      expect(row['lifetime_value_ratio']).toBeCloseTo(average / (cost / won), 3);
      expect(row['payback_months']).toBeCloseTo(cost / won / monthly, 3);
      expect(row['monthly_churn_rate']).toBeCloseTo(churned.length / customerMonths, 6);
    }
  });

  it('opens and closes every month with what customers pay then (S4-24)', async () => {
    const { rows } = await sql<Record<string, number> & { month: string; currency: string }>`
      select month::text, currency, opening, new, expansion, contraction, churn, reactivation, closing, growth
        from mrr_month order by month`.execute(store.db);
    expect(rows.at(-1)?.month).toBe('2026-02-01');
    for (const row of rows) {
      const moves = customers
        .filter(({ currency }) => currency === row.currency)
        .flatMap(({ movements }) => movements);
      const before = (limit: string): number =>
        sum(
          moves.filter(({ on }) => on < limit),
          ({ amount }) => amount,
        );
      const next = new Date(Date.parse(row.month) + 32 * 86_400_000).toISOString().slice(0, 8);
      expect(row['opening']).toBeCloseTo(before(row.month), 2);
      expect(row['closing']).toBeCloseTo(before(`${next}01`), 2);
      expect(row['growth'] ?? null).toEqual(
        row['opening'] === 0 ? null : expect.closeTo(row['closing']! / row['opening']! - 1, 9),
      );
      const parts = ['new', 'expansion', 'contraction', 'churn', 'reactivation'];
      expect(row['opening']! + sum(parts, (part) => row[part]!)).toBeCloseTo(row['closing']!, 2);
    }
  });

  it('sums margins by product and month in the currency of the sale (S2-18)', async () => {
    const { rows } = await sql<Record<string, number> & { name: string; currency: string; month: string }>`
      select product.name, m.month::text as month, m.currency, m.amount, m.cost, m.margin, m.units, m.orders
        from product_month m join product on product.id = m.product_id`.execute(store.db);
    expect(sum(rows, (row) => row['units']!)).toBe(sum(lines, ({ quantity }) => quantity));
    for (const row of rows) {
      const own = lines.filter(
        ({ product, day, currency }) =>
          product.name === row.name && day.slice(0, 7) === row.month.slice(0, 7) && currency === row.currency,
      );
      const costed = own.filter((line) => costOf(line) !== null);
      expect(row['amount']).toBeCloseTo(
        sum(own, ({ amount }) => amount),
        2,
      );
      expect(row['margin']).toBeCloseTo(sum(costed, marginOf), 1);
      expect(row['orders']).toBe(new Set(own.map(({ account, order, day }) => order ?? account + day)).size);
    }
  });

  it('compares cohorts of buyers at the same age, and leaves out those that are too young', async () => {
    const { rows } = await sql<{ month: string; buyers: number; buyers_90: number; repeat_90: number }>`
      select month::text as month, buyers, buyers_90, repeat_90 from buyer_cohort order by month`.execute(
      store.db,
    );
    const perCustomer = customers.flatMap(({ name }) => {
      const own = lines.filter(({ account }) => account === name);
      const orders = new Map(own.map(({ order, day }) => [order ?? day, day]));
      const sorted = [...orders.values()].sort();
      return sorted.length === 0 ? [] : [sorted];
    });
    expect(sum(rows, ({ buyers }) => buyers)).toBe(perCustomer.length);
    for (const row of rows) {
      const own = perCustomer.filter(([first]) => first!.slice(0, 7) === row.month.slice(0, 7));
      expect(row.buyers).toBe(own.length);
      const again = own.filter(([first, second]) => second !== undefined && days(first!, second) <= 90);
      const isOld = row.month < '2025-12-01';
      expect([row.buyers_90, row.repeat_90]).toEqual(isOld ? [own.length, again.length] : [null, null]);
    }
  });

  it('looks again only at customers with something new, and finds what a full look finds', async () => {
    await ageEverything(store);
    expect((await run()).steps[0]).toMatchObject({ state: 'done', rowsRead: 0 });
    const extra = { ...lines[0]!, order: 'late', day: dayBack(5), amount: 5_000 };
    await addLines(store, [extra], 'late');
    const second = await run();
    expect(second.steps[0]).toMatchObject({ state: 'done', rowsRead: 1 });
    const read = async () =>
      (
        await sql<{ line: string }>`select (to_jsonb(v) - 'as_of')::text as line from account_value v
          union all select (to_jsonb(u))::text from unit_economics u
          union all select (to_jsonb(m))::text from product_month m order by 1`.execute(store.db)
      ).rows;
    const partly = await read();
    await sql`delete from analysis_step`.execute(store.db);
    await run();
    expect(await read()).toEqual(partly);
  });
});

async function fill(store: Store): Promise<void> {
  await store.db
    .insertInto('account')
    .values(customers.map(({ name }) => ({ ...source('account', name), name })))
    .execute();
  await store.db
    .insertInto('product')
    .values(
      products.map(({ name, price, cost, currency }) => ({
        ...source('product', name),
        name,
        list_price: price,
        unit_cost: cost,
        currency,
      })),
    )
    .execute();
  await store.db
    .insertInto('fx_rate')
    .values(
      rates.map(({ day, rate }) => ({
        ...source('fx_rate', day),
        currency: 'EUR',
        to_currency: 'USD',
        day,
        rate,
      })),
    )
    .execute();
  await store.db
    .insertInto('subscription')
    .values(
      customers.map(({ name, currency, startsOn, cancelledOn, movements }) => ({
        ...source('subscription', name),
        account_id: idOf('account', name),
        product_id: idOf('product', 'core'),
        status: cancelledOn === null ? ('active' as const) : ('cancelled' as const),
        mrr: sum(movements, ({ amount }) => amount) || 1,
        currency,
        starts_on: startsOn,
        cancelled_on: cancelledOn,
      })),
    )
    .execute();
  await store.db
    .insertInto('mrr_movement')
    .values(
      customers.flatMap(({ name, currency, movements }) =>
        movements.map(({ kind, amount, on }) => ({
          ...source('mrr_movement', `${name}/${kind}`),
          account_id: idOf('account', name),
          subscription_id: idOf('subscription', name),
          kind,
          amount,
          currency,
          moved_on: on,
        })),
      ),
    )
    .execute();
  await store.db
    .insertInto('campaign')
    .values(
      campaigns.map(({ name, cost, currency, on }) => ({
        ...source('campaign', name),
        name,
        cost,
        currency,
        starts_on: on,
      })),
    )
    .execute();
  await addLines(store, lines, 'line');
}

async function addLines(store: Store, added: readonly Line[], name: string): Promise<void> {
  await store.db
    .insertInto('sales_transaction')
    .values(
      added.map((line, index) => ({
        ...source('sales_transaction', `${name} ${index}`),
        account_id: idOf('account', line.account),
        product_id: idOf('product', line.product.name),
        order_number: line.order,
        quantity: line.quantity,
        amount: line.amount,
        currency: line.currency,
        sold_at: new Date(`${line.day}T12:00:00Z`),
      })),
    )
    .execute();
}

/** Rows stored in the second before are looked at again, to be sure. */
async function ageEverything(store: Store): Promise<void> {
  const tables = [
    'account',
    'product',
    'fx_rate',
    'subscription',
    'mrr_movement',
    'campaign',
    'sales_transaction',
  ];
  for (const table of tables)
    await sql`update ${sql.table(table)} set synced_at = now() - interval '1 hour'`.execute(store.db);
}

it('speaks of the last day of March', () => {
  expect(worldNow.toISOString().slice(0, 10)).toBe(today);
});
