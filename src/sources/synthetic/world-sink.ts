import { mkdirSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Cell, TableWriter, WorldSink } from './world.ts';

const BUFFER_CHARACTERS = 1 << 17;

export interface SinkOptions {
  /** Called now and then with the rows of all tables so far, and with the table that grows. */
  readonly onRows?: ((rows: number, table: string) => void) | undefined;
  /** Writing fails soon after it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** Writes a world below a folder. `close` ends all tables; until then their last rows may not be on disk. */
export function createWorldSink(
  folder: string,
  { onRows, signal }: SinkOptions = {},
): WorldSink & { close(): Promise<void>; rows(): number } {
  const tables = new Map<string, FileTable>();
  const rows = (): number => [...tables.values()].reduce((sum, table) => sum + table.rows, 0);
  const place = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  return {
    table(name, header) {
      if (tables.has(name)) throw new Error(`two parts of the world write ${name}`);
      const table = new FileTable(place(name), header, () => {
        signal?.throwIfAborted();
        onRows?.(rows(), name);
      });
      tables.set(name, table);
      return table;
    },
    text(name, content) {
      signal?.throwIfAborted();
      writeFileSync(place(name), content);
    },
    async close() {
      // All are closed before the first failure is told, so that nothing is still writing afterwards.
      const ended = await Promise.allSettled([...tables.values()].map((table) => table.end()));
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    rows,
  };
}

/** One piece is on its way to the disk while the next is collected. */
class FileTable implements TableWriter {
  private readonly file: Promise<FileHandle>;
  private readonly onPiece: () => void;
  private buffer: string;
  rows = 0;
  private pending: Promise<void> = Promise.resolve();

  constructor(path: string, header: readonly string[], onPiece: () => void) {
    this.file = open(path, 'w');
    // A file that cannot be opened is told by the first write or the end.
    this.file.catch(() => undefined);
    this.buffer = `${header.map(quote).join(',')}\n`;
    this.onPiece = onPiece;
  }

  write(row: readonly Cell[]): Promise<void> | undefined {
    let line = '';
    for (const [index, cell] of row.entries()) line += index === 0 ? quote(cell) : `,${quote(cell)}`;
    this.buffer += `${line}\n`;
    this.rows += 1;
    return this.buffer.length < BUFFER_CHARACTERS ? undefined : this.flush();
  }

  async end(): Promise<void> {
    try {
      await this.flush();
      await this.pending;
    } finally {
      await (await this.file).close();
    }
  }

  /** @returns when the piece before this one is on disk */
  private flush(): Promise<void> {
    const [piece, before] = [this.buffer, this.pending];
    this.buffer = '';
    this.onPiece();
    this.pending = before.then(async () => {
      await (await this.file).writeFile(piece);
    });
    // Whoever waits next gets the failure; nobody waiting must not end the process.
    this.pending.catch(() => undefined);
    return before;
  }
}

function quote(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
