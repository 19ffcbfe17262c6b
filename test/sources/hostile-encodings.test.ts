import { describe, expect, it } from 'vitest';
import { dealsHeader, encodedDeals, namesOf, readHostile } from './hostile-outcome.ts';

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As the mapping names it. */
  readonly encoding?: string;
  /** The names that were read, then what was told. */
  readonly expected: readonly string[];
}

const rest = 'open,100,EUR,2026-12-31,no,2026-11-20T10:00Z\n';
const short = `${dealsHeader}\n1,Zoë,${rest}`;
const long = `${dealsHeader}\n1,Zoë Köln – € 5,${rest}2,日本 😀,${rest}`;
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
/** The short dash and the euro sign have bytes of their own in Windows' encoding. */
const windows = (text: string): Buffer =>
  Buffer.from(
    text
      .replace('–', '\u0096')
      .replace('€', '\u0080')
      .replace(/2,日.*\n/, ''),
    'latin1',
  );

const cases: readonly Case[] = [
  { name: 'UTF-8', bytes: Buffer.from(long), expected: ['Zoë Köln – € 5', '日本 😀'] },
  { name: 'UTF-8 with a mark', bytes: Buffer.from(`\ufeff${long}`), expected: ['Zoë Köln – € 5', '日本 😀'] },
  {
    name: 'UTF-8 with two marks',
    bytes: Buffer.from(`\ufeff\ufeff${long}`),
    expected: ['Zoë Köln – € 5', '日本 😀', 'note characters-removed'],
  },
  { name: 'UTF-16 LE with a mark', bytes: utf16(`\ufeff${long}`), expected: ['Zoë Köln – € 5', '日本 😀'] },
  {
    name: 'UTF-16 BE with a mark',
    bytes: utf16(`\ufeff${long}`).swap16(),
    expected: ['Zoë Köln – € 5', '日本 😀'],
  },
  {
    name: 'UTF-16 LE without a mark',
    bytes: utf16(short),
    expected: [
      'refused t.csv looks like UTF-16LE without its byte order mark; save it as UTF-8, or add encoding: utf-16le to this file in a mapping',
    ],
  },
  {
    name: 'UTF-16 BE without a mark',
    bytes: utf16(short).swap16(),
    expected: [
      'refused t.csv looks like UTF-16BE without its byte order mark; save it as UTF-8, or add encoding: utf-16be to this file in a mapping',
    ],
  },
  {
    name: 'UTF-16 LE without a mark, named in the mapping',
    bytes: utf16(long),
    encoding: 'utf-16le',
    expected: ['Zoë Köln – € 5', '日本 😀'],
  },
  {
    name: 'UTF-16 BE without a mark, named in the mapping',
    bytes: utf16(long).swap16(),
    encoding: 'utf-16be',
    expected: ['Zoë Köln – € 5', '日本 😀'],
  },
  {
    name: 'UTF-16 with half a surrogate',
    bytes: Buffer.concat([
      utf16(`\ufeff${short}2,A`),
      Buffer.from([0x00, 0xd8]),
      utf16('B,open,1,EUR,2026-12-31,no,2026-11-20T10:00Z\n'),
    ]),
    expected: ['Zoë', 'A\ufffdB'],
  },
  {
    name: 'UTF-16 with an odd byte at the end',
    bytes: Buffer.concat([utf16(`\ufeff${short}`), Buffer.from([0x41])]),
    expected: [
      'Zoë',
      '3 * "\ufffd" has 1 column where the header has 8; add what is missing; when it is the last line, the file was cut off: export it again',
    ],
  },
  {
    name: 'UTF-32',
    bytes: Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from('i\0\0\0d\0\0\0')]),
    expected: ['refused t.csv is written in UTF-32, which few programs read; save it as UTF-8'],
  },
  {
    name: 'Latin-1',
    bytes: Buffer.from(short, 'latin1'),
    expected: [
      'refused t.csv:2 is not UTF-8: byte 0xEB at position 60 ("ë" in Windows\' Western encoding); save it as UTF-8, or add encoding: windows-1252 to this file in a mapping',
    ],
  },
  {
    name: 'Latin-1, named in the mapping',
    bytes: Buffer.from(short, 'latin1'),
    encoding: 'latin1',
    expected: ['Zoë'],
  },
  {
    name: 'Windows-1252 with a euro sign',
    bytes: windows(long),
    expected: [
      'refused t.csv:2 is not UTF-8: byte 0xEB at position 60 ("ë" in Windows\' Western encoding); save it as UTF-8, or add encoding: windows-1252 to this file in a mapping',
    ],
  },
  {
    name: 'Windows-1252, named in the mapping',
    bytes: windows(long),
    encoding: 'windows-1252',
    expected: ['Zoë Köln – € 5'],
  },
  {
    name: 'Windows-1252 named, but the file is marked UTF-8',
    bytes: Buffer.from(`\ufeff${short}`),
    encoding: 'windows-1252',
    expected: ['Zoë'],
  },
  {
    name: 'Shift JIS, named in the mapping',
    bytes: Buffer.concat([
      Buffer.from(`${dealsHeader}\n1,`),
      Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
      Buffer.from(',open,100,EUR,2026-12-31,no,2026-11-20T10:00Z\n'),
    ]),
    encoding: 'shift_jis',
    expected: ['日本'],
  },
  {
    name: 'bytes that are not Shift JIS',
    bytes: Buffer.concat([
      Buffer.from(`${dealsHeader}\n1,`),
      Buffer.from([0x93, 0xff, 0xff]),
      Buffer.from(',open,100,EUR,2026-12-31,no,2026-11-20T10:00Z\n'),
    ]),
    encoding: 'shift_jis',
    expected: [
      'refused t.csv:1 is not SHIFT_JIS from about here on; name its real encoding in the mapping, or save it as UTF-8',
    ],
  },
  {
    name: 'a character cut off at the end',
    bytes: Buffer.from(`${short}2,K\u00f6`).subarray(0, -1),
    expected: [
      'Zoë',
      'refused t.csv:3 ends in the middle of a character; the file looks cut off: copy or export it again',
    ],
  },
  {
    name: 'a character broken in the middle',
    bytes: Buffer.concat([
      Buffer.from(`${short}2,K`),
      Buffer.from([0xc3]),
      Buffer.from('ln,open,1,EUR,2026-12-31,no,2026-11-20T10:00Z\n'),
    ]),
    expected: [
      'Zoë',
      'refused t.csv:3 is UTF-8 with a broken character: byte 0xC3 at position 111; repair the line, or export the file again',
    ],
  },
  {
    name: 'an overlong character',
    bytes: Buffer.concat([Buffer.from(`${short}2,A`), Buffer.from([0xc0, 0xaf]), Buffer.from(',open\n')]),
    expected: [
      'Zoë',
      'refused t.csv:3 is UTF-8 with a broken character: byte 0xC0 at position 111; repair the line, or export the file again',
    ],
  },
  {
    name: 'a surrogate in UTF-8',
    bytes: Buffer.concat([
      Buffer.from(`${short}2,A`),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from(',open\n'),
    ]),
    expected: [
      'Zoë',
      'refused t.csv:3 is UTF-8 with a broken character: byte 0xED at position 111; repair the line, or export the file again',
    ],
  },
  {
    name: 'a character beyond Unicode',
    bytes: Buffer.concat([
      Buffer.from(`${short}2,A`),
      Buffer.from([0xf4, 0x90, 0x80, 0x80]),
      Buffer.from(',open\n'),
    ]),
    expected: [
      'Zoë',
      'refused t.csv:3 is UTF-8 with a broken character: byte 0xF4 at position 111; repair the line, or export the file again',
    ],
  },
  {
    name: 'a lone continuation byte',
    bytes: Buffer.concat([Buffer.from(`${short}2,A`), Buffer.from([0x80]), Buffer.from(',open\n')]),
    expected: [
      'Zoë',
      'refused t.csv:3 is UTF-8 with a broken character: byte 0x80 at position 111; repair the line, or export the file again',
    ],
  },
  {
    name: 'a bad byte behind two megabytes',
    bytes: Buffer.concat([
      Buffer.from(`${dealsHeader}\n`),
      Buffer.from(`${short.split('\n')[1]}\n`.repeat(30_000)),
      Buffer.from([0xff, 10]),
    ]),
    expected: [
      'Zoë',
      'refused t.csv:30002 is UTF-8 with a broken character: byte 0xFF at position 1560056; repair the line, or export the file again',
    ],
  },
];

describe('a CSV in an encoding nobody expects', () => {
  it.each(cases)('$name', async ({ bytes, encoding, expected }) => {
    expect(await namesOf(readHostile('t.csv', bytes, encodedDeals(encoding)))).toEqual(expected);
  });
});
