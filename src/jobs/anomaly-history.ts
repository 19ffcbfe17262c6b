import { z } from 'zod';
import type { SeriesRow } from '../analysis/anomaly/series-segments.ts';

/** Rows by segment, each as bucket, amount and cases: a third of the size of rows with names. */
const keptRows = z.array(
  z.object({
    dimension: z.string().nullable(),
    segment: z.string().nullable(),
    rows: z.array(z.tuple([z.number(), z.number().nullable(), z.number()])),
  }),
);

type KeptRows = z.infer<typeof keptRows>;

/** Counted rows in the form they are kept in. */
export function writeKeptRows(rows: readonly SeriesRow[]): KeptRows {
  const segments = new Map<string, KeptRows[number]>();
  for (const { dimension, segment, bucket, amount, cases } of rows) {
    const key = JSON.stringify([dimension, segment]);
    const known = segments.get(key) ?? { dimension, segment, rows: [] };
    known.rows.push([bucket, amount, cases]);
    segments.set(key, known);
  }
  return [...segments.values()];
}

/** Back from what was kept; something else than `writeKeptRows` made is an error. */
export function readKeptRows(kept: unknown): readonly SeriesRow[] {
  return keptRows
    .parse(kept)
    .flatMap(({ dimension, segment, rows }) =>
      rows.map(([bucket, amount, cases]) => ({ dimension, segment, bucket, amount, cases })),
    );
}
