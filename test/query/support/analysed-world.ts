import { heedTables } from '../../../src/catalogue/tables.ts';
import { entities } from '../../../src/domain/record-fields.ts';
import { type Store, sql } from '../../../src/store/database.ts';
import { idOf, now } from './world.ts';

/** Words that a column takes where not any word will do, by table. */
const fixedValues: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  anomaly: { direction: 'above' },
  insight: { ended_at: null },
  churn_score: { risk_band: 'high', priority: 'high' },
  trend: { comparison: 'full_month', verdict: 'down' },
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

async function insertAnyRow(store: Store, table: string): Promise<void> {
  const { rows } = await sql<{ column_name: string; data_type: string; needed: boolean }>`
    select column_name, data_type, is_nullable = 'NO' and column_default is null as needed
      from information_schema.columns where table_name = ${table} and table_schema = 'public'`.execute(
    store.db,
  );
  const known = heedTables[table] ?? {};
  const values = Object.fromEntries(
    rows
      .filter(({ column_name: name, needed }) => needed || Object.hasOwn(known, name))
      .map(({ column_name: name, data_type: type }) => [
        name,
        fixedValues[table] !== undefined && name in fixedValues[table]
          ? fixedValues[table][name]
          : valueFor(name, type),
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
