import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSpoolFolder } from '../../src/jobs/import-spool.ts';
import { formatRejects, importSources, recoverSyncRuns } from '../../src/jobs/sync-sources.ts';
import type { Store } from '../../src/store/database.ts';
import { abandonRun, listRejects, startRun } from '../../src/store/sync-store.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { UserError } from '../../src/toolkit/issue.ts';
import { describeStores } from '../support/store.ts';

const clock = fixedClock(new Date('2026-11-20T09:00:00Z'));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-import-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const mapping = (source: string, more = ''): string => `
version: 1
source: ${source}
${more}
files:
  - file: accounts.csv
    entities:
      - entity: account
        id: id
        fields: { name: name, arr: arr, tier: tier, updatedAt: changed }
`;

const accounts = (rows: readonly string[]): string => ['id,name,arr,tier,changed', ...rows].join('\n');

describeStores('importing sources', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
  });

  async function importCsv(source: string, rows: readonly string[], more = '') {
    const folder = folderWith({ 'accounts.csv': accounts(rows), 'm.yml': mapping(source, more) });
    return importSources({ store, clock }, { path: folder, mapping: join(folder, 'm.yml') });
  }

  const stored = (source: string) =>
    store.db
      .selectFrom('account')
      .select(['source_id', 'name', 'arr', 'tier'])
      .where('source', '=', source)
      .orderBy('source_id')
      .execute();

  it('stores nothing the second time and only the changed row the third time', async () => {
    const rows = ['1,Acme,1200.50,gold,2026-01-01', '2,Globex,,,2026-01-01'];
    expect(await importCsv('twice', rows)).toMatchObject({ ok: true, rowsRead: 2, stored: 2, unchanged: 0 });
    expect(await importCsv('twice', rows)).toMatchObject({ ok: true, rowsRead: 2, stored: 0, unchanged: 2 });
    const changed = ['1,Acme,1200.50,gold,2026-01-01', '2,Globex,7,,2026-01-01'];
    expect(await importCsv('twice', changed)).toMatchObject({ stored: 1, unchanged: 1 });
    expect(await stored('twice')).toEqual([
      { source_id: '1', name: 'Acme', arr: 1200.5, tier: 'gold' },
      { source_id: '2', name: 'Globex', arr: 7, tier: null },
    ]);
  });

  it('keeps what a later file does not mention and clears what it leaves empty', async () => {
    await importCsv('absent', ['1,Acme,500,gold,2026-01-01']);
    const folder = folderWith({
      'accounts.csv': 'id,name,tier\n1,Acme Ltd,\n',
      'm.yml': mapping('absent').replace('arr: arr, ', '').replace(', updatedAt: changed', ''),
    });
    await importSources({ store, clock }, { path: folder, mapping: join(folder, 'm.yml') });
    expect(await stored('absent')).toEqual([{ source_id: '1', name: 'Acme Ltd', arr: 500, tier: null }]);
  });

  it('keeps the latest of several records with one id by their own time, however far apart they stand', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => `x${index},Other,1,,2026-01-01`);
    const report = await importCsv('doubles', ['1,New,1,,2026-03-01', ...many, '1,Old,1,,2026-02-01']);
    expect(report.sources[0]?.entities[0]).toMatchObject({ read: 2_502, stored: 2_501, duplicates: 1 });
    expect((await stored('doubles')).find((row) => row.source_id === '1')?.name).toBe('New');
  });

  it('lists every reject with file, line, field and value, and stores the other rows', async () => {
    const report = await importCsv('rejects', [
      '1,Acme,12,,2026-01-01',
      '2,Globex,much,,2026-01-01',
      '3,"",1,,x',
    ]);
    expect(report).toMatchObject({ ok: true, rowsRead: 3, rowsRejected: 2, stored: 1 });
    const rejects = await listRejects(store.db, report.sources[0]!.runId, 10);
    expect(rejects.map(({ file, line, field, value }) => [file, line, field, value])).toEqual([
      ['accounts.csv', 3, 'arr', 'much'],
      ['accounts.csv', 4, 'name', null],
    ]);
    expect(formatRejects(report, 1)).toBe(
      'accounts.csv:3 arr "much" is not a number → correct it in the source\n… and 1 more',
    );
  });

  it('stores nothing of a source when the mapping refuses partial loads', async () => {
    await importCsv('strict', ['1,Acme,1,,2026-01-01'], 'partial: refuse');
    const report = await importCsv(
      'strict',
      ['1,Changed,1,,2026-01-01', '2,Bad,x,,2026-01-01'],
      'partial: refuse',
    );
    expect(report).toMatchObject({ ok: false, stored: 0 });
    expect(report.sources[0]?.issues[0]?.message).toContain('1 rows are bad');
    expect(await stored('strict')).toEqual([{ source_id: '1', name: 'Acme', arr: 1, tier: null }]);
  });

  it('leaves the previous data as it was when the file turns out to be cut off', async () => {
    await importCsv('cut', ['1,Acme,1,,2026-01-01']);
    const report = await importCsv('cut', ['1,Changed,1,,2026-01-01', '2,"Glob']);
    expect(report.ok).toBe(false);
    expect(report.sources[0]?.issues[0]).toMatchObject({ code: 'row-unterminated', path: 'accounts.csv:3' });
    expect((await stored('cut')).map((row) => row.name)).toEqual(['Acme']);
    const runs = await store.db.selectFrom('sync_run').select('state').where('source', '=', 'cut').execute();
    expect(runs.map((run) => run.state).sort()).toEqual(['done', 'failed']);
  });

  it('leaves the previous data as it was when the database refuses a row', async () => {
    const usage = (source: string) => `
version: 1
source: ${source}
files:
  - file: u.csv
    entities:
      - entity: usage_daily
        id: nr
        fields: { accountId: { ref: account, column: account, source: shared }, day: day, apiCalls: calls, logins: calls }
`;
    const first = folderWith({
      'u.csv': 'nr,account,day,calls\n1,A,2026-01-01,5\n',
      'm.yml': usage('usage-one'),
    });
    await importSources({ store, clock }, { path: first, mapping: join(first, 'm.yml') });
    // A second source claims the same account and day: one of the two must be wrong, and the first was here before.
    const second = folderWith({
      'u.csv': 'nr,account,day,calls\n8,A,2026-01-02,7\n9,A,2026-01-01,6\n',
      'm.yml': usage('usage-two'),
    });
    const report = await importSources({ store, clock }, { path: second, mapping: join(second, 'm.yml') });
    expect(report.sources[0]).toMatchObject({ state: 'failed', stored: 0 });
    expect(report.sources[0]?.issues[0]?.message).toContain('usage_daily_account_day');
    const rows = await store.db.selectFrom('usage_daily').select(['source', 'api_calls']).execute();
    expect(rows).toEqual([{ source: 'usage-one', api_calls: 5 }]);
  });

  it('leaves nothing on the disk, whether it went well or not', async () => {
    await importCsv('spooled', ['1,Acme,1,,2026-01-01']);
    await importCsv('spooled', ['1,Acme,1,,2026-01-01', '2,"Glob']);
    const runs = await store.db.selectFrom('sync_run').select('id').where('source', '=', 'spooled').execute();
    expect(runs).toHaveLength(2);
    const left = new Set(readdirSync(defaultSpoolFolder()));
    expect(runs.filter(({ id }) => left.has(id))).toEqual([]);
  });

  it('keeps a newer version of a record when an older export is imported after it', async () => {
    const load = async (name: string, changed: string) =>
      (await importCsv('versioned', [`1,${name},1,,${changed}`])).sources[0]?.entities[0];
    expect(await load('New name', '2026-03-01')).toMatchObject({ stored: 1, stale: 0 });
    expect(await load('Old name', '2026-02-01')).toMatchObject({ stored: 0, unchanged: 0, stale: 1 });
    const { name } = await store.db
      .selectFrom('account')
      .select('name')
      .where('source', '=', 'versioned')
      .executeTakeFirstOrThrow();
    expect(name).toBe('New name');
    expect(await load('Newest name', '2026-04-01')).toMatchObject({ stored: 1, stale: 0 });
  });

  it('gives up an import whose process died and leaves one alone that is alive', async () => {
    const start = (id: string, pid: number, host = hostname()) =>
      startRun(store.db, {
        id,
        source: 'dead',
        origin: 'x',
        startedAt: clock.now(),
        owner: { host, pid, boot: randomUUID() },
      });
    const died = randomUUID();
    // No process has this number: it is above the highest that Linux gives out.
    await start(died, 4_194_400);
    const spoolFolder = mkdtempSync(join(tmpdir(), 'heed-spool-'));
    mkdirSync(join(spoolFolder, died));
    const sameNumber = randomUUID();
    await start(sameNumber, process.pid);
    const alive = randomUUID();
    await start(alive, process.ppid);
    const elsewhere = randomUUID();
    await start(elsewhere, 1, 'another-host');

    const given = await recoverSyncRuns({ store, clock, spoolFolder });
    expect(new Set(given.map((run) => run.id))).toEqual(new Set([died, sameNumber]));
    expect(readdirSync(spoolFolder)).toEqual([]);
    rmSync(spoolFolder, { recursive: true });
    clock.advance(601);
    const silent = await recoverSyncRuns({ store, clock });
    expect(new Set(silent.map((run) => run.id))).toEqual(new Set([alive, elsewhere]));
    await abandonRun(store.db, alive, clock.now());
  });

  it('reports progress with rows and rows a second', async () => {
    const folder = folderWith({
      'accounts.csv': accounts(['1,A,1,,2026-01-01']),
      'm.yml': mapping('progress'),
    });
    const seen: string[] = [];
    const onProgress = (progress: { phase: string; rowsRead: number }) =>
      seen.push(`${progress.phase} ${progress.rowsRead}`);
    await importSources({ store, clock, onProgress }, { path: folder, mapping: join(folder, 'm.yml') });
    expect(seen.at(-1)).toBe('storing 1');
  });
});

describe('what cannot be imported', () => {
  const store = undefined as unknown as Store;

  it('explains a mapping with mistakes and a missing file before it touches the store', async () => {
    const folder = folderWith({
      'm.yml': 'version: 1\nsource: Bad Name\nfiles: []\n',
      'ok.yml': mapping('ok'),
    });
    const attempt = (name: string) =>
      importSources({ store, clock }, { path: folder, mapping: join(folder, name) });
    await expect(attempt('m.yml')).rejects.toThrow(UserError);
    await expect(attempt('m.yml')).rejects.toThrow('m.yml:2 source');
    await expect(attempt('ok.yml')).rejects.toThrow('has no file "accounts.csv"');
    await expect(attempt('none.yml')).rejects.toThrow('cannot be read');
  });
});
