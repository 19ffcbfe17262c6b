import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSources, listAllSources } from '../../src/app/sources.ts';
import { describeSync } from '../../src/app/sync.ts';
import { type SyncProgress, syncConnectors } from '../../src/jobs/sync-connectors.ts';
import { takeSyncLease } from '../../src/jobs/sync-lease.ts';
import type { Connector } from '../../src/sources/connector.ts';
import type { Store } from '../../src/store/database.ts';
import { listStreams } from '../../src/store/sync-cursor-store.ts';
import { UserError } from '../../src/toolkit/issue.ts';
import { idOf, type Lab, openLab } from '../sources/salesforce-live.ts';
import { checksums } from '../support/checksum.ts';
import { describeStores } from '../support/store.ts';

describeStores('syncing live sources', (engine) => {
  let store: Store;
  let lab: Lab;
  beforeEach(async () => {
    store = await engine.open();
    lab = await openLab();
    for (let number = 1; number <= 7; number += 1) put(number, `Customer ${number}`);
  });
  afterEach(async () => {
    await lab.close();
    await store.db.deleteFrom('account').execute();
    await store.db.deleteFrom('sync_cursor').execute();
    await store.db.deleteFrom('sync_run').execute();
    await store.db.deleteFrom('sync_reject').execute();
    await store.db.deleteFrom('job_lease').execute();
  });

  const put = (number: number, name: string) =>
    lab.server.org.put('Account', {
      Id: idOf('001', number),
      Name: name,
      CreatedDate: '2026-01-01T00:00:00.000+0000',
      SystemModstamp: `${lab.clock.now().toISOString().slice(0, 19)}.000+0000`,
      IsDeleted: false,
    });
  const connector = (pageRows = 3): Connector => lab.connect({ pageRows, bulkOverRows: 1_000 });
  const sync = (
    connectors: readonly Connector[],
    more: { streams?: string[]; full?: boolean; signal?: AbortSignal; seen?: SyncProgress[] } = {},
  ) => {
    const { signal, seen, ...request } = more;
    return syncConnectors(
      {
        store,
        clock: lab.clock,
        connectors,
        onProgress: (progress) => seen?.push(progress),
        ...(signal === undefined ? {} : { signal }),
      },
      { streams: ['Account'], ...request },
    );
  };
  const names = async () =>
    (await store.db.selectFrom('account').select('name').orderBy('name').execute()).map(({ name }) => name);

  it('stores every page with its cursor and goes on from there the next time', async () => {
    lab.clock.advance(3_600);
    const [first] = await sync([connector()]);
    expect(first).toMatchObject({ state: 'done', rowsRead: 7, stored: 7, rowsRejected: 0 });
    expect(await names()).toEqual(Array.from({ length: 7 }, (_, index) => `Customer ${index + 1}`));
    const [stream] = await listStreams(store.db, 'salesforce');
    expect(stream).toMatchObject({ stream: 'Account', rowsStored: 7, completeAt: lab.clock.now() });

    lab.clock.advance(3_600);
    put(2, 'Customer 2, renamed');
    lab.clock.advance(3_600);
    const [second] = await sync([connector()]);
    expect(second?.stored).toBe(1);
    expect(second?.rowsRead).toBeLessThan(7);
    expect(await names()).toContain('Customer 2, renamed');
  });

  it('ends as an undisturbed sync when it is stopped after any page', async () => {
    lab.clock.advance(3_600);
    await sync([connector(2)]);
    const wanted = await checksums(store, ['sync_cursor', 'job_lease']);
    for (const stopAfter of [1, 2, 3]) {
      await store.db.deleteFrom('account').execute();
      await store.db.deleteFrom('sync_cursor').execute();
      const stopping = new AbortController();
      let pages = 0;
      const seen: SyncProgress[] = [];
      seen.push = () => {
        pages += 1;
        if (pages === stopAfter) stopping.abort();
        return pages;
      };
      const [stopped] = await sync([connector(2)], { signal: stopping.signal, seen });
      expect(stopped).toMatchObject({ state: 'stopped', rowsRead: 2 * stopAfter });
      expect(await names()).toHaveLength(2 * stopAfter);
      const [resumed] = await sync([connector(2)]);
      expect(resumed?.state).toBe('done');
      expect(await checksums(store, ['sync_cursor', 'job_lease'])).toEqual(wanted);
    }
  });

  it('is stopped, and neither done nor failed, when it is ended between streams or while it waits', async () => {
    lab.clock.advance(3_600);
    const stopping = new AbortController();
    const ended: Connector = {
      source: 'ended',
      streams: ['first', 'second'],
      async *read({ stream, signal }) {
        if (stream === 'first') {
          yield { events: [], cursor: 1, isLast: true };
          stopping.abort();
        }
        await Promise.resolve();
        signal.throwIfAborted();
      },
    };
    const [between] = await sync([ended], { streams: [], signal: stopping.signal });
    expect(between).toMatchObject({ state: 'stopped', issues: [] });
    const waiting = new AbortController();
    const waits: Connector = {
      ...ended,
      async *read({ signal }) {
        yield { events: [], cursor: 1, isLast: false };
        waiting.abort();
        await Promise.resolve();
        signal.throwIfAborted();
      },
    };
    const [whileWaiting] = await sync([waits], { streams: [], signal: waiting.signal });
    expect(whileWaiting).toMatchObject({ state: 'stopped', issues: [] });
    const [listed] = await listAllSources({ store }, [], [], 'ended');
    expect(listed).toMatchObject({ state: 'stopped', lastDoneAt: null });
  });

  it('keeps what was read when the source fails, says what to do, and reads the other sources', async () => {
    lab.clock.advance(3_600);
    const failing: Connector = {
      source: 'helpdesk',
      streams: ['Account'],
      async *read() {
        yield* [];
        await Promise.resolve();
        throw new UserError([
          { code: 'login-refused', path: 'HELPDESK_TOKEN', message: 'is refused; renew it' },
        ]);
      },
    };
    const [failed, read] = await sync([failing, connector()]);
    expect(failed).toMatchObject({
      state: 'failed',
      issues: [{ path: 'HELPDESK_TOKEN', message: 'is refused; renew it' }],
    });
    expect(read).toMatchObject({ state: 'done', stored: 7 });
    const text = describeSync([failed!, read!]);
    expect(text).toContain('✗ HELPDESK_TOKEN: is refused; renew it');
    expect(text).toMatch(/Account\s+7 read\s+7 stored/);
    const sources = await listAllSources({ store }, ['salesforce', 'zendesk'], []);
    expect(sources.map(({ source, state }) => [source, state])).toEqual([
      ['helpdesk', 'failed'],
      ['salesforce', 'done'],
      ['zendesk', 'never'],
    ]);
    const shown = describeSources(sources, new Date(lab.clock.now().getTime() + 12 * 60_000), true);
    expect(shown).toContain('(12 min ago)');
    expect(shown).toContain('stream Account: 7 rows stored, up to date 12 min ago');
  });

  it('leaves a source alone that another process reads, and says which', async () => {
    const lease = await takeSyncLease(store, 'salesforce', 'other-host:77');
    const [busy] = await sync([connector()]);
    expect(busy?.state).toBe('busy');
    expect(busy?.issues[0]?.message).toContain('other-host:77');
    expect(await names()).toEqual([]);
    await lease?.release();
    lab.clock.advance(3_600);
    const [read] = await sync([connector()]);
    expect(read?.state).toBe('done');
  });

  it('stores nothing under a lease that another process has taken over', async () => {
    lab.clock.advance(3_600);
    const seen: SyncProgress[] = [];
    const slow = connector(2);
    const robbed: Connector = {
      ...slow,
      async *read(request) {
        for await (const page of slow.read(request)) {
          yield page;
          // The process slept through its lease and another one took it.
          await store.db.updateTable('job_lease').set({ token: 99, holder: 'other' }).execute();
        }
      },
    };
    const [report] = await sync([robbed], { seen });
    expect(report?.state).toBe('failed');
    expect(await names()).toHaveLength(2);
  });

  it('reads everything again when it is asked to', async () => {
    lab.clock.advance(3_600);
    await sync([connector()]);
    const [again] = await sync([connector()], { full: true });
    expect(again).toMatchObject({ rowsRead: 7, stored: 0 });
  });

  it('names the sources and streams that there are when another is asked for', async () => {
    const wrong = syncConnectors(
      { store, clock: lab.clock, connectors: [connector()] },
      { sources: ['hubspot'] },
    );
    await expect(wrong).rejects.toMatchObject({ issues: [{ path: 'hubspot', suggestions: ['salesforce'] }] });
    await expect(sync([connector()], { streams: ['Acount'] })).rejects.toBeInstanceOf(UserError);
  });

  describe('rejected rows', () => {
    it('are kept with the run and shown with their reason', async () => {
      put(8, '');
      lab.clock.advance(3_600);
      const [report] = await sync([connector()]);
      expect(report).toMatchObject({ state: 'done', rowsRead: 8, stored: 7, rowsRejected: 1 });
      const [source] = await listAllSources({ store }, [], [], 'salesforce');
      expect(source?.rejects).toHaveLength(1);
      expect(describeSources([source!], lab.clock.now(), true)).toMatch(/Account\S* Name is empty/);
    });
  });
});
