import { describe, expect, it } from 'vitest';
import { outcomeOf, readHostile } from './hostile-outcome.ts';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly bytes: string | Uint8Array;
  /** In the order in which it is told; the number is the line. */
  readonly expected: readonly string[];
}

const deal = {
  id: '1',
  name: 'Acme',
  stage: 'open',
  amount: 100,
  close_date: '2026-12-31',
  won: false,
  changed_at: '2026-11-20T10:00:00Z',
};
const record = (fields: object = {}): string => JSON.stringify({ ...deal, ...fields });
/** With text that no program would write. */
const withText = (text: string): string => `${record().slice(0, -1)}${text}}`;

const cases: readonly Case[] = [
  {
    name: 'a list',
    file: 't.json',
    bytes: `[${record()},\n${record({ id: '2' })}]`,
    expected: ['1 ok', '2 ok'],
  },
  {
    name: 'records in an envelope',
    file: 't.json',
    bytes: `{"totalSize":1,"done":true,"records":[\n${record()}]}`,
    expected: ['2 ok'],
  },
  {
    name: 'several lists',
    file: 't.json',
    bytes: `{"a":[${record()}],"b":[${record({ id: '2' })}]}`,
    expected: ['1 ok', '1 ok'],
  },
  {
    name: 'one record a line',
    file: 't.ndjson',
    bytes: `${record()}\n${record({ id: '2' })}\n`,
    expected: ['1 ok', '2 ok'],
  },
  {
    name: 'blank lines between lines',
    file: 't.ndjson',
    bytes: `${record()}\n\n\r\n${record({ id: '2' })}`,
    expected: ['1 ok', 'skipped 1', 'skipped 1', '4 ok'],
  },
  {
    name: 'a bad line between good ones',
    file: 't.ndjson',
    bytes: `${record()}\n{"id":"2",\n${record({ id: '3' })}\n`,
    expected: [
      '1 ok',
      '2 * "{\\"id\\":\\"2\\"," ends before its last bracket; export it again if it was cut off; one record stands on one line',
      '3 ok',
    ],
  },
  {
    name: 'a list in a file named for lines',
    file: 't.jsonl',
    bytes: `[\n${record()},\n${record({ id: '2' })}\n]`,
    expected: ['2 ok', '3 ok'],
  },
  {
    name: 'lines in a file named .json',
    file: 't.json',
    bytes: `${record()}\n${record({ id: '2' })}\n`,
    expected: [
      'refused t.json:2 has text after its end; delete it, or name the file .ndjson when each line is a record',
    ],
  },
  {
    name: 'a single object',
    file: 't.json',
    bytes: record(),
    expected: [
      'refused t.json:1 is a single object without a list of records; put the record in a list: [{…}], or name it .ndjson',
    ],
  },
  { name: 'a single line', file: 't.ndjson', bytes: record(), expected: ['1 ok'] },
  {
    name: 'no bytes',
    file: 't.json',
    bytes: '',
    expected: ['refused t.json:1 is empty; export it again, or delete the file'],
  },
  {
    name: 'no bytes, lines',
    file: 't.ndjson',
    bytes: '',
    expected: ['refused t.ndjson is empty; export it again, or delete the file'],
  },
  {
    name: 'only blanks',
    file: 't.json',
    bytes: ' \n ',
    expected: ['refused t.json:1 is empty; export it again, or delete the file'],
  },
  {
    name: 'only blank lines, lines',
    file: 't.ndjson',
    bytes: '\n\n',
    expected: ['skipped 1', 'skipped 1', 'note no-rows'],
  },
  { name: 'an empty list', file: 't.json', bytes: '[]', expected: ['note no-rows'] },
  {
    name: 'an empty object',
    file: 't.json',
    bytes: '{}',
    expected: [
      'refused t.json:1 is a single object without a list of records; put the record in a list: [{…}], or name it .ndjson',
    ],
  },
  {
    name: 'an empty record',
    file: 't.json',
    bytes: '[{}]',
    expected: [
      '1 * "{}" has none of the fields that the mapping reads; check that the file is the one that the mapping is for, and the names in the mapping',
    ],
  },
  { name: 'a byte order mark', file: 't.json', bytes: `\ufeff[${record()}]`, expected: ['1 ok'] },
  {
    name: 'UTF-16',
    file: 't.json',
    bytes: Buffer.from(`\ufeff[${record()}]`, 'utf16le'),
    expected: ['1 ok'],
  },
  {
    name: 'cut off between records',
    file: 't.json',
    bytes: `[${record()},\n`,
    expected: ['1 ok', 'refused t.json:2 ends before its JSON does; it looks cut off: export it again'],
  },
  {
    name: 'cut off inside a record',
    file: 't.json',
    bytes: `[${record()},\n{"id":"2","na`,
    expected: ['1 ok', 'refused t.json:2 ends before its JSON does; it looks cut off: export it again'],
  },
  {
    name: 'cut off inside a line',
    file: 't.ndjson',
    bytes: `${record()}\n{"id":"2","na`,
    expected: [
      '1 ok',
      '2 * "{\\"id\\":\\"2\\",\\"na" ends before its last bracket; export it again if it was cut off; one record stands on one line',
    ],
  },
  {
    name: 'a comma behind the last record',
    file: 't.json',
    bytes: `[${record()},]`,
    expected: ['1 ok', '1 * is missing behind a comma; delete the comma'],
  },
  {
    name: 'a comma behind the last field',
    file: 't.json',
    bytes: `[${withText(',')}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"Acme\\",\\"stage\\":\\"open\\",\\"…" has a comma behind its last field; delete the comma',
    ],
  },
  {
    name: 'two commas',
    file: 't.json',
    bytes: `[${record()},,${record({ id: '2' })}]`,
    expected: ['1 ok', '1 * is missing behind a comma; delete the comma', '1 ok'],
  },
  {
    name: 'no comma between two records',
    file: 't.json',
    bytes: `[${record()}\n${record({ id: '2' })},${record({ id: '3' })}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"Acme\\",\\"stage\\":\\"open\\",\\"…" has no comma between two records; add the comma',
      '2 ok',
    ],
  },
  {
    name: 'text behind the end',
    file: 't.json',
    bytes: `[${record()}]\nDone.`,
    expected: [
      '1 ok',
      'refused t.json:2 has text after its end; delete it, or name the file .ndjson when each line is a record',
    ],
  },
  {
    name: 'a bracket too many',
    file: 't.json',
    bytes: `[${record()}]]`,
    expected: [
      '1 ok',
      'refused t.json:1 closes a bracket that was never opened; a part of the file is missing or stands twice',
    ],
  },
  {
    name: 'a bracket of the wrong kind',
    file: 't.json',
    bytes: '[{"id":"1"],{"id":"2"}]',
    expected: [
      '1 * "{\\"id\\":\\"1\\"]" is not valid JSON; write it as JSON does, or let the program that exports it do so',
      '1 name is empty; name is needed; also stage is empty; stage is needed; fill it in, or give it a constant in the mapping',
    ],
  },
  {
    name: 'text instead of JSON',
    file: 't.json',
    bytes: 'id,name\n1,Acme\n',
    expected: [
      'refused t.json:1 is not a list of JSON records; write [{…}, {…}], or one record a line in a file named .ndjson',
    ],
  },
  {
    name: 'a string instead of a list',
    file: 't.json',
    bytes: '"hello"',
    expected: [
      'refused t.json:1 is not a list of JSON records; write [{…}, {…}], or one record a line in a file named .ndjson',
    ],
  },
  {
    name: 'a doubled name',
    file: 't.json',
    bytes: `[${withText(',"stage":"won"')},${record({ id: '2' })}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"Acme\\",\\"stage\\":\\"open\\",\\"…" names "stage" twice; keep one of the two; nobody knows which one is meant',
      '1 ok',
    ],
  },
  {
    name: 'a doubled name deep inside',
    file: 't.json',
    bytes: `[${withText(',"x":{"y":[{"z":1,"z":2}]}')}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"Acme\\",\\"stage\\":\\"open\\",\\"…" names "z" twice; keep one of the two; nobody knows which one is meant',
    ],
  },
  {
    name: 'the same name in two objects',
    file: 't.json',
    bytes: `[${withText(',"x":{"id":7},"y":{"id":8}')}]`,
    expected: ['1 ok'],
  },
  {
    name: 'NaN',
    file: 't.json',
    bytes: `[${withText(',"score":NaN')}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"Acme\\",\\"stage\\":\\"open\\",\\"…" has the word NaN, which JSON does not know; write null, true or false',
    ],
  },
  {
    name: 'words of Python',
    file: 't.json',
    bytes: `[${withText(',"a":None,"b":True')}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"Acme\\",\\"stage\\":\\"open\\",\\"…" has the word None, which JSON does not know; write null, true or false',
    ],
  },
  {
    name: 'single quotation marks',
    file: 't.ndjson',
    bytes: "{'id':'1'}",
    expected: ["1 * \"{'id':'1'}\" has single quotation marks; write double ones"],
  },
  {
    name: 'names without quotation marks',
    file: 't.ndjson',
    bytes: '{id:"1"}',
    expected: [
      '1 * "{id:\\"1\\"}" has a name without quotation marks; write it as JSON does, or let the program that exports it do so',
    ],
  },
  {
    name: 'a comment',
    file: 't.json',
    bytes: `[${withText('/* old */')}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"Acme\\",\\"stage\\":\\"open\\",\\"…" has a comment, which JSON does not know; delete the comment',
    ],
  },
  {
    name: 'half a surrogate',
    file: 't.json',
    bytes: `[${record({ name: 'x' }).replace('"x"', '"A\\ud800B"')}]`,
    expected: ['1 ok', 'note characters-removed'],
  },
  {
    name: 'NUL as an escape',
    file: 't.json',
    bytes: `[${record({ name: 'x' }).replace('"x"', '"A\\u0000B"')}]`,
    expected: ['1 ok', 'note characters-removed'],
  },
  {
    name: 'a line break inside a string',
    file: 't.json',
    bytes: `[${record({ name: 'x' }).replace('"x"', '"A\nB"')}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"A\\nB\\",\\"stage\\":\\"open\\",\\"a…" has a line break or a tab inside a text; write \\n or \\t there, or let the program that exports it do so',
    ],
  },
  {
    name: 'ten thousand nested lists',
    file: 't.json',
    bytes: `[${withText(`,"x":${'['.repeat(10_000)}${']'.repeat(10_000)}`)},${record({ id: '2' })}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"Acme\\",\\"stage\\":\\"open\\",\\"…" is nested 10001 levels deep; 64 are read; export flat records',
      '1 ok',
    ],
  },
  {
    name: 'ten thousand open brackets',
    file: 't.json',
    bytes: '['.repeat(10_000),
    expected: ['refused t.json:1 ends before its JSON does; it looks cut off: export it again'],
  },
  {
    name: 'a record of five megabytes',
    file: 't.json',
    bytes: `[${record({ name: 'x'.repeat(5_000_000) })},\n${record({ id: '2' })}]`,
    expected: [
      '1 * "{\\"id\\":\\"1\\",\\"name\\":\\"xxxxxxxxxxxxxxxxxxxxxx…" is longer than 4 million characters; split the record',
      '2 ok',
    ],
  },
  {
    name: 'a line of ten megabytes',
    file: 't.ndjson',
    bytes: `${'x'.repeat(10_000_000)}\n${record({ id: '2' })}`,
    expected: [
      '1 * "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is longer than 4 million characters; split the record',
      '2 ok',
    ],
  },
  {
    name: 'prototype keys',
    file: 't.json',
    bytes: `[${withText(',"__proto__":{"stage":"won"},"constructor":{"name":"x"}')}]`,
    expected: ['1 ok'],
  },
  {
    name: 'a record that has none of the fields',
    file: 't.json',
    bytes: '[{"ticket":7}]',
    expected: [
      '1 * "{\\"ticket\\":7}" has none of the fields that the mapping reads; check that the file is the one that the mapping is for, and the names in the mapping',
    ],
  },
  {
    name: 'a field that is missing',
    file: 't.json',
    bytes: `[${record({ stage: undefined })}]`,
    expected: ['1 stage is empty; stage is needed; fill it in, or give it a constant in the mapping'],
  },
  {
    name: 'null in a field that is needed',
    file: 't.json',
    bytes: `[${record({ name: null })}]`,
    expected: ['1 name is empty; name is needed; fill it in, or give it a constant in the mapping'],
  },
  {
    name: 'a list where one value is expected',
    file: 't.json',
    bytes: `[${record({ amount: [1, 2] })}]`,
    expected: [
      '1 amount "[1,2]" is a list or an object, not one value; name the place inside it in the mapping, for example amount[0] or amount.value',
    ],
  },
  {
    name: 'a number as text',
    file: 't.json',
    bytes: `[${record({ amount: '1,234.50' })}]`,
    expected: ['1 ok'],
  },
  {
    name: 'a number that is no amount',
    file: 't.json',
    bytes: `[${withText('').replace('100', '1e400')}]`,
    expected: [
      '1 amount "Infinity" is infinite; correct it in the source; often something was divided by zero',
    ],
  },
  { name: 'a number as an id', file: 't.json', bytes: `[${record({ id: 7 })}]`, expected: ['1 ok'] },
  { name: 'true as text', file: 't.json', bytes: `[${record({ won: 'true' })}]`, expected: ['1 ok'] },
  {
    name: 'an impossible date',
    file: 't.json',
    bytes: `[${record({ close_date: '2026-06-31' })}]`,
    expected: ['1 close_date "2026-06-31" names no day: June 2026 has 30 days; correct it in the source'],
  },
  {
    name: 'a ZIP',
    file: 't.json',
    bytes: Buffer.from('PK\u0003\u0004\u0014\0', 'latin1'),
    expected: ['refused t.json looks like a ZIP archive; unpack it and import the file inside'],
  },
  {
    name: 'a login page',
    file: 't.json',
    bytes: '<html><body>Sign in</body></html>',
    expected: [
      'refused t.json looks like a web page; the export probably sent its login page; sign in there and export again',
    ],
  },
  {
    name: 'scalars among records',
    file: 't.json',
    bytes: `[7, "x", null, [1], ${record()}]`,
    expected: [
      '1 * "7" is not an object with named fields; write each record as an object with names: {"id": 1, "name": "Acme"}',
      '1 * "\\"x\\"" is not an object with named fields; write each record as an object with names: {"id": 1, "name": "Acme"}',
      '1 * "null" is not an object with named fields; write each record as an object with names: {"id": 1, "name": "Acme"}',
      '1 * "[1]" is not an object with named fields; write each record as an object with names: {"id": 1, "name": "Acme"}',
      '1 ok',
    ],
  },
  {
    name: 'CRLF line ends',
    file: 't.ndjson',
    bytes: `${record()}\r\n${record({ id: '2' })}\r\n`,
    expected: ['1 ok', '2 ok'],
  },
];

describe('JSON that nobody wants', () => {
  it.each(cases)('$name', async ({ file, bytes, expected }) => {
    expect(await outcomeOf(readHostile(file, bytes))).toEqual(expected);
  });
});
