import { createWriteStream, mkdirSync, type WriteStream, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Cell, TableWriter, WorldSink } from './world.ts';

const BUFFER_CHARACTERS = 1 << 16;

/** Writes a world below a folder. `close` ends all tables; until then their last rows may not be on disk. */
export function createWorldSink(folder: string): WorldSink & { close(): Promise<void> } {
  const tables: FileTable[] = [];
  const place = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  return {
    table(name, header) {
      const table = new FileTable(createWriteStream(place(name)), header);
      tables.push(table);
      return table;
    },
    text(name, content) {
      writeFileSync(place(name), content);
    },
    async close() {
      await Promise.all(tables.map((table) => table.end()));
    },
  };
}

class FileTable implements TableWriter {
  private readonly stream: WriteStream;
  private buffer: string;

  constructor(stream: WriteStream, header: readonly string[]) {
    this.stream = stream;
    this.buffer = `${header.map(quote).join(',')}\n`;
  }

  write(row: readonly Cell[]): Promise<void> | undefined {
    this.buffer += `${row.map(quote).join(',')}\n`;
    if (this.buffer.length < BUFFER_CHARACTERS) return undefined;
    const hasRoom = this.stream.write(this.buffer);
    this.buffer = '';
    return hasRoom ? undefined : new Promise((resolve) => this.stream.once('drain', resolve));
  }

  async end(): Promise<void> {
    this.stream.end(this.buffer);
    await finished(this.stream);
  }
}

function quote(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
