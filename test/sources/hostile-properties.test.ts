import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecords } from '../../src/sources/check-record.ts';
import { readCsv } from '../../src/sources/csv/read-csv.ts';
import { readCustomers } from '../../src/sources/customers-text/read-customers.ts';
import { emptyDirectory } from '../../src/sources/identity.ts';
import { readJson } from '../../src/sources/json/read-json.ts';
import type { SourceEvent } from '../../src/sources/source-event.ts';
import { memoryInput } from '../../src/sources/text/input-file.ts';
import { compileDateFormat } from '../../src/sources/values/date-format.ts';
import { explainDate } from '../../src/sources/values/explain-date.ts';
import { explainNumber } from '../../src/sources/values/explain-number.ts';
import { explainHumanDate, readHumanDate } from '../../src/sources/values/human-date.ts';
import { parseNumber, readNumber } from '../../src/sources/values/number-format.ts';
import { dealsHeader, readHostile, readHostileEscalation } from './hostile-outcome.ts';

type Event = { readonly kind: string; readonly lines?: number };

async function eventsOf(events: AsyncIterable<Event>): Promise<readonly Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const customers = (bytes: Uint8Array | string, size: number): AsyncGenerator<SourceEvent> =>
  checkRecords(readCustomers(memoryInput('customers.txt', bytes, size), emptyDirectory));

interface Reader {
  readonly name: string;
  readonly read: (bytes: Uint8Array, size: number) => Promise<readonly unknown[]>;
  /** Harmless bytes that fill the head of a file, which the decoder looks at in one piece. */
  readonly head: string;
}

const goodRow = '1,Acme,open,100,EUR,2026-12-31,no,2026-11-20T10:00Z\n';
const blanks = ' '.repeat(4_200);
const blankLines = '\n'.repeat(4_200);

const readers: readonly Reader[] = [
  {
    name: 'CSV',
    read: (bytes, size) => eventsOf(readCsv(memoryInput('t.csv', bytes, size))),
    head: `a,b\n${'1,2\n'.repeat(1_100)}`,
  },
  {
    name: 'CSV of short rows alone',
    read: (bytes, size) => eventsOf(readCsv(memoryInput('t.csv', bytes, size), { maxRowLength: 9 })),
    head: `a,b\n${'1,2\n'.repeat(1_100)}`,
  },
  {
    name: 'JSON',
    read: (bytes, size) => eventsOf(readJson(memoryInput('t.json', bytes, size))),
    head: blanks,
  },
  {
    name: 'records per line',
    read: (bytes, size) => eventsOf(readJson(memoryInput('t.ndjson', bytes, size))),
    head: blankLines,
  },
  {
    name: 'mapped CSV',
    read: (bytes, size) => eventsOf(readHostile('t.csv', bytes, undefined, size)),
    head: `${dealsHeader}\n${goodRow.repeat(90)}`,
  },
  {
    name: 'mapped JSON',
    read: (bytes, size) => eventsOf(readHostile('t.json', bytes, undefined, size)),
    head: `[${blanks}`,
  },
  { name: 'customer lists', read: (bytes, size) => eventsOf(customers(bytes, size)), head: blankLines },
  {
    name: 'customer escalations',
    read: (bytes, size) => readHostileEscalation('CE-1.txt', bytes, size),
    head: blankLines,
  },
];

/** Bytes of nothing, of UTF-8, and of the marks that the formats give a meaning. */
const pieces = fc.oneof(
  fc.constantFrom(
    '"',
    '""',
    ',',
    ';',
    '\n',
    '\r',
    '\r\n',
    '\t',
    '|',
    ' ',
    '\0',
    '\ufeff',
    'é',
    '日',
    '😀',
    '\u202e',
  ),
  fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    '\\',
    '\\ud800',
    '{"a":1}',
    '{"id":"1","id":2}',
    '1.234',
    '2026-02-30',
  ),
  fc.constantFrom(
    'name',
    'id',
    'Customer:',
    'Status',
    '## Issue',
    '- Acme',
    '# x',
    dealsHeader,
    'null',
    '=A1',
  ),
);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 120 }),
  fc.array(pieces, { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''))),
  fc.array(pieces, { maxLength: 20 }).map((parts) => Buffer.from(`\ufeff${parts.join('')}`, 'utf16le')),
  fc.array(pieces, { maxLength: 20 }).map((parts) => Buffer.from(parts.join(''), 'latin1')),
  fc.array(pieces, { maxLength: 20 }).map((parts) => Buffer.from(`${dealsHeader}\n${parts.join('')}`)),
);

describe('every parser', () => {
  it.each(readers)(
    'reads or refuses any bytes, the same however they are cut: $name',
    async ({ read, head }) => {
      const heads = fc.constantFrom(Buffer.alloc(0), Buffer.from(head));
      await fc.assert(
        fc.asyncProperty(heads, bytes, fc.integer({ min: 1, max: 40 }), async (before, random, size) => {
          const content = Buffer.concat([before, random]);
          const whole = await read(content, 1_000_000);
          expect(await read(content, size)).toEqual(whole);
          expect(whole.length).toBeGreaterThan(0);
        }),
        { numRuns: 200 },
      );
    },
  );
});

describe('rows in = rows accepted + rows rejected', () => {
  const tally = (events: readonly Event[]): Readonly<Record<string, number>> => {
    const counts: Record<string, number> = { accepted: 0, rejected: 0, skipped: 0, refused: 0 };
    for (const event of events) {
      const lines = event.kind === 'skipped' ? (event.lines ?? 0) : 1;
      counts[event.kind] = (counts[event.kind] ?? 0) + lines;
    }
    return counts;
  };

  const cell = fc.constantFrom(
    '1',
    '',
    'x',
    '"a ""b"""',
    '"line\nbreak"',
    'a"b',
    '1.234',
    '2026-02-30',
    'yes',
  );
  const csvRow = fc.array(cell, { minLength: 1, maxLength: 10 });

  it('holds for tables, counted by the one who wrote them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(csvRow, { maxLength: 12 }),
        fc.integer({ min: 1, max: 50 }),
        async (rows, size) => {
          const text = `${dealsHeader}\n${rows.map((cells) => `${cells.join(',')}\n`).join('')}`;
          const counts = tally(await eventsOf(readHostile('t.csv', text, undefined, size)));
          expect(counts['refused']).toBe(0);
          expect((counts['accepted'] ?? 0) + (counts['rejected'] ?? 0) + (counts['skipped'] ?? 0)).toBe(
            rows.length,
          );
        },
      ),
      { numRuns: 250 },
    );
  });

  const good = { id: '1', name: 'A', stage: 'open', close_date: '2026-12-31', won: false };
  const element = fc.oneof(
    fc.constantFrom(
      JSON.stringify(good),
      '{"id":7}',
      '{}',
      '7',
      'null',
      '"x"',
      '[]',
      '{"id":1,"id":2}',
      '{"a":NaN}',
    ),
    fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })).map((value) => JSON.stringify(value)),
  );

  it.each([
    ['t.json', (elements: readonly string[]) => `[${elements.join(',\n')}]`],
    ['t.json', (elements: readonly string[]) => `{"done":true,"records":[${elements.join(',')}]}`],
    ['t.ndjson', (elements: readonly string[]) => elements.map((one) => `${one}\r\n`).join('')],
  ])('holds for records in %s', async (name, write) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(element, { maxLength: 10 }),
        fc.integer({ min: 1, max: 50 }),
        async (elements, size) => {
          // A file for lines that begins with a bracket is a list.
          fc.pre(!(name === 't.ndjson' && elements[0]?.startsWith('[') === true));
          const text = write(elements);
          fc.pre(text !== '');
          const counts = tally(await eventsOf(readHostile(name, text, undefined, size)));
          expect(counts['refused']).toBe(0);
          expect((counts['accepted'] ?? 0) + (counts['rejected'] ?? 0)).toBe(elements.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('holds for the lines of a customer list', async () => {
    const line = fc.constantFrom(
      'Acme | Retail',
      '',
      '# note',
      '- Beta',
      '???',
      '| |',
      'x'.repeat(400),
      '---',
      '\t',
      'Ω',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        async (lines, size) => {
          const counts = tally(await eventsOf(customers(lines.map((one) => `${one}\n`).join(''), size)));
          expect((counts['accepted'] ?? 0) + (counts['rejected'] ?? 0) + (counts['skipped'] ?? 0)).toBe(
            lines.length,
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('parsers of values', () => {
  const digits = fc.array(fc.constantFrom(...Array.from("0123456789.,-+()%€$ /:TZeEFYQ\u00a0\u2009'")), {
    maxLength: 24,
  });
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    digits.map((parts) => parts.join('')),
  );
  const formats = [
    'iso',
    'd/M/yyyy',
    'M/d/yy h:mm a',
    'epoch-seconds',
    'epoch-microseconds',
    'excel',
    'fiscal-quarter',
  ];

  it('never throw, and give finite numbers and days that exist', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...formats), (cell, pattern) => {
        for (const style of ['.', ','] as const) {
          const value = parseNumber(cell, style);
          expect(value === null || Number.isFinite(value)).toBe(true);
          expect(explainNumber(cell, style).fix).not.toBe('');
        }
        const format = compileDateFormat(pattern);
        const parsed = format.parse(cell);
        if (parsed !== null) {
          const { year, month, day } = parsed;
          expect(new Date(Date.UTC(year, month - 1, day)).getUTCDate()).toBe(day);
          expect(format.problem(cell)).toBeNull();
        }
        expect(explainDate(cell, format, 'date').reason).not.toBe('');
        const human = readHumanDate(cell);
        expect(human === null || !Number.isNaN(human.getTime())).toBe(true);
        expect(explainHumanDate(cell)).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  it('read back what each country writes, or name both readings', () => {
    const locales = fc.constantFrom(
      ['en-US', '.'],
      ['de-DE', ','],
      ['fr-FR', ','],
      ['de-CH', '.'],
      ['sv-SE', ','],
    );
    const value = fc.integer({ min: -1e11, max: 1e11 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(value, locales, (number, [locale, style]) => {
        const written = number.toLocaleString(locale, { maximumFractionDigits: 2 });
        const expected = number === 0 ? 0 : number;
        expect(parseNumber(written, style === ',' ? ',' : '.')).toBe(expected);
        const read = readNumber(written);
        if (read.kind === 'ambiguous') expect([read.point, read.comma]).toContain(expected);
        else expect(read).toEqual({ kind: 'number', value: expected });
      }),
      { numRuns: 500 },
    );
  });
});
