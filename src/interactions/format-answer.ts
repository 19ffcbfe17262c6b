import { formatValue } from '../charts/format-value.ts';
import type { ChartSpec } from '../domain/chart-data.ts';
import type { AnswerColumn, AnswerData, CellValue } from '../query/answer-data.ts';

/** A cell as people read it; instants and dates in the asker's zone. Empty cells are a dash, never a zero. */
export function formatCell(cell: CellValue, column: AnswerColumn, zone: string): string {
  if (cell === null || cell === '') return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return formatValue(cell, column.format ?? { kind: 'number' });
  if (column.type === 'date') return formatDay(cell);
  if (column.type === 'instant') return formatInstant(new Date(cell), zone);
  return cell;
}

/** `2026-11-21` -> `21 Nov 2026`. */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

/** `21 Nov 2026, 09:05` in the zone. */
export function formatInstant(at: Date, zone: string): string {
  const parts = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return new Intl.DateTimeFormat('en-GB', { ...parts, hour12: false, timeZone: zone }).format(at);
}

/** The rows as a table block wants them. */
export function formatTable(data: AnswerData, zone: string) {
  const { columns, rows } = data;
  return {
    columns: columns.map((column) => ({
      label: column.label,
      align: column.type === 'number' ? ('right' as const) : ('left' as const),
    })),
    rows: rows.map((row) => columns.map((column, index) => formatCell(row[index] ?? null, column, zone))),
  };
}

/** A grouped answer as a bar or line chart; null when there is nothing to draw. */
export function chartOf(
  data: AnswerData,
  show: 'bar' | 'line',
  title: string,
  subtitle: string,
  zone: string,
): ChartSpec | null {
  const labelAt = data.columns.findIndex((column) => column.role === 'dimension');
  const valueAt = data.columns.findIndex((column) => column.role === 'metric');
  const label = data.columns[labelAt];
  const value = data.columns[valueAt];
  if (label === undefined || value === undefined || data.rows.length === 0) return null;
  const format = value.format ?? { kind: 'number' as const };
  const points = data.rows.map((row) => ({
    label: formatCell(row[labelAt] ?? null, label, zone),
    value: numberOrNull(row[valueAt]),
  }));
  const altText =
    `${title}: ${points.map((point) => `${point.label} ${point.value === null ? '–' : formatValue(point.value, format)}`).join(', ')}.`.slice(
      0,
      2000,
    );
  const base = { title, subtitle, altText, format };
  return show === 'line'
    ? {
        ...base,
        kind: 'line',
        labels: points.map((point) => point.label),
        series: [{ name: value.label, values: points.map((point) => point.value) }],
      }
    : {
        ...base,
        kind: 'horizontal-bar',
        bars: points.map((point) => ({ label: point.label, value: point.value ?? 0 })),
      };
}

function numberOrNull(cell: CellValue | undefined): number | null {
  return typeof cell === 'number' ? cell : null;
}
