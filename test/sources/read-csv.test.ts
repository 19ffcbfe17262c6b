import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvEvent, type CsvOptions, readCsv } from '../../src/sources/csv/read-csv.ts';
import { memoryInput } from '../../src/sources/text/input-file.ts';
import { collect } from './collect.ts';

async function rowsOf(content: string | Uint8Array, options: CsvOptions = {}, chunkSize = 65_536) {
  const rows: { line: number; cells: readonly string[] }[] = [];
  const events: CsvEvent[] = [];
  for await (const event of readCsv(memoryInput('t.csv', content, chunkSize), options)) {
    events.push(event);
    if (event.kind === 'cells') rows.push({ line: event.line, cells: event.cells });
  }
  return { rows, events };
}

const issueOf = (events: readonly CsvEvent[]) =>
  events.flatMap((event) => (event.kind === 'refused' ? event.issues : []))[0];

describe('reading CSV', () => {
  it('gives every row the line it begins at, over blank lines and quoted line breaks', async () => {
    const { rows, events } = await rowsOf('a,b\n1,2\n\n\n3,"x\ny"\n4,5');
    expect(rows).toEqual([
      { line: 2, cells: ['1', '2'] },
      { line: 5, cells: ['3', 'x\ny'] },
      { line: 7, cells: ['4', '5'] },
    ]);
    expect(events.filter((event) => event.kind === 'skipped')).toEqual([{ kind: 'skipped', lines: 2 }]);
  });

  it('reads UTF-16 with a byte order mark, either way round', async () => {
    const little = Buffer.from('\ufeffname,city\nZoë,Köln\n', 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      expect((await rowsOf(bytes, {}, 7)).rows).toEqual([{ line: 2, cells: ['Zoë', 'Köln'] }]);
    }
  });

  it('does not let a byte order mark into the first column name', async () => {
    const { events } = await rowsOf('\ufeffname,city\nA,B\n', {}, 1);
    expect(events[0]).toEqual({ kind: 'header', columns: ['name', 'city'] });
  });

  it('refuses Latin-1 bytes, naming byte and line, and reads them when the encoding is named', async () => {
    const bytes = Buffer.from('name\nok\nZo\xeb\n', 'latin1');
    expect(issueOf((await rowsOf(bytes)).events)).toMatchObject({
      code: 'wrong-encoding',
      path: 't.csv:3',
      message: expect.stringContaining('byte 0xEB at position 10') as string,
    });
    expect((await rowsOf(bytes, { encoding: 'windows-1252' })).rows[1]?.cells).toEqual(['Zoë']);
  });

  it.each([
    ['a;b;c\n1;2;3\n', '";"'],
    ['a\tb\n1\t2\n', 'tab'],
    ['a|b\n1|2\n', '"|"'],
  ])('refuses %j and names the separator that it was written with', async (text, named) => {
    const issue = issueOf((await rowsOf(text)).events);
    expect(issue?.code).toBe('wrong-delimiter');
    expect(issue?.message).toContain(named);
  });

  it('reads a table of one column', async () => {
    expect((await rowsOf('name\nAcme; Inc\n')).rows).toEqual([{ line: 2, cells: ['Acme; Inc'] }]);
  });

  it.each([
    ['a,A ,c\n1,2,3\n', 'header-duplicate', 'columns 1 and 2 are both named "A"'],
    ['a,,c\n1,2,3\n', 'header-missing', 'column 2 has no name'],
    ['', 'file-empty', 'is empty'],
    ['\n\n', 'file-empty', 'nothing but blank lines'],
    ['a,b\n1,2\n3,"4\n5,6\n', 'row-unterminated', 'never closed'],
  ])('refuses %j as %s', async (text, code, message) => {
    const issue = issueOf((await rowsOf(text)).events);
    expect(issue?.code).toBe(code);
    expect(issue?.message).toContain(message);
  });

  it('names the line at which a quote was opened that is never closed', async () => {
    expect(issueOf((await rowsOf('a,b\n1,2\n3,"4\n5,6\n')).events)?.path).toBe('t.csv:3');
  });

  it('refuses a row above the size limit instead of holding it', async () => {
    const { events } = await rowsOf(`a,b\n1,"${'x'.repeat(50_000)}"\n`, { maxRowLength: 10_000 }, 1_000);
    expect(issueOf(events)).toMatchObject({ code: 'row-unterminated', path: 't.csv:2' });
  });

  it('rejects ragged rows and stray quotes one by one, with their lines', async () => {
    const all = await collect(readCsv(memoryInput('t.csv', 'a,b\n1,2\n1,2,3\n1\n5,x"y\n7,8')));
    expect(all.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'has 3 columns where the header has 2'],
      [4, 'has 1 column where the header has 2'],
      [5, 'has a quotation mark inside a field'],
    ]);
    expect(all.accepted).toBe(2);
  });

  it('removes NUL and counts it', async () => {
    const { rows, events } = await rowsOf('a,b\n1\0,\0two\n');
    expect(rows[0]?.cells).toEqual(['1', 'two']);
    expect(events).toContainEqual({
      kind: 'note',
      note: expect.objectContaining({ code: 'characters-removed', count: 2 }) as object,
    });
  });

  it('gives back any table it was written from, whatever the chunks and line ends', async () => {
    const cell = fc
      .string({ unit: 'binary', maxLength: 12 })
      .map((text) => text.replace(/[\0\ufeff\ud800-\udfff]/g, ''));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, size, end) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text = [['a', 'b'], ...rows].map((row) => row.map(quote).join(',')).join(end) + end;
          const read = await rowsOf(text, {}, size);
          expect(read.rows.map((row) => row.cells)).toEqual(rows);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never throws and accounts for every line of a file without quotes', async () => {
    const line = fc
      .array(fc.constantFrom('x', 'y z', '', '1', '\t'), { minLength: 0, maxLength: 4 })
      .map((c) => c.join(','));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        async (lines, size) => {
          const text = ['a,b', ...lines].join('\n');
          const all = await collect(readCsv(memoryInput('t.csv', text, size)));
          expect(all.issues).toEqual([]);
          // A last line that is empty has no line end of its own and does not exist.
          const existing = lines.length - (lines.at(-1) === '' ? 1 : 0);
          expect(all.accepted + all.rejects.length + all.skipped).toBe(existing);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never throws for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 60 }),
        async (bytes, size) => {
          const all = await collect(readCsv(memoryInput('t.csv', bytes, size)));
          expect(all.filesRead + all.issues.length).toBe(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});
