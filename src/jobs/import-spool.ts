import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, rmSync, type WriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import type { AnyRecord, Entity } from '../domain/records.ts';
import { type RecordRow, rowOf } from '../store/record-columns.ts';

/** Where spools go when nobody says. */
export const defaultSpoolFolder = (): string => join(tmpdir(), `heed-spool-${process.getuid?.() ?? 'user'}`);

const spoolOf = (folder: string, runId: string): string => join(folder, runId);

/** Takes away what a run that died left behind. */
export function removeSpool(folder: string, runId: string): void {
  rmSync(spoolOf(folder, runId), { recursive: true, force: true });
}

/**
 * Holds the checked records of a source on disk until all of it has been read, so that a source with a bad end stores
 * nothing and the database sees nothing before the one transaction that stores everything. One file per entity, a
 * JSON row per line; readable by its owner alone.
 */
export class ImportSpool {
  private readonly folder: string;
  private readonly files = new Map<Entity, SpoolFile>();

  constructor(folder: string, runId: string) {
    this.folder = spoolOf(folder, runId);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  get rows(): number {
    return [...this.files.values()].reduce((sum, { rows }) => sum + rows, 0);
  }

  /** @returns a promise when the disk is behind */
  add(record: AnyRecord): Promise<void> | undefined {
    let file = this.files.get(record.entity);
    if (!file) {
      file = new SpoolFile(join(this.folder, `${record.entity}.ndjson`));
      this.files.set(record.entity, file);
    }
    return file.write(rowOf(record));
  }

  /** Ends writing. */
  async seal(): Promise<void> {
    await Promise.all([...this.files.values()].map((file) => file.end()));
  }

  /** Rows in the order in which they were read, entity by entity. May be called again. */
  async *batches(
    size: number,
  ): AsyncGenerator<{ readonly entity: Entity; readonly rows: readonly RecordRow[] }> {
    for (const [entity, file] of this.files) {
      let rows: RecordRow[] = [];
      for await (const line of createInterface({ input: createReadStream(file.path) })) {
        rows.push(JSON.parse(line) as RecordRow);
        if (rows.length < size) continue;
        yield { entity, rows };
        rows = [];
      }
      if (rows.length > 0) yield { entity, rows };
    }
  }

  async remove(): Promise<void> {
    for (const file of this.files.values()) await file.end().catch(() => undefined);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const BUFFER_CHARACTERS = 1 << 16;

class SpoolFile {
  rows = 0;
  readonly path: string;
  private readonly stream: WriteStream;
  private buffer = '';
  private failure: Error | undefined;

  constructor(path: string) {
    this.path = path;
    this.stream = createWriteStream(path, { mode: 0o600 });
    this.stream.on('error', (error) => {
      this.failure = error;
    });
  }

  write(row: RecordRow): Promise<void> | undefined {
    this.rows += 1;
    this.buffer += `${JSON.stringify(row)}\n`;
    if (this.buffer.length < BUFFER_CHARACTERS) return undefined;
    if (this.failure) throw this.failure;
    const hasRoom = this.stream.write(this.buffer);
    this.buffer = '';
    return hasRoom ? undefined : once(this.stream, 'drain').then(() => undefined);
  }

  /** @throws what the disk said while it was written */
  async end(): Promise<void> {
    if (!this.stream.writableEnded) this.stream.end(this.buffer);
    await finished(this.stream);
  }
}
