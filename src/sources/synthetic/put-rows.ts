import type { Cell, TableWriter, WorldSink } from './world.ts';

/** A CSV file and the rows that a thing of the world becomes in it. */
export interface WorldTable<T> {
  readonly file: string;
  readonly header: readonly string[];
  rows(item: T): readonly (readonly Cell[])[];
}

/** Writes a table from its things, one at a time. */
export async function writeTable<T>(
  sink: WorldSink,
  table: WorldTable<T>,
  items: Iterable<T>,
): Promise<void> {
  const writer = sink.table(table.file, table.header);
  for (const item of items) await putRows(writer, table.rows(item));
}

/** Writes rows, and waits where the disk is behind. */
export async function putRows(writer: TableWriter, rows: Iterable<readonly Cell[]>): Promise<void> {
  for (const row of rows) {
    const room = writer.write(row);
    if (room !== undefined) await room;
  }
}
