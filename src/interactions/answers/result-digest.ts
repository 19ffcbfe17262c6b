import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AnswerData } from '../../query/answer-data.ts';

const digestSchema = z.object({
  /** Ids of the columns that the numbers of a row belong to. */
  columns: z.array(z.string()),
  rows: z.array(
    z.object({
      /** Which group or record, as a hash. */
      key: z.string(),
      values: z.array(z.number().nullable()),
      /** Hash of all cells: a record may change under the same title. */
      content: z.string(),
    }),
  ),
  truncated: z.boolean(),
});

/**
 * What came out, kept so that a later run can tell the difference: numbers, and hashes in place of names, so that the
 * store of answers holds nobody's data twice.
 */
export type ResultDigest = Readonly<z.infer<typeof digestSchema>>;

type Table = Pick<AnswerData, 'columns' | 'rows' | 'truncated'>;

/** @param salt the answer's id, so that equal names of different answers have different hashes */
export function digestResult(salt: string, { columns, rows, truncated }: Table): ResultDigest {
  const numbers = columns.flatMap((column, index) => (column.role === 'metric' ? [index] : []));
  const seen = new Map<string, number>();
  return {
    columns: numbers.map((index) => columns[index]?.id ?? ''),
    rows: rows.map((row) => {
      const plain = groupKey(salt, columns, row);
      const times = seen.get(plain) ?? 0;
      seen.set(plain, times + 1);
      return {
        // Two records may have one title; they are told apart by their place.
        key: times === 0 ? plain : `${plain}${times}`,
        values: numbers.map((index) => numberOf(row[index])),
        content: hash(salt, row),
      };
    }),
    truncated,
  };
}

/** Hash of what a row stands for: its groups, or the title of a record. */
export function groupKey(salt: string, columns: Table['columns'], row: Table['rows'][number]): string {
  const hasMetrics = columns.some((column) => column.role === 'metric');
  const cells = hasMetrics ? row.filter((_, index) => columns[index]?.role === 'dimension') : row.slice(0, 1);
  return hash(salt, cells);
}

/** Null for what no answer of this version wrote. */
export function readDigest(stored: unknown): ResultDigest | null {
  const parsed = digestSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

function hash(salt: string, cells: readonly unknown[]): string {
  return createHash('sha256')
    .update(`${salt}\n${JSON.stringify(cells)}`)
    .digest('hex')
    .slice(0, 16);
}

const numberOf = (cell: unknown): number | null => (typeof cell === 'number' ? cell : null);
