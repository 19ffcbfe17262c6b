import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { endCompaction } from '../../src/store/privacy-compact.ts';
import { describeStores } from '../support/store.ts';

const NAME = 'Zenobia Quillfeather-Ashgrove';

/** Reads from a snapshot of now until it is let go. */
async function holdSnapshot(store: Store): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  let begun = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const holder = store.transaction(async (trx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(trx);
    await sql`select count(*) from contact`.execute(trx);
    begun();
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  await hasBegun;
  return async () => {
    release();
    await holder;
  };
}

async function isInStatistics(store: Store): Promise<boolean> {
  const { rows } = await sql<{ path: string }>`
    select current_setting('data_directory') || '/' || pg_relation_filepath(oid) as path
    from pg_class where relname in ('pg_statistic', 'pg_toast_2619')`.execute(store.db);
  expect(rows.length).toBe(2);
  return rows.some(({ path }) => readFileSync(path).includes(Buffer.from(NAME)));
}

describeStores('samples of what was erased in the statistics of the server', (engine) => {
  it.skipIf(engine.engine === 'embedded')(
    'are not called gone while a transaction from before keeps them, and go afterwards (S0-48)',
    async () => {
      const store = await engine.open();
      // Two of three rows: the commonest value is kept as a sample.
      for (const [id, name] of [NAME, NAME, 'Ana Lopez'].entries())
        await sql`insert into contact (id, source, source_id, name)
          values (gen_random_uuid(), 'crm', ${String(id)}, ${name})`.execute(store.db);
      await sql`analyze contact`.execute(store.db);
      await sql`checkpoint`.execute(store.db);
      expect(await isInStatistics(store)).toBe(true);
      await sql`update contact set name = 'Erased person 1' where name = ${NAME}`.execute(store.db);
      await sql`vacuum full contact`.execute(store.db);
      // Begun after the change, before the statistics are made anew.
      const release = await holdSnapshot(store);
      await expect(endCompaction(store.db, 'server', {}, 300)).rejects.toThrow(
        /older transaction still runs/,
      );
      await release();
      const report = await endCompaction(store.db, 'server', {}, 100_000);
      expect(report.skipped).toEqual({});
      expect(await isInStatistics(store)).toBe(false);
    },
    180_000,
  );
});
