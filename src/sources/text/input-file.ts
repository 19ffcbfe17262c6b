import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Issue } from '../../toolkit/issue.ts';

/** Bytes with a name: a file, or text in a test. */
export interface Input {
  /** Shown in messages and rejects. */
  readonly name: string;
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** Size and hash after `chunks` has been read to its end. @throws RefusedInput when the file changed meanwhile */
  readonly finish: () => Promise<{ readonly bytes: number; readonly sha256: string }>;
}

/** Thrown inside readers only; their doors turn it into a `refused` event. */
export class RefusedInput extends Error {
  readonly issue: Issue;
  constructor(issue: Issue) {
    super(`${issue.path}: ${issue.message}`);
    this.name = 'RefusedInput';
    this.issue = issue;
  }
}

const CHUNK_BYTES = 64 * 1024;

/**
 * A file that must hold still: whoever writes to it, cuts it, replaces or removes it while it is read makes `finish`
 * refuse it, because half of an old and half of a new export is neither.
 *
 * @param name how the file is called in messages, by default its last segment
 */
export function fileInput(path: string, name: string = basename(path)): Input {
  let hash = createHash('sha256');
  let bytes = 0;
  let before: Fingerprint | undefined;
  return {
    name,
    async *chunks() {
      hash = createHash('sha256');
      bytes = 0;
      before = await fingerprint(path, name);
      try {
        for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
          const data = chunk as Buffer;
          hash.update(data);
          bytes += data.length;
          yield data;
        }
      } catch (error) {
        throw error instanceof RefusedInput ? error : unreadable(name, error);
      }
    },
    async finish() {
      const sha256 = hash.digest('hex');
      const after = await fingerprint(path, name).catch((error: unknown) => {
        throw isMissing(error) ? changed(name, 'was removed') : error;
      });
      if (before !== undefined) {
        if (after.inode !== before.inode) throw changed(name, 'was replaced');
        const isSame = after.size === before.size && after.modified === before.modified;
        if (!isSame || BigInt(bytes) !== before.size) throw changed(name, 'changed');
        // The time of writing can be set back; that of the inode cannot, so then the bytes are compared.
        if (after.inodeChanged !== before.inodeChanged && (await hashOf(path)) !== sha256)
          throw changed(name, 'changed');
      }
      return { bytes, sha256 };
    },
  };
}

/** Input held in memory. */
export function memoryInput(name: string, content: string | Uint8Array, chunkSize = 65_536): Input {
  const data = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return {
    name,
    async *chunks() {
      for (let start = 0; start < data.length; start += chunkSize) {
        yield data.subarray(start, start + chunkSize);
      }
    },
    finish: async () => ({
      bytes: data.length,
      sha256: createHash('sha256').update(data).digest('hex'),
    }),
  };
}

interface Fingerprint {
  readonly size: bigint;
  readonly modified: bigint;
  readonly inode: bigint;
  readonly inodeChanged: bigint;
}

async function fingerprint(path: string, name: string): Promise<Fingerprint> {
  const info = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (!info.isFile()) {
    const what = info.isDirectory() ? 'a folder' : 'no ordinary file';
    const message = `is ${what}; name a file, or the folder that holds the files`;
    throw new RefusedInput({ code: 'file-unreadable', path: name, message });
  }
  return { size: info.size, modified: info.mtimeNs, inode: info.ino, inodeChanged: info.ctimeNs };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist, or a link to it leads nowhere; check the path',
  EACCES: 'may not be read by this user; give the user that runs Heed the right to read it',
  EPERM: 'may not be read by this user; give the user that runs Heed the right to read it',
  ELOOP: 'is a link that leads back to itself; name the file itself',
  EISDIR: 'is a folder; name a file, or the folder that holds the files',
  EIO: 'could not be read from its disk; copy it to another one',
  ESTALE: 'is on a network drive that went away; try again',
};

/** Tells what keeps a file from being read, and what to do. */
export function unreadable(name: string, error: unknown): RefusedInput {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const why = error instanceof Error ? error.message : String(error);
  const message = Object.hasOwn(reasons, code) ? (reasons[code] ?? why) : `cannot be read: ${why}`;
  const issueCode = code === 'ENOENT' ? 'file-missing' : 'file-unreadable';
  return new RefusedInput({ code: issueCode, path: name, message });
}

const isMissing = (error: unknown): boolean =>
  error instanceof RefusedInput && error.issue.code === 'file-missing';

const changed = (name: string, how: string): RefusedInput =>
  new RefusedInput({
    code: 'file-changed',
    path: name,
    message: `${how} while it was read; nothing of it was stored: import it again when the copy is complete`,
  });

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
