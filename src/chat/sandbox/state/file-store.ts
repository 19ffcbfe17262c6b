import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../toolkit/clock.ts';
import { newSlackId } from './slack-id.ts';

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly altText: string;
  /** Bytes that were announced. */
  readonly length: number;
  readonly uploadTicket: string;
  readonly content: Buffer | null;
  /** Milliseconds; null until the upload is completed. */
  readonly completedAt: number | null;
  readonly channels: readonly string[];
}

/** Where a file is in its life: only a `ready` file has a mimetype and can be shown. */
type FileStage = 'announced' | 'uploaded' | 'processing' | 'ready';

export interface FileStore {
  announce(name: string, length: number, altText: string): StoredFile;
  byTicket(ticket: string): StoredFile | undefined;
  find(id: string): StoredFile | undefined;
  save(file: StoredFile): void;
  remove(id: string): void;
  stage(file: StoredFile): FileStage;
}

/**
 * @param processingMilliseconds time between completion and readiness
 * @param folder where finished files are kept over a restart; memory only when absent
 */
export function createFileStore(clock: Clock, processingMilliseconds: number, folder?: string): FileStore {
  const files = new Map<string, StoredFile>();
  if (folder !== undefined) loadFiles(folder, files);
  return {
    announce(name, length, altText) {
      const file: StoredFile = {
        id: newSlackId('F'),
        name,
        title: name,
        altText,
        length,
        uploadTicket: newSlackId('upload-'),
        content: null,
        completedAt: null,
        channels: [],
      };
      files.set(file.id, file);
      return file;
    },
    byTicket: (ticket) => [...files.values()].find((file) => file.uploadTicket === ticket),
    find: (id) => files.get(id),
    save(file) {
      files.set(file.id, file);
      if (folder !== undefined && file.completedAt !== null) keepFile(folder, file);
    },
    remove(id) {
      files.delete(id);
      if (folder === undefined) return;
      rmSync(join(folder, `${id}.bin`), { force: true });
      rmSync(join(folder, `${id}.json`), { force: true });
    },
    stage(file) {
      if (file.content === null) return 'announced';
      if (file.completedAt === null) return 'uploaded';
      return clock.now().getTime() >= file.completedAt + processingMilliseconds ? 'ready' : 'processing';
    },
  };
}

function keepFile(folder: string, file: StoredFile): void {
  mkdirSync(folder, { recursive: true });
  const { content, ...rest } = file;
  writeFileSync(join(folder, `${file.id}.bin`), content ?? Buffer.alloc(0));
  writeFileSync(join(folder, `${file.id}.json`), JSON.stringify(rest));
}

function loadFiles(folder: string, files: Map<string, StoredFile>): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
    try {
      const rest = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Omit<StoredFile, 'content'>;
      files.set(rest.id, { ...rest, content: readFileSync(join(folder, `${rest.id}.bin`)) });
    } catch {
      // Half written when the process was killed: such a file was never shown.
    }
  }
}

/** Type by the first bytes, as Slack finds it out; file names are not believed. */
export function sniffMimetype(content: Buffer): string {
  if (content.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png';
  if (content.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  if (/^GIF8[79]a$/.test(content.subarray(0, 6).toString('latin1'))) return 'image/gif';
  if (content.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf';
  return content.includes(0) ? 'application/octet-stream' : 'text/plain';
}

/** What an image block can show. */
export function isImage(mimetype: string): boolean {
  return ['image/png', 'image/jpeg', 'image/gif'].includes(mimetype);
}
