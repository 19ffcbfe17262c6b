import type { CellValue } from '../../src/query/answer-data.ts';
import type { MetricPlan } from '../../src/query/metric-query.ts';
import type { AnswerTable } from './same-rows.ts';

/**
 * An answer that keeps currencies apart where the expected rows mix them, as if amounts were plain numbers: the same
 * groups with their amounts added up. null: the answer is not split, or what it shows cannot be added.
 */
export function addedUp(
  { columns, rows }: AnswerTable,
  plan: MetricPlan,
  isCutAtLimit: boolean,
): AnswerTable | null {
  const at = columns.findIndex(({ id, role }) => id === 'currency' && role === 'dimension');
  if (at === -1 || plan.groupBy.some(({ dimension }) => dimension === 'currency')) return null;
  const groups = new Map<string, (readonly CellValue[])[]>();
  for (const row of rows) {
    const key = JSON.stringify(
      row.filter((_, index) => index !== at && columns[index]?.role === 'dimension'),
    );
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const isSplit = [...groups.values()].some((own) => own.length > 1);
  const isAdditive = columns.every(({ type, format }) => type !== 'number' || format?.kind !== 'percent');
  if (isSplit && !isAdditive) return null;
  const added = [...groups.values()].map((own) =>
    columns.map(({ role }, index): CellValue => {
      if (role === 'dimension') return index === at ? null : (own[0]?.[index] ?? null);
      return own.reduce((sum, row) => sum + Number(row[index] ?? 0), 0);
    }),
  );
  const ordered = inOrder(added, { columns, rows }, plan);
  return { columns, rows: isCutAtLimit ? ordered.slice(0, plan.limit) : ordered };
}

function inOrder(
  rows: readonly (readonly CellValue[])[],
  { columns }: AnswerTable,
  { orderBy }: MetricPlan,
): readonly (readonly CellValue[])[] {
  const [first] = orderBy;
  const at = columns.findIndex(({ id, type }) => id === first?.by && type === 'number');
  if (first === undefined || at === -1) return rows;
  const sign = first.direction === 'desc' ? -1 : 1;
  return [...rows].sort((one, other) => sign * (Number(one[at] ?? 0) - Number(other[at] ?? 0)));
}
