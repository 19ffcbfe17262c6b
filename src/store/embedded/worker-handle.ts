import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { workerUrl } from '../../toolkit/package-root.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { Durability } from './durability.ts';
import type { SocketFolder } from './socket-folder.ts';
import type { WorkerAddress, WorkerInput, WorkerOutput } from './worker-messages.ts';

/** One worker with the database open; it lives until it is closed, ended by force, or breaks. */
export interface OpenWorker {
  readonly port: number;
  /** Resolves with the reason once the worker is gone. */
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  /** Counts up when a statement begins and again when it ends; odd while one runs. */
  readonly progress: () => number;
  /** Ends it as a kill would: nothing is flushed, the write-ahead log repairs the rest at the next open. */
  readonly terminate: () => Promise<void>;
  /** Checkpoint and close; by force after `limitMs`. */
  readonly close: (limitMs: number) => Promise<void>;
}

export interface OpenWorkerOptions {
  readonly dataFolder: string;
  readonly secret: string;
  /** Absent on Windows: then a loopback port is used. */
  readonly socket: SocketFolder | undefined;
  readonly durability: Durability;
  readonly idleInTransactionMs: number;
}

/** @throws StoreUnavailableError when the data folder does not open */
export async function openWorker(options: OpenWorkerOptions): Promise<OpenWorker> {
  const { dataFolder, durability, idleInTransactionMs, secret, socket } = options;
  // A worker that was ended by force leaves its socket file behind.
  if (socket) rmSync(socket.path, { force: true });
  const address: WorkerAddress = socket ? { kind: 'unix', path: socket.path } : { kind: 'loopback' };
  const worker = spawn({ dataFolder, address, durability, secret, idleInTransactionMs });
  const message = await worker.first;
  if (message.kind !== 'ready') {
    await worker.terminate();
    throw new StoreUnavailableError(describeFailure(dataFolder, message));
  }
  return {
    port: socket ? SOCKET_PORT : message.port,
    ended: worker.ended,
    hasEnded: worker.hasEnded,
    progress: worker.progress,
    terminate: worker.terminate,
    close: (limitMs) => closeWorker(worker, limitMs),
  };
}

/** On a unix socket the port is only part of the file's name (see socket-folder.ts). */
const SOCKET_PORT = 5432;

/** Makes a data folder (initdb, 3-5 s) and closes it again. */
export async function initialiseDataFolder(folder: string, durability: Durability): Promise<void> {
  const worker = spawn({
    dataFolder: folder,
    address: { kind: 'none' },
    durability,
    secret: '',
    idleInTransactionMs: 0,
  });
  const message = await worker.first;
  await worker.terminate();
  if (message.kind !== 'closed') throw new StoreUnavailableError(describeFailure(folder, message));
}

interface SpawnedWorker extends Pick<OpenWorker, 'ended' | 'hasEnded' | 'progress' | 'terminate'> {
  /** The first message: ready, closed or failed. */
  readonly first: Promise<WorkerOutput>;
  readonly requestClose: () => void;
}

/**
 * With the usual 4 MB the machine's stack overflows before Postgres' own check (max_stack_depth) can refuse a deeply
 * nested query, and the engine is lost; with 16 MB it was not, so 32.
 */
const STACK_MB = 32;

function spawn(input: Omit<WorkerInput, 'progress'>): SpawnedWorker {
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const counter = new Int32Array(progress);
  const workerData: WorkerInput = { ...input, progress };
  // stdout and stderr: the chatter of a crashing engine does not belong on the output of a command line tool.
  const worker = new Worker(workerUrl('store/embedded/worker'), {
    workerData,
    name: 'heed-postgres',
    stdout: true,
    stderr: true,
    resourceLimits: { stackSizeMb: STACK_MB },
  });
  let hasEnded = false;
  let reason = 'the engine stopped';
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', () => {
      hasEnded = true;
      resolve(reason);
    });
  });
  const first = new Promise<WorkerOutput>((resolve) => {
    worker.on('message', (message: WorkerOutput) => {
      resolve(message);
      if (message.kind === 'ready') return;
      if (message.kind === 'failed') reason = message.message;
      // Connections that are still open would keep the thread alive.
      void worker.terminate();
    });
    worker.once('error', (error: unknown) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', () => resolve({ kind: 'failed', message: reason }));
  });
  return {
    first,
    ended,
    hasEnded: () => hasEnded,
    progress: () => Atomics.load(counter, 0),
    requestClose: () => worker.postMessage('close'),
    terminate: async () => {
      await worker.terminate();
      await ended;
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
    return `the disk that holds ${folder} is full; free some space`;
  }
  return `the embedded database in ${folder} did not open: ${detail}`;
}
