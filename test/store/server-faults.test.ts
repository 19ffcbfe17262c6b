import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store, sql } from '../../src/store/database.ts';
import { CommitUnknownError } from '../../src/store/errors.ts';
import type { StoreEvent } from '../../src/store/store-event.ts';
import { newId } from '../../src/toolkit/ids.ts';
import { createServerDatabase, serverUrl } from '../support/store.ts';

/** A proxy before the server that cuts a connection when it sees a word, before or after passing it on. */
async function startProxy(target: URL) {
  let cut: { word: string; passOn: boolean } | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isCut = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        if (!isCut) upstream.destroy();
      });
    }
    client.on('data', (bytes: Buffer) => {
      if (!cut || !bytes.includes(cut.word)) {
        upstream.write(bytes);
        return;
      }
      isCut = true;
      // The server's answer comes, and nobody hears it.
      if (cut.passOn) upstream.end(bytes);
      else upstream.destroy();
      cut = undefined;
      upstream.on('close', () => client.destroy());
    });
    upstream.on('data', (bytes) => {
      if (!isCut) client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  const url = new URL(target);
  url.port = String(address.port);
  return {
    url: url.href,
    cutAt: (word: string, passOn: boolean) => {
      cut = { word, passOn };
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe.skipIf(!serverUrl)('a server that fails (needs HEED_TEST_DATABASE_URL)', () => {
  let store: Store;
  let admin: Store;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  const events: StoreEvent[] = [];
  beforeAll(async () => {
    const databaseUrl = await createServerDatabase(serverUrl!);
    proxy = await startProxy(new URL(databaseUrl));
    store = await openStore({
      databaseUrl: proxy.url,
      home: tmpdir(),
      onEvent: (event) => events.push(event),
    });
    admin = await openStore({ databaseUrl, home: tmpdir() });
  });
  afterAll(async () => {
    await store.close();
    await admin.close();
    proxy.close();
  });

  const insert = (id: string, source: string) =>
    store.transaction((trx) =>
      trx.insertInto('team').values({ id, source, source_id: id, name: 'x' }).execute(),
    );
  const countOf = async (source: string) =>
    (await admin.db.selectFrom('team').select('id').where('source', '=', source).execute()).length;

  it('calls itself heed and uses the limits of every session', async () => {
    const settings = await sql<{ setting: string }>`
      select setting from pg_settings
      where name in ('application_name', 'idle_in_transaction_session_timeout', 'statement_timeout')
      order by name`.execute(store.db);
    expect(settings.rows.map(({ setting }) => setting)).toEqual(['heed', '60000', '600000']);
  });

  it('runs a unit again when the connection breaks before COMMIT', async () => {
    events.length = 0;
    proxy.cutAt('insert into', false);
    await insert(newId(), 'before-commit');
    expect(await countOf('before-commit')).toBe(1);
    expect(events.map(({ kind }) => kind)).toContain('transaction-retried');
  });

  it('does not run a unit again when the answer to COMMIT is lost, and says that it may be kept', async () => {
    proxy.cutAt('commit', true);
    await expect(insert(newId(), 'lost-answer')).rejects.toBeInstanceOf(CommitUnknownError);
    await expect.poll(() => countOf('lost-answer')).toBe(1);
  });

  it('runs a unit again when the server ends the session in the middle of it', async () => {
    let runs = 0;
    const id = newId();
    await store.transaction(async (trx) => {
      runs += 1;
      await trx.insertInto('team').values({ id, source: 'ended', source_id: id, name: 'x' }).execute();
      if (runs > 1) return;
      const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`select pg_terminate_backend(${own.rows[0]!.pid})`.execute(admin.db);
      await sql`select 1`.execute(trx);
    });
    expect(runs).toBe(2);
    expect(await countOf('ended')).toBe(1);
  });

  it('survives the end of idle connections', async () => {
    events.length = 0;
    await Promise.all(Array.from({ length: 4 }, () => sql`select pg_sleep(0.05)`.execute(store.db)));
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(admin.db);
    // All four: a connection whose end has not been noticed yet would fail the query, as any server's end would.
    await expect
      .poll(() => events.filter(({ kind }) => kind === 'idle-connection-lost').length)
      .toBeGreaterThanOrEqual(4);
    const result = await sql<{ n: number }>`select 1 as n`.execute(store.db);
    expect(result.rows).toEqual([{ n: 1 }]);
  });

  it('runs again what a real collision of two serializable units undid', async () => {
    const [a, b] = [newId(), newId()];
    for (const id of [a, b]) await insert(id, 'collision');
    let runs = 0;
    // Each reads what the other writes: no serial order gives both, so the server undoes one of them.
    const unit = (read: string, write: string) =>
      store.transaction(async (trx) => {
        runs += 1;
        await sql`set transaction isolation level serializable`.execute(trx);
        const row = await trx
          .selectFrom('team')
          .select('name')
          .where('id', '=', read)
          .executeTakeFirstOrThrow();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await trx
          .updateTable('team')
          .set({ name: `${row.name}+` })
          .where('id', '=', write)
          .execute();
      });
    await Promise.all([unit(a, b), unit(b, a)]);
    const rows = await admin.db.selectFrom('team').select('name').where('source', '=', 'collision').execute();
    expect(rows.map(({ name }) => name).sort()).toEqual(['x+', 'x++']);
    expect(runs).toBeGreaterThanOrEqual(3);
  });
});
