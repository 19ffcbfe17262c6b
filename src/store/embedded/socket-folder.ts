import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The file name that a Postgres client expects for port 5432. */
const SOCKET_NAME = '.s.PGSQL.5432';
/** sun_path holds 104 bytes on macOS and 108 on Linux, with its closing NUL. */
const LONGEST_SOCKET_PATH = 103;

export interface SocketFolder {
  readonly folder: string;
  readonly path: string;
  remove(): void;
}

/** A fresh folder that only this user may enter (mkdtemp makes it 0700), with a path short enough for a socket. */
export function createSocketFolder(): SocketFolder {
  const folder = mkdtempSync(join(shortTemporaryFolder(), 'heed-'));
  return {
    folder,
    path: join(folder, SOCKET_NAME),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function shortTemporaryFolder(): string {
  const longest = join(tmpdir(), 'heed-xxxxxx', SOCKET_NAME);
  return Buffer.byteLength(longest) > LONGEST_SOCKET_PATH ? '/tmp' : tmpdir();
}
