import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { openTestStore } from '../support/store.ts';
import { asking, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { seedWorld, world } from './support/world.ts';

let store: Store;
let ask: ReturnType<typeof asking>;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  ask = asking(store, theCatalogue());
});

const column = ({ columns, rows }: Awaited<ReturnType<typeof ask.answer>>, id: string) =>
  rows.map((row) => row[columns.findIndex((one) => one.id === id)]);

describe('rows after the first ones', () => {
  it('lists the records that follow, up to the last', async () => {
    const plan = listPlan('ticket', {
      orderBy: [{ by: 'ticket_opened_at', direction: 'asc' }],
      limit: 4,
    });
    const expected = world.ticket
      .filter((one) => one.deleted_at === null || one.deleted_at === undefined)
      .toSorted((a, b) => new Date(a.opened_at).getTime() - new Date(b.opened_at).getTime())
      .map(({ number }) => number);
    const numbers = async (skip: number) =>
      column(await ask.answer({ ...plan, ...(skip > 0 && { skip }) }), 'ticket_number');
    expect(await numbers(0)).toEqual(expected.slice(0, 4));
    expect(await numbers(4)).toEqual(expected.slice(4, 8));
    const last = await ask.answer({ ...plan, skip: expected.length - 1 });
    expect(column(last, 'ticket_number')).toEqual(expected.slice(-1));
    expect(last.truncated).toBe(false);
  });

  it('ranks groups on, within each currency', async () => {
    for (const [metric, dimension] of [
      ['tickets_opened', 'category'],
      ['arr', 'account'],
    ] as const) {
      const plan = metricPlan(metric, {
        groupBy: [{ dimension }],
        orderBy: [{ by: metric, direction: 'desc' }],
        time: metric === 'arr' ? null : { kind: 'all' },
      });
      const whole = await ask.answer({ ...plan, limit: 100 });
      const at = whole.columns.findIndex(({ id }) => id === 'currency');
      const currencies = at === -1 ? [null] : [...new Set(whole.rows.map((row) => row[at]))];
      const page = await ask.answer({ ...plan, limit: 2, skip: 1 });
      for (const currency of currencies) {
        const own = (rows: typeof whole.rows) => rows.filter((row) => at === -1 || row[at] === currency);
        expect(own(page.rows)).toEqual(own(whole.rows).slice(1, 3));
      }
    }
  });
});
