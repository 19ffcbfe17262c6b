import { beforeAll, expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { seedWorld } from './support/world.ts';

describeStores('values that have an order of their own', (engine) => {
  let store: Store;
  let ask: ReturnType<typeof asking>;

  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
    ask = asking(store, theCatalogue());
  });

  it.each([
    ['desc', ['urgent', 'high', 'normal', 'low']],
    ['asc', ['low', 'normal', 'high', 'urgent']],
  ] as const)('are listed by it and not by their letters (%s)', async (direction, order) => {
    const { rows } = await ask.answer(
      listPlan('ticket', {
        columns: ['ticket_number', 'priority'],
        orderBy: [{ by: 'priority', direction }],
        limit: 25,
      }),
    );
    const places = rows.map(([, priority]) => order.indexOf(String(priority).toLowerCase() as never));
    const known = places.filter((place) => place >= 0);
    expect(new Set(known).size).toBeGreaterThan(1);
    expect(known).toEqual(known.toSorted((left, right) => left - right));
  });

  it('counts a ticket once, however many of its targets were missed', async () => {
    const { rows } = await sql<{ many: string | number }>`
      select count(distinct c.ticket_id) as many from sla_clock c
        join ticket t on t.id = c.ticket_id and t.deleted_at is null
       where c.state = 'breached' and c.breached_at >= '2020-01-01' and c.breached_at < '2030-01-01'`.execute(
      store.db,
    );
    const answer = await ask.answer(
      metricPlan('tickets_breached', { time: { kind: 'between', from: '2020-01-01', to: '2029-12-31' } }),
    );
    expect(Number(answer.rows[0]?.[0] ?? 0)).toBe(Number(rows[0]?.many));
  });
});
