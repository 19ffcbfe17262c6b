import { beforeAll, expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { accept, listUnhandled, markHandled } from '../../src/store/inbox-store.ts';
import {
  acquireLease,
  assertLease,
  claimTick,
  finishTick,
  LeaseLostError,
  releaseLease,
  renewLease,
} from '../../src/store/job-store.ts';
import { newId } from '../../src/toolkit/ids.ts';
import { describeStores } from '../support/store.ts';

describeStores('jobs and inbox', (engine) => {
  let store: Store;
  let twin: Store;
  beforeAll(async () => {
    store = await engine.open();
    twin = engine.openTwin ? await engine.openTwin(store) : store;
  });

  /** As if time had passed: the lease ran out on the database's clock. */
  async function expire(name: string): Promise<void> {
    await sql`update job_lease set expires_at = now() - interval '1 second' where name = ${name}`.execute(
      store.db,
    );
  }

  it('gives a tick to exactly one of many claimants', async () => {
    const slots = Array.from({ length: 20 }, (_, n) => new Date(Date.UTC(2026, 10, 21, 9, n)));
    const claims = await Promise.all(
      slots.flatMap((slot) =>
        [store, twin, store, twin].map((each, n) => claimTick(each.db, 'run-analysis', slot, `replica ${n}`)),
      ),
    );
    expect(claims.filter(Boolean)).toHaveLength(20);
  });

  it('gives the same slot to another job', async () => {
    const slot = new Date('2026-11-21T10:00:00Z');
    expect(await claimTick(store.db, 'a', slot, 'x')).toBe(true);
    expect(await claimTick(store.db, 'b', slot, 'x')).toBe(true);
    expect(await claimTick(store.db, 'a', slot, 'x')).toBe(false);
  });

  it('notes how a tick ended', async () => {
    const slot = new Date('2026-11-21T11:00:00Z');
    await claimTick(store.db, 'prune', slot, 'x');
    await finishTick(store.db, 'prune', slot, 'done', { removed: 3 });
    const row = await store.db
      .selectFrom('job_tick')
      .selectAll()
      .where('job', '=', 'prune')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ outcome: 'done', detail: { removed: 3 } });
    expect(row.finished_at!.getTime()).toBeGreaterThanOrEqual(row.claimed_at.getTime());
  });

  it('lets one holder have a lease, and gives every next one a higher token', async () => {
    const name = newId();
    const first = await acquireLease(store.db, name, 'a', 60);
    expect(first).toEqual({ token: 1 });
    expect(await acquireLease(twin.db, name, 'b', 60)).toBeNull();
    expect(await acquireLease(store.db, name, 'a', 60)).toBeNull();
    await expire(name);
    expect(await acquireLease(twin.db, name, 'b', 60)).toEqual({ token: 2 });
    await releaseLease(twin.db, name, 2);
    expect(await acquireLease(store.db, name, 'a', 60)).toEqual({ token: 4 });
  });

  it('gives a free lease to exactly one of many', async () => {
    const names = Array.from({ length: 20 }, () => newId());
    const leases = await Promise.all(
      names.flatMap((name) =>
        [store, twin, store, twin].map((each, n) => acquireLease(each.db, name, `${n}`, 60)),
      ),
    );
    expect(leases.filter((lease) => lease !== null)).toHaveLength(20);
  });

  it('renews a lease, even one that ran out, until another took it or it was given back', async () => {
    const name = newId();
    await acquireLease(store.db, name, 'a', 60);
    expect(await renewLease(store.db, name, 1, 60)).toBe(true);
    expect(await renewLease(store.db, name, 2, 60)).toBe(false);
    await expire(name);
    expect(await renewLease(store.db, name, 1, 60)).toBe(true);
    expect(await acquireLease(store.db, name, 'b', 60)).toBeNull();
    await expire(name);
    await acquireLease(store.db, name, 'b', 60);
    expect(await renewLease(store.db, name, 1, 60)).toBe(false);
    await releaseLease(store.db, name, 1);
    expect(await renewLease(store.db, name, 2, 60)).toBe(true);
    await releaseLease(store.db, name, 2);
    expect(await renewLease(store.db, name, 2, 60)).toBe(false);
  });

  it('lets a run write that was held up for longer than its lease, as nobody took it', async () => {
    const name = newId();
    await acquireLease(store.db, name, 'slow', 60);
    await expire(name);
    await store.transaction((trx) => assertLease(trx, name, 1));
  });

  it('keeps nothing of a run that outlived its lease', async () => {
    const name = newId();
    const id = newId();
    await acquireLease(store.db, name, 'slow', 60);
    await expire(name);
    await acquireLease(twin.db, name, 'quick', 60);
    const late = store.transaction(async (trx) => {
      await trx.insertInto('team').values({ id, source: 'lease', source_id: id, name: 'Late' }).execute();
      await assertLease(trx, name, 1);
    });
    await expect(late).rejects.toBeInstanceOf(LeaseLostError);
    expect(await store.db.selectFrom('team').select('id').where('id', '=', id).execute()).toEqual([]);
    await store.transaction((trx) => assertLease(trx, name, 2));
  });

  it('lets nobody take the lease between the check and the commit', async () => {
    const name = newId();
    await acquireLease(store.db, name, 'a', 60);
    const order: string[] = [];
    let taking: Promise<unknown> = Promise.resolve();
    await store.transaction(async (trx) => {
      await assertLease(trx, name, 1);
      taking = sql`update job_lease set expires_at = now() where name = ${name}`
        .execute(twin.db)
        .then(() => acquireLease(twin.db, name, 'b', 60))
        .then((lease) => order.push(`taken ${lease?.token}`));
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push('committing');
    });
    await taking;
    expect(order).toEqual(['committing', 'taken 2']);
  });

  it('accepts an event once, however often it comes', async () => {
    const key = `slack:T1:${newId()}`;
    const results = await Promise.all(
      [store, twin, store, twin].map((each) => accept(each.db, key, 'event', { n: 1 })),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await accept(store.db, key, 'event', {})).toBe(false);
  });

  it('lists the events whose handling was cut off, oldest first, until they are handled', async () => {
    await store.db.deleteFrom('inbox').execute();
    for (const key of ['one', 'two', 'three'])
      await accept(store.db, key, 'command', { text: `hello ${key}\0` });
    await sql`update inbox set received_at = now() - interval '1 hour' where key = 'two'`.execute(store.db);
    await markHandled(store.db, 'three');
    expect((await listUnhandled(store.db, 0)).map(({ key }) => key)).toEqual(['two', 'one']);
    const old = await listUnhandled(store.db, 60);
    expect(old).toMatchObject([{ key: 'two', kind: 'command', body: { text: 'hello two' } }]);
    expect(await listUnhandled(store.db, 0, 1)).toHaveLength(1);
    await markHandled(store.db, 'two');
    expect(await listUnhandled(store.db, 60)).toEqual([]);
  });
});
