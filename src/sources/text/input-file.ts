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

/** @param name how the file is called in messages, by default its last segment */
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
      for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
        const data = chunk as Buffer;
        hash.update(data);
        bytes += data.length;
        yield data;
      }
    },
    async finish() {
      const after = await fingerprint(path, name);
      if (before && (after.size !== before.size || after.modified !== before.modified)) {
        throw new RefusedInput({
          code: 'file-changed',
          path: name,
          message: 'changed while it was read; import it again when the copy is complete',
        });
      }
      return { bytes, sha256: hash.digest('hex') };
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
  readonly size: number;
  readonly modified: number;
}

async function fingerprint(path: string, name: string): Promise<Fingerprint> {
  try {
    const info = await stat(path);
    return { size: info.size, modified: info.mtimeMs };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RefusedInput({ code: 'file-unreadable', path: name, message: `cannot be read: ${why}` });
  }
}
