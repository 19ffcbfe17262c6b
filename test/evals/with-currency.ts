import type { AnswerTable } from './same-rows.ts';

/**
 * An answer that writes its only currency with the amounts ("$235,500"), as if it stood in a column of its own: expected
 * rows name it so. null: no amount says its currency, or a column does already.
 */
export function withCurrency({ columns, rows }: AnswerTable): AnswerTable | null {
  if (columns.some(({ id }) => id === 'currency')) return null;
  const said = columns.flatMap(({ format }) =>
    format?.kind === 'money' && typeof format.currency === 'string' ? [format.currency] : [],
  );
  const [only, another] = new Set(said);
  if (only === undefined || another !== undefined) return null;
  const column = {
    id: 'currency',
    label: 'Currency',
    role: 'dimension',
    type: 'text',
    format: null,
    unit: null,
  } as const;
  return { columns: [column, ...columns], rows: rows.map((row) => [only, ...row]) };
}
