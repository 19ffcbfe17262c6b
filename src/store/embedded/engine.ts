import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { workerUrl } from '../../toolkit/package-root.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { OnStoreEvent } from '../store-event.ts';
import { createSocketFolder, type SocketFolder } from './socket-folder.ts';
import type { WorkerAddress, WorkerInput, WorkerOutput } from './worker-messages.ts';

export interface EngineAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

export interface EmbeddedEngine {
  /** Where to connect; waits while the engine is being reopened. */
  address(): Promise<EngineAddress>;
  /** Counts up when a statement begins and when it ends; odd while one runs. */
  readonly progress: () => number;
  /** Ends whatever runs by ending the worker, and opens the data folder again. Open connections break. */
  readonly restart: (detail: string) => Promise<void>;
  /** Checkpoint and close; ends the worker by force when that takes longer than the limit. */
  close(limitMs: number): Promise<void>;
}

export interface EngineOptions {
  readonly dataFolder: string;
  readonly idleInTransactionMs: number;
  readonly onEvent: OnStoreEvent;
}

const OPEN_ATTEMPTS = 3;

/** Starts the worker on an initialised data folder. */
export async function startEngine(options: EngineOptions): Promise<EmbeddedEngine> {
  const secret = randomUUID();
  const socket = process.platform === 'win32' ? undefined : createSocketFolder();
  let closing = false;
  let running = await openWorker(options, secret, socket).catch((error: unknown) => {
    socket?.remove();
    throw error;
  });
  let reopening: Promise<void> | undefined;

  watch(running);

  function watch(worker: RunningWorker): void {
    void worker.ended.then((detail) => {
      if (!closing && running === worker && !reopening) void reopen('crashed', detail);
    });
  }

  function reopen(reason: 'query-timeout' | 'crashed', detail: string): Promise<void> {
    reopening ??= (async () => {
      const started = Date.now();
      try {
        await running.terminate();
        running = await reopenWorker(options, secret, socket);
        options.onEvent({ kind: 'engine-restarted', reason, milliseconds: Date.now() - started, detail });
      } catch (error) {
        options.onEvent({ kind: 'engine-restart-failed', detail: messageOf(error) });
        throw error;
      } finally {
        reopening = undefined;
      }
      watch(running);
    })();
    // Whoever waits for the address sees the failure; nobody waiting must not end the process.
    const current: Promise<void> = reopening;
    current.catch(() => undefined);
    return current;
  }

  return {
    async address() {
      if (closing) throw new StoreUnavailableError('the store is closed');
      if (reopening) await reopening;
      else if (running.hasEnded()) await reopen('crashed', 'the engine was not running');
      return { host: socket?.folder ?? '127.0.0.1', port: running.port, database: secret };
    },
    progress: () => running.progress(),
    restart: (detail) => (closing ? Promise.resolve() : reopen('query-timeout', detail)),
    async close(limitMs) {
      closing = true;
      await reopening?.catch(() => undefined);
      await running.close(limitMs);
      socket?.remove();
    },
  };
}

/** Makes a data folder (initdb, 3-5 s) and closes it again. */
export async function initialiseDataFolder(folder: string): Promise<void> {
  const worker = spawn({ dataFolder: folder, address: { kind: 'none' }, secret: '', idleInTransactionMs: 0 });
  const message = await worker.first;
  await worker.terminate();
  if (message.kind !== 'closed') throw new StoreUnavailableError(describeFailure(folder, message));
}

interface RunningWorker {
  readonly port: number;
  /** Resolves with the reason once the worker is gone. */
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  readonly progress: () => number;
  readonly terminate: () => Promise<void>;
  close(limitMs: number): Promise<void>;
}

async function reopenWorker(
  options: EngineOptions,
  secret: string,
  socket: SocketFolder | undefined,
): Promise<RunningWorker> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openWorker(options, secret, socket);
    } catch (error) {
      if (attempt >= OPEN_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
    }
  }
}

async function openWorker(
  options: EngineOptions,
  secret: string,
  socket: SocketFolder | undefined,
): Promise<RunningWorker> {
  // A worker that was ended by force leaves its socket file behind.
  if (socket) rmSync(socket.path, { force: true });
  const address: WorkerAddress = socket ? { kind: 'unix', path: socket.path } : { kind: 'loopback' };
  const { dataFolder, idleInTransactionMs } = options;
  const worker = spawn({ dataFolder, address, secret, idleInTransactionMs });
  const message = await worker.first;
  if (message.kind !== 'ready') {
    await worker.terminate();
    throw new StoreUnavailableError(describeFailure(dataFolder, message));
  }
  return {
    port: socket ? 5432 : message.port,
    ended: worker.ended,
    hasEnded: worker.hasEnded,
    progress: worker.progress,
    terminate: worker.terminate,
    close: (limitMs) => closeWorker(worker, limitMs),
  };
}

interface SpawnedWorker {
  /** The first message: ready, closed or failed. */
  readonly first: Promise<WorkerOutput>;
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  readonly progress: () => number;
  readonly requestClose: () => void;
  readonly terminate: () => Promise<void>;
}

function spawn(input: Omit<WorkerInput, 'progress'>): SpawnedWorker {
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const counter = new Int32Array(progress);
  const workerData: WorkerInput = { ...input, progress };
  const worker = new Worker(workerUrl('store/embedded/worker'), {
    workerData,
    name: 'heed-postgres',
    // Postgres' own chatter on a crash does not belong on the output of a command line tool.
    stdout: true,
    stderr: true,
  });
  let ended = false;
  let reason = 'the engine stopped';
  const endedPromise = new Promise<string>((resolve) => {
    worker.once('exit', () => {
      ended = true;
      resolve(reason);
    });
  });
  const first = new Promise<WorkerOutput>((resolve) => {
    worker.on('message', (message: WorkerOutput) => {
      resolve(message);
      if (message.kind !== 'failed') return;
      reason = message.message;
      void worker.terminate();
    });
    worker.once('error', (error: unknown) => {
      reason = messageOf(error);
      resolve({ kind: 'failed', message: reason });
    });
    worker.once('exit', () => resolve({ kind: 'failed', message: reason }));
  });
  return {
    first,
    ended: endedPromise,
    hasEnded: () => ended,
    progress: () => Atomics.load(counter, 0),
    requestClose: () => worker.postMessage('close'),
    terminate: async () => {
      await worker.terminate();
      await endedPromise;
    },
  };
}

async function closeWorker(worker: SpawnedWorker, limitMs: number): Promise<void> {
  if (worker.hasEnded()) return;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  worker.requestClose();
  await Promise.race([worker.ended, limit]);
  clearTimeout(timer);
  await worker.terminate();
}

function describeFailure(folder: string, message: WorkerOutput): string {
  const detail = message.kind === 'failed' ? message.message : message.kind;
  if (/ENOSPC|no space left/i.test(detail)) {
    return `the disk that holds ${folder} is full; free some space and start again`;
  }
  return `the embedded database in ${folder} did not open: ${detail}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
