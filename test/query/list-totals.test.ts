import { beforeAll, expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, listPlan, theCatalogue } from './support/ask.ts';
import { idOf, seedWorld, world } from './support/world.ts';

describeStores('what all rows of a list come to', (engine) => {
  let store: Store;
  let ask: ReturnType<typeof asking>;

  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    ask = asking(store, theCatalogue());
  });

  /** How many deals, and their amounts in each currency, by a statement of its own. */
  async function dealsOf(owner: string | null) {
    const { rows } = await sql<{ currency: string; many: string | number; amount: string | number | null }>`
      select currency, count(*) as many, sum(amount) as amount from opportunity
       where deleted_at is null and not is_closed and (${owner}::uuid is null or owner_id = ${owner}::uuid)
       group by currency order by currency`.execute(store.db);
    return {
      count: rows.reduce((sum, { many }) => sum + Number(many), 0),
      amounts: rows
        .filter(({ amount }) => amount !== null)
        .map(({ currency, amount }) => ({ currency, value: Number(amount) })),
    };
  }

  const open = listPlan('opportunity', {
    where: [{ any: [{ dimension: 'deal_closed', op: 'eq', values: [false] }] }],
    limit: 3,
  });

  it('is their number and their amounts in each currency, beyond those that are shown', async () => {
    const { rows, totals } = await ask.answer(open);
    expect(rows).toHaveLength(3);
    expect(totals).toEqual(await dealsOf(null));
    expect(totals?.count).toBeGreaterThan(3);
  });

  it('is only of what the asker may see', async () => {
    const own = await dealsOf(idOf('person', 'Rita Rep'));
    const { totals } = await ask.answer(open, 'Rita Rep');
    expect(totals).toEqual(own);
    expect(own.count).toBeLessThan((await dealsOf(null)).count);
  });

  it('has no amounts where the rows have none, and is left out where every row is shown', async () => {
    const some = await ask.answer(listPlan('ticket', { limit: 2 }));
    const alive = world.ticket.filter((one) => one.deleted_at === null || one.deleted_at === undefined);
    expect(some.totals).toEqual({ count: alive.length, amounts: [] });
    const numbers = alive.slice(0, 2).map(({ number }) => number ?? '');
    const where = [{ any: [{ dimension: 'ticket_number', op: 'in' as const, values: numbers }] }];
    expect((await ask.answer(listPlan('ticket', { where, limit: 10 }))).totals).toBeUndefined();
  });

  it('says which date of the records its period is of, where that is not the usual one', async () => {
    const time = { kind: 'relative', unit: 'day', n: 30, completeOnly: false } as const;
    const solved = await ask.answer(listPlan('ticket', { time, timeDimension: 'ticket_solved_at' }));
    expect(solved.provenance.steps).toEqual(['The period is that of “Solved”']);
    expect((await ask.answer(listPlan('ticket', { time }))).provenance.steps).toBeUndefined();
  });
});
