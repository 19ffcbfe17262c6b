import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { migrateUp, migrationStatus } from '../../src/store/migrate.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { describeStores } from '../support/store.ts';

describeStores('migrations', (engine) => {
  let store: Store;
  let folder: string;
  beforeAll(async () => {
    store = await engine.open();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'heed-migrations-'));
    cpSync(packagePath('migrations'), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Adds a migration that no other test has; returns its name. */
  function add(name: string, text: string): string {
    writeFileSync(join(folder, `${name}.sql`), text);
    return name;
  }

  /** Three stores on the same data; the embedded engine only ever has one. */
  async function threeReplicas(): Promise<readonly Store[]> {
    if (!engine.openTwin) return [store, store, store];
    return [store, await engine.openTwin(store), await engine.openTwin(store)];
  }

  /** Takes the traces of a test migration away, so that the next test begins with the shipped ones. */
  async function forget(...names: string[]): Promise<void> {
    for (const name of names) {
      await sql`delete from schema_migration where name = ${name}`.execute(store.db);
    }
  }

  it('change nothing when everything is applied', async () => {
    const seen: string[] = [];
    const report = await migrateUp(store, (name) => seen.push(name));
    expect(report.applied).toEqual([]);
    expect(report.alreadyApplied).toBeGreaterThanOrEqual(10);
    expect(seen).toEqual([]);
    const states = await migrationStatus(store);
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['applied']));
    expect(states[0]?.appliedAt).toBeInstanceOf(Date);
  });

  it('apply what is missing in order, once, and tell progress', async () => {
    add('9001_first', 'create table probe_one (id integer);');
    add('9002_second', 'insert into probe_one values (1);\ninsert into probe_one values (2); -- done');
    const seen: string[] = [];
    expect((await migrationStatus(store, folder)).filter(({ state }) => state === 'pending')).toHaveLength(2);
    const report = await migrateUp(store, (name) => seen.push(name), folder);
    expect(report.applied).toEqual(['9001_first', '9002_second']);
    expect(seen).toEqual(report.applied);
    expect((await migrateUp(store, undefined, folder)).applied).toEqual([]);
    const rows = await sql<{ id: number }>`select id from probe_one order by id`.execute(store.db);
    expect(rows.rows).toEqual([{ id: 1 }, { id: 2 }]);
    await sql`drop table probe_one`.execute(store.db);
    await forget('9001_first', '9002_second');
  });

  it('keep nothing of a file that fails, and say which statement it was', async () => {
    add(
      '9003_half',
      'create table probe_half (id integer);\n\n-- oops\ncreate table probe_half (id integer);',
    );
    await expect(migrateUp(store, undefined, folder)).rejects.toThrow(
      /^9003_half failed at "create table probe_half \(id integer\)": .*already exists; nothing of it was kept$/,
    );
    const found = await sql<{ oid: string | null }>`select to_regclass('probe_half')::text as oid`.execute(
      store.db,
    );
    expect(found.rows[0]?.oid).toBeNull();
    expect((await migrationStatus(store, folder)).at(-1)).toMatchObject({
      name: '9003_half',
      state: 'pending',
    });
  });

  it('refuse a file that was changed after it had been applied', async () => {
    add('9004_tampered', 'create table probe_tampered (id integer);');
    await migrateUp(store, undefined, folder);
    add('9004_tampered', 'create table probe_tampered (id bigint);');
    await expect(migrateUp(store, undefined, folder)).rejects.toThrow(
      /9004_tampered was changed after .* put the change into a new migration/,
    );
    expect((await migrationStatus(store, folder)).at(-1)?.state).toBe('changed');
    await sql`drop table probe_tampered`.execute(store.db);
    await forget('9004_tampered');
  });

  it('accept a file whose line ends were converted', async () => {
    add('9005_lines', 'select 1;\nselect 2;\n');
    await migrateUp(store, undefined, folder);
    add('9005_lines', 'select 1;\r\nselect 2;\r\n');
    expect((await migrateUp(store, undefined, folder)).applied).toEqual([]);
    await forget('9005_lines');
  });

  it('refuse a database that a newer version has migrated', async () => {
    add('9006_newer', 'select 1;');
    await migrateUp(store, undefined, folder);
    await expect(migrateUp(store)).rejects.toThrow(/migrated by a newer version \(9006_newer\)/);
    expect((await migrationStatus(store)).at(-1)).toMatchObject({ name: '9006_newer', state: 'unknown' });
    await forget('9006_newer');
  });

  it('apply each file once when several replicas start together', async () => {
    const stores = await threeReplicas();
    const names = Array.from({ length: 8 }, (_, n) =>
      add(`91${n}_race`, `create table probe_race_${n} (id integer);`),
    );
    const reports = await Promise.all(stores.map((each) => migrateUp(each, undefined, folder)));
    expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(names);
    for (const [n] of names.entries())
      await sql`drop table ${sql.table(`probe_race_${n}`)}`.execute(store.db);
    await forget(...names);
  });

  it('create their own table once when several replicas start on an empty database', async () => {
    const stores = await threeReplicas();
    const before = await sql<{
      name: string;
      checksum: string;
    }>`select name, checksum from schema_migration`.execute(store.db);
    await sql`drop table schema_migration`.execute(store.db);
    const empty = mkdtempSync(join(tmpdir(), 'heed-migrations-'));
    const reports = await Promise.all(stores.map((each) => migrateUp(each, undefined, empty)));
    rmSync(empty, { recursive: true });
    expect(reports.map(({ applied }) => applied)).toEqual([[], [], []]);
    for (const { name, checksum } of before.rows) {
      await sql`insert into schema_migration (name, checksum) values (${name}, ${checksum})`.execute(
        store.db,
      );
    }
    expect((await migrateUp(store)).applied).toEqual([]);
  });
});
