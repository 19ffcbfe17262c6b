import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordOf } from '../../src/domain/records.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { rowOf } from '../../src/store/record-columns.ts';
import { createRecordLoad } from '../../src/store/record-load.ts';
import { storeRecords } from '../../src/store/record-store.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { describeStores } from '../support/store.ts';

type Message = RecordOf<'message'>;

const message = (source: string, sourceId: string, values: Partial<Message> = {}): Message => ({
  entity: 'message',
  id: stableId('message', source, sourceId),
  source,
  sourceId,
  direction: 'in',
  at: new Date('2026-01-01T10:00:00Z'),
  ...values,
});

describeStores('loading records', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
  });

  const load = (source: string, batches: readonly (readonly Message[])[]) =>
    store.transaction(async (trx) => {
      const work = createRecordLoad(trx, source);
      for (const batch of batches) await work.add('message', batch.map(rowOf));
      return work.loaded[0];
    });

  const many = (source: string, from: number, to: number, values: Partial<Message> = {}) =>
    Array.from({ length: to - from }, (_, index) => message(source, String(from + index), values));

  const texts = async (source: string): Promise<ReadonlyMap<string, string | null>> => {
    const rows = await store.db
      .selectFrom('message')
      .select(['source_id', 'text'])
      .where('source', '=', source)
      .execute();
    return new Map(rows.map(({ source_id, text }) => [source_id, text]));
  };

  it('stores a first load and changes nothing when it comes again', async () => {
    const rows = many('first', 0, 5_000, { text: 'a' });
    expect(await load('first', [rows.slice(0, 3_000), rows.slice(3_000)])).toMatchObject({
      read: 5_000,
      stored: 5_000,
      unchanged: 0,
      duplicates: 0,
    });
    expect(await load('first', [rows])).toMatchObject({ stored: 0, unchanged: 5_000 });
    expect((await texts('first')).size).toBe(5_000);
  });

  it('counts records that come twice, in one batch or in two, and keeps the latest', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day));
    const batch = many('twice', 0, 200, { text: 'new', updatedAt: at(2) });
    const result = await load('twice', [
      [...batch, message('twice', '5', { text: 'older', updatedAt: at(1) })],
      [message('twice', '7', { text: 'newer', updatedAt: at(3) }), ...many('twice', 200, 350)],
    ]);
    expect(result).toEqual({
      entity: 'message',
      read: 352,
      stored: 350,
      unchanged: 0,
      duplicates: 2,
      stale: 0,
      suppressed: 0,
    });
    const stored = await texts('twice');
    expect([stored.get('5'), stored.get('7')]).toEqual(['new', 'newer']);
  });

  it('leaves a newer record alone and says how many were older', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day));
    await load('stale', [[message('stale', 'x', { text: 'new', updatedAt: at(5) })]]);
    const result = await load('stale', [[message('stale', 'x', { text: 'old', updatedAt: at(4) })]]);
    expect(result).toMatchObject({ read: 1, stored: 0, unchanged: 0, stale: 1 });
    expect((await texts('stale')).get('x')).toBe('new');
  });

  it('keeps what a record does not carry and clears what is null', async () => {
    await load('partial', [[message('partial', 'p', { text: 'words', channel: 'chat' })]]);
    const { text: _, ...base } = message('partial', 'p', { channel: null });
    await load('partial', [[base]]);
    const row = await store.db
      .selectFrom('message')
      .select(['text', 'channel'])
      .where('source', '=', 'partial')
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ text: 'words', channel: null });
  });

  it('changes one column of a stored row without naming its required ones', async () => {
    await load('short', [[message('short', 's', { text: 'words' })]]);
    const { id, source, source_id } = rowOf(message('short', 's'));
    await store.transaction(async (trx) => {
      const work = createRecordLoad(trx, 'short');
      await work.add('message', [{ id, source, source_id, read_at: '2026-01-02T00:00:00.000Z' }]);
    });
    const row = await store.db
      .selectFrom('message')
      .select(['text', 'direction', 'read_at'])
      .where('source', '=', 'short')
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ text: 'words', direction: 'in', read_at: new Date('2026-01-02T00:00:00Z') });
  });

  it('stores nothing of a load whose transaction fails', async () => {
    const failing = store.transaction(async (trx) => {
      await storeRecords(trx, 'failing', many('failing', 0, 500));
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect((await texts('failing')).size).toBe(0);
  });

  describe('by copy and by upsert', () => {
    const word = fc.string({ unit: 'binary', maxLength: 30 }).map(
      // The importer takes NUL out and mends lone surrogates before a record gets here.
      (text) => text.replaceAll('\0', '').toWellFormed(),
    );
    it('stores every text as it is', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(word, fc.constantFrom('\\N', '\\.', '\t', '\r\n', '\\', '')), { minLength: 1 }),
          async (given) => {
            run += 1;
            const source = `texts-${run}`;
            const records = given.map((text, index) => message(source, String(index), { text }));
            // Enough rows for COPY, then few enough for an upsert of other rows.
            const padding = many(source, 1_000, 1_150);
            await load(source, [[...records, ...padding]]);
            const other = given.map((text, index) => message(source, `u${index}`, { text }));
            await load(source, [other]);
            const stored = await texts(source);
            expect(given.map((_, index) => stored.get(String(index)))).toEqual(given);
            expect(given.map((_, index) => stored.get(`u${index}`))).toEqual(given);
          },
        ),
        { numRuns: 25 },
      );
    });

    it('stores JSON, numbers and fallbacks alike', async () => {
      const account = (source: string, sourceId: string): RecordOf<'person'> => ({
        entity: 'person',
        id: stableId('person', source, sourceId),
        source,
        sourceId,
        name: `Ana\t"O'Neil" \\`,
        quota: 12_345.67,
        raw: { 'a\tb': [1, null, '\n'] },
      });
      const people = Array.from({ length: 120 }, (_, index) => account('copied', String(index)));
      await store.transaction((trx) => storeRecords(trx, 'copied', people));
      await store.transaction((trx) => storeRecords(trx, 'upserted', [account('upserted', '0')]));
      const { rows } = await sql`
        select distinct name, quota, raw, active from person where source in ('copied', 'upserted')
      `.execute(store.db);
      expect(rows).toEqual([
        { name: `Ana\t"O'Neil" \\`, quota: 12_345.67, raw: { 'a\tb': [1, null, '\n'] }, active: true },
      ]);
    });
  });
});
