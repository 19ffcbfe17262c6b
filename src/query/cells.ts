import type { CellValue } from './answer-data.ts';

/** Instants as ISO text; everything else as the pool's parsers read it. */
export function toCell(value: unknown): CellValue {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}
