import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatRejects, importSources } from '../../src/jobs/sync-sources.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { describeStores } from '../support/store.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const mapping = `
version: 1
source: hostile
files:
  - file: t.csv
    entities:
      - entity: ticket
        id: id
        fields: { subject: subject, status: status, openedAt: at, replies: replies }
`;

const header = 'id,subject,status,at,replies\n';
const good = '1,Printer on fire,open,2026-01-01T10:00Z,3\n';

interface Hostile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Code of the issue that refuses the file; absent when it is read. */
  readonly refused?: string;
  readonly stored?: number;
  readonly rejected?: number;
}

const utf16 = Buffer.from(`\ufeff${header}${good}`, 'utf16le');

const files: readonly Hostile[] = [
  { name: 'an empty file', content: '', refused: 'file-empty' },
  { name: 'a header alone', content: header, stored: 0, rejected: 0 },
  { name: 'semicolons', content: header.replaceAll(',', ';'), refused: 'wrong-delimiter' },
  {
    name: 'a doubled header',
    content: `id,subject,status,at,replies,Subject\n`,
    refused: 'header-duplicate',
  },
  { name: 'a header without a name', content: 'id,subject,status,at,replies,\n', refused: 'header-missing' },
  { name: 'a missing column', content: 'id,subject,status,at\n', refused: 'unknown-column' },
  { name: 'a file cut off inside quotes', content: `${header}${good}2,"cut of`, refused: 'row-unterminated' },
  { name: 'a file cut off inside a row', content: `${header}${good}2,Second,op`, stored: 1, rejected: 1 },
  {
    name: 'Latin-1',
    content: Buffer.from(`${header}1,K\xf6ln,open,2026-01-01T10:00Z,3\n`, 'latin1'),
    refused: 'wrong-encoding',
  },
  {
    name: 'a character cut in half',
    content: Buffer.from(`${header}1,Köln`).subarray(0, -3),
    refused: 'file-truncated',
  },
  { name: 'UTF-16', content: utf16, stored: 1, rejected: 0 },
  { name: 'UTF-8 with a byte order mark', content: `\ufeff${header}${good}`, stored: 1, rejected: 0 },
  { name: 'NUL bytes', content: `${header}1,Prin\0ter,open,2026-01-01T10:00Z,3\n`, stored: 1, rejected: 0 },
  {
    name: 'a number that does not fit',
    content: `${header}1,x,open,2026-01-01T10:00Z,99999999999\n${good}`,
    stored: 1,
    rejected: 1,
  },
  { name: 'a date long ago', content: `${header}1,x,open,0001-01-01T10:00Z,1\n`, stored: 0, rejected: 1 },
  {
    name: 'a subject of a megabyte',
    content: `${header}1,${'x'.repeat(1_000_000)},open,2026-01-01T10:00Z,3\n`,
    stored: 1,
    rejected: 0,
  },
  {
    name: 'right-to-left marks, zalgo and emoji',
    content: `${header}1,\u202eevil ${'Z\u0351\u036b'.repeat(500)}${'👩‍👩‍👧‍👦'.repeat(500)},open,2026-01-01T10:00Z,3\n`,
    stored: 1,
    rejected: 0,
  },
  {
    name: 'SQL and formulas in cells',
    content: `${header}"1'); drop table ticket;--","=cmd|' /C calc'!A0",open,2026-01-01T10:00Z,3\n`,
    stored: 1,
    rejected: 0,
  },
  {
    name: 'carriage returns for line ends',
    content: (header + good).replaceAll('\n', '\r'),
    stored: 1,
    rejected: 0,
  },
  { name: 'the same id twice', content: header + good + good, stored: 1, rejected: 0 },
  { name: 'a row too long', content: `${header}1,"${'x'.repeat(5_000_000)}\n`, refused: 'row-unterminated' },
];

describeStores('hostile files', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
  });

  it.each(files)('$name', async ({ content, refused, stored, rejected }) => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-hostile-'));
    folders.push(folder);
    writeFileSync(join(folder, 't.csv'), content);
    writeFileSync(join(folder, 'm.yml'), mapping);
    await store.db.deleteFrom('ticket').where('source', '=', 'hostile').execute();
    const deps = { store, clock: systemClock };
    const report = await importSources(deps, { path: folder, mapping: join(folder, 'm.yml') });
    const [source] = report.sources;
    expect(source?.issues.map((issue) => issue.code)).toEqual(refused === undefined ? [] : [refused]);
    const rows = await store.db
      .selectFrom('ticket')
      .select('subject')
      .where('source', '=', 'hostile')
      .execute();
    if (refused === undefined) {
      expect([source?.state, rows.length, source?.rowsRejected]).toEqual(['done', stored, rejected]);
      expect(source?.stored).toBe(stored);
    } else {
      expect([source?.state, rows.length]).toEqual(['failed', 0]);
    }
  });

  const importText = (content: string, more = ''): Promise<Awaited<ReturnType<typeof importSources>>> => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-hostile-'));
    folders.push(folder);
    writeFileSync(join(folder, 't.csv'), content);
    writeFileSync(join(folder, 'm.yml'), mapping.replace('source: hostile\n', `source: hostile\n${more}`));
    return importSources({ store, clock: systemClock }, { path: folder, mapping: join(folder, 'm.yml') });
  };
  const subjects = async (): Promise<readonly (string | null)[]> => {
    const rows = await store.db
      .selectFrom('ticket')
      .select('subject')
      .where('source', '=', 'hostile')
      .orderBy('source_id')
      .execute();
    return rows.map(({ subject }) => subject);
  };
  const clear = () => store.db.deleteFrom('ticket').where('source', '=', 'hostile').execute();

  it('stores good rows beside bad ones only where the mapping allows it, and keeps what was there', async () => {
    await clear();
    await importText(header + good);
    const bad = `${header}1,Changed,open,2026-01-01T10:00Z,3\n2,Second,open,never,1\n`;
    const refused = await importText(bad, 'partial: refuse\n');
    expect(refused.sources[0]).toMatchObject({ state: 'failed', rowsRejected: 1, stored: 0 });
    expect(await subjects()).toEqual(['Printer on fire']);
    const allowed = await importText(bad, 'partial: allow\n');
    expect(allowed.sources[0]).toMatchObject({ state: 'done', rowsRejected: 1, stored: 1 });
    expect(await subjects()).toEqual(['Changed']);
  });

  it('keeps what was there when a file breaks behind good rows', async () => {
    await clear();
    await importText(header + good);
    const report = await importText(`${header}1,Changed,open,2026-01-01T10:00Z,3\n2,"cut of`);
    expect(report.sources[0]?.issues[0]).toMatchObject({ code: 'row-unterminated', path: 't.csv:3' });
    expect(await subjects()).toEqual(['Printer on fire']);
  });

  it('counts an id that comes twice, with the same content or with another', async () => {
    await clear();
    const other = good.replace('Printer on fire', 'Printer is out');
    const report = await importText(header + good + good + other);
    expect(report.sources[0]).toMatchObject({ rowsRead: 3, rowsAccepted: 3, stored: 1 });
    expect(report.sources[0]?.entities).toMatchObject([
      { entity: 'ticket', read: 3, stored: 1, duplicates: 2 },
    ]);
    expect(await subjects()).toEqual(['Printer is out']);
  });

  it('tells every reject with file, line, field, value, reason and what to do', async () => {
    await clear();
    const report = await importText(`${header}1,x,open,03/04/2024,3\n`);
    expect(report.sources[0]?.rejects).toEqual([
      {
        file: 't.csv',
        line: 2,
        field: 'at',
        value: '03/04/2024',
        reason: 'may be 3 April 2024 or 4 March 2024',
        fix: 'say which in the mapping: instant: d/M/yyyy or instant: M/d/yyyy',
      },
    ]);
    expect(formatRejects(report)).toBe(
      't.csv:2 at "03/04/2024" may be 3 April 2024 or 4 March 2024 → say which in the mapping: instant: d/M/yyyy or instant: M/d/yyyy',
    );
  });

  // Thirty good rows, of which two are one ticket, and ten bad ones.
  it('imports the four tables without a mapping, and the same again changes nothing (S2-01, S2-02)', async () => {
    const run = () =>
      importSources({ store, clock: systemClock }, { path: packagePath('fixtures', 'tables') });
    const first = await run();
    expect(
      first.sources.map(({ source, state, rowsRead, rowsRejected, stored }) => [
        source,
        state,
        rowsRead,
        rowsRejected,
        stored,
      ]),
    ).toEqual([['tables', 'done', 40, 10, 29]]);
    const { rows } = await sql<{ name: string; sold: number; worst: number | null }>`
      select a.name, coalesce(sum(s.amount), 0)::float8 as sold,
        (select min(t.sentiment_score)::float8 from ticket t where t.account_id = a.id) as worst
      from account a left join sales_transaction s on s.account_id = a.id
      where a.source = 'tables' group by a.id, a.name order by sold desc, a.name limit 3
    `.execute(store.db);
    expect(rows).toEqual([
      { name: 'Pinecrest Outfitters', sold: 8576, worst: -0.87 },
      { name: 'Kobayashi Precision KK', sold: 8493, worst: -0.55 },
      { name: 'Halvorsen Marine AS', sold: 3696, worst: -0.42 },
    ]);
    const margins = await sql<{ sku: string; share: number }>`
      select sku, round((1 - unit_cost / list_price) * 100)::float8 as share from product where source = 'tables' order by sku
    `.execute(store.db);
    expect(margins.rows.map(({ sku, share }) => [sku, share])).toEqual([
      ['P-10', 35],
      ['P-11', 42],
      ['P-12', 81],
      ['P-13', 78],
      ['P-14', 25],
      ['P-15', 15],
    ]);
    expect((await run()).sources[0]).toMatchObject({ stored: 0, unchanged: 29 });
  });
});
