import { expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import type { StoreEvent } from '../../src/store/store-event.ts';
import { describeStores } from '../support/store.ts';

describeStores('keeping tables fit', (engine) => {
  async function openWith(rows: number) {
    const events: StoreEvent[] = [];
    const store = await engine.open({ onEvent: (event) => events.push(event) });
    await sql`create table ledger (id int primary key, side text)`.execute(store.db);
    await insert(store, 1, rows);
    return { store, events, kept: () => events.filter(({ kind }) => kind === 'tables-kept-fit') };
  }

  const insert = (store: Store, from: number, to: number) =>
    sql`insert into ledger select n, 'left' from generate_series(${from}::int, ${to}::int) n`.execute(
      store.db,
    );

  async function rowsAsPlanned(store: Store): Promise<number> {
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
      explain (format json) select * from ledger where side = 'left'`.execute(store.db);
    return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows'];
  }

  it('lets the planner know how many rows there are after many came', async () => {
    const { store } = await openWith(20_000);
    await store.keepFit();
    expect(await rowsAsPlanned(store)).toBe(20_000);
    await insert(store, 20_001, 60_000);
    await store.keepFit();
    const planned = await rowsAsPlanned(store);
    expect(planned).toBeGreaterThan(55_000);
    expect(planned).toBeLessThan(65_000);
  });

  it('does nothing where nothing changed', async () => {
    const { store, kept } = await openWith(20_000);
    await store.keepFit();
    const before = kept().length;
    expect(before).toBeGreaterThan(0);
    await sql`update ledger set side = 'right' where id = 7`.execute(store.db);
    await store.keepFit();
    expect(kept()).toHaveLength(before);
  });

  // On a server that is autovacuum's work.
  it.runIf(engine.engine === 'embedded')('leaves no room to rows that were deleted', async () => {
    const { store } = await openWith(20_000);
    await store.keepFit();
    const sizeBefore = await sizeOf(store);
    for (let round = 0; round < 4; round += 1) {
      await sql`delete from ledger`.execute(store.db);
      await store.keepFit();
      await insert(store, 1, 20_000);
    }
    expect(await sizeOf(store)).toBeLessThanOrEqual(2 * sizeBefore);
  });

  async function sizeOf(store: Store): Promise<number> {
    const { rows } = await sql<{ size: number }>`select pg_relation_size('ledger')::int as size`.execute(
      store.db,
    );
    return rows[0]!.size;
  }
});
