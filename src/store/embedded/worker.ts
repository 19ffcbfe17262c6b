/**
 * Worker thread that holds the embedded Postgres (PGlite) and serves it on a private socket. In: a data folder and an
 * address (`workerData`), then a `close` message. Out: `ready`, `closed` or `failed`. It never touches the network
 * beyond that address, and never outlives its process.
 */
import type { Server } from 'node:net';
import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DurableFileSystem } from './durable-file-system.ts';
import { syncTree } from './sync-files.ts';
import { createWireServer } from './wire-server.ts';
import type { WorkerInput, WorkerOutput } from './worker-messages.ts';

const input = workerData as WorkerInput;
const isDurable = input.durability === 'disk';
const progress = new Int32Array(input.progress);

/**
 * Start parameters of a single-session Postgres without helper processes; PGlite's own, where `-F` (no fsync)
 * is our choice.
 * shared_buffers: 16 MB instead of 128 MB saves 120 MB of memory and costs nothing at our sizes.
 */
const START_PARAMETERS = [
  '--single',
  '-O',
  '-j',
  ...[
    'search_path=public',
    'exit_on_error=false',
    'log_checkpoints=false',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
    'io_method=sync',
    'shared_buffers=16MB',
    // The only one that reaches the disk: see durable-file-system.ts.
    'wal_sync_method=fsync',
  ].flatMap((setting) => ['-c', setting]),
];

async function open(): Promise<void> {
  const db = await PGlite.create({
    fs: new DurableFileSystem(input.dataFolder),
    startParams: isDurable ? START_PARAMETERS : [...START_PARAMETERS, '-F'],
    // Log files of 1 MB instead of 16 MB: an empty database takes 24 MB on disk instead of 39 MB.
    initDbStartParams: ['--wal-segsize=1'],
    onStderr: noteChatter,
  });
  if (input.address.kind === 'none') {
    await db.exec('checkpoint');
    await db.close();
    if (isDurable) syncTree(input.dataFolder);
    post({ kind: 'closed' });
    return;
  }
  const version = await db.query<{ server_version: string }>('show server_version');
  const server = createWireServer({
    backend: {
      serverVersion: version.rows[0]?.server_version ?? 'unknown',
      isInTransaction: () => db.isInTransaction(),
      run: async (bytes, onData) => {
        Atomics.add(progress, 0, 1);
        try {
          await db.execProtocolRawStream(bytes, { onRawData: onData });
        } finally {
          Atomics.add(progress, 0, 1);
        }
      },
    },
    secret: input.secret,
    idleInTransactionMs: input.idleInTransactionMs,
    onBroken: (error) => fail(error),
  });
  const port = await listen(server);
  parentPort?.once('message', () => {
    void shutDown(db, server);
  });
  post({ kind: 'ready', port });
}

async function listen(server: Server): Promise<number> {
  const { address } = input;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (address.kind === 'unix') server.listen(address.path, resolve);
    else server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : 0;
}

async function shutDown(db: PGlite, server: Server): Promise<void> {
  try {
    server.close();
    await db.exec('checkpoint');
    await db.close();
    post({ kind: 'closed' });
  } catch (error) {
    fail(error);
  }
}

/** What Postgres printed last; when it does not open, the reason is there and nowhere else. */
const chatter: string[] = [];
const CHATTER_LINES = 20;

function noteChatter(line: string): false {
  chatter.push(line);
  if (chatter.length > CHATTER_LINES) chatter.shift();
  return false;
}

function fail(error: unknown): void {
  const reason = error instanceof Error ? error.message : inspect(error);
  const complaints = chatter.filter((line) => /FATAL|PANIC|ERROR/.test(line));
  post({ kind: 'failed', message: [reason, ...complaints].join('; ') });
}

function post(message: WorkerOutput): void {
  parentPort?.postMessage(message);
}

open().catch(fail);
