import { describe, expect, it } from 'vitest';
import { dealsHeader, outcomeOf, readHostile } from './hostile-outcome.ts';

/** Files that are no proper table, or no table at all. */
interface Case {
  readonly name: string;
  readonly bytes: string | Uint8Array;
  /** In the order in which it is told; the number is the line. */
  readonly expected: readonly string[];
}

const deal = {
  id: '1',
  name: 'Acme renewal',
  stage: 'open',
  amount: '100',
  currency: 'EUR',
  close_date: '2026-12-31',
  won: 'no',
  changed_at: '2026-11-20T10:00Z',
};
const row = (cells: Partial<typeof deal> = {}): string => Object.values({ ...deal, ...cells }).join(',');
const table = (...rows: readonly string[]): string => [dealsHeader, ...rows, ''].join('\n');

const one = (cells: Partial<typeof deal>): string => table(row(cells));

const cases: readonly Case[] = [
  {
    name: 'semicolons',
    bytes: table(row()).replaceAll(',', ';'),
    expected: ['refused t.csv:1 is separated by ";", not ","; add delimiter: ";" to this file in a mapping'],
  },
  {
    name: 'tabs',
    bytes: table(row()).replaceAll(',', '\t'),
    expected: [
      'refused t.csv:1 is separated by "\\t" (tab), not ","; add delimiter: "\\t" to this file in a mapping',
    ],
  },
  {
    name: 'pipes',
    bytes: table(row()).replaceAll(',', '|'),
    expected: ['refused t.csv:1 is separated by "|", not ","; add delimiter: "|" to this file in a mapping'],
  },
  {
    name: 'semicolons with a comma in one header',
    bytes: table(row()).replaceAll(',', ';').replace('name', 'name, full'),
    expected: ['refused t.csv:1 is separated by ";", not ","; add delimiter: ";" to this file in a mapping'],
  },
  {
    name: 'a doubled header',
    bytes: table(row()).replace('stage', 'Name'),
    expected: ['refused t.csv:1 columns 2 and 3 are both named "Name"; rename one'],
  },
  {
    name: 'a missing header',
    bytes: table(row()).replace('stage', ''),
    expected: ['refused t.csv:1 column 3 has no name in the first line; name it or delete the column'],
  },
  {
    name: 'a header in another language',
    bytes: table(row()).replace(dealsHeader, 'nr,kunde,phase,betrag,währung,datum,gewonnen,geändert'),
    expected: [
      'refused t.csv:1 has no column "id", which the mapping reads; its columns are nr, kunde, phase, betrag, währung, datum, gewonnen, geändert; correct the name in the mapping, or add aliases: { id: [its name] } to the file there',
      'refused t.csv:1 has no column "name", which the mapping reads',
      'refused t.csv:1 has no column "stage", which the mapping reads',
      'refused t.csv:1 has no column "amount", which the mapping reads',
      'refused t.csv:1 has no column "close_date", which the mapping reads',
      'refused t.csv:1 has no column "won", which the mapping reads',
      'refused t.csv:1 has no column "changed_at", which the mapping reads',
    ],
  },
  {
    name: 'a header in capitals with blanks',
    bytes: table(row()).replace(dealsHeader, ' ID , Name,STAGE, Amount ,Currency,Close Date,Won,ChangedAt'),
    expected: ['2 ok'],
  },
  {
    name: 'a misspelt header',
    bytes: table(row()).replace('amount', 'ammount'),
    expected: [
      'refused t.csv:1 has no column "amount", which the mapping reads; its columns are id, name, stage, ammount, currency, close_date, won, changed_at; correct the name in the mapping, or add aliases: { amount: [its name] } to the file there',
    ],
  },
  {
    name: 'a header in quotes',
    bytes: table(row()).replace(
      dealsHeader,
      dealsHeader
        .split(',')
        .map((c) => `"${c}"`)
        .join(','),
    ),
    expected: ['2 ok'],
  },
  {
    name: 'a header with a stray quote',
    bytes: table(row()).replace('name', 'na"me'),
    expected: [
      'refused t.csv:1 has a quotation mark where none can be in its first line (has a quotation mark inside a field); put each name in quotes or in none',
    ],
  },
  {
    name: 'a header with text behind a quote',
    bytes: table(row()).replace('name', '"name"x'),
    expected: [
      'refused t.csv:1 has a quotation mark where none can be in its first line (has text behind the closing quotation mark); put each name in quotes or in none',
    ],
  },
  { name: 'only a header', bytes: `${dealsHeader}\n`, expected: ['note no-rows'] },
  { name: 'only a header without a line end', bytes: dealsHeader, expected: ['note no-rows'] },
  { name: 'no bytes', bytes: '', expected: ['refused t.csv is empty; export it again, or delete the file'] },
  {
    name: 'only blank lines',
    bytes: '\n\r\n  \n\t\n',
    expected: [
      'skipped 4',
      'refused t.csv holds nothing but blank lines; export it again, or delete the file',
    ],
  },
  {
    name: 'only a byte order mark',
    bytes: '\ufeff',
    expected: ['refused t.csv is empty; export it again, or delete the file'],
  },
  { name: 'blank lines above the header', bytes: `\n\n${table(row())}`, expected: ['skipped 2', '4 ok'] },
  {
    name: 'blank lines between rows',
    bytes: table(row(), '', '', row({ id: '2' })),
    expected: ['2 ok', 'skipped 2', '5 ok'],
  },
  {
    name: 'rows of empty cells, as spreadsheets leave them',
    bytes: table(row(), ',,,,,,,', ',,,,,,,'),
    expected: ['2 ok', 'skipped 1', 'skipped 1'],
  },
  {
    name: 'a row with too few cells',
    bytes: table('1,Acme,open', row({ id: '2' })),
    expected: [
      '2 * "1,Acme,open" has 3 columns where the header has 8; add what is missing; when it is the last line, the file was cut off: export it again',
      '3 ok',
    ],
  },
  {
    name: 'a row with too many cells',
    bytes: table(row({ name: 'Acme, Inc' }), row({ id: '2' })),
    expected: [
      '2 * "1,Acme, Inc,open,100,EUR,2026-12-31,no,2…" has 9 columns where the header has 8; put a value that holds "," in quotation marks',
      '3 ok',
    ],
  },
  {
    name: 'a row cut off at the end of the file',
    bytes: `${table(row())}2,Beta,op`,
    expected: [
      '2 ok',
      '3 * "2,Beta,op" has 3 columns where the header has 8; add what is missing; when it is the last line, the file was cut off: export it again',
    ],
  },
  { name: 'a last row without a line end', bytes: table(row()).trimEnd(), expected: ['2 ok'] },
  {
    name: 'an unclosed quote at the end',
    bytes: `${table(row())}2,"Beta,open`,
    expected: [
      '2 ok',
      'refused t.csv:3 opens a quotation mark that is never closed; add the missing one, or export the file again if it was cut off',
    ],
  },
  {
    name: 'an unclosed quote with rows behind it',
    bytes: table('1,"Acme,open,1,EUR,2026-12-31,no,2026-11-20T10:00Z', row({ id: '2' }), row({ id: '3' })),
    expected: [
      'refused t.csv:2 opens a quotation mark that is never closed; add the missing one, or export the file again if it was cut off',
    ],
  },
  {
    name: 'an unclosed quote that the next quoted row gives away',
    bytes: table(
      '1,"Acme,open,1,EUR,2026-12-31,no,2026-11-20T10:00Z',
      row({ id: '2', name: '"Beta"' }),
      row({ id: '3' }),
    ),
    expected: [
      '2 name "1,\\"Acme,open,1,EUR,2026-12-31,no,2026-11…" has text behind the closing quotation mark; put the whole field in quotation marks and double those inside: "say ""yes"""',
      '3 ok',
      '4 ok',
    ],
  },
  {
    name: 'a quote inside a field',
    bytes: table(row({ name: 'Acme 19" rack' }), row({ id: '2' })),
    expected: [
      '2 name "1,Acme 19\\" rack,open,100,EUR,2026-12-31,…" has a quotation mark inside a field; put the whole field in quotation marks and double those inside: "say ""yes"""',
      '3 ok',
    ],
  },
  {
    name: 'text behind a closing quote',
    bytes: table(row({ name: '"Acme" renewal' }), row({ id: '2' })),
    expected: [
      '2 name "1,\\"Acme\\" renewal,open,100,EUR,2026-12-31…" has text behind the closing quotation mark; put the whole field in quotation marks and double those inside: "say ""yes"""',
      '3 ok',
    ],
  },
  {
    name: 'a blank before an opening quote',
    bytes: table(row({ name: ' "Acme"' }), row({ id: '2' })),
    expected: [
      '2 name "1, \\"Acme\\",open,100,EUR,2026-12-31,no,202…" has a quotation mark inside a field; put the whole field in quotation marks and double those inside: "say ""yes"""',
      '3 ok',
    ],
  },
  {
    name: 'doubled quotes and line breaks inside quotes',
    bytes: table(row({ name: '"Acme ""north""\nplant"' }), row({ id: '2', amount: 'x' })),
    expected: ['2 ok', '4 amount "x" is not a number; correct it in the source'],
  },
  {
    name: 'backslash-escaped quotes',
    bytes: table(row({ name: '"Acme \\"north\\" plant"' }), row({ id: '2' })),
    expected: [
      '2 name "1,\\"Acme \\\\\\"north\\\\\\" plant\\",open,100,EUR,20…" has text behind the closing quotation mark; put the whole field in quotation marks and double those inside: "say ""yes"""',
      '3 ok',
    ],
  },
  {
    name: 'CR line ends',
    bytes: table(row(), row({ id: '2' })).replaceAll('\n', '\r'),
    expected: ['2 ok', '3 ok'],
  },
  {
    name: 'CRLF and LF mixed',
    bytes: `${dealsHeader}\r\n${row()}\n${row({ id: '2' })}\r\n`,
    expected: ['2 ok', '3 ok'],
  },
  {
    name: 'the header again in the middle',
    bytes: table(row(), dealsHeader, row({ id: '2' })),
    expected: [
      '2 ok',
      '3 * "id,name,stage,amount,currency,close_date…" repeats the header; delete the line; the file was probably put together from several',
      '4 ok',
    ],
  },
  { name: 'NUL in a cell', bytes: one({ name: 'Ac\0me' }), expected: ['2 ok', 'note characters-removed'] },
  {
    name: 'control characters in a cell',
    bytes: one({ name: 'Ac\u0007m\u001b[31me' }),
    expected: ['2 ok', 'note characters-removed'],
  },
  {
    name: 'marks that turn the reading direction',
    bytes: one({ name: '\u202egpj.exe' }),
    expected: ['2 ok', 'note characters-removed'],
  },
  {
    name: 'a megabyte in one cell',
    bytes: one({ name: 'x'.repeat(1_000_000) }),
    expected: ['2 ok', 'note text-cut'],
  },
  {
    name: 'ten megabytes in one line',
    bytes: table(row({ name: 'x'.repeat(10_000_000) }), row({ id: '2' })),
    expected: [
      'refused t.csv:2 begins a row that is longer than 4 million characters; a quotation mark is probably missing in it',
    ],
  },
  {
    name: 'a PNG',
    bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
    expected: ['refused t.csv looks like a picture (PNG); export the table again as CSV or JSON'],
  },
  {
    name: 'a ZIP',
    bytes: Buffer.from('PK\u0003\u0004\u0014\0\0\0report.csv', 'latin1'),
    expected: ['refused t.csv looks like a ZIP archive; unpack it and import the file inside'],
  },
  {
    name: 'a workbook',
    bytes: Buffer.from('PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml ... xl/workbook.xml', 'latin1'),
    expected: [
      'refused t.csv looks like an Excel workbook (.xlsx); open it there and save it as "CSV UTF-8"',
    ],
  },
  {
    name: 'an old workbook',
    bytes: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
    expected: [
      'refused t.csv looks like a workbook of old Excel (.xls); open it there and save it as "CSV UTF-8"',
    ],
  },
  {
    name: 'a gzip',
    bytes: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
    expected: ['refused t.csv looks like a gzip archive; unpack it and import the file inside'],
  },
  {
    name: 'a PDF',
    bytes: Buffer.from('%PDF-1.7\n'),
    expected: ['refused t.csv looks like a PDF document; export the table again as CSV or JSON'],
  },
  {
    name: 'a login page',
    bytes: '<!DOCTYPE html>\n<html><body>Sign in</body></html>',
    expected: [
      'refused t.csv looks like a web page; the export probably sent its login page; sign in there and export again',
    ],
  },
  {
    name: 'JSON',
    bytes: '[{"id":1}]',
    expected: ['refused t.csv holds JSON, not CSV; name it .json, or .ndjson when each line is a record'],
  },
  {
    name: 'random bytes',
    bytes: Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 7919) % 31)),
    expected: [
      'refused t.csv is not text: many of its bytes are control characters; export the table again as CSV or JSON',
    ],
  },
];

describe('a CSV of a shape nobody wants', () => {
  it.each(cases)('$name', async ({ bytes, expected }) => {
    expect(await outcomeOf(readHostile('t.csv', bytes))).toEqual(expected);
  });
});
