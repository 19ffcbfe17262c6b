import { describe, expect, it } from 'vitest';
import { readHostileEscalation } from './hostile-outcome.ts';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly bytes: string | Uint8Array;
  /** `customer: number priority status opened resolved title`, then notes and rejects. */
  readonly expected: readonly string[];
}

const body =
  'Customer: Celadon Bank\nPriority: P1\nStatus: open\nOpened: 2026-11-02 14:30 UTC\nIssue:\nThe ledger is slow.\n';
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

const cases: readonly Case[] = [
  {
    name: 'everything in its place',
    file: 'CE-1.txt',
    bytes: body,
    expected: ['Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.'],
  },
  {
    name: 'no bytes',
    file: 'CE-1.txt',
    bytes: '',
    expected: [
      'rejected holds no text; write what happened under the headings Issue description, Priority and Status, or delete the file',
    ],
  },
  {
    name: 'only blank lines',
    file: 'CE-1.txt',
    bytes: '\n \n\t\n',
    expected: [
      'rejected holds no text; write what happened under the headings Issue description, Priority and Status, or delete the file',
    ],
  },
  {
    name: 'a byte order mark alone',
    file: 'CE-1.txt',
    bytes: '\ufeff',
    expected: [
      'rejected holds no text; write what happened under the headings Issue description, Priority and Status, or delete the file',
    ],
  },
  {
    name: 'a byte order mark before the text',
    file: 'CE-1.txt',
    bytes: `\ufeff${body}`,
    expected: ['Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.'],
  },
  {
    name: 'UTF-16',
    file: 'CE-1.txt',
    bytes: Buffer.from(`\ufeff${body}`, 'utf16le'),
    expected: ['Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.'],
  },
  {
    name: 'UTF-16 without a mark',
    file: 'CE-1.txt',
    bytes: Buffer.from(body, 'utf16le'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note is not UTF-8; it was read as UTF-16LE',
    ],
  },
  {
    name: 'Latin-1',
    file: 'CE-1.txt',
    bytes: latin(body.replace('Celadon', 'C\u00e9ladon')),
    expected: [
      'Céladon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note is not UTF-8; it was read as Windows-1252',
    ],
  },
  {
    name: 'Windows-1252 with curly quotes',
    file: 'CE-1.txt',
    bytes: latin(body.replace('slow', '\u0093slow\u0094')),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is “slow”.',
      'note is not UTF-8; it was read as Windows-1252',
    ],
  },
  {
    name: 'a character cut off at the end',
    file: 'CE-1.txt',
    bytes: Buffer.from(`${body}K\u00f6`).subarray(0, -1),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note is not UTF-8; it was read as Windows-1252',
    ],
  },
  {
    name: 'a PNG',
    file: 'CE-1.txt',
    bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    expected: ['rejected looks like a picture (PNG); save it as plain text (.txt)'],
  },
  {
    name: 'a Word document',
    file: 'CE-1.txt',
    bytes: latin('PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml word/document.xml'),
    expected: ['rejected looks like a Word document; save it as plain text (.txt)'],
  },
  {
    name: 'a web page',
    file: 'CE-1.txt',
    bytes: '<!DOCTYPE html><html>',
    expected: ['rejected looks like a web page; save it as plain text (.txt)'],
  },
  {
    name: 'noise',
    file: 'CE-1.txt',
    bytes: Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 7919) % 256)),
    expected: [
      'rejected is not text; write what happened under the headings Issue description, Priority and Status, or delete the file',
    ],
  },
  {
    name: 'digits alone',
    file: 'CE-1.txt',
    bytes: '1234567890 4711',
    expected: [
      'rejected holds no words; write what happened under the headings Issue description, Priority and Status, or delete the file',
    ],
  },
  {
    name: 'NUL between letters',
    file: 'CE-1.txt',
    bytes: body.replace('slow', 'sl\0ow'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note holds characters that a database cannot keep; they were removed',
    ],
  },
  {
    name: 'CR line ends',
    file: 'CE-1.txt',
    bytes: body.replaceAll('\n', '\r'),
    expected: ['Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.'],
  },
  {
    name: 'CRLF line ends',
    file: 'CE-1.txt',
    bytes: body.replaceAll('\n', '\r\n'),
    expected: ['Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.'],
  },
  {
    name: 'one sentence',
    file: 'CE-1.txt',
    bytes: 'Celadon cannot log in since noon.',
    expected: [
      '-: CE-1 - open 2026-11-20T00:00 - Celadon cannot log in since noon.',
      'note text under no heading was kept with the issue',
      'note names no customer',
      'note does not say when it was opened; the date of the file was taken',
      'note the status is missing and was read as open',
      'note the priority is missing and was left empty',
    ],
  },
  {
    name: 'no customer',
    file: 'CE-1.txt',
    bytes: body.replace(/^Customer.*\n/, ''),
    expected: ['-: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.', 'note names no customer'],
  },
  {
    name: 'no priority',
    file: 'CE-1.txt',
    bytes: body.replace(/Priority.*\n/, ''),
    expected: [
      'Celadon Bank: CE-1 - open 2026-11-02T14:30 - The ledger is slow.',
      'note the priority is missing and was left empty',
    ],
  },
  {
    name: 'a priority in other words',
    file: 'CE-1.txt',
    bytes: body.replace('P1', 'extremely important'),
    expected: [
      'Celadon Bank: CE-1 - open 2026-11-02T14:30 - The ledger is slow.',
      'note the priority "extremely important" was left empty',
    ],
  },
  {
    name: 'no status',
    file: 'CE-1.txt',
    bytes: body.replace(/Status.*\n/, ''),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note the status is missing and was read as open',
    ],
  },
  {
    name: 'a status in other words',
    file: 'CE-1.txt',
    bytes: body.replace('open', 'limbo'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note the status "limbo" was read as open',
    ],
  },
  {
    name: 'a status that denies',
    file: 'CE-1.txt',
    bytes: body.replace('Status: open', 'Status: not resolved yet'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note the status "not resolved yet" was read as open',
    ],
  },
  {
    name: 'no date',
    file: 'CE-1.txt',
    bytes: body.replace(/Opened.*\n/, ''),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-20T00:00 - The ledger is slow.',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'an ambiguous date',
    file: 'CE-1.txt',
    bytes: body.replace('2026-11-02 14:30 UTC', '03/04/2026'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-20T00:00 - The ledger is slow.',
      'note the date "03/04/2026" (opened) may be 3 April 2026 or 4 March 2026; write 2026-11-02 14:30 UTC',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'a date with one reading',
    file: 'CE-1.txt',
    bytes: body.replace('2026-11-02 14:30 UTC', '25/12/2025'),
    expected: ['Celadon Bank: CE-1 urgent open 2025-12-25T00:00 - The ledger is slow.'],
  },
  {
    name: 'an impossible date',
    file: 'CE-1.txt',
    bytes: body.replace('2026-11-02 14:30 UTC', '2026-02-31'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-20T00:00 - The ledger is slow.',
      'note the date "2026-02-31" (opened) names no day: February 2026 has 28 days; write 2026-11-02 14:30 UTC',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'a date in words',
    file: 'CE-1.txt',
    bytes: body.replace('2026-11-02 14:30 UTC', '2nd of November'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-20T00:00 - The ledger is slow.',
      'note the date "2nd of November" (opened) cannot be read without doubt; write 2026-11-02 14:30 UTC',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'a zone of several places',
    file: 'CE-1.txt',
    bytes: body.replace('UTC', 'IST'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-20T00:00 - The ledger is slow.',
      'note the date "2026-11-02 14:30 IST" (opened) cannot be read without doubt; write 2026-11-02 14:30 UTC',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'a date with its zone',
    file: 'CE-1.txt',
    bytes: body.replace('UTC', 'EST'),
    expected: ['Celadon Bank: CE-1 urgent open 2026-11-02T19:30 - The ledger is slow.'],
  },
  {
    name: '24:00',
    file: 'CE-1.txt',
    bytes: body.replace('14:30', '24:00'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-20T00:00 - The ledger is slow.',
      'note the date "2026-11-02 24:00 UTC" (opened) names the hour 24; midnight is 00:00 of the next day; write 2026-11-02 14:30 UTC',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'resolved before it was opened',
    file: 'CE-1.txt',
    bytes: `${body}Resolved at: 2026-11-01\n`,
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 2026-11-01T00:00 The ledger is slow.',
      'note was resolved before it was opened; correct one of the dates',
    ],
  },
  {
    name: 'a heading twice',
    file: 'CE-1.txt',
    bytes: `${body}Priority: P4\nImpact: much\nImpact: more\n`,
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note "priority" stands there twice; the first was kept',
      'note "impact" stands there twice; both were kept',
    ],
  },
  {
    name: 'Markdown headings',
    file: 'CE-1.txt',
    bytes:
      '# CE-77: Hot shard\n## Customer Information\nCeladon Bank\n## Priority\nhigh\n## Status\nresolved\n## Issue Description\nslow\n',
    expected: [
      'Celadon Bank: CE-77 high resolved 2026-11-20T00:00 - Hot shard',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'a table',
    file: 'CE-1.txt',
    bytes: '| Customer | Celadon Bank |\n| Priority | P2 |\n| Status | open |\n| Issue | slow |',
    expected: [
      'Celadon Bank: CE-1 high open 2026-11-20T00:00 - slow',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'headings in capitals',
    file: 'CE-1.txt',
    bytes: 'CUSTOMER\nCeladon Bank\nPRIORITY\nP3\nSTATUS\nopen\nISSUE DESCRIPTION\nslow\n',
    expected: [
      'Celadon Bank: CE-1 normal open 2026-11-20T00:00 - slow',
      'note does not say when it was opened; the date of the file was taken',
    ],
  },
  {
    name: 'headings without any text',
    file: 'CE-1.txt',
    bytes: 'Customer:\nPriority:\nStatus:\nIssue:\n',
    expected: [
      '-: CE-1 - open 2026-11-20T00:00 - CE-1',
      'note names no customer',
      'note does not say when it was opened; the date of the file was taken',
      'note the status is missing and was read as open',
      'note the priority is missing and was left empty',
    ],
  },
  {
    name: 'text under no heading',
    file: 'CE-1.txt',
    bytes: `Hello all,\nsee below.\n${body}`,
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note text under no heading was kept with the issue',
    ],
  },
  {
    name: 'another number inside',
    file: 'CE-1.txt',
    bytes: `CE-4711: Ledger\n${body}`,
    expected: ['Celadon Bank: CE-4711 urgent open 2026-11-02T14:30 - Ledger'],
  },
  {
    name: 'no number anywhere',
    file: 'notes.txt',
    bytes: body,
    expected: ['Celadon Bank: notes urgent open 2026-11-02T14:30 - The ledger is slow.'],
  },
  {
    name: 'a number of twenty digits',
    file: 'CE-12345678901234567890.txt',
    bytes: body,
    expected: ['Celadon Bank: CE-12345678901234567890 urgent open 2026-11-02T14:30 - The ledger is slow.'],
  },
  {
    name: 'a line of a megabyte',
    file: 'CE-1.txt',
    bytes: `${body}${'x '.repeat(500_000)}`,
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note is longer than 200000 characters; the rest was left out',
      'note texts longer than 100000 characters were cut',
    ],
  },
  {
    name: 'ten thousand headings',
    file: 'CE-1.txt',
    bytes: `${body}${'Impact: x\n'.repeat(10_000)}`,
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note "impact" stands there twice; both were kept',
    ],
  },
  {
    name: 'marks that turn the reading direction',
    file: 'CE-1.txt',
    bytes: body.replace('slow', '\u202ewols'),
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is wols.',
      'note characters removed that no text should hold (NUL and other control characters, byte order marks, half surrogates, marks that turn the direction of reading)',
    ],
  },
  {
    name: 'keys of JavaScript as headings',
    file: 'CE-1.txt',
    bytes: `constructor: x\n__proto__: y\ntoString: z\n${body}`,
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note text under no heading was kept with the issue',
    ],
  },
  {
    name: 'a customer of marks',
    file: 'CE-1.txt',
    bytes: body.replace('Celadon Bank', '---'),
    expected: ['-: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.', 'note names no customer'],
  },
  {
    name: 'an expression that explodes',
    file: 'CE-1.txt',
    bytes: `${body}shard ${'a'.repeat(50_000)}! skew ${'1'.repeat(50_000)}x cluster ${'_'.repeat(50_000)}`,
    expected: [
      'Celadon Bank: CE-1 urgent open 2026-11-02T14:30 - The ledger is slow.',
      'note texts longer than 100000 characters were cut',
    ],
  },
];

describe('customer escalations as nobody should write them', () => {
  it.each(cases)('$name', async ({ file, bytes, expected }) => {
    expect(await readHostileEscalation(file, bytes)).toEqual(expected);
  });
});
