import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StoredMessage } from './message-store.ts';

/** One thing that the workspace accepted. The log is what a test believes, whatever the app was told. */
export interface TruthEntry {
  /** 1, 2, 3 … in the order of acceptance. */
  readonly sequence: number;
  readonly kind: 'post' | 'update' | 'delete';
  /** Method that was accepted, for example `chat.postMessage`; `person` for what people write. */
  readonly by: string;
  /** ISO time in UTC. */
  readonly at: string;
  /** The message as it stands after this entry. */
  readonly message: StoredMessage;
}

export interface TruthLog {
  append(entry: Omit<TruthEntry, 'sequence'>): TruthEntry;
  entries(): readonly TruthEntry[];
  close(): void;
}

/**
 * Keeps the log in memory and, with a file, appends each entry before the caller is answered. A last line that was
 * cut by a crash is left out when the file is read.
 */
export function openTruthLog(file?: string): TruthLog {
  const entries: TruthEntry[] = file === undefined ? [] : readEntries(file);
  let descriptor: number | null = null;
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    descriptor = openSync(file, 'a');
    // A cut last line must not swallow the next one.
    if (entries.length > 0) writeSync(descriptor, '\n');
  }
  return {
    append(entry) {
      const full: TruthEntry = { sequence: (entries.at(-1)?.sequence ?? 0) + 1, ...entry };
      if (descriptor !== null) writeSync(descriptor, `${JSON.stringify(full)}\n`);
      entries.push(full);
      return full;
    },
    entries: () => entries,
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

function readEntries(file: string): TruthEntry[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return content.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as TruthEntry];
    } catch {
      return [];
    }
  });
}
