import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { accountRows } from '../../src/access/privacy/account-rows.ts';
import { findAccount } from '../../src/access/privacy/find-account.ts';
import { beginErasure, planErasure, runErasure } from '../../src/jobs/erase-person.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { createRecordLoad } from '../../src/store/record-load.ts';
import { loadSuppressor } from '../../src/store/suppression.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { describeStores } from '../support/store.ts';
import { accountId, plantEverywhere, planted, spellings, tablesWith } from './planted-world.ts';

const names = ['Erased customer 0a1b2c3d', 'Erased person 0a1b2c3d'] as const;

async function countAll(store: Store, tables: readonly string[]) {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
      store.db,
    );
    counts[table] = rows[0]?.count ?? 0;
  }
  return counts;
}

describeStores('erasing a customer', (engine) => {
  it('deletes what belongs to it, retracts its posted alerts, and keeps it from coming back (S3-10)', async () => {
    const store = await engine.open();
    await plantEverywhere(store);
    // A colleague of the same name is no part of the customer; another customer's ticket mentions it.
    await sql`update person set name = 'Jan Kolbe', email = 'jan@heed.example', source_id = 'p', raw = null`.execute(
      store.db,
    );
    const other = stableId('account', 'crm', 'A2');
    await store.db
      .insertInto('account')
      .values({ id: other, source: 'crm', source_id: 'A2', name: 'Nordlicht', parent_id: accountId })
      .execute();
    await store.db
      .insertInto('ticket')
      .values({
        id: stableId('ticket', 'crm', 'T9'),
        source: 'crm',
        source_id: 'T9',
        account_id: other,
        subject: 'Same as at SUMMIT TRADERS (www.summit.example)',
        status: 'open',
        opened_at: new Date(),
      })
      .execute();
    const found = await findAccount(store.db, 'summit traders', ...names);
    if (!found.ok) throw new Error(JSON.stringify(found.issues));
    const plan = await planErasure({ store }, found.value);
    const tables = accountRows.map(({ table }) => table);
    expect(Object.keys(plan.deleted).sort()).toEqual([...tables, 'account'].sort());
    const deps = { store, clock: systemClock, home: `${tmpdir()}/no-such-home`, by: 'a test' };
    await runErasure(deps, await beginErasure(deps, found.value));

    const left = await countAll(store, tables);
    expect(Object.entries(left).filter(([, count]) => count > 0)).toEqual([['ticket', 1]]);
    expect(
      await tablesWith(store, [
        ...spellings.filter((text) => text !== planted.chatId),
        'Summit',
        'summit',
        'SUMMIT',
      ]),
    ).toEqual([]);
    const account = await store.db.selectFrom('account').select(['name', 'parent_id']).execute();
    expect(account).toEqual([{ name: 'Nordlicht', parent_id: null }]);
    const ticket = await store.db.selectFrom('ticket').select('subject').executeTakeFirst();
    expect(ticket?.subject).toBe(`Same as at ${names[0]} (erased.invalid)`);
    const bodies = await store.db.selectFrom('outbox').select(['body', 'state', 'alert_id']).execute();
    expect(bodies).toHaveLength(2);
    for (const row of bodies)
      expect(row).toMatchObject({
        state: 'waiting',
        alert_id: null,
        body: { text: expect.stringContaining(names[0]) as unknown },
      });

    const later = await store.transaction(async (trx) => {
      const suppressor = await loadSuppressor(trx);
      const load = createRecordLoad(trx, 'crm');
      const at = '2026-06-01T00:00:00Z';
      const ticketId = stableId('ticket', 'crm', 'T7');
      let count = 0;
      for (const [entity, row] of [
        ['account', { id: accountId, source: 'crm', source_id: 'A1', name: 'Summit Traders' }],
        [
          'ticket',
          {
            id: ticketId,
            source: 'crm',
            source_id: 'T7',
            account_id: accountId,
            status: 'open',
            opened_at: at,
          },
        ],
        [
          'ticket_event',
          { id: stableId('e'), source: 'crm', source_id: 'e', ticket_id: ticketId, kind: 'reply', at },
        ],
        [
          'ticket_event',
          {
            id: stableId('f'),
            source: 'crm',
            source_id: 'f',
            ticket_id: stableId('ticket', 'crm', 'T9'),
            kind: 'reply',
            at,
          },
        ],
      ] as const) {
        const kept = await suppressor?.rows(trx, entity, [row]);
        count += kept?.suppressed ?? 0;
        await load.add(entity, kept?.rows ?? []);
      }
      return count;
    });
    expect(later).toBe(3);
    expect(await countAll(store, ['account', 'ticket', 'ticket_event'])).toEqual({
      account: 1,
      ticket: 1,
      ticket_event: 1,
    });
  }, 180_000);
});
