import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportReport, importSources } from '../../src/jobs/sync-sources.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { copyTestHome, openTestStore } from '../support/store.ts';
import { acceptanceData, acceptanceTitle, unzipped } from './acceptance-data.ts';

const mapping = (name: string): string => packagePath('fixtures', 'mappings', name);

/** Runs awk on a file: the figures are computed a second time by something that shares no line with us. */
const awk = (program: string, file: string): string =>
  execFileSync('awk', ['-F,', program, file], { encoding: 'utf8', maxBuffer: 64e6 }).trim();

const pipeline = acceptanceData('pipeline');

describe.skipIf(pipeline === null)(acceptanceTitle('the Maven sales pipeline', pipeline), () => {
  let store: Store;
  let report: ImportReport;
  const folder = pipeline ?? '';
  beforeAll(async () => {
    store = await openTestStore();
    report = await importSources(
      { store, clock: systemClock },
      { path: folder, mapping: mapping('maven-crm.yml') },
    );
  }, 180_000);

  const number = async (query: ReturnType<typeof sql<{ value: number }>>): Promise<number> =>
    (await query.execute(store.db)).rows[0]?.value ?? Number.NaN;

  it('imports whole: 8,800 opportunities, 85 accounts, 35 agents in 3 regions, 7 products (S0-07)', async () => {
    expect(report).toMatchObject({ ok: true, rowsRejected: 0 });
    const lines = Number(awk('END { print NR - 1 }', join(folder, 'sales_pipeline.csv')));
    expect(await number(sql`select count(*) as value from opportunity`)).toBe(lines);
    expect(lines).toBe(8_800);
    expect(await number(sql`select count(*) as value from account`)).toBe(85);
    expect(await number(sql`select count(*) as value from product`)).toBe(7);
    expect(await number(sql`select count(*) as value from person where role = 'rep'`)).toBe(35);
    expect(await number(sql`select count(distinct region) as value from person where role = 'rep'`)).toBe(3);
    expect(await number(sql`select count(*) as value from person where role = 'manager'`)).toBe(6);
    expect(await number(sql`select count(*) as value from team where manager_id is not null`)).toBe(6);
  });

  it('keeps and counts the 1,425 deals without an account and mentions that GTXPro is GTX Pro', async () => {
    const notes = report.sources[0]!.notes;
    expect(notes.find((note) => note.message.startsWith('accountId is empty'))?.count).toBe(1_425);
    expect(notes.find((note) => note.message.includes('"GTXPro" was read as "GTX Pro"'))?.count).toBe(1_480);
    expect(await number(sql`select count(*) as value from opportunity where account_id is null`)).toBe(1_425);
    expect(await number(sql`select count(*) as value from opportunity where product_id is null`)).toBe(0);
    expect(notes.filter((note) => note.code === 'reference-orphan')).toEqual([]);
  });

  it('reads month/day/year: deals won in the third quarter of 2017 are worth 2,982,255', async () => {
    const program =
      '$5 == "Won" { split($7, d, "/"); if (d[3] == 2017 && d[1] >= 7 && d[1] <= 9) sum += $8 } END { print sum }';
    const expected = Number(awk(program, join(folder, 'sales_pipeline.csv')));
    expect(expected).toBe(2_982_255);
    const won = sql<{ value: number }>`
      select sum(amount) as value from opportunity
      where is_won and is_closed and close_date between '2017-07-01' and '2017-09-30' and currency = 'USD'`;
    expect(await number(won)).toBe(expected);
  });

  it('leaves open deals without amount and close date', async () => {
    const open = sql<{ value: number }>`
      select count(*) as value from opportunity
      where not is_closed and amount is null and close_date is null and stage in ('Prospecting', 'Engaging')`;
    expect(await number(open)).toBe(2_089);
  });

  it('changes nothing when it is imported again', async () => {
    const again = await importSources(
      { store, clock: systemClock },
      { path: folder, mapping: mapping('maven-crm.yml') },
    );
    expect(again).toMatchObject({ ok: true, stored: 0, unchanged: report.stored });
  });
});

const archive = acceptanceData('tickets', 'servicenow-incidents.zip');

describe.skipIf(archive === null)(acceptanceTitle('the ServiceNow incident log', archive), () => {
  interface ChildResult {
    readonly report: ImportReport;
    readonly openedInMarch2016: number;
    readonly eventKinds: Readonly<Record<string, number>>;
    readonly peakMegabytes: number;
  }
  let folder: string;
  let home: string;
  let result: ChildResult;
  const log = (): string => join(folder, 'Master_Ticket_Dataset.csv');
  beforeAll(async () => {
    folder = unzipped(archive ?? '');
    home = await copyTestHome();
    const child = packagePath('test', 'acceptance', 'import-child.mjs');
    // Without a limit the peak tells when garbage happened to be collected (370 to 425 MB), not what the import needs.
    const flags = ['--max-old-space-size=128', child, home, log(), mapping('servicenow.yml')];
    result = JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' })) as ChildResult;
  }, 300_000);
  afterAll(() => {
    for (const path of [folder, home]) rmSync(path, { recursive: true, force: true });
  });

  it('becomes 20,769 tickets from 119,998 events in one pass under 400 MB of memory, with a heap of 128 MB', () => {
    const { report, peakMegabytes } = result;
    expect(report).toMatchObject({ ok: true, rowsRead: 119_998, rowsRejected: 0 });
    const entities = new Map(report.sources[0]!.entities.map((entity) => [entity.entity, entity]));
    const tickets = Number(
      awk('NR > 1 { seen[$1] = 1 } END { for (n in seen) count++; print count }', log()),
    );
    expect(tickets).toBe(20_769);
    expect(entities.get('ticket')).toMatchObject({ stored: tickets, duplicates: 0 });
    expect(entities.get('ticket_event')).toMatchObject({ stored: 119_998, duplicates: 0 });
    expect(peakMegabytes).toBeLessThan(400);
  });

  it('is done within a minute', () => {
    expect(result.report.seconds).toBeLessThan(60);
  });

  it('reads day/month/year: as many tickets opened in March 2016 as the file has', () => {
    const program =
      'NR > 1 && !($1 in seen) { seen[$1] = 1; split($10, d, "[/ ]"); if (d[3] == 2016 && d[2] == 3) n++ } END { print n }';
    const expected = Number(awk(program, log()));
    expect(result.openedInMarch2016).toBe(expected);
    expect(expected).toBe(8_995);
  });

  it('tells a created ticket, its changes of status and its reopening apart', () => {
    expect(result.eventKinds['created']).toBe(20_769);
    const sum = Object.values(result.eventKinds).reduce((total, count) => total + count, 0);
    expect(sum).toBe(119_998);
    expect(result.eventKinds['status']).toBeGreaterThan(40_000);
    expect(result.eventKinds['reopened']).toBeGreaterThan(0);
  });
});
