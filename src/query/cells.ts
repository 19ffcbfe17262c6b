import { calendarLabels } from '../catalogue/calendar-unit.ts';
import type { DimensionDefinition } from '../catalogue/catalogue.ts';
import type { AnswerColumn, CellValue } from './answer-data.ts';

/** Instants as ISO text; everything else as the pool's parsers read it. */
export function toCell(value: unknown): CellValue {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

/** Column of a dimension that is shown as it is. */
export function dimensionColumn(dimension: DimensionDefinition): AnswerColumn {
  const { id, label, type, format, values, calendar } = dimension;
  const column = { id, label, role: 'dimension', type, format } as const;
  if (calendar !== undefined) return { ...column, valueLabels: calendarLabels(calendar) };
  if (values.length === 0) return column;
  return { ...column, valueLabels: Object.fromEntries(values.map((one) => [one.value, one.label])) };
}
