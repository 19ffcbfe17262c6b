import { heedTables } from '../../../src/catalogue/tables.ts';
import { entities } from '../../../src/domain/record-fields.ts';
import { type Store, sql } from '../../../src/store/database.ts';
import { idOf, now } from './world.ts';

/** Words that a column takes where not any word will do, by table. */
const fixedValues: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  anomaly: { direction: 'above' },
  insight: { ended_at: null },
  churn_score: { risk_band: 'high', priority: 'high' },
  account_value: { orders_in_window: 2 },
};

const hourAgo = new Date(now.getTime() - 3_600_000);
const idColumns: Readonly<Record<string, string>> = {
  account_id: idOf('account', 'Acme Corp'),
  product_id: idOf('product', 'GTX Pro'),
  other_id: idOf('product', 'MG Special'),
  because_id: idOf('product', 'MG Special'),
};

/**
 * One row in every table of the analyser's own that the world has left empty, so that whatever the catalogue says of
 * it can be asked. What the rows say is not meant to be true.
 */
export async function seedAnalysed(store: Store): Promise<void> {
  const own = Object.keys(heedTables).filter((table) => !(entities as readonly string[]).includes(table));
  await seedChurnMonths(store);
  await seedShareOutliers(store);
  await seedTrends(store);
  await seedMovements(store);
  for (const table of own) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
      store.db,
    );
    if ((rows[0]?.n ?? 0) === 0) await insertAnyRow(store, table);
  }
}

/** One month that is over and one that is expected: metrics speak of either. */
async function seedChurnMonths(store: Store): Promise<void> {
  const common = { computed_at: hourAgo, rate: 0.02, rolling_rate: 0.03 };
  const months = [
    { kind: 'actual', month: '2026-10-01', customers: 50, lost: 1, ...common },
    { kind: 'forecast', month: '2026-11-01', lower_rate: 0.01, upper_rate: 0.04, ...common },
  ] as const;
  await store.db
    .insertInto('churn_month')
    .values(months.map((row) => ({ id: idOf('churn_month', row.kind), ...row })))
    .execute();
}

/** One of each measure: metrics speak of one of them. */
async function seedShareOutliers(store: Store): Promise<void> {
  const row = {
    account_id: idOf('account', 'Acme Corp'),
    ...{
      cases: 14,
      hits: 9,
      share: 0.64,
      lower_bound: 0.39,
      portfolio_share: 0.12,
      p_value: 0.001,
      q_value: 0.01,
    },
    ...{ since: hourAgo, computed_at: hourAgo },
  };
  const measures = ['negative_tickets', 'sla_breaches'] as const;
  await store.db
    .insertInto('share_outlier')
    .values(measures.map((measure) => ({ ...row, measure })))
    .execute();
}

/** One product that sells more and one that sells less: metrics speak of either. */
async function seedTrends(store: Store): Promise<void> {
  const row = {
    ...{ series: 'product_orders', comparison: 'full_month' as const, currency: 'USD', as_of: hourAgo },
    ...{ from_day: '2026-10-01', to_day: '2026-10-31', before_from_day: '2026-09-01' },
    ...{ before_to_day: '2026-09-30', count_before: 50, expected: 51, dispersion: 1 },
  };
  await store.db
    .insertInto('trend')
    .values([
      {
        ...{ ...row, id: idOf('trend', 'up'), label: 'Orders of GTX Pro', count: 90, score: 3.2 },
        ...{ product_id: idOf('product', 'GTX Pro'), change: 0.76, verdict: 'up', sentence: 'word' },
      },
      {
        ...{ ...row, id: idOf('trend', 'down'), label: 'Orders of MG Special', count: 20, score: -3.6 },
        ...{ product_id: idOf('product', 'MG Special'), change: -0.6, verdict: 'down', sentence: 'word' },
      },
    ])
    .execute();
}

/** One of each kind: metrics speak of one of them. */
async function seedMovements(store: Store): Promise<void> {
  const kinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
  await store.db
    .insertInto('mrr_movement')
    .values(
      kinds.map((kind) => ({
        ...{ id: idOf('mrr_movement', `analysed ${kind}`), source: 'analysed', source_id: kind, kind },
        ...{ account_id: idOf('account', 'Acme Corp'), amount: 10, currency: 'USD', moved_on: '2026-11-02' },
      })),
    )
    .execute();
}

async function insertAnyRow(store: Store, table: string): Promise<void> {
  const { rows } = await sql<{ column_name: string; data_type: string; needed: boolean }>`
    select column_name, data_type, is_nullable = 'NO' and column_default is null as needed
      from information_schema.columns where table_name = ${table} and table_schema = 'public'`.execute(
    store.db,
  );
  const known = heedTables[table] ?? {};
  const fixed = fixedValues[table] ?? {};
  const values = Object.fromEntries(
    rows
      .filter(({ column_name: name, needed }) => needed || Object.hasOwn(known, name))
      .map(({ column_name: name, data_type: type }) => [
        name,
        Object.hasOwn(fixed, name) ? fixed[name] : valueFor(name, type),
      ]),
  );
  await store.db
    .insertInto(table as 'account')
    .values(values as never)
    .execute();
}

function valueFor(column: string, type: string): unknown {
  switch (type) {
    case 'uuid':
      return idColumns[column] ?? idOf('account', 'Acme Corp');
    case 'boolean':
      return true;
    case 'date':
      return hourAgo.toISOString().slice(0, 10);
    case 'timestamp with time zone':
      return hourAgo;
    case 'jsonb':
      return '[]';
    case 'text':
      return column === 'currency' ? 'USD' : 'word';
    default:
      return 1;
  }
}
