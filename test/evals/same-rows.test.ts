import { describe, expect, it } from 'vitest';
import type { CellValue } from '../../src/query/answer-data.ts';
import { bindNames, type ExpectedRows } from './expected-rows.ts';
import type { UnitColumn } from './same-number.ts';
import { type RowRules, sameRows } from './same-rows.ts';
import { oneBelowAnother } from './side-by-side.ts';
import { withCurrency } from './with-currency.ts';

const text = (id: string, more: Partial<UnitColumn> = {}): UnitColumn => ({
  id,
  label: id,
  role: 'dimension',
  type: 'text',
  format: null,
  unit: null,
  ...more,
});
const number = (id: string, more: Partial<UnitColumn> = {}): UnitColumn =>
  text(id, { role: 'metric', type: 'number', format: { kind: 'number' }, ...more });
const usual: RowRules = {
  zone: 'Europe/Berlin',
  isOrdered: false,
  mayGoOn: false,
  isCut: false,
  isList: false,
};

function same(
  expected: ExpectedRows,
  columns: readonly UnitColumn[],
  rows: readonly (readonly CellValue[])[],
  rules: Partial<RowRules> = {},
): boolean {
  return sameRows(expected, { columns, rows }, { ...usual, ...rules });
}

const teams = [text('team'), number('tickets')];

describe('rows of an answer beside the expected ones', () => {
  it('are the same in any order, with more columns and other spellings of a word', () => {
    const columns = [
      number('change'),
      text('kind', { valueLabels: { first_reply: 'First response' } }),
      number('n'),
    ];
    const rows = [
      [9, 'next_reply', 4],
      [8, 'first_reply', 3],
    ];
    expect(
      same(
        [
          ['FIRST RESPONSE ', 3],
          ['next reply', 4],
        ],
        columns,
        rows,
      ),
    ).toBe(true);
    expect(
      same(
        [
          ['first response', 4],
          ['next reply', 3],
        ],
        columns,
        rows,
      ),
    ).toBe(false);
  });

  it('differ by one count among thousands, but not by the rounding of a mean', () => {
    expect(same([[1856]], [number('n')], [[1857]])).toBe(false);
    expect(same([[12.34]], [number('n', { format: { kind: 'number', decimals: 1 } })], [[12.3378]])).toBe(
      true,
    );
    expect(same([[12.34]], [number('n', { format: { kind: 'number', decimals: 1 } })], [[12.5]])).toBe(false);
  });

  it('are compared in the unit that the column declares', () => {
    const duration = number('t', { format: { kind: 'duration' } });
    expect(same([[7200]], [duration], [[7200.4]])).toBe(true);
    expect(same([[2]], [duration], [[7200]])).toBe(true);
    expect(same([[3]], [duration], [[7200]])).toBe(false);
    expect(same([[172_800]], [number('age', { unit: 'days' })], [[2]])).toBe(true);
    expect(same([[0.25]], [number('s', { format: { kind: 'percent' } })], [[0.2502]])).toBe(true);
    expect(same([[25]], [number('s', { format: { kind: 'percent' } })], [[0.25]])).toBe(true);
    expect(same([[25]], [number('s')], [[0.25]])).toBe(false);
  });

  it('may leave out groups with nothing in them, and no others', () => {
    expect(
      same([['A', 3]], teams, [
        ['A', 3],
        ['B', 0],
      ]),
    ).toBe(true);
    expect(
      same(
        [
          ['A', 3],
          ['B', 0],
        ],
        teams,
        [['A', 3]],
      ),
    ).toBe(true);
    expect(
      same([['A', 3]], teams, [
        ['A', 3],
        ['B', 1],
      ]),
    ).toBe(false);
    expect(same([[0]], [number('n')], [])).toBe(true);
    expect(same([[1]], [number('n')], [])).toBe(false);
  });

  it('meet buckets of time as days, at the midnight of the zone', () => {
    const weeks = [text('week', { type: 'date' }), number('n')];
    const rows = [
      ['2026-11-09', 4],
      ['2026-11-16', 5],
    ];
    expect(
      same(
        [
          ['2026-11-08T23:00:00+00:00', 4],
          ['2026-11-16T00:00:00', 5],
        ],
        weeks,
        rows,
      ),
    ).toBe(true);
    expect(
      same(
        [
          ['2026-W46', 4],
          ['2026-11-16', 5],
        ],
        weeks,
        rows,
      ),
    ).toBe(true);
    expect(
      same(
        [
          ['2026-11-10', 4],
          ['2026-11-16', 5],
        ],
        weeks,
        rows,
      ),
    ).toBe(false);
    expect(same([[2026, 4]], [text('y', { type: 'date' }), number('n')], [['2026-01-01', 4]])).toBe(true);
  });

  it('meet hours with a leading nought, and nothing by its usual names', () => {
    const rows = [
      ['09', 4],
      [null, 5],
    ];
    const expected: ExpectedRows = [
      [9, 4],
      [null, 5],
    ];
    expect(same(expected, [text('hour'), number('n')], rows)).toBe(true);
    expect(same([['unassigned', 5]], [text('who'), number('n')], [[null, 5]])).toBe(true);
    expect(same([['unassigned', 5]], [text('who'), number('n')], [['Ann', 5]])).toBe(false);
  });

  it('keep their order where it matters, except among equals', () => {
    const rows = [
      ['A', 9],
      ['B', 7],
      ['C', 7],
      ['D', 1],
    ];
    const ordered = { isOrdered: true };
    expect(
      same(
        [
          ['A', 9],
          ['C', 7],
          ['B', 7],
          ['D', 1],
        ],
        teams,
        rows,
        ordered,
      ),
    ).toBe(true);
    expect(
      same(
        [
          ['A', 9],
          ['B', 7],
          ['D', 1],
          ['C', 7],
        ],
        teams,
        rows,
        ordered,
      ),
    ).toBe(false);
    expect(
      same(
        [
          ['A', 9],
          ['B', 7],
        ],
        teams,
        rows,
        ordered,
      ),
    ).toBe(false);
    expect(
      same(
        [
          ['A', 9],
          ['B', 7],
        ],
        teams,
        rows,
        { ...ordered, mayGoOn: true },
      ),
    ).toBe(true);
    expect(
      same(
        [
          ['A', 9],
          ['X', 7],
        ],
        teams,
        rows.slice(0, 2),
        { ...ordered, isCut: true },
      ),
    ).toBe(true);
    expect(
      same(
        [
          ['A', 9],
          ['X', 7],
        ],
        teams,
        rows.slice(0, 2),
        ordered,
      ),
    ).toBe(false);
    expect(
      same(
        [
          ['X', 9],
          ['B', 7],
        ],
        teams,
        rows.slice(0, 2),
        { ...ordered, isCut: true },
      ),
    ).toBe(false);
  });

  it('are equals by what they are ordered by, whatever other numbers they have', () => {
    const columns = [text('team'), number('n'), number('amount')];
    const rows = [
      ['A', 9, 1],
      ['B', 7, 30],
      ['C', 7, 20],
    ];
    const [first, second, third] = rows as [unknown[], unknown[], unknown[]];
    const isSame = (got: unknown[][]) => same(rows, columns, got as never, { isOrdered: true });
    expect(isSame([first, third, second])).toBe(true);
    expect(isSame([second, first, third])).toBe(false);
    expect(isSame([first, ['C', 7, 30], ['B', 7, 20]])).toBe(false);
  });

  it('tell a list by its first column, and do not take a part for the whole', () => {
    const columns = [text('number'), text('priority')];
    const rows = [
      ['T-1', 'high'],
      ['T-2', 'low'],
    ];
    const list = { isList: true };
    expect(
      same(
        [
          ['T-2', 'the subject'],
          ['T-1', 'another'],
        ],
        columns,
        rows,
        list,
      ),
    ).toBe(true);
    expect(
      same(
        [
          ['T-2', 'the subject'],
          ['T-1', 'another'],
        ],
        columns,
        rows,
      ),
    ).toBe(false);
    expect(same([['T-1', 'x']], columns, rows, list)).toBe(false);
    expect(
      same(
        [
          ['T-1', 'x'],
          ['T-2', 'x'],
          ['T-3', 'x'],
        ],
        columns,
        rows,
        list,
      ),
    ).toBe(false);
  });
});

describe('the names in an expected answer', () => {
  const names = { now: new Date('2026-11-20T14:00:00Z'), zone: 'Asia/Tokyo', me: 'person', team: null };

  it('become parameters, outside of strings, comments and casts', () => {
    const bound = bindNames(
      `select ':now', x::date, "a:me" -- :team\n from t where o = :me and at >= :now and at < :'now' ;`,
      names,
    );
    expect(bound.sql).toBe(
      `select ':now', x::date, "a:me" -- :team\n from t where o = ($1::uuid) and at >= ($2::timestamptz) and at < ($2::timestamptz) `,
    );
    expect(bound.parameters).toEqual(['person', '2026-11-20T14:00:00.000Z']);
  });
});

describe('an amount with its currency', () => {
  const dollars = number('won_amount', { format: { kind: 'money', currency: 'USD' } });
  const expected: ExpectedRows = [['USD', 235_500]];

  it('is an amount in that currency, and in no other', () => {
    const table = withCurrency({ columns: [dollars], rows: [[235_500]] });
    expect(table && sameRows(expected, table, usual)).toBe(true);
    const euros = { ...dollars, format: { kind: 'money', currency: 'EUR' } as const };
    const other = withCurrency({ columns: [euros], rows: [[235_500]] });
    expect(other && sameRows(expected, other, usual)).toBe(false);
  });

  it('names none where amounts are written without one, or the column is there', () => {
    expect(withCurrency({ columns: [number('tickets')], rows: [[3]] })).toBeNull();
    expect(withCurrency({ columns: [text('currency'), dollars], rows: [['USD', 3]] })).toBeNull();
    const mixed = [dollars, number('mrr', { format: { kind: 'money', currency: 'EUR' } })];
    expect(withCurrency({ columns: mixed, rows: [[3, 4]] })).toBeNull();
  });
});

describe('figures side by side', () => {
  const money = { format: { kind: 'money', currency: 'EUR' } } as const;
  const kinds = [number('average_won_deal', money), number('average_lost_deal', money)];
  const isSame = (
    expected: ExpectedRows,
    columns: readonly UnitColumn[],
    row: readonly CellValue[][],
  ): boolean => {
    const table = oneBelowAnother(expected, { columns, rows: row });
    return table !== null && sameRows(expected, table, usual);
  };

  it('are those one below the other that the words beside them name', () => {
    const expected: ExpectedRows = [
      ['won', 81_400],
      ['lost', 50_250],
    ];
    expect(isSame(expected, kinds, [[81_400, 50_250]])).toBe(true);
    expect(isSame(expected, kinds, [[50_250, 81_400]])).toBe(false);
    expect(isSame(expected, [number('mrr', money), number('arr', money)], [[81_400, 50_250]])).toBe(false);
    expect(
      isSame(expected, [number('won_deals', money), number('won_late', money)], [[81_400, 50_250]]),
    ).toBe(false);
  });

  it('are those of two periods, the newer one first, group by group', () => {
    const columns = [
      text('currency'),
      number('sales', money),
      number('sales__previous', money),
      number('sales__change', { format: { kind: 'percent' } }),
    ];
    const rows = [
      ['USD', 17, 16, 0.06],
      ['EUR', 6, 5, 0.2],
    ];
    const months = (first: string, second: string): ExpectedRows => [
      ['EUR', first, 5],
      ['EUR', second, 6],
      ['USD', first, 16],
      ['USD', second, 17],
    ];
    expect(isSame(months('2026-09', '2026-10'), columns, rows)).toBe(true);
    expect(isSame(months('last month', 'this month'), columns, rows)).toBe(true);
    expect(isSame(months('2026-10', '2026-09'), columns, rows)).toBe(false);
    expect(isSame(months('red', 'blue'), columns, rows)).toBe(false);
  });
});
