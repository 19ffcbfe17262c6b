import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import type { Log } from '../toolkit/log.ts';
import { scrub } from '../toolkit/scrub.ts';

export interface AppLog {
  readonly log: Log;
  /** Writes what is buffered; call last. */
  readonly close: () => Promise<void>;
}

/**
 * JSON lines in `<home>/heed.log`; stdout stays free for answers. Every line passes the scrub as text, so that a
 * secret inside a message or a stack is caught too.
 *
 * @param level least serious level; `silent` writes nothing
 */
export function createLog(home: string, level: string): AppLog {
  mkdirSync(home, { recursive: true });
  const file = createWriteStream(join(home, 'heed.log'), { flags: 'a', mode: 0o600 });
  const scrubbed = new Writable({
    decodeStrings: false,
    write: (chunk: string | Buffer, _encoding, done) => {
      file.write(scrub(chunk.toString()), () => done());
    },
  });
  const log = pino(
    {
      level,
      base: { app: 'heed', pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: serializeError },
    },
    scrubbed,
  );
  return {
    log,
    close: () =>
      new Promise((resolve) => {
        scrubbed.end(() => file.end(() => resolve()));
      }),
  };
}

/** Only what helps and is not somebody's data: never request bodies or headers that SDK errors carry. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack } = error;
  const code = 'code' in error ? error.code : undefined;
  return {
    name,
    message,
    code,
    stack,
    cause: error.cause === undefined ? undefined : serializeError(error.cause),
  };
}
