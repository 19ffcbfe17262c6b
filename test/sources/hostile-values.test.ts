import { describe, expect, it } from 'vitest';
import { recordFields } from '../../src/domain/record-fields.ts';
import { BadValue, compileValue, type ValueOptions } from '../../src/sources/mapping/compile-value.ts';
import { currencyIn, fitsCurrency } from '../../src/sources/values/currency-sign.ts';
import { compileDateFormat, toDay, toInstant } from '../../src/sources/values/date-format.ts';
import { parseNumber, readNumber } from '../../src/sources/values/number-format.ts';
import { clockChangeAt } from '../../src/sources/values/zoned-time.ts';

const plain: ValueOptions = {
  words: undefined,
  otherwise: undefined,
  date: 'iso',
  instant: 'iso',
  format: undefined,
  zone: 'UTC',
  decimal: undefined,
  times: undefined,
  onOtherwise: () => undefined,
};

/** What a cell of that field becomes; a reject as `reason; fix`. */
function readValue(
  field: (typeof recordFields)[keyof typeof recordFields][string] | undefined,
  cell: string,
  options: Partial<ValueOptions> = {},
): unknown {
  if (field === undefined) throw new Error('no such field');
  const value = compileValue(field, { ...plain, ...options })(cell);
  return value instanceof BadValue ? `${value.reason}; ${value.fix ?? ''}` : value;
}

const { opportunity, ticket } = recordFields;

describe('numbers in the styles of three countries', () => {
  it.each([
    ['1,234.56', 1234.56],
    ['1.234,56', 1234.56],
    ['1 234,56', 1234.56],
    ['1\u00a0234,56', 1234.56],
    ['1\u2009234,56', 1234.56],
    ['1\u202f234,56', 1234.56],
    ["1'234.56", 1234.56],
    ['1\u2019234.56', 1234.56],
    ['1,234,567', 1_234_567],
    ['1.234.567', 1_234_567],
    ['12,5', 12.5],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['(1,234.50)', -1234.5],
    ['1,234.50-', -1234.5],
    ['\u22125', -5],
    ['$ 1,234.50', 1234.5],
    ['1.234,50 €', 1234.5],
    ['CHF 1\u2019200.00', 1200],
    ['12.5 %', 0.125],
    ['+7', 7],
  ])('reads %s without being told the style', (text, value) => {
    expect(readNumber(text)).toEqual({ kind: 'number', value });
  });

  it.each([
    ['1.234', 1.234, 1234],
    ['1,234', 1234, 1.234],
    ['-1.234', -1.234, -1234],
    ['€ 12.345', 12.345, 12_345],
  ])('names both readings of %s', (text, point, comma) => {
    expect(readNumber(text)).toEqual({ kind: 'ambiguous', point, comma });
    expect(readValue(opportunity['amount'], text)).toBe(
      `may be ${point} or ${comma}; say which: decimal: "." or decimal: "," in the mapping`,
    );
    expect(readValue(opportunity['amount'], text, { decimal: '.' })).toBe(point);
    expect(readValue(opportunity['amount'], text, { decimal: ',' })).toBe(comma);
  });

  it.each([
    '--5',
    '(-5)',
    '-5-',
    '1,23',
    "1,234'567",
    '1 2',
    '.',
    '%',
    '0x1F',
    '1_0',
    '٣٤',
    '½',
    '1e',
    '5 6%',
  ])('reads %s as no number with a point', (text) => {
    expect(parseNumber(text, '.')).toBeNull();
  });

  it('says what the other style would make of a number', () => {
    expect(readValue(opportunity['amount'], '1.234,56', { decimal: '.' })).toBe(
      'is not a number written with "." for decimals; write decimal: "," in the mapping if it means 1234.56',
    );
  });

  it('takes no fraction for a whole number', () => {
    expect(readValue(ticket['replies'], '2.5')).toContain('is not a whole number');
    expect(readValue(ticket['replies'], '2.0')).toBe(2);
  });
});

describe('currencies beside numbers', () => {
  it.each([
    ['€ 5', 'EUR'],
    ['5 £', 'GBP'],
    ['-€5', 'EUR'],
    ['US$ 45', 'USD'],
    ['1.200 CHF', 'CHF'],
    ['$5', null],
    ['¥ 5', null],
    ['5', null],
  ])('finds in %s %s', (text, code) => {
    expect(currencyIn(text)).toBe(code);
  });

  it('takes a dollar sign for every dollar and no euro', () => {
    expect([fitsCurrency('$5', 'USD'), fitsCurrency('$5', 'CAD'), fitsCurrency('$5', 'EUR')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('dates that are counted', () => {
  const day = (format: string, text: string, start = 1): string | null => {
    const parsed = compileDateFormat(format, start).parse(text);
    return parsed === null ? null : toDay(parsed);
  };
  const instant = (format: string, text: string, zone = 'UTC'): string | null => {
    const parsed = compileDateFormat(format).parse(text);
    return parsed === null ? null : toInstant(parsed, zone).toISOString();
  };

  it.each([
    ['epoch-seconds', '1763632800', '2025-11-20T10:00:00.000Z'],
    ['epoch-seconds', '1763632800.25', '2025-11-20T10:00:00.250Z'],
    ['epoch-seconds', '-86400', '1969-12-31T00:00:00.000Z'],
    ['epoch-milliseconds', '1763632800123', '2025-11-20T10:00:00.123Z'],
    ['epoch-microseconds', '1763632800123456', '2025-11-20T10:00:00.123Z'],
    // Shown by Excel and LibreOffice for these numbers.
    ['excel', '45292', '2024-01-01T00:00:00.000Z'],
    ['excel', '45292.75', '2024-01-01T18:00:00.000Z'],
    ['excel', '61', '1900-03-01T00:00:00.000Z'],
    ['excel', '59', '1900-02-28T00:00:00.000Z'],
    ['excel', '1', '1900-01-01T00:00:00.000Z'],
  ])('reads %s %s as %s', (format, text, expected) => {
    expect(instant(format, text)).toBe(expected);
  });

  it('takes an epoch for UTC and a spreadsheet for the local clock', () => {
    expect(instant('epoch-seconds', '1763632800', 'Asia/Tokyo')).toBe('2025-11-20T10:00:00.000Z');
    expect(instant('excel', '45292.5', 'Asia/Tokyo')).toBe('2024-01-01T03:00:00.000Z');
  });

  it.each([
    ['excel', '60'],
    ['excel', '0'],
    ['excel', '99999999'],
    ['epoch-seconds', '1763632800000000'],
    ['epoch-seconds', 'soon'],
    ['epoch-milliseconds', '1e12'],
  ])('does not read %s %s', (format, text) => {
    expect(instant(format, text)).toBeNull();
  });

  it.each([
    ['Q3 FY2026', 1, '2026-09-30'],
    ['Q3 FY2026', 2, '2025-10-31'],
    ['FY26-Q3', 2, '2025-10-31'],
    ['Q4 FY26', 2, '2026-01-31'],
    ['Q1 FY2026', 7, '2025-09-30'],
    ['2026Q2', 7, '2025-12-31'],
    ["Q4'24", 10, '2024-09-30'],
    ['Q1 2024', 12, '2024-02-29'],
    ['FY2024 Q2', 9, '2024-02-29'],
  ])('ends %s of a fiscal year from month %d on %s', (text, start, expected) => {
    expect(day('fiscal-quarter', text, start)).toBe(expected);
  });

  it.each(['Q5 FY2026', 'Q0 2026', 'FY2026', 'Q3', 'H1 2026'])('does not read %s as a quarter', (text) => {
    expect(day('fiscal-quarter', text)).toBeNull();
  });

  it('tells times that a clock change skips or repeats', () => {
    const at = (text: string): Parameters<typeof clockChangeAt>[0] => {
      const parsed = compileDateFormat('iso').parse(text);
      if (parsed === null) throw new Error(text);
      return parsed;
    };
    expect(clockChangeAt(at('2026-03-29 02:30'), 'Europe/Berlin')).toBe('skipped');
    expect(clockChangeAt(at('2026-10-25 02:30'), 'Europe/Berlin')).toBe('repeated');
    expect(clockChangeAt(at('2026-10-25 03:00'), 'Europe/Berlin')).toBeNull();
    expect(clockChangeAt(at('2026-03-29 02:30'), 'UTC')).toBeNull();
  });
});

describe('lists in one cell', () => {
  const tags = ticket['tags'];
  it.each([
    ['late; no champion ;', { split: ';' }, ['late', 'no champion']],
    ['["a","b"]', {}, ['a', 'b']],
    ['["a;b"]', { split: ';' }, ['a;b']],
    ['{"a":1}', {}, { a: 1 }],
    ['a; b', {}, 'is no list and no object; add split: ";" to the field if the cell holds a list'],
    [
      `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      {},
      'is nested more than 64 levels deep; export flat records',
    ],
  ])('reads %s', (cell, options, expected) => {
    expect(readValue(tags, cell, options)).toEqual(expected);
  });
});
