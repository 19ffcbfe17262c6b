import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../database.ts';
import type { OnStoreEvent } from '../store-event.ts';
import { prepareDataFolder } from './data-folder.ts';
import type { Durability } from './durability.ts';
import { type EmbeddedEngine, startEngine } from './engine.ts';
import { acquireLock, type FolderLock } from './lock-file.ts';
import { createSocketFolder } from './socket-folder.ts';

interface EmbeddedOptions {
  readonly home: string;
  readonly durability: Durability;
  readonly statementLimitMs: number;
  readonly onEvent: OnStoreEvent;
}

const IDLE_IN_TRANSACTION_MS = 60_000;
const CLOSE_LIMIT_MS = 6_000;
/** One for the transaction that runs and one that waits its turn; the engine has a single session. */
const POOL_SIZE = 2;

/**
 * Postgres inside this process (PGlite in a worker thread), reached through a private socket.
 *
 * @throws StoreLockedError when another process holds the folder
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  const { home, onEvent } = options;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const socket = process.platform === 'win32' ? undefined : createSocketFolder();
  let engine: EmbeddedEngine | undefined;
  const file = join(home, 'postgres.lock');
  let lock: FolderLock | undefined;
  try {
    const onLost = () => {
      onEvent({ kind: 'lock-lost', file });
      void engine?.close(0);
    };
    lock = await acquireLock({ file, folder: home, socketFolder: socket?.folder, onEvent, onLost });
    const dataFolder = await prepareDataFolder(home, options.durability, onEvent);
    engine = await startEngine({
      dataFolder,
      socket,
      durability: options.durability,
      idleInTransactionMs: IDLE_IN_TRANSACTION_MS,
      statementLimitMs: options.statementLimitMs,
      onEvent,
    });
  } catch (error) {
    lock?.release();
    socket?.remove();
    throw error;
  }
  return describeEngine(engine, onEvent, () => {
    lock.release();
    socket?.remove();
  });
}

function describeEngine(engine: EmbeddedEngine, onEvent: OnStoreEvent, release: () => void): Engine {
  return {
    kind: 'embedded',
    pool: {
      connection: async () => ({ ...(await engine.address()), user: 'postgres', application_name: 'heed' }),
      size: POOL_SIZE,
      idleTimeoutMs: 0,
      onEvent,
    },
    interrupt: { isRunning: engine.isRunningStatement, restart: engine.restart },
    async close() {
      await engine.close(CLOSE_LIMIT_MS);
      release();
    },
  };
}
