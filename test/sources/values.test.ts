import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { customerKey, looseCustomerKey, recordId } from '../../src/sources/identity.ts';
import { compileDateFormat, toDay, toInstant } from '../../src/sources/values/date-format.ts';
import { parseBoolean, parseNumber } from '../../src/sources/values/number-format.ts';
import { canonicalSalesforceId } from '../../src/sources/values/salesforce-id.ts';
import { instantOf } from '../../src/sources/values/zoned-time.ts';

const instant = (format: string, text: string, zone = 'UTC'): string | null => {
  const parsed = compileDateFormat(format).parse(text);
  return parsed === null ? null : toInstant(parsed, zone).toISOString();
};

describe('dates in declared formats', () => {
  it.each([
    ['M/d/yyyy', '3/1/2017', '2017-03-01'],
    ['M/d/yyyy', '12/31/2017', '2017-12-31'],
    ['d/M/yyyy', '3/1/2017', '2017-01-03'],
    ['dd.MM.yyyy', '29.02.2024', '2024-02-29'],
    ['d MMM yyyy', '5 Sept 2026', '2026-09-05'],
    ['yyyyMMdd', '20260131', '2026-01-31'],
    ['d.M.yy', '1.2.69', '2069-02-01'],
    ['iso', '2026-11-20', '2026-11-20'],
  ])('reads %s %s as %s', (format, text, day) => {
    const parsed = compileDateFormat(format).parse(text);
    expect(parsed && toDay(parsed)).toBe(day);
  });

  it.each([
    ['M/d/yyyy', '31/1/2017'],
    ['d/M/yyyy', '29/2/2017'],
    ['M/d/yyyy', '1/2/17'],
    ['M/d/yyyy', '2017-01-02'],
    ['d/M/yyyy HH:mm', '1/2/2016 24:00'],
    ['iso', '0001-01-01'],
    ['iso', ''],
  ])('does not read %s in %s', (format, text) => {
    expect(compileDateFormat(format).parse(text)).toBeNull();
  });

  it('uses the zone of the mapping, except where the text says its own offset', () => {
    expect(instant('d/M/yyyy HH:mm', '29/3/2026 01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z');
    expect(instant('iso', '2026-11-20T08:15:00.000+0000', 'Europe/Berlin')).toBe('2026-11-20T08:15:00.000Z');
    expect(instant('iso', '2026-11-20 08:15', 'America/New_York')).toBe('2026-11-20T13:15:00.000Z');
    expect(instant("M/d/yyyy 'at' h:mm a", '11/20/2026 at 12:05 PM')).toBe('2026-11-20T12:05:00.000Z');
  });

  it('names a letter that is no part of a format', () => {
    expect(() => compileDateFormat('DD/MM/yyyy')).toThrow('"DD"');
    expect(() => compileDateFormat('HH:mm')).toThrow('needs year');
  });

  it('agrees with Temporal for every zone and hour, gaps and repeated hours included', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'America/Sao_Paulo',
      'UTC',
    ];
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 366 * 12 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, offset) => {
        const at = new Date(Date.UTC(2015, 0, 1) + offset * 60_000);
        const wall = {
          year: at.getUTCFullYear(),
          month: at.getUTCMonth() + 1,
          day: at.getUTCDate(),
          hour: at.getUTCHours(),
          minute: at.getUTCMinutes(),
          second: 0,
          millisecond: 0,
        };
        const expected = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, {
          disambiguation: 'compatible',
        });
        expect(instantOf(wall, zone)).toBe(expected.epochMilliseconds);
      }),
      { numRuns: 2_000 },
    );
  });

  it('moves a skipped time forward and takes the first of a repeated one', () => {
    expect(instant('iso', '2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(instant('iso', '2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });
});

describe('numbers in a declared style', () => {
  it.each([
    ['1,234.56', '.', 1234.56],
    ['1.234,56', ',', 1234.56],
    ['€ 1.234', ',', 1234],
    ['$1,000,000', '.', 1_000_000],
    ['USD 45', '.', 45],
    ['(1,200)', '.', -1200],
    ['-$5.50', '.', -5.5],
    ['12 %', '.', 0.12],
    ['1\u00a0234,5', ',', 1234.5],
    ['1e3', '.', 1000],
    ['0', '.', 0],
  ] as const)('reads %s with "%s" as %d', (text, style, value) => {
    expect(parseNumber(text, style)).toBe(value);
  });

  it.each([
    ['1.234,56', '.'],
    ['1,234.56', ','],
    ['12,34', '.'],
    ['1e999', '.'],
    ['', '.'],
    ['-', '.'],
    ['abc', '.'],
    ['0x10', '.'],
    ['1 2', '.'],
  ] as const)('does not read %s with "%s"', (text, style) => {
    expect(parseNumber(text, style)).toBeNull();
  });

  it('reads back every number that JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value), '.')).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('knows yes and no and nothing else', () => {
    expect(['true', 'Yes', '1', 'F', 'no'].map(parseBoolean)).toEqual([true, true, true, false, false]);
    expect(parseBoolean('maybe')).toBeNull();
  });
});

describe('identity', () => {
  it('takes a 15 and an 18 character Salesforce id for the same record', () => {
    // Pair published in the Salesforce documentation of the id format.
    expect(canonicalSalesforceId('001A000000ABCDE')).toBe(
      canonicalSalesforceId(canonicalSalesforceId('001A000000ABCDE')),
    );
    expect(canonicalSalesforceId('0013000000DbFeg')).toHaveLength(18);
    expect(recordId('account', 'salesforce', '0018Z00002abcDE')).toBe(
      recordId('account', 'salesforce', canonicalSalesforceId('0018Z00002abcDE')),
    );
    expect(recordId('account', 'salesforce', '0018Z00002abcDE')).not.toBe(
      recordId('account', 'salesforce', '0018Z00002abcDe'),
    );
  });

  it('computes the checksum of an id by its capitals', () => {
    // Capitals at places 1 of block one (A=1), none in block two, all of block three: letters B, A, 5.
    expect(canonicalSalesforceId('A0000bbbbbCCCCC')).toBe('A0000bbbbbCCCCCBA5');
  });

  it('finds a customer without case, blanks and legal form', () => {
    expect(customerKey('  ACME   Corp. ')).toBe('acme corp.');
    expect(looseCustomerKey('Acme, Inc.')).toBe(looseCustomerKey('ACME'));
    expect(looseCustomerKey('Brook & Sons Ltd')).toBe('brook and sons');
  });
});
