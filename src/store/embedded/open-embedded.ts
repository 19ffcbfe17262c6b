import type { Engine } from '../database.ts';
import type { OnStoreEvent } from '../store-event.ts';
import { prepareDataFolder } from './data-folder.ts';
import { startEngine } from './engine.ts';

interface EmbeddedOptions {
  readonly home: string;
  readonly statementLimitMs: number;
  readonly onEvent: OnStoreEvent;
}

const IDLE_IN_TRANSACTION_MS = 60_000;
const CLOSE_LIMIT_MS = 6_000;
/** One for the transaction that runs and one that waits its turn; the engine has a single session. */
const POOL_SIZE = 2;

/** Postgres inside this process (PGlite in a worker thread), reached through a private socket. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  const { onEvent } = options;
  const dataFolder = await prepareDataFolder(options.home, onEvent);
  const engine = await startEngine({ dataFolder, idleInTransactionMs: IDLE_IN_TRANSACTION_MS, onEvent });
  return {
    kind: 'embedded',
    pool: {
      connection: async () => ({ ...(await engine.address()), user: 'postgres', application_name: 'heed' }),
      size: POOL_SIZE,
      idleTimeoutMs: 0,
      onEvent,
    },
    interrupt: { isRunning: () => engine.progress() % 2 === 1, restart: engine.restart },
    close: () => engine.close(CLOSE_LIMIT_MS),
  };
}
