import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importSources } from '../../src/jobs/sync-sources.ts';
import type { Store } from '../../src/store/database.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
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
});
