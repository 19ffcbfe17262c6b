import { beforeAll, expect, it } from 'vitest';
import { trendStep } from '../../src/jobs/analysis-trend.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { seededRandom } from '../acceptance/seeded-random.ts';
import { describeStores } from '../support/store.ts';
import { analysisDeps, idOf, worldNow } from './analysis-world.ts';

/** Orders per working day and per weekend day, and what they are multiplied by from 1 March on. */
const products = [
  { name: 'Even', perDay: 5, factor: 1, price: 100 },
  { name: 'Falling', perDay: 6, factor: 0.45, price: 100 },
  { name: 'Rising', perDay: 4, factor: 1.9, price: 100 },
  { name: 'Rare', perDay: 0.15, factor: 1, price: 100 },
  // As many orders, at half the price.
  { name: 'Cheaper', perDay: 5, factor: 1, price: 100, priceFactor: 0.5 },
] as const;

const random = seededRandom(5);
function poisson(mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

const day = (index: number): string =>
  new Date(Date.parse('2025-08-01') + index * 86_400_000).toISOString().slice(0, 10);
/** Up to the morning of the last day of March. */
const everyDay = Array.from({ length: 243 }, (_, index) => day(index));
const isWeekend = (one: string): boolean => [0, 6].includes(new Date(one).getUTCDay());

const sales = products.flatMap((product) =>
  everyDay.flatMap((on) => {
    const isLate = on >= '2026-03-01';
    const mean = product.perDay * (isWeekend(on) ? 0.3 : 1) * (isLate ? product.factor : 1);
    const price = product.price * (isLate && 'priceFactor' in product ? product.priceFactor : 1);
    return Array.from({ length: poisson(mean) }, (_, index) => ({
      product: product.name,
      on,
      amount: price * (0.8 + 0.4 * random()),
      order: `${product.name}/${on}/${index}`,
    }));
  }),
);

interface Trend {
  readonly series: string;
  readonly label: string;
  readonly comparison: string;
  readonly verdict: string;
  readonly count: number;
  readonly count_before: number;
  readonly expected: number;
  readonly change: number;
  readonly score: number;
  readonly dispersion: number;
  readonly from: string;
  readonly to: string;
  readonly before_from: string;
  readonly before_to: string;
}

describeStores('the step that looks for trends', (engine) => {
  let store: Store;
  let trends: readonly Trend[];
  beforeAll(async () => {
    store = await engine.open();
    await fill(store);
    const report = await runAnalysis(analysisDeps(store), { steps: [trendStep] });
    expect(report.steps[0]?.error ?? null).toBeNull();
    ({ rows: trends } = await sql<Trend>`
      select *, from_day::text as "from", to_day::text as "to", before_from_day::text as before_from,
        before_to_day::text as before_to from trend order by series, label, comparison`.execute(store.db));
  });

  const find = (label: string, comparison: string): Trend =>
    trends.find((one) => one.label === label && one.comparison === comparison)!;

  it('compares this month with the same days of the one before, and whole months with each other', () => {
    const toDate = find('Orders of Even', 'month_to_date');
    expect([toDate.from, toDate.to, toDate.before_from, toDate.before_to]).toEqual([
      '2026-03-01',
      '2026-03-30',
      '2026-02-01',
      // February ends before its 30th day.
      '2026-02-28',
    ]);
    const whole = find('Orders of Even', 'full_month');
    expect([whole.from, whole.to, whole.before_from, whole.before_to]).toEqual([
      '2026-02-01',
      '2026-02-28',
      '2026-01-01',
      '2026-01-31',
    ]);
  });

  it('counts orders, weighs weekends and computes the score as its formula says (S2-14)', () => {
    for (const product of products) {
      const own = (from: string, to: string): number =>
        sales.filter(({ product: name, on }) => name === product.name && on >= from && on <= to).length;
      const one = find(`Orders of ${product.name}`, 'month_to_date');
      expect([one.count, one.count_before]).toEqual([
        own('2026-03-01', '2026-03-30'),
        own('2026-02-01', '2026-02-28'),
      ]);
      const exposure = one.expected / one.count_before;
      if (product.perDay > 1) {
        // 21 working days and 9 days of weekends against 20 and 8, a weekend day at about 0.3.
        expect(exposure).toBeGreaterThan(1.03);
        expect(exposure).toBeLessThan(1.08);
        expect(one.change).toBeCloseTo(one.count / one.expected - 1, 9);
      }
      const error = Math.sqrt((1 / (one.count + 0.5) + 1 / (one.count_before + 0.5)) * one.dispersion);
      expect(one.score).toBeCloseTo(
        Math.log((one.count + 0.5) / (one.count_before + 0.5) / exposure) / error,
        6,
      );
    }
  });

  it('tells what rises and what falls from what is steady and what is too rare to tell (S2-14)', () => {
    const verdicts = Object.fromEntries(
      products.map(({ name }) => [name, find(`Orders of ${name}`, 'month_to_date').verdict]),
    );
    expect(verdicts).toEqual({
      Even: 'steady',
      Falling: 'down',
      Rising: 'up',
      Rare: 'too_few',
      Cheaper: 'steady',
    });
    expect(find('Sales of Cheaper', 'month_to_date').verdict).toBe('down');
    expect(find('Sales of Even', 'month_to_date').verdict).toBe('steady');
    expect(find('Orders of Falling', 'full_month').verdict).toBe('steady');
  });

  it('says it once per product, with its words, its formula, its weeks and a chart (S2-14, S2-15)', async () => {
    const findings = await store.db
      .selectFrom('finding')
      .selectAll()
      .where('kind', '=', 'trend-change')
      .orderBy('subject_label')
      .execute();
    expect(findings.map(({ subject_label: label }) => label)).toEqual([
      'Orders of Falling',
      'Orders of Rising',
      'Sales of Cheaper',
      'Tickets opened',
    ]);
    const [falling] = findings;
    expect(falling?.subject_id).toBe(idOf('product', 'Falling'));
    expect(falling?.facts).toMatchObject({ direction: 'down', meaning: 'bad', product: 'Falling' });
    const evidence = findings[0]!.evidence as { caption: string; rows: (string | number)[][] };
    expect(evidence.caption).toContain('z = ln((b + 0.5) / (r x (a + 0.5)))');
    expect(evidence.rows.length).toBeLessThanOrEqual(20);
    expect(evidence.rows[0]?.[3]).toBe(find('Orders of Falling', 'month_to_date').count);
    expect(falling?.chart).toMatchObject({ kind: 'line' });
  });

  it('judges tickets, deals, leads and conversations as well, and says what it cannot judge', async () => {
    const { rows } = await sql<{ report: { steps: { notes: string[] }[] } }>`
      select report from analysis_run order by started_at desc limit 1`.execute(store.db);
    expect(find('Tickets opened', 'month_to_date').verdict).toBe('up');
    expect(rows[0]?.report.steps[0]?.notes).toEqual([
      'trends: Leads not judged, nothing is newer than 2026-01-15',
      'trends: Conversations not judged, it is known only since 2026-02-20',
    ]);
  });
});

async function fill(store: Store): Promise<void> {
  await store.db
    .insertInto('product')
    .values(
      products.map(({ name }) => ({ id: idOf('product', name), source: 'test', source_id: name, name })),
    )
    .execute();
  for (let from = 0; from < sales.length; from += 2_000) {
    const rows = sales.slice(from, from + 2_000).map(({ product, on, amount, order }) => ({
      id: stableId('sale', order),
      source: 'test',
      source_id: order,
      order_number: order,
      product_id: idOf('product', product),
      amount: Math.round(amount * 100) / 100,
      currency: 'EUR',
      sold_at: new Date(`${on}T10:00:00Z`),
    }));
    await store.db.insertInto('sales_transaction').values(rows).execute();
  }
  const spread = (count: number, from: string, to: string): Date[] =>
    Array.from(
      { length: count },
      (_, index) =>
        new Date(
          Date.parse(`${from}T09:00:00Z`) + (index * (Date.parse(to) - Date.parse(from))) / (count - 1),
        ),
    );
  const tickets = [...spread(200, '2025-08-01', '2026-02-28'), ...spread(90, '2026-03-01', '2026-03-30')];
  await store.db
    .insertInto('ticket')
    .values(
      tickets.map((opened_at, index) => ({
        id: stableId('ticket', String(index)),
        source: 'test',
        source_id: String(index),
        number: String(index),
        subject: 'A ticket',
        status: 'open' as const,
        opened_at,
      })),
    )
    .execute();
  await store.db
    .insertInto('lead')
    .values(
      spread(50, '2025-08-01', '2026-01-15').map((opened_at, index) => ({
        id: stableId('lead', String(index)),
        source: 'test',
        source_id: String(index),
        status: 'new' as const,
        opened_at,
      })),
    )
    .execute();
  await store.db
    .insertInto('conversation')
    .values(
      spread(50, '2026-02-20', '2026-03-30').map((opened_at, index) => ({
        id: stableId('conversation', String(index)),
        source: 'test',
        source_id: String(index),
        status: 'open' as const,
        opened_at,
      })),
    )
    .execute();
}

it('speaks of the last day of March', () => {
  expect(worldNow.toISOString().slice(0, 10)).toBe('2026-03-31');
});
