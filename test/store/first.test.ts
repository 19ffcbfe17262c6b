import { expect, it } from 'vitest';
import { sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';

describeStores('first', (engine) => {
  it('opens', async () => {
    const store = await engine.open();
    const rows = await store.db.selectFrom('account').selectAll().execute();
    expect(rows).toEqual([]);
    const many = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        sql<{ n: number }>`select ${n}::int as n, ${'x'.repeat(n)}::text as t`.execute(store.db),
      ),
    );
    expect(many.map((r) => r.rows[0]?.n)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });
});
