import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerScanner } from '../../src/store/embedded/answer-scanner.ts';
import { createWireReader, type WireUnit } from '../../src/store/embedded/wire-messages.ts';

function frame(type: string, body: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

function startup(parameters: Readonly<Record<string, string>>, code = 196608): Buffer {
  const body = Buffer.from(`${Object.entries(parameters).flat().join('\0')}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(code, 4);
  return Buffer.concat([head, body]);
}

function bareRequest(code: number, length = 8): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeInt32BE(length, 0);
  bytes.writeInt32BE(code, 4);
  return bytes;
}

/** Cuts bytes into pieces at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, n) => bytes.subarray(at[n], end));
}

describe('reading the wire', () => {
  it('keeps the parts of an extended query together, however the bytes arrive', () => {
    const extended = Buffer.concat([
      frame('P', 'a\0select $1\0\0\0'),
      frame('B', 'x'.repeat(300)),
      frame('E', 'z'),
      frame('S'),
    ]);
    const simple = frame('Q', 'begin\0');
    const bytes = Buffer.concat([
      bareRequest(80877103),
      startup({ user: 'postgres', database: 'secret' }),
      simple,
      extended,
      frame('X'),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (places) => {
        const reader = createWireReader();
        const units: WireUnit[] = cut(bytes, places).flatMap((piece) => reader.push(piece));
        expect(units.map(({ kind }) => kind)).toEqual([
          'ssl-request',
          'startup',
          'statement',
          'statement',
          'terminate',
        ]);
        const statements = units.flatMap((unit) =>
          unit.kind === 'statement' ? [Buffer.from(unit.bytes)] : [],
        );
        expect(statements[0]!.equals(simple)).toBe(true);
        expect(statements[1]!.equals(extended)).toBe(true);
        expect(units[1]).toMatchObject({
          parameters: new Map([
            ['user', 'postgres'],
            ['database', 'secret'],
          ]),
        });
      }),
    );
  });

  it('recognises a request to cancel and refuses an unknown protocol', () => {
    expect(createWireReader().push(bareRequest(80877102, 16))).toEqual([{ kind: 'cancel-request' }]);
    expect(() => createWireReader().push(startup({}, 131072))).toThrow('unknown protocol 131072');
  });
});

describe('judging an answer', () => {
  const row = frame('D', '\0\x01\0\0\0\x06SFATAL');
  const ready = frame('Z', 'I');
  const error = (severity: string) => frame('E', `S${severity}\0V${severity}\0C57P01\0Mterminating\0\0`);

  it.each([
    ['complete', Buffer.concat([frame('T', 'x'), row, frame('C', 'SELECT 1\0'), ready])],
    ['complete', Buffer.concat([error('ERROR'), ready])],
    ['fatal', Buffer.concat([error('FATAL'), ready])],
    ['fatal', error('PANIC')],
    ['cut-off', Buffer.alloc(0)],
    ['cut-off', row],
    ['cut-off', Buffer.concat([row, ready.subarray(0, 5)])],
    ['cut-off', Buffer.concat([ready, row])],
  ] as const)('calls it %s', (verdict, bytes) => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (places) => {
        const scanner = createAnswerScanner();
        for (const piece of cut(bytes, places)) scanner.push(piece);
        expect(scanner.verdict()).toBe(verdict);
      }),
    );
  });
});
