import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmbeddedEngine, type EngineOptions, startEngine } from '../../src/store/embedded/engine.ts';
import { createSocketFolder } from '../../src/store/embedded/socket-folder.ts';
import { copyTestHome } from '../support/store.ts';

describe('the embedded engine behind its socket', () => {
  const cleanUps: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function start(overrides: Partial<EngineOptions> = {}): Promise<EmbeddedEngine> {
    const home = await copyTestHome();
    cleanUps.push(() => rmSync(home, { recursive: true, force: true }));
    const socket = createSocketFolder();
    cleanUps.push(() => socket.remove());
    const engine = await startEngine({
      dataFolder: join(home, 'postgres'),
      socket,
      durability: 'process',
      idleInTransactionMs: 60_000,
      statementLimitMs: 60_000,
      onEvent: () => undefined,
      ...overrides,
    });
    cleanUps.push(() => engine.close(2_000));
    return engine;
  }

  async function connect(engine: EmbeddedEngine, overrides: pg.ClientConfig = {}): Promise<pg.Client> {
    const client = new pg.Client({ ...(await engine.address()), user: 'postgres', ...overrides });
    client.on('error', () => undefined);
    await client.connect();
    cleanUps.push(() => client.end().catch(() => undefined));
    return client;
  }

  it('is reached through a loopback port where there are no unix sockets', async () => {
    const engine = await start({ socket: undefined });
    expect(await engine.address()).toMatchObject({ host: '127.0.0.1', port: expect.any(Number) });
    const client = await connect(engine);
    expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  it('answers nobody who does not know the secret of this process', async () => {
    const engine = await start({ socket: undefined });
    await expect(connect(engine, { database: 'postgres' })).rejects.toMatchObject({ code: '28000' });
    // Nor does it run what such a client sends together with its greeting.
    const { host, port } = await engine.address();
    const greeting = Buffer.from('\0\0\0\x22\0\x03\0\0user\0postgres\0database\0x\0\0', 'latin1');
    const statement = Buffer.from('Q\0\0\0\x14drop table team\0', 'latin1');
    const socket = createConnection({ host, port });
    socket.write(Buffer.concat([greeting, statement]));
    socket.resume();
    await once(socket, 'close');
    const client = await connect(engine);
    expect((await client.query('select count(*)::integer as n from team')).rows).toEqual([{ n: 0 }]);
  });

  it('never mixes the parts of two queries, whatever their size', async () => {
    const engine = await start();
    const clients = await Promise.all([connect(engine), connect(engine), connect(engine)]);
    const answers = await Promise.all(
      clients.map(async (client, who) => {
        const seen: unknown[] = [];
        for (let n = 0; n < 10; n += 1) {
          const text = `${who}`.repeat(300_000 + n);
          const result = await client.query(
            'select $1::integer as who, length($2) as length, left($2, 1) as first',
            [who, text],
          );
          seen.push(result.rows[0]);
        }
        return seen;
      }),
    );
    const expected = clients.map((_client, who) =>
      Array.from({ length: 10 }, (_, n) => ({ who, length: 300_000 + n, first: `${who}` })),
    );
    expect(answers).toEqual(expected);
  });

  it('lets a second transaction wait until the first has ended', async () => {
    const engine = await start();
    const [first, second] = [await connect(engine), await connect(engine)];
    const order: string[] = [];
    await first.query('begin');
    await first.query(
      "insert into team (id, source, source_id, name) values (gen_random_uuid(), 'w', '1', 'x')",
    );
    const waiting = second
      .query("select count(*)::integer as n from team where source = 'w'")
      .then(({ rows }) => {
        order.push('second');
        return rows;
      });
    await first.query('select 1');
    await first.query('commit').then(() => order.push('first'));
    expect(await waiting).toEqual([{ n: 1 }]);
    expect(order).toEqual(['first', 'second']);
  });

  it('rolls back what a client leaves open when it goes away', async () => {
    const engine = await start();
    const [first, second] = [await connect(engine), await connect(engine)];
    await first.query('begin');
    await first.query(
      "insert into team (id, source, source_id, name) values (gen_random_uuid(), 'g', '1', 'x')",
    );
    const waiting = second.query("select count(*)::integer as n from team where source = 'g'");
    await first.end();
    expect((await waiting).rows).toEqual([{ n: 0 }]);
  });

  it('ends a transaction that does nothing while others wait', async () => {
    const engine = await start({ idleInTransactionMs: 200 });
    const [first, second] = [await connect(engine), await connect(engine)];
    await first.query('begin');
    await first.query(
      "insert into team (id, source, source_id, name) values (gen_random_uuid(), 'i', '1', 'x')",
    );
    const waiting = await second.query("select count(*)::integer as n from team where source = 'i'");
    expect(waiting.rows).toEqual([{ n: 0 }]);
    await expect(first.query('commit')).rejects.toThrow();
  });

  it('goes on after an error inside and outside of a transaction', async () => {
    const engine = await start();
    const client = await connect(engine);
    await expect(client.query('select 1 / $1::integer', [0])).rejects.toMatchObject({ code: '22012' });
    await client.query('begin');
    await expect(client.query('select nonsense')).rejects.toMatchObject({ code: '42703' });
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('rollback');
    expect((await client.query('select 2 as n')).rows).toEqual([{ n: 2 }]);
  });
});
