import type { AnswerColumn, CellValue } from './answer-data.ts';
import type { MetricPlan } from './metric-query.ts';

type Condition = MetricPlan['having'][number];
type Row = readonly CellValue[];

/** What groups were held against: the mean of so many of them. */
export interface HeldAgainst {
  readonly condition: Condition;
  readonly column: AnswerColumn;
  readonly mean: number;
  readonly groups: number;
  /** Whose mean it is, where there are several: the team, the currency. */
  readonly of: readonly CellValue[];
}

export interface Kept {
  readonly rows: readonly Row[];
  readonly against: readonly HeldAgainst[];
}

/** The groups that meet every condition on their figures; a mean is that of all groups, those that do not meet it included. */
export function meetHaving(
  { having }: Pick<MetricPlan, 'having'>,
  columns: readonly AnswerColumn[],
  rows: readonly Row[],
): Kept {
  const against: HeldAgainst[] = [];
  const tests = having.map((condition) => {
    const at = columns.findIndex(({ id }) => id === condition.metric);
    if (condition.against !== 'mean')
      return (row: Row) => holds(condition, heldValue(condition, columns, row, at));
    const keyOf = likesOf(condition, columns);
    const names = columns.flatMap(({ role, id }, index) =>
      role === 'dimension' && id !== 'currency' ? [index] : [],
    );
    const isOfNone = (row: Row): boolean => names.some((index) => (row[index] ?? null) === null);
    const means = meansOf(
      rows.filter((row) => !isOfNone(row)),
      at,
      keyOf,
    );
    const column = columns[at];
    for (const { mean, groups, of } of means.values())
      if (column) against.push({ condition, column, mean, groups, of });
    return (row: Row) => {
      const mean = means.get(JSON.stringify(keyOf(row)))?.mean;
      // What nobody is assigned to is of no group that could be held against others.
      return (
        mean !== undefined &&
        !isOfNone(row) &&
        holds({ ...condition, value: condition.value * mean }, row[at] ?? null)
      );
    };
  });
  return { rows: rows.filter((row) => tests.every((test) => test(row))), against };
}

function holds({ op, value }: Pick<Condition, 'op' | 'value'>, cell: CellValue): boolean {
  if (typeof cell !== 'number') return false;
  return { gt: cell > value, gte: cell >= value, lt: cell < value, lte: cell <= value, eq: cell === value }[
    op
  ];
}

const changeEnd = '__change';

/** From nothing to something there is no percentage, and yet it has grown: which way is told by the figures themselves. */
function heldValue(
  { metric, value }: Condition,
  columns: readonly AnswerColumn[],
  row: Row,
  at: number,
): CellValue {
  const cell = row[at] ?? null;
  if (cell !== null || value !== 0 || !metric.endsWith(changeEnd)) return cell;
  const id = metric.slice(0, -changeEnd.length);
  const [now, before] = [id, `${id}__previous`].map(
    (one) => row[columns.findIndex((column) => column.id === one)],
  );
  return typeof now === 'number' && typeof before === 'number' ? Math.sign(now - before) : null;
}

/** Groups of one mean: those of the same value that is named, and never of two currencies. */
function likesOf({ within }: Condition, columns: readonly AnswerColumn[]): (row: Row) => Row {
  const places = columns.flatMap(({ id, role }, index) =>
    role === 'dimension' && (id === within || id === 'currency') ? [index] : [],
  );
  return (row) => places.map((index) => row[index] ?? null);
}

function meansOf(
  rows: readonly Row[],
  at: number,
  keyOf: (row: Row) => Row,
): ReadonlyMap<string, { readonly mean: number; readonly groups: number; readonly of: Row }> {
  const found = new Map<string, { values: number[]; of: Row }>();
  for (const row of rows) {
    const value = row[at];
    if (typeof value !== 'number') continue;
    const of = keyOf(row);
    const entry = found.get(JSON.stringify(of)) ?? { values: [], of };
    entry.values.push(value);
    found.set(JSON.stringify(of), entry);
  }
  return new Map(
    [...found].map(([key, { values, of }]) => [
      key,
      { mean: values.reduce((sum, one) => sum + one, 0) / values.length, groups: values.length, of },
    ]),
  );
}
