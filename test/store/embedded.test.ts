import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore, type Store, type StoreOptions, sql } from '../../src/store/database.ts';
import { DurableFileSystem } from '../../src/store/embedded/durable-file-system.ts';
import { StoreUnavailableError } from '../../src/store/errors.ts';
import type { StoreEvent } from '../../src/store/store-event.ts';
import { newId } from '../../src/toolkit/ids.ts';
import { copyTestHome } from '../support/store.ts';

/** A small file system of its own needs Linux and root. */
function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), 'heed-test-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

describe('the embedded engine', () => {
  const homes: string[] = [];
  const stores: Store[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
  });

  function emptyHome(): string {
    const home = mkdtempSync(join(tmpdir(), 'heed-test-'));
    homes.push(home);
    return home;
  }

  async function openCopy(options: Partial<StoreOptions> = {}) {
    const home = await copyTestHome();
    homes.push(home);
    const events: StoreEvent[] = [];
    const store = await openStore({ home, onEvent: (event) => events.push(event), ...options });
    stores.push(store);
    return { home, store, events };
  }

  const forever = (store: Store) =>
    sql`select count(*) from generate_series(1, 2000000000)`.execute(store.db);

  const addTeam = (store: Store, id: string) =>
    store.transaction((trx) =>
      trx.insertInto('team').values({ id, source: 'e', source_id: id, name: 'Team' }).execute(),
    );

  const teams = async (store: Store) =>
    (await store.db.selectFrom('team').select('id').execute()).map(({ id }) => id);

  it('makes its folder and lock private to the user', async () => {
    const { home } = await openCopy();
    const lock = JSON.parse(readFileSync(join(home, 'postgres.lock'), 'utf8')) as Record<string, unknown>;
    expect(lock).toMatchObject({ holder: { pid: process.pid, host: hostname() } });
    expect(existsSync(join(home, 'postgres', 'PG_VERSION'))).toBe(true);
  });

  it('waits for the disk at every commit', async () => {
    const { home, store } = await openCopy();
    const settings = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'wal_sync_method')
      order by name`.execute(store.db);
    expect(settings.rows.map(({ setting }) => setting)).toEqual(['on', 'on', 'fsync']);
    await store.close();
    const db = await PGlite.create({ fs: new DurableFileSystem(join(home, 'postgres')) });
    const files = db.Module.FS as unknown as {
      filesystems: { NODEFS: { stream_ops: { fsync: (stream: { nfd: number }) => number } } };
    };
    // It reaches the operating system: a file number that is not open is refused.
    expect(() => files.filesystems.NODEFS.stream_ops.fsync({ nfd: 987_654 })).toThrow(/EBADF/);
    await db.close();
  });

  it('ends a write that runs past the limit of all statements, and works on', async () => {
    const { store, events } = await openCopy({ statementLimitMs: 400 });
    const id = newId();
    await addTeam(store, id);
    await expect(forever(store)).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await teams(store)).toEqual([id]);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'engine-restarted', reason: 'query-timeout' }),
    );
  });

  it('opens again by itself when the engine gives up, and runs cut-off transactions again', async () => {
    const { store, events } = await openCopy();
    const before = newId();
    await addTeam(store, before);
    const ids = Array.from({ length: 5 }, () => newId());
    // A COPY without data, hidden behind another statement, is what this engine does not survive.
    const crash = Promise.allSettled([
      sql`select 1; copy team from stdin`.execute(store.db),
      sql`select 1`.execute(store.db),
    ]);
    await Promise.all(ids.map((id) => addTeam(store, id)));
    await crash;
    expect((await teams(store)).sort()).toEqual([before, ...ids].sort());
    expect(events).toContainEqual(expect.objectContaining({ kind: 'engine-restarted', reason: 'crashed' }));
  });

  it('refuses a query nested too deep for its stack instead of breaking', async () => {
    const { store, events } = await openCopy();
    const deep = sql.raw(`select ${'1+'.repeat(100_000)}1`);
    await expect(deep.execute(store.db)).rejects.toMatchObject({ code: '54001' });
    expect(events.map(({ kind }) => kind)).toEqual(['engine-started']);
  });

  it('closes under a running statement, and refuses work afterwards', { timeout: 30_000 }, async () => {
    const { home, store } = await openCopy();
    const id = newId();
    await addTeam(store, id);
    const running = forever(store).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await store.close();
    await store.close();
    expect(await running).toBeInstanceOf(StoreUnavailableError);
    await expect(teams(store)).rejects.toThrow();
    const again = await openStore({ home });
    stores.push(again);
    expect(await teams(again)).toEqual([id]);
  });

  it('refuses to be opened twice by one process', async () => {
    const { home } = await openCopy();
    await expect(openStore({ home })).rejects.toThrow(/is already open in this process/);
  });

  it('rebuilds a half-made folder that holds no data', { timeout: 60_000 }, async () => {
    const { home, store } = await openCopy();
    await store.close();
    const broken = emptyHome();
    // What a first init leaves that was cut off before its end: folders and catalogue files, no control file.
    cpSync(join(home, 'postgres'), join(broken, 'postgres'), {
      recursive: true,
      filter: (path) =>
        !path.endsWith('pg_control') &&
        !/\/(1638[4-9]|1639\d|16[4-9]\d\d|1[7-9]\d{3}|[2-9]\d{4})(_\w+)?$/.test(path),
    });
    mkdirSync(join(broken, 'postgres.unfinished-1', 'base'), { recursive: true });
    const events: StoreEvent[] = [];
    const fresh = await openStore({ home: broken, onEvent: (event) => events.push(event) });
    stores.push(fresh);
    expect(events.map(({ kind }) => kind)).toEqual([
      'half-made-folder-removed',
      'first-init-started',
      'engine-started',
    ]);
    expect(existsSync(join(broken, 'postgres.unfinished-1'))).toBe(false);
  });

  it('never removes a damaged folder that holds data, nor a folder of something else', async () => {
    const { home, store } = await openCopy();
    await store.close();
    rmSync(join(home, 'postgres', 'global', 'pg_control'));
    await expect(openStore({ home })).rejects.toThrow(
      /holds data but lacks PG_VERSION or global\/pg_control/,
    );
    expect(existsSync(join(home, 'postgres', 'PG_VERSION'))).toBe(true);
    expect(existsSync(join(home, 'postgres.lock'))).toBe(false);
    const other = emptyHome();
    mkdirSync(join(other, 'postgres'));
    writeFileSync(join(other, 'postgres', 'holiday.jpg'), 'x');
    await expect(openStore({ home: other })).rejects.toThrow(/move it away/);
    expect(existsSync(join(other, 'postgres', 'holiday.jpg'))).toBe(true);
  });

  it.runIf(canMount())(
    'says that the disk is full, and works again once there is space',
    { timeout: 60_000 },
    async () => {
      const disk = emptyHome();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=60m', 'none', disk]);
      try {
        const home = await copyTestHome();
        homes.push(home);
        cpSync(home, join(disk, 'home'), { recursive: true });
        const store = await openStore({ home: join(disk, 'home') });
        const kept = newId();
        await addTeam(store, kept);
        writeFileSync(join(disk, 'ballast'), Buffer.alloc(statfsSync(disk).bavail * statfsSync(disk).bsize));
        const fill = sql`insert into team (id, source, source_id, name)
        select gen_random_uuid(), 'full', g::text, repeat('x', 500) from generate_series(1, 50000) g`;
        await expect(fill.execute(store.db)).rejects.toThrow(/the disk that holds .* is full/);
        await addTeam(store, newId()).catch(() => undefined);
        rmSync(join(disk, 'ballast'));
        const later = newId();
        await addTeam(store, later);
        expect(await teams(store)).toEqual(expect.arrayContaining([kept, later]));
        await store.close();
      } finally {
        execFileSync('umount', ['-l', disk]);
      }
    },
  );

  it('says that the server cannot be reached, and where', async () => {
    const databaseUrl = 'postgres://heed@127.0.0.1:9/heed';
    await expect(openStore({ databaseUrl, home: tmpdir() })).rejects.toThrow(/ECONNREFUSED 127\.0\.0\.1:9/);
  });
});
