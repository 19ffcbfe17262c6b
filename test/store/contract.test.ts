import { beforeAll, expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { QueryTimeoutError, sqlState, TransactionAbortedError } from '../../src/store/errors.ts';
import { toJson } from '../../src/store/json.ts';
import type { StoreEvent } from '../../src/store/store-event.ts';
import { newId } from '../../src/toolkit/ids.ts';
import { describeStores } from '../support/store.ts';

describeStores('the store', (engine) => {
  let store: Store;
  const events: StoreEvent[] = [];
  beforeAll(async () => {
    store = await engine.open({ onEvent: (event) => events.push(event) });
  });

  async function read(expression: string): Promise<unknown> {
    const result = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(store.db);
    return result.rows[0]?.value;
  }

  async function errorOf(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  it('reads every type in one way', async () => {
    expect(await read('9007199254740991::bigint')).toBe(9007199254740991);
    expect(await read('-1234567.89::numeric(18, 2)')).toBe(-1234567.89);
    expect(await read('0.1::double precision')).toBe(0.1);
    expect(await read("date '2026-03-29'")).toBe('2026-03-29');
    expect(await read("timestamptz '2026-03-29 03:30:00.123456+02'")).toEqual(
      new Date('2026-03-29T01:30:00.123Z'),
    );
    expect(await read("timestamp '2026-03-29 02:30:00'")).toBe('2026-03-29 02:30:00');
    expect(await read(`'{"a": [1, null, "x"]}'::jsonb`)).toEqual({ a: [1, null, 'x'] });
    expect(await read('array[1, null, 3]::bigint[]')).toEqual([1, null, 3]);
    expect(await read("array[date '2026-01-31']")).toEqual(['2026-01-31']);
    expect(await read('array[1.5]::numeric[]')).toEqual([1.5]);
    expect(await read('true')).toBe(true);
    expect(await read('null::numeric')).toBeNull();
    expect(await read("interval '1 day 2 hours'")).toBe('1 day 02:00:00');
  });

  it('refuses a number that JavaScript cannot hold exactly', async () => {
    const error = await errorOf(read('9007199254740992::bigint'));
    expect(error).toBeInstanceOf(RangeError);
    expect(await errorOf(read('99999999999999999999::numeric'))).toBeInstanceOf(RangeError);
    expect(await read('1')).toBe(1);
  });

  it('works in UTC whatever the zone of the machine', async () => {
    expect(await read("current_setting('TimeZone')")).toBe('UTC');
    expect(await read("date_trunc('day', timestamptz '2026-03-29 23:30:00-05')")).toEqual(
      new Date('2026-03-30T00:00:00Z'),
    );
  });

  it('stores text of any script, a leading byte order mark and 1 MB of it unchanged', async () => {
    const texts = [
      '',
      'naïve',
      '\ufeffBOM',
      '日本語 😀 👩‍👩‍👧‍👦',
      "'; drop table ticket; --",
      '\u202eevil',
      'x'.repeat(1 << 20),
    ];
    for (const text of texts) {
      const result = await sql<{ value: string }>`select ${text}::text as value`.execute(store.db);
      expect(result.rows[0]?.value).toBe(text);
    }
  });

  it('refuses NUL in text and replaces half a surrogate pair', async () => {
    const error = await errorOf(sql`select ${'a\0b'}::text as value`.execute(store.db));
    expect(sqlState(error)).toBe('22021');
    const lone = await sql<{ value: string }>`select ${'a\ud83d'}::text as value`.execute(store.db);
    expect(lone.rows[0]?.value).toBe('a\ufffd');
  });

  it('keeps JSON whole, without NUL and half surrogate pairs', async () => {
    const value = { 'k\0ey': 'a\0b', lone: '\ude00x', pair: '😀', deep: [{ n: 1.5 }, null], bom: '\ufeffx' };
    const result = await sql<{ value: unknown }>`select ${toJson(value)}::jsonb as value`.execute(store.db);
    expect(result.rows[0]?.value).toEqual({
      key: 'ab',
      lone: '\ufffdx',
      pair: '😀',
      deep: [{ n: 1.5 }, null],
      bom: '\ufeffx',
    });
  });

  it('round-trips a row with every kind of column', async () => {
    const id = newId();
    const row = {
      id,
      source: 'test',
      source_id: id,
      name: 'Renewal',
      stage: 'negotiation',
      amount: 1234567.89,
      probability: 0.35,
      close_date: '2026-12-31',
      created_at: new Date('2026-02-28T23:59:59.999Z'),
      raw: toJson({ Amount: '1,234,567.89' }),
    };
    await store.db.insertInto('opportunity').values(row).execute();
    const found = await store.db
      .selectFrom('opportunity')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(found).toMatchObject({ ...row, is_won: false, owner_id: null, raw: { Amount: '1,234,567.89' } });
    expect(found.synced_at).toBeInstanceOf(Date);
  });

  it('shows nothing of a transaction that fails, neither meanwhile nor afterwards', async () => {
    const id = newId();
    const look = () => store.db.selectFrom('team').select('id').where('id', '=', id).execute();
    let meanwhile: Promise<unknown[]> = Promise.resolve([]);
    const failed = store.transaction(async (trx) => {
      await trx.insertInto('team').values({ id, source: 't', source_id: id, name: 'Torn' }).execute();
      meanwhile = look();
      await trx.updateTable('team').set({ name: 'More torn' }).where('id', '=', id).execute();
      throw new Error('changed my mind');
    });
    expect(await errorOf(failed)).toEqual(new Error('changed my mind'));
    expect(await meanwhile).toEqual([]);
    expect(await look()).toEqual([]);
  });

  it('keeps 40 parallel transactions apart', async () => {
    const ids = Array.from({ length: 40 }, () => newId());
    const results = await Promise.all(
      ids.map((id) =>
        store.transaction(async (trx) => {
          await trx.insertInto('team').values({ id, source: 'p', source_id: id, name: id }).execute();
          const own = await sql<{ txid: string }>`select txid_current()::text as txid`.execute(trx);
          const again = await sql<{ txid: string }>`select txid_current()::text as txid`.execute(trx);
          return { first: own.rows[0]?.txid, second: again.rows[0]?.txid };
        }),
      ),
    );
    expect(results.every(({ first, second }) => first === second)).toBe(true);
    expect(new Set(results.map(({ first }) => first)).size).toBe(40);
    const stored = await store.db.selectFrom('team').select('id').where('source', '=', 'p').execute();
    expect(stored.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('gives each of 200 parallel queries its own answer', async () => {
    const numbers = Array.from({ length: 200 }, (_, n) => n);
    const answers = await Promise.all(
      numbers.map(async (n) => {
        const result = await sql<{
          n: number;
        }>`select ${n}::integer + length(${'x'.repeat(n * 50)}) * 0 as n`.execute(store.db);
        return result.rows[0]?.n;
      }),
    );
    expect(answers).toEqual(numbers);
  });

  it('runs a unit again after a serialization failure', async () => {
    events.length = 0;
    let runs = 0;
    const result = await store.transaction(async (trx) => {
      runs += 1;
      if (runs < 3)
        await sql`do $$ begin raise exception 'collision' using errcode = '40001'; end $$`.execute(trx);
      return runs;
    });
    expect(result).toBe(3);
    expect(events.map(({ kind }) => kind)).toEqual(['transaction-retried', 'transaction-retried']);
  });

  it('gives up after five collisions, and at once on any other error', async () => {
    let collisions = 0;
    const collided = store.transaction(async (trx) => {
      collisions += 1;
      await sql`do $$ begin raise exception 'collision' using errcode = '40P01'; end $$`.execute(trx);
    });
    expect(sqlState(await errorOf(collided))).toBe('40P01');
    expect(collisions).toBe(5);
    let others = 0;
    const other = store.transaction(async (trx) => {
      others += 1;
      await sql`select 1 / 0`.execute(trx);
    });
    expect(sqlState(await errorOf(other))).toBe('22012');
    expect(others).toBe(1);
  });

  it('says so when a swallowed error made COMMIT roll everything back', async () => {
    const id = newId();
    const swallowed = store.transaction(async (trx) => {
      await trx.insertInto('team').values({ id, source: 's', source_id: id, name: 'Swallowed' }).execute();
      await sql`select 1 / 0`.execute(trx).catch(() => undefined);
    });
    expect(await errorOf(swallowed)).toBeInstanceOf(TransactionAbortedError);
    expect(await store.db.selectFrom('team').select('id').where('id', '=', id).execute()).toEqual([]);
  });

  it('refuses every write in a read-only unit', async () => {
    const id = newId();
    const insert = store.readOnly(5_000, (trx) =>
      trx.insertInto('team').values({ id, source: 'r', source_id: id, name: 'No' }).execute(),
    );
    expect(sqlState(await errorOf(insert))).toBe('25006');
    const ddl = store.readOnly(5_000, (trx) => sql`create table intruder (id integer)`.execute(trx));
    expect(sqlState(await errorOf(ddl))).toBe('25006');
  });

  it('stops a query at its limit, and works on', async () => {
    const slow = store.readOnly(300, (trx) =>
      sql`select count(*) from generate_series(1, 2000000000)`.execute(trx),
    );
    const error = await errorOf(slow);
    expect(error).toBeInstanceOf(QueryTimeoutError);
    expect((error as QueryTimeoutError).limitMs).toBe(300);
    expect(await read('1')).toBe(1);
    const next = await store.readOnly(5_000, (trx) => sql<{ n: number }>`select 2 as n`.execute(trx));
    expect(next.rows).toEqual([{ n: 2 }]);
  });

  it('lets others wait unharmed while a query is stopped', async () => {
    const slow = errorOf(
      store.readOnly(300, (trx) => sql`select count(*) from generate_series(1, 2000000000)`.execute(trx)),
    );
    const ids = Array.from({ length: 6 }, () => newId());
    const writes = ids.map((id) =>
      store.transaction((trx) =>
        trx.insertInto('team').values({ id, source: 'w', source_id: id, name: 'Waited' }).execute(),
      ),
    );
    await Promise.all(writes);
    expect(await slow).toBeInstanceOf(QueryTimeoutError);
    const stored = await store.db.selectFrom('team').select('id').where('source', '=', 'w').execute();
    expect(stored).toHaveLength(6);
  });

  it('names the engine and how it stops queries', () => {
    expect(store.engine).toBe(engine.engine);
    expect(store.capabilities.statementTimeout).toBe(engine.engine === 'server' ? 'server' : 'watchdog');
  });
});
