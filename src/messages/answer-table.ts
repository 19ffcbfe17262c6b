import { upperFirst } from '../toolkit/letter-case.ts';
import { bucketInWords, formatCell, grainShown, timeColumn } from './answer-cells.ts';
import type { AnswerView } from './answer-view.ts';
import type { TableBlock } from './message.ts';

/** Rows a chat message shows before it refers to the rest. */
const mostTableRows = 20;

/** The rows of an answer as a table, times and values as people read them. */
export function answerTable(view: AnswerView): TableBlock {
  const time = timeColumn(view);
  const grain = grainShown(view, time === -1 ? [] : view.rows.map((row) => String(row[time] ?? '')));
  const shown = view.rows.slice(0, mostTableRows);
  return {
    kind: 'table',
    caption:
      view.shape === 'records'
        ? upperFirst(view.noun.many)
        : view.metrics.map((metric) => metric.label).join(', '),
    columns: view.columns.map((column) => ({
      label: column.label,
      ...(column.type === 'number' ? { align: 'right' as const } : {}),
    })),
    rows: shown.map((row) =>
      view.columns.map((column, index) => {
        const value = row[index] ?? null;
        if (index === time && value !== null) return bucketInWords(String(value), grain);
        return value === null && column.role === 'dimension'
          ? '(none)'
          : formatCell(view, value, column, row);
      }),
    ),
    ...(view.rows.length > mostTableRows ? { omittedRows: view.rows.length - mostTableRows } : {}),
  };
}
