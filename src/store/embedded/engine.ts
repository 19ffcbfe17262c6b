import { randomUUID } from 'node:crypto';
import { StoreUnavailableError } from '../errors.ts';
import type { OnStoreEvent } from '../store-event.ts';
import type { Durability } from './durability.ts';
import type { SocketFolder } from './socket-folder.ts';
import { type OpenWorker, openWorker } from './worker-handle.ts';

interface EngineAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/** Keeps one worker running on a data folder, and another one when that breaks. */
export interface EmbeddedEngine {
  /** Where to connect; waits while the engine is being reopened. */
  readonly address: () => Promise<EngineAddress>;
  readonly isRunningStatement: () => boolean;
  /** Ends whatever runs by ending the worker, and opens the data folder again. Open connections break. */
  readonly restart: (detail: string) => Promise<void>;
  /** Checkpoint and close; ends the worker by force when that takes longer than the limit. */
  readonly close: (limitMs: number) => Promise<void>;
}

export interface EngineOptions {
  readonly dataFolder: string;
  readonly socket: SocketFolder | undefined;
  readonly durability: Durability;
  readonly idleInTransactionMs: number;
  /** A statement that runs longer is ended together with its worker. */
  readonly statementLimitMs: number;
  readonly onEvent: OnStoreEvent;
}

type RestartReason = 'query-timeout' | 'crashed';

/** Starts the worker on an initialised data folder. */
export async function startEngine(options: EngineOptions): Promise<EmbeddedEngine> {
  const { socket, onEvent } = options;
  const workerOptions = { ...options, secret: randomUUID() };
  let worker = await openWorker(workerOptions);
  let reopening: Promise<void> | undefined;
  let closing = false;

  function watch(): void {
    const watched = worker;
    void watched.ended.then((detail) => {
      if (!closing && worker === watched && !reopening) void reopen('crashed', detail);
    });
  }

  function reopen(reason: RestartReason, detail: string): Promise<void> {
    if (reopening) return reopening;
    const current = replaceWorker(reason, detail).finally(() => {
      reopening = undefined;
    });
    // Whoever waits for the address sees a failure; with nobody waiting it must not end the process.
    current.catch(() => undefined);
    reopening = current;
    return current;
  }

  async function replaceWorker(reason: RestartReason, detail: string): Promise<void> {
    const started = Date.now();
    await worker.terminate();
    try {
      worker = await retry(() => openWorker(workerOptions));
    } catch (error) {
      onEvent({
        kind: 'engine-restart-failed',
        detail: error instanceof Error ? error.message : String(error),
      });
      // The next one who asks for the address tries again.
      throw error;
    }
    watch();
    onEvent({ kind: 'engine-restarted', reason, milliseconds: Date.now() - started, detail });
  }

  watch();
  const stopWatchdog = watchStatements(
    options.statementLimitMs,
    () => worker,
    (detail) => void reopen('query-timeout', detail),
  );
  return {
    async address() {
      if (closing) throw new StoreUnavailableError('the store is closed');
      if (reopening) await reopening;
      else if (worker.hasEnded()) await reopen('crashed', 'the engine was not running');
      return { host: socket?.folder ?? '127.0.0.1', port: worker.port, database: workerOptions.secret };
    },
    isRunningStatement: () => worker.progress() % 2 === 1,
    restart: (detail) => (closing ? Promise.resolve() : reopen('query-timeout', detail)),
    async close(limitMs) {
      closing = true;
      stopWatchdog();
      await reopening?.catch(() => undefined);
      // A statement that still runs has been waited for already, and no checkpoint can be made beside it.
      const isBusy = worker.progress() % 2 === 1;
      await worker.close(isBusy ? Math.min(limitMs, BUSY_CLOSE_LIMIT_MS) : limitMs);
    },
  };
}

const BUSY_CLOSE_LIMIT_MS = 1_000;

const OPEN_ATTEMPTS = 3;
const OPEN_PAUSE_MS = 200;

async function retry<T>(open: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open();
    } catch (error) {
      if (attempt >= OPEN_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, OPEN_PAUSE_MS * attempt));
    }
  }
}

/** The engine has no statement_timeout: a progress count that stays odd and unchanged is a statement that runs on. */
function watchStatements(
  limitMs: number,
  current: () => OpenWorker,
  onLate: (detail: string) => void,
): () => void {
  let seen = 0;
  let since = Date.now();
  const timer = setInterval(
    () => {
      const progress = current().progress();
      if (progress !== seen || progress % 2 === 0) {
        seen = progress;
        since = Date.now();
      } else if (Date.now() - since >= limitMs) {
        since = Date.now();
        onLate(`a statement ran longer than ${limitMs} ms`);
      }
    },
    Math.min(1_000, Math.max(50, limitMs / 4)),
  );
  timer.unref();
  return () => clearInterval(timer);
}
