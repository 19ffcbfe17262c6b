import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ImportReport, importSources } from '../../src/jobs/sync-sources.ts';
import { recordId } from '../../src/sources/identity.ts';
import { type WorldTruth, writeWorld } from '../../src/sources/synthetic/write-world.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { describeStores } from '../support/store.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-formats-'));
  folders.push(folder);
  return folder;
}

describeStores('the folder of the seed format', (engine) => {
  let store: Store;
  let report: ImportReport;
  const run = (path: string) => importSources({ store, clock: systemClock }, { path });
  const seedFolder = temporaryFolder();
  beforeAll(async () => {
    store = await engine.open();
    for (const name of ['customers.txt', 'on_call', 'sfdc']) {
      cpSync(packagePath('fixtures', name), join(seedFolder, name), { recursive: true });
    }
    report = await run(seedFolder);
  });

  it('imports customers.txt, on_call and sfdc without a flag, real systems first (S0-01, S0-02, S0-03)', () => {
    expect(
      report.sources.map(({ source, state, rowsRead, rowsRejected }) => [
        source,
        state,
        rowsRead,
        rowsRejected,
      ]),
    ).toEqual([
      ['salesforce', 'done', 84, 4],
      ['customers', 'done', 10, 0],
      ['escalations', 'done', 10, 2],
    ]);
    expect(
      report.sources.every((source) => source.rowsRead === source.rowsAccepted + source.rowsRejected),
    ).toBe(true);
    expect(report.ignored).toEqual([]);
  });

  it('makes one account of a customer that list, report, text and Salesforce all name', async () => {
    const { rows } = await sql<{ name: string; escalations: number; tickets: number; tier: string }>`
      select a.name, a.tier, count(distinct e.id) as escalations, count(distinct t.id) as tickets
      from account a
      left join customer_escalation e on e.account_id = a.id
      left join ticket t on t.account_id = a.id
      where a.deleted_at is null and (a.name ilike '%hallmark log%' or a.name ilike '%celadon%')
      group by a.id order by a.name
    `.execute(store.db);
    expect(rows).toEqual([
      { name: 'Celadon Bank', tier: 'enterprise', escalations: 1, tickets: 0 },
      // Salesforce says no tier; the list does.
      { name: 'Hallmark Logistics GmbH', tier: 'enterprise', escalations: 1, tickets: 2 },
    ]);
  });

  it('changes nothing the second time, whatever the formats share', async () => {
    const again = await run(seedFolder);
    expect(again).toMatchObject({ ok: true, stored: 0, rowsRead: report.rowsRead });
  });

  it('imports one file alone and says what it cannot recognise', async () => {
    const single = await run(packagePath('fixtures', 'on_call', 'CE-2001.txt'));
    expect(single.sources.map((source) => [source.adapter, source.rowsAccepted])).toEqual([
      ['escalation-text', 1],
    ]);
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'things.csv'), 'a;b\n1;2\n');
    writeFileSync(join(folder, 'notes.docx'), 'x');
    await expect(run(folder)).rejects.toThrow('things.csv: is separated by ";"');
    cpSync(packagePath('fixtures', 'customers.txt'), join(folder, 'customers.txt'));
    const ignored = (await run(folder)).ignored.map(({ file }) => file);
    expect(ignored).toEqual(['notes.docx', 'things.csv']);
  });

  it('moves what a listed customer has to its account when the system of record brings it', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sfdc'));
    writeFileSync(
      join(folder, 'sfdc', 'Account.csv'),
      'Id,Name,Industry\n001Hs00000Z9zaa,"Celadon Bank, Ltd.",Banking\n',
    );
    const merged = await run(folder);
    expect(merged.sources[0]?.notes.map((note) => note.code)).toEqual(['account-merged']);
    const into = recordId('account', 'salesforce', '001Hs00000Z9zaa');
    const escalation = await store.db
      .selectFrom('customer_escalation')
      .select('account_id')
      .where('ce_number', '=', 'CE-2003')
      .executeTakeFirst();
    expect(escalation?.account_id).toBe(into);
    const old = await store.db
      .selectFrom('account')
      .select(['deleted_at', 'raw'])
      .where('id', '=', recordId('account', 'customers', 'Celadon Bank'))
      .executeTakeFirstOrThrow();
    expect(old.deleted_at).not.toBeNull();
    expect(old.raw).toEqual({ mergedInto: into });
    // The list and the text now find the account of the system, and nothing flips back.
    await run(packagePath('fixtures', 'customers.txt'));
    expect(await run(packagePath('fixtures', 'on_call'))).toMatchObject({ stored: 0 });
    expect(await run(packagePath('fixtures', 'customers.txt'))).toMatchObject({ stored: 0 });
  });

  it('refuses a known export with a fault as a whole and keeps the other sources', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'Account.csv'), 'Id;Name;Industry\n1;A;B\n');
    writeFileSync(join(folder, 'customers.txt'), 'Acme\n');
    const mixed = await run(folder);
    expect(mixed.ok).toBe(false);
    expect(mixed.sources.map(({ source, state, issues }) => [source, state, issues[0]?.code])).toEqual([
      ['salesforce', 'failed', 'wrong-delimiter'],
      ['customers', 'done', undefined],
    ]);
  });
});

describeStores('the synthetic world', (engine) => {
  let store: Store;
  let truth: WorldTruth;
  let reports: readonly ImportReport[];
  const folder = temporaryFolder();
  const importBoth = async (): Promise<readonly ImportReport[]> => {
    const mapping = packagePath('fixtures', 'mappings', 'demo-signals.yml');
    const deps = { store, clock: systemClock };
    return [
      await importSources(deps, { path: folder }),
      await importSources(deps, { path: join(folder, 'signals'), mapping }),
    ];
  };
  beforeAll(async () => {
    store = await engine.open();
    truth = await writeWorld({
      seed: 11,
      size: 'small',
      asOf: new Date('2026-11-20T14:20:00Z'),
      outDir: folder,
    });
    reports = await importBoth();
  });

  it('passes the ordinary importers without a reject, a doubt or an orphan (S2-03)', () => {
    expect(reports.map(({ ok, rowsRejected }) => [ok, rowsRejected])).toEqual([
      [true, 0],
      [true, 0],
    ]);
    const notes = reports.flatMap((report) => report.sources.flatMap((source) => source.notes));
    // What was planted as doubled is told; nothing else is.
    const doubled = truth.irregularEscalations.filter(({ quirk }) => quirk === 'doubled');
    expect(
      notes.filter((note) => note.code !== 'reference-empty').map(({ code, file }) => [code, file]),
    ).toEqual(doubled.map(({ number }) => ['heading', `on_call/${number}.txt`]));
  });

  it('stores what its truth file counts', async () => {
    const { rows } = await sql<{
      tickets: number;
      accounts: number;
      open: readonly string[];
      persons: number;
    }>`
      select (select count(*) from ticket) as tickets, (select count(*) from account) as accounts,
        (select count(*) from person where role is not null and team_id is not null) as persons,
        (select array_agg(ce_number order by ce_number) from customer_escalation
          where status not in ('resolved', 'closed')) as open
    `.execute(store.db);
    expect(rows[0]).toEqual({
      tickets: truth.tickets,
      accounts: truth.accounts,
      persons: 16,
      open: [...truth.openEscalations].sort(),
    });
  });

  it('changes nothing when it is imported again', async () => {
    expect((await importBoth()).map((report) => report.stored)).toEqual([0, 0]);
  });
});
