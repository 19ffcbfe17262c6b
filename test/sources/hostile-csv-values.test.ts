import { describe, expect, it } from 'vitest';
import { dealsHeader, outcomeOf, readHostile } from './hostile-outcome.ts';

/** Proper tables with cells that people get wrong. */
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
    name: 'an empty id',
    bytes: one({ id: '' }),
    expected: [
      '2 id is empty; opportunity needs an id; fill it in; without it nobody can say which record it is',
    ],
  },
  {
    name: 'an empty name',
    bytes: one({ name: ' ' }),
    expected: ['2 name is empty; name is needed; fill it in, or give it a constant in the mapping'],
  },
  {
    name: 'an ambiguous number',
    bytes: one({ amount: '1.234' }),
    expected: [
      '2 amount "1.234" may be 1.234 or 1234; say which: decimal: "." or decimal: "," in the mapping',
    ],
  },
  {
    name: 'a number with two kinds of groups',
    bytes: one({ amount: '"1,234\'567.00"' }),
    expected: ['2 amount "1,234\'567.00" is not a number; correct it in the source'],
  },
  {
    name: 'a number in words',
    bytes: one({ amount: 'twelve' }),
    expected: ['2 amount "twelve" is not a number; correct it in the source'],
  },
  {
    name: 'an abbreviated number',
    bytes: one({ amount: '1.2M' }),
    expected: ['2 amount "1.2M" is abbreviated; write all digits, or use times: 1000000 in the mapping'],
  },
  {
    name: 'a range',
    bytes: one({ amount: '100-200' }),
    expected: ['2 amount "100-200" is a range, not a number; write one number'],
  },
  {
    name: 'infinity',
    bytes: one({ amount: 'Infinity' }),
    expected: [
      '2 amount "Infinity" is infinite; correct it in the source; often something was divided by zero',
    ],
  },
  {
    name: 'NaN',
    bytes: one({ amount: 'NaN' }),
    expected: [
      '2 amount "NaN" is a word for nothing; add nulls: ["NaN"] to the mapping if it means that nothing is known',
    ],
  },
  {
    name: '1e999',
    bytes: one({ amount: '1e999' }),
    expected: ['2 amount "1e999" is larger than any number that can be stored; correct it in the source'],
  },
  {
    name: 'an amount larger than any account',
    bytes: one({ amount: '99999999999999999' }),
    expected: ['2 amount "100000000000000000" is not an amount below 90 trillion; correct it in the source'],
  },
  {
    name: 'N/A in a number',
    bytes: one({ amount: 'N/A' }),
    expected: [
      '2 amount "N/A" is a word for nothing; add nulls: ["N/A"] to the mapping if it means that nothing is known',
    ],
  },
  {
    name: 'a dash in a number',
    bytes: one({ amount: '-' }),
    expected: [
      '2 amount "-" is a word for nothing; add nulls: ["-"] to the mapping if it means that nothing is known',
    ],
  },
  {
    name: 'a formula',
    bytes: one({ amount: '=SUM(A1:A9)' }),
    expected: [
      '2 amount "=SUM(A1:A9)" is a formula; save the values instead of the formulas and export again',
    ],
  },
  {
    name: 'an error of the spreadsheet',
    bytes: one({ amount: '#REF!' }),
    expected: ['2 amount "#REF!" is an error of the spreadsheet; repair the cell there and export again'],
  },
  {
    name: 'a column too narrow',
    bytes: one({ amount: '#####' }),
    expected: ['2 amount "#####" was cut by a column too narrow; widen the column and export again'],
  },
  {
    name: 'another currency than the column',
    bytes: one({ amount: '£100' }),
    expected: [
      '2 amount "£100" is in another currency than the row, which says EUR; correct the amount or the currency in the source',
    ],
  },
  {
    name: 'another code than the column',
    bytes: one({ amount: '100 USD' }),
    expected: [
      '2 amount "100 USD" is in another currency than the row, which says EUR; correct the amount or the currency in the source',
    ],
  },
  {
    name: 'the same currency as the column',
    bytes: one({ amount: '€ 100', currency: 'eur' }),
    expected: ['2 ok'],
  },
  {
    name: 'an ambiguous date',
    bytes: one({ close_date: '03/04/2024' }),
    expected: [
      '2 close_date "03/04/2024" may be 3 April 2024 or 4 March 2024; say which in the mapping: date: d/M/yyyy or date: M/d/yyyy',
    ],
  },
  {
    name: 'a date of the same day and month',
    bytes: one({ close_date: '04/04/2024' }),
    expected: [
      '2 close_date "04/04/2024" is 4 April 2024 in an order nobody declared; say which in the mapping: date: d/M/yyyy or date: M/d/yyyy',
    ],
  },
  {
    name: 'a date that can be read in one way only',
    bytes: one({ close_date: '25/12/2024' }),
    expected: [
      '2 close_date "25/12/2024" is not an ISO 8601 date; write date: d/M/yyyy in the mapping if all dates of the column look like this',
    ],
  },
  {
    name: '31 February',
    bytes: one({ close_date: '2026-02-31' }),
    expected: ['2 close_date "2026-02-31" names no day: February 2026 has 28 days; correct it in the source'],
  },
  {
    name: '29 February in a common year',
    bytes: one({ close_date: '2023-02-29' }),
    expected: ['2 close_date "2023-02-29" names no day: February 2023 has 28 days; correct it in the source'],
  },
  {
    name: 'month 13',
    bytes: one({ close_date: '2026-13-01' }),
    expected: ['2 close_date "2026-13-01" names month 13; a year has twelve; correct it in the source'],
  },
  {
    name: '24:00',
    bytes: one({ changed_at: '2026-11-20 24:00' }),
    expected: [
      '2 changed_at "2026-11-20 24:00" names the hour 24; midnight is 00:00 of the next day; correct it in the source',
    ],
  },
  {
    name: '61 minutes',
    bytes: one({ changed_at: '2026-11-20 10:61' }),
    expected: ['2 changed_at "2026-11-20 10:61" names no time of a day; correct it in the source'],
  },
  {
    name: 'the year 202',
    bytes: one({ close_date: '0202-11-20' }),
    expected: [
      '2 close_date "0202-11-20" is in the year 202; years from 1900 to 2200 are read; correct it in the source',
    ],
  },
  {
    name: 'the year 20224',
    bytes: one({ close_date: '20224-11-20' }),
    expected: ['2 close_date "20224-11-20" has a year of more than four digits; correct it in the source'],
  },
  {
    name: 'a year of two digits',
    bytes: one({ close_date: '03/04/24' }),
    expected: [
      '2 close_date "03/04/24" has a year of two digits: 24 may be 1924 or 2024; write date: d/M/yy or date: M/d/yy in the mapping; 00 to 69 are then 2000 to 2069',
    ],
  },
  {
    name: 'seconds since 1970',
    bytes: one({ changed_at: '1763632800' }),
    expected: [
      '2 changed_at "1763632800" looks like seconds since 1970 (2025-11-20); write instant: epoch-seconds in the mapping',
    ],
  },
  {
    name: 'milliseconds since 1970',
    bytes: one({ changed_at: '1763632800000' }),
    expected: [
      '2 changed_at "1763632800000" looks like milliseconds since 1970 (2025-11-20); write instant: epoch-milliseconds in the mapping',
    ],
  },
  {
    name: 'microseconds since 1970',
    bytes: one({ changed_at: '1763632800000000' }),
    expected: [
      '2 changed_at "1763632800000000" looks like microseconds since 1970 (2025-11-20); write instant: epoch-microseconds in the mapping',
    ],
  },
  {
    name: 'a day number of a spreadsheet',
    bytes: one({ close_date: '45292' }),
    expected: [
      '2 close_date "45292" looks like the day number of a spreadsheet (2024-01-01); write date: excel in the mapping',
    ],
  },
  {
    name: 'a date without separators',
    bytes: one({ close_date: '20261231' }),
    expected: ['2 close_date "20261231" is written without separators; write date: yyyyMMdd in the mapping'],
  },
  {
    name: 'a quarter',
    bytes: one({ close_date: 'Q3 FY2026' }),
    expected: [
      '2 close_date "Q3 FY2026" is a quarter, not a day; write date: fiscal-quarter and fiscalYearStart: 1 (the month) in the mapping to read its last day',
    ],
  },
  {
    name: 'a month in words',
    bytes: one({ close_date: 'end of March' }),
    expected: [
      '2 close_date "end of March" is not an ISO 8601 date (2026-11-30); write the format it has in the mapping: date: d MMM yyyy',
    ],
  },
  {
    name: 'an offset that no place has',
    bytes: one({ changed_at: '2026-11-20T10:00+25:00' }),
    expected: [
      '2 changed_at "2026-11-20T10:00+25:00" names an offset of +25:00, which no place on earth has; correct it in the source',
    ],
  },
  {
    name: 'N/A in a date',
    bytes: one({ close_date: 'n/a' }),
    expected: [
      '2 close_date "n/a" is a word for nothing; add nulls: ["n/a"] to the mapping if it means that nothing is known',
    ],
  },
  {
    name: 'a boolean in other words',
    bytes: one({ won: 'maybe' }),
    expected: [
      '2 won "maybe" is neither yes nor no; add it to words in the mapping: words: { "maybe": yes }',
    ],
  },
  {
    name: 'a boolean in words',
    bytes: table(row({ won: 'TRUE' }), row({ id: '2', won: 'Y' }), row({ id: '3', won: 'off' })),
    expected: ['2 ok', '3 ok', '4 ok'],
  },
  {
    name: 'every field wrong at once',
    bytes: table(row({ amount: 'x', close_date: 'y', won: 'z' })),
    expected: [
      '2 amount "x" is not a number; also close_date is not an ISO 8601 date (2026-11-30); also won is neither yes nor no; correct it in the source',
    ],
  },
  {
    name: 'five thousand columns',
    bytes: `${dealsHeader},${Array.from({ length: 5_000 }, (_, i) => `c${i}`).join(',')}\n${row()},${','.repeat(4_999)}\n`,
    expected: ['2 ok'],
  },
  {
    name: 'five thousand columns, none of them ours',
    bytes: `${Array.from({ length: 5_000 }, (_, i) => `c${i}`).join(',')}\n`,
    expected: [
      'refused t.csv:1 has no column "id", which the mapping reads; its columns are c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29 and 4970 more; correct the name in the mapping, or add aliases: { id: [its name] } to the file there',
      'refused t.csv:1 has no column "name", which the mapping reads',
      'refused t.csv:1 has no column "stage", which the mapping reads',
      'refused t.csv:1 has no column "amount", which the mapping reads',
      'refused t.csv:1 has no column "close_date", which the mapping reads',
      'refused t.csv:1 has no column "won", which the mapping reads',
      'refused t.csv:1 has no column "changed_at", which the mapping reads',
    ],
  },
  { name: 'the same id twice', bytes: table(row(), row()), expected: ['2 ok', '3 ok'] },
  {
    name: 'keys of JavaScript',
    bytes: table(row({ id: '__proto__', name: 'constructor' })),
    expected: ['2 ok'],
  },
];

describe('a CSV with values nobody wants', () => {
  it.each(cases)('$name', async ({ bytes, expected }) => {
    expect(await outcomeOf(readHostile('t.csv', bytes))).toEqual(expected);
  });
});
