import type { PartRow } from './assemble.ts';
import { toCell } from './cells.ts';
import type { AggregateRow, Aggregation } from './compile/compile-aggregate.ts';

/** Rows of the database as groups of one figure, and how many records they rest on. */
export function shownRows(rows: readonly AggregateRow[], shape: Pick<Aggregation, 'groups' | 'currency'>) {
  return { rows: rows.map((row) => toPartRow(row, shape)), read: sum(rows.map((row) => row.rows_read)) };
}

function toPartRow(
  row: AggregateRow,
  { groups, currency }: Pick<Aggregation, 'groups' | 'currency'>,
): PartRow {
  const cells = groups.map((_, index) => toCell(row[`g${index}`]));
  return {
    cells,
    keys: groups.map((group, index) =>
      group.kind === 'value' && group.key
        ? (toCell(row[`k${index}`]) ?? cells[index] ?? null)
        : (cells[index] ?? null),
    ),
    currency: currency ? (row.in_currency ?? null) : null,
    value: row.value,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
