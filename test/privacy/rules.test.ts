import { beforeAll, expect, it } from 'vitest';
import { accountRows } from '../../src/access/privacy/account-rows.ts';
import { privacyRules } from '../../src/access/privacy/privacy-rules.ts';
import { recordRules } from '../../src/access/privacy/record-rules.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

async function columnsOf(store: Store): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c where c.table_schema = current_schema() order by 1, 2`.execute(
    store.db,
  );
  return rows;
}

/** Types that hold no words. Everything else needs a rule. */
const wordless = [
  'uuid',
  'integer',
  'bigint',
  'numeric',
  'double precision',
  'boolean',
  'date',
  'timestamp with time zone',
];

describeStores('the rules of privacy', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
  });

  it('say of every column that can hold words what it means for a person (S0-48)', async () => {
    const columns = await columnsOf(store);
    const withWords = columns.filter(({ type }) => !wordless.includes(type));
    const missing = withWords.filter(
      ({ table, column }) => privacyRules[table]?.columns[column] === undefined,
    );
    expect(missing).toEqual([]);
    expect(withWords.length).toBeGreaterThan(250);
  });

  it('name only columns that are there, and give a reason for each that is not searched', async () => {
    const columns = await columnsOf(store);
    const present = new Set(columns.map(({ table, column }) => `${table}.${column}`));
    const tables = new Set(columns.map(({ table }) => table));
    const stale = Object.entries(privacyRules).flatMap(([table, rule]) =>
      tables.has(table)
        ? [...Object.keys(rule.columns), ...rule.key, ...rule.belongsBy.map(({ column }) => column)]
            .map((column) => `${table}.${column}`)
            .filter((name) => !present.has(name))
        : [],
    );
    expect(stale).toEqual([]);
    const reasons = Object.values(privacyRules).flatMap(({ columns: all }) =>
      Object.values(all).flatMap((rule) => (rule.kind === 'never' ? [rule.why] : [])),
    );
    expect(reasons.filter((why) => why.length < 5)).toEqual([]);
  });

  it('know the primary key of every table', async () => {
    const { rows } = await sql<{ table: string; columns: string }>`
      select tc.table_name as table, string_agg(k.column_name, ' ' order by k.ordinal_position) as columns
      from information_schema.table_constraints tc
      join information_schema.key_column_usage k
        on k.constraint_name = tc.constraint_name and k.table_schema = tc.table_schema and k.table_name = tc.table_name
      where tc.constraint_type = 'PRIMARY KEY' and tc.table_schema = current_schema() group by 1`.execute(
      store.db,
    );
    const wrong = rows.filter(({ table, columns }) => privacyRules[table]?.key.join(' ') !== columns);
    expect(wrong).toEqual([]);
  });

  it('delete with a customer every table that belongs to one', async () => {
    const columns = await columnsOf(store);
    const ofAccount = columns.filter(({ column }) => column === 'account_id').map(({ table }) => table);
    const deleted = new Set(accountRows.map(({ table }) => table));
    expect(ofAccount.filter((table) => !deleted.has(table))).toEqual([]);
    // Children of what is deleted go too, unless the reference is one that its row can live without.
    const kept = ['lead.opportunity_id', 'opportunity.partner_id', 'outbox.alert_id'];
    const orphaned = columns.filter(({ table, column }) => {
      const parent = column.replace(/_id$/, '');
      const rule = accountRows.find((one) => one.table === table);
      return (
        column.endsWith('_id') &&
        ['ticket', 'conversation', 'opportunity', 'subscription', 'partner', 'alert'].includes(parent) &&
        !kept.includes(`${table}.${column}`) &&
        !rule?.belongsBy.some((one) => one.column === column)
      );
    });
    expect(orphaned).toEqual([]);
  });

  it('delete children before what they belong to', () => {
    const order = accountRows.map(({ table }) => table);
    const wrong = accountRows.flatMap(({ table, belongsBy }) =>
      belongsBy
        .filter(({ to }) => to !== 'account' && order.indexOf(to) <= order.indexOf(table))
        .map(({ to }) => `${table} after ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('treats the name, address and number in every record of a person as theirs', () => {
  for (const entity of ['contact', 'person', 'lead']) {
    const kinds = Object.entries(recordRules[entity]?.columns ?? {}).filter(
      ([, { kind }]) => kind === 'personal',
    );
    expect(kinds.map(([column]) => column)).toEqual(
      expect.arrayContaining(['name', 'email', 'raw', 'source_id']),
    );
  }
});
