import { beforeAll, expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { idOf, seedWorld } from './support/world.ts';

describeStores('one of each', (engine) => {
  let store: Store;
  let ask: ReturnType<typeof asking>;

  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    ask = asking(store, theCatalogue());
  });

  /** The largest open deal of every owner, picked from all of them one by one. */
  async function largestOf(owner: string | null) {
    const { rows } = await sql<{ deal: string; owner: string; amount: string | number; currency: string }>`
      select o.name as deal, p.name as owner, o.amount, o.currency from opportunity o join person p on p.id = o.owner_id
       where o.deleted_at is null and not o.is_closed and o.amount is not null
         and (${owner}::uuid is null or o.owner_id = ${owner}::uuid)
       order by o.amount desc, o.id`.execute(store.db);
    const seen = new Set<string>();
    return rows.filter((row) => !seen.has(row.owner) && seen.add(row.owner));
  }

  const largest = listPlan('opportunity', {
    columns: ['deal', 'owner', 'deal_amount'],
    where: [{ any: [{ dimension: 'deal_closed', op: 'eq', values: [false] }] }],
    onePer: 'owner',
    orderBy: [{ by: 'deal_amount', direction: 'desc' }],
  });

  it('lists the first record of every value, in the order of all of them', async () => {
    const expected = await largestOf(null);
    expect(expected.length).toBeGreaterThan(1);
    const { rows, provenance } = await ask.answer(largest);
    expect(rows).toEqual(expected.map(({ deal, owner, amount }) => [deal, owner, Number(amount)]));
    expect(provenance.steps).toEqual([
      'One of the deals for each value of “Owner”: with the highest or latest “Amount”',
    ]);
  });

  it('is only of what the asker may see', async () => {
    const expected = await largestOf(idOf('person', 'Rita Rep'));
    const { rows } = await ask.answer(largest, 'Rita Rep');
    expect(rows).toEqual(expected.map(({ deal, owner, amount }) => [deal, owner, Number(amount)]));
  });

  it('adds up what is shown of each value alone, beyond the limit', async () => {
    const expected = await largestOf(null);
    const { rows, totals, truncated } = await ask.answer({ ...largest, limit: 1 });
    expect([rows.length, truncated]).toEqual([1, true]);
    const sums = new Map<string, number>();
    for (const { currency, amount } of expected)
      sums.set(currency, (sums.get(currency) ?? 0) + Number(amount));
    const amounts = [...sums].sort().map(([currency, value]) => ({ currency, value }));
    expect(totals).toEqual({ count: expected.length, amounts });
  });

  it('goes on where the page before ended', async () => {
    const all = await ask.answer(largest);
    const { rows } = await ask.answer({ ...largest, skip: 1 });
    expect(rows).toEqual(all.rows.slice(1));
  });

  it('leaves out records without a value', async () => {
    const { rows: unassigned } = await sql<{ many: string | number }>`
      select count(*) as many from ticket where deleted_at is null and assignee_id is null`.execute(store.db);
    expect(Number(unassigned[0]?.many)).toBeGreaterThan(0);
    const { rows } = await ask.answer(
      listPlan('ticket', { columns: ['assignee'], onePer: 'assignee', limit: 25 }),
    );
    const names = rows.map(([name]) => name);
    expect(names).not.toContain(null);
    expect(new Set(names).size).toBe(names.length);
  });

  const leaders = metricPlan('tickets_opened', {
    groupBy: [{ dimension: 'priority' }, { dimension: 'account' }],
    time: { kind: 'all' },
    onePer: 'priority',
    orderBy: [{ by: 'tickets_opened', direction: 'desc' }],
  });

  it('keeps the first group of every value of a figure', async () => {
    const { rows: counted } = await sql<{ priority: string; account: string; many: string | number }>`
      select t.priority, a.name as account, count(*) as many from ticket t left join account a on a.id = t.account_id
       where t.deleted_at is null and t.priority is not null group by 1, 2`.execute(store.db);
    const most = new Map<string, number>();
    for (const { priority, many } of counted)
      most.set(priority, Math.max(most.get(priority) ?? 0, Number(many)));
    const { rows, provenance } = await ask.answer(leaders);
    expect(new Map(rows.map(([priority, , many]) => [priority, many]))).toEqual(most);
    for (const [priority, account, many] of rows) {
      const own = counted.find((one) => one.priority === priority && one.account === account);
      expect(Number(own?.many)).toBe(many);
    }
    expect(rows).toHaveLength(most.size);
    expect(provenance.steps).toEqual(['Of each value of “Priority” only the first group is shown']);
  });

  it.each([
    ['without a group of it', { groupBy: [{ dimension: 'account' }] }],
    ['without another group', { groupBy: [{ dimension: 'priority' }] }],
    ['without an order', { orderBy: [] }],
    ['in a course', { groupBy: [{ dimension: 'priority' }, { dimension: 'time', grain: 'month' as const }] }],
  ])('is refused of a figure %s', async (_, wishes) => {
    const issues = await ask.issues({ ...leaders, ...wishes });
    expect(issues).toMatchObject([{ code: 'one-per-not-applicable', path: 'onePer' }]);
  });

  it('is refused by what records cannot be told apart by, or do not have', async () => {
    const wrong = await ask.issues(listPlan('ticket', { onePer: 'ticket_subject' }));
    expect(wrong.map(({ path }) => path)).toEqual(['onePer']);
    const foreign = await ask.issues(listPlan('ticket', { onePer: 'stage' }));
    expect(foreign.map(({ path }) => path)).toEqual(['onePer']);
  });
});
