import { beforeAll, expect, it } from 'vitest';
import type { ListPlan } from '../../src/query/metric-query.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, listPlan, records, theCatalogue } from './support/ask.ts';
import { idOf, seedWorld } from './support/world.ts';

describeStores('columns that other records tell', (engine) => {
  let store: Store;
  let ask: ReturnType<typeof asking>;

  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    ask = asking(store, theCatalogue());
  });

  const plain = { where: [] as ListPlan['where'], time: null, subject: 'none' as const };
  const unsolved = {
    any: [{ dimension: 'ticket_status', op: 'in' as const, values: ['new', 'open', 'pending', 'hold'] }],
  };

  async function rowsOf(text: string) {
    const { rows } = await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(store.db);
    return rows;
  }

  it('counts the other records of every row, none of them as well', async () => {
    const expected = await rowsOf(
      `select a.name as account, (select count(*)::int from ticket t where t.account_id = a.id and t.deleted_at is null
         and t.status in ('new', 'open', 'pending', 'hold')) as many
         from account a where a.deleted_at is null order by a.id`,
    );
    const plan = listPlan('account', {
      columns: ['account'],
      beside: [{ ...plain, entity: 'ticket', show: 'count', where: [unsolved] }],
      limit: 25,
    });
    const answer = await ask.answer(plan);
    const byName = (rows: readonly Record<string, unknown>[], key: string) =>
      new Map(rows.map((row) => [row['account'], row[key]]));
    expect(byName(records(answer), 'beside_1')).toEqual(byName(expected, 'many'));
    expect(answer.columns.map(({ label }) => label)).toEqual(['Account', 'Open tickets']);
    expect(expected.some(({ many }) => many !== 0)).toBe(true);
  });

  it('orders by what other records tell', async () => {
    const expected = await rowsOf(
      `select a.name as account, (select max(o.amount)::float8 from opportunity o where o.account_id = a.id and o.deleted_at is null) as amount
         from account a where a.deleted_at is null order by amount desc nulls last, a.id limit 3`,
    );
    const plan = listPlan('account', {
      columns: ['account'],
      beside: [{ ...plain, entity: 'opportunity', show: 'highest', dimension: 'deal_amount' }],
      orderBy: [{ by: 'beside_1', direction: 'desc' }],
      limit: 3,
    });
    expect((await ask.answer(plan)).rows).toEqual(expected.map(({ account, amount }) => [account, amount]));
  });

  it('shows what the latest of them has, and when the first and last were', async () => {
    const expected = await rowsOf(
      `select a.name as account, min(t.opened_at) as first, max(t.opened_at) as last,
         (array_agg(t.priority order by t.opened_at desc, t.id))[1] as priority
         from account a join ticket t on t.account_id = a.id and t.deleted_at is null
        where a.deleted_at is null group by a.id, a.name order by a.name`,
    );
    const of = { ...plain, entity: 'ticket' };
    const answer = await ask.answer(
      listPlan('account', {
        columns: ['account'],
        beside: [
          { ...of, show: 'lowest', dimension: 'ticket_opened_at' },
          { ...of, show: 'highest', dimension: 'ticket_opened_at' },
          { ...of, show: 'latest', dimension: 'priority' },
        ],
        orderBy: [{ by: 'account', direction: 'asc' }],
        limit: 25,
      }),
    );
    const shown = answer.rows.filter(([, first]) => first !== null);
    expect(shown).toEqual(
      expected.map(({ account, first, last, priority }) => [
        account,
        (first as Date).toISOString(),
        (last as Date).toISOString(),
        priority,
      ]),
    );
    expect(answer.columns.map(({ label }) => label).slice(1)).toEqual([
      'Opened, earliest of tickets',
      'Opened, latest of tickets',
      'Priority of the latest ticket',
    ]);
  });

  it('adds up amounts of one currency and none of several', async () => {
    const expected = await rowsOf(
      `select a.name as account, case when count(distinct o.currency) <= 1 then sum(o.amount)::float8 end as amount
         from account a left join opportunity o on o.account_id = a.id and o.deleted_at is null
        where a.deleted_at is null group by a.id, a.name order by a.name`,
    );
    const answer = await ask.answer(
      listPlan('account', {
        columns: ['account'],
        beside: [{ ...plain, entity: 'opportunity', show: 'sum', dimension: 'deal_amount' }],
        orderBy: [{ by: 'account', direction: 'asc' }],
        limit: 25,
      }),
    );
    expect(answer.rows).toEqual(expected.map(({ account, amount }) => [account, amount]));
  });

  it('tells of no record that the asker may not see', async () => {
    const rita = idOf('person', 'Rita Rep');
    const expected = await rowsOf(
      `select a.name as account, (select count(*)::int from opportunity o where o.account_id = a.id and o.deleted_at is null and o.owner_id = '${rita}') as many
         from account a where a.deleted_at is null and a.owner_id = '${rita}' order by a.id`,
    );
    const plan = listPlan('account', {
      columns: ['account'],
      beside: [{ ...plain, entity: 'opportunity', show: 'count' }],
      limit: 25,
    });
    const { rows, provenance } = await ask.answer(plan, 'Rita Rep');
    expect(new Map(rows.map(([name, many]) => [name, many]))).toEqual(
      new Map(expected.map(({ account, many }) => [account, many])),
    );
    expect(provenance.steps?.join(' ')).toContain('counting');
  });

  it('refuses what nothing ties to the rows, what cannot be told so and what is not for the role', async () => {
    const issues = async (beside: Parameters<typeof listPlan>[1], as?: string) =>
      (await ask.issues(listPlan('ticket', beside), as)).map(({ code, path }) => [code, path]);
    expect(await issues({ beside: [{ ...plain, entity: 'person', show: 'count' }] })).toContainEqual([
      'not-related',
      'beside[0].entity',
    ]);
    const deals = { ...plain, entity: 'opportunity' };
    expect(await issues({ beside: [{ ...deals, show: 'sum', dimension: 'stage' }] })).toEqual([
      ['not-applicable', 'beside[0].dimension'],
    ]);
    expect(await issues({ beside: [{ ...deals, show: 'highest' }] })).toEqual([
      ['not-applicable', 'beside[0].dimension'],
    ]);
    expect((await issues({ beside: [{ ...deals, show: 'count' }] }, 'Ada Agent')).length).toBeGreaterThan(0);
    expect(await issues({ orderBy: [{ by: 'beside_1', direction: 'asc' }] })).toEqual([
      ['unknown-dimension', 'orderBy[0].by'],
    ]);
  });
});
