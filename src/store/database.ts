/**
 * Door of the store. In: a folder or the address of a Postgres server. Out: one Kysely instance with transactions
 * that retry and reads that end in time, the same on both engines. It never migrates by itself and never logs.
 */
import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import type { Durability } from './embedded/durability.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { keepFit } from './keep-fit.ts';
import { createPool } from './pool.ts';
import type { Schema } from './schema.ts';
import { openServer } from './server/open-server.ts';
import type { OnStoreEvent } from './store-event.ts';
import { runReadOnly, runTransaction } from './units-of-work.ts';

export { sql } from 'kysely';

export interface Store {
  readonly db: Kysely<Schema>;
  readonly engine: 'embedded' | 'server';
  readonly capabilities: { readonly statementTimeout: 'server' | 'watchdog' };
  /**
   * Runs in one transaction (READ COMMITTED). The whole unit is run again, up to 5 times with jittered pauses, after
   * 40001, 40P01, or a connection lost before COMMIT was sent; so the callback must be idempotent outside the
   * transaction.
   *
   * @throws CommitUnknownError when the connection broke while committing
   */
  transaction<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /**
   * Runs read-only on one snapshot, with a time limit.
   *
   * @param limitMs for each statement on a server; for the whole unit on the embedded engine
   * @throws QueryTimeoutError
   */
  readOnly<T>(limitMs: number, work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /**
   * Renews the planner's statistics where much was changed and, on the embedded engine, reclaims what dead rows take;
   * for the end of an import and between the steps of long work. Never rejects because of a table.
   */
  keepFit(): Promise<void>;
  /** Waits for what runs, then closes; the embedded engine makes a checkpoint first. At most about 10 seconds. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `postgres://…`; TLS options in it (`sslmode`, `sslrootcert`) are honoured. Without it the engine is embedded. */
  readonly databaseUrl?: string;
  /** Folder of the embedded engine's data; made when it is missing, locked while it is open. */
  readonly home: string;
  readonly onEvent?: OnStoreEvent;
  /** Connections to a server, default 10. The embedded engine always has 2. */
  readonly poolSize?: number;
  /**
   * What an embedded commit survives: `disk` (default) also a power cut, at about 1 ms per commit; `process` only the
   * end of the process. A server has its own setting.
   */
  readonly durability?: Durability;
  /** No statement runs longer than this, reads and writes alike; default 10 minutes. */
  readonly statementLimitMs?: number;
}

/** What an engine provides; `database.ts` builds the same store on either. */
export interface Engine {
  readonly kind: Store['engine'];
  readonly pool: Parameters<typeof createPool>[0];
  /** Ends the running statement of a read-only unit; absent where the server does it by itself. */
  readonly interrupt?: EngineInterrupt;
  close(): Promise<void>;
}

export interface EngineInterrupt {
  readonly isRunning: () => boolean;
  readonly restart: (detail: string) => Promise<void>;
}

const DEFAULT_STATEMENT_LIMIT_MS = 600_000;

/**
 * Opens the store. It does not migrate: see `migrateUp`.
 *
 * @throws StoreUnavailableError when the server cannot be reached or the folder cannot be used
 * @throws StoreLockedError when another process holds the folder
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const started = Date.now();
  const onEvent = options.onEvent ?? (() => undefined);
  const statementLimitMs = options.statementLimitMs ?? DEFAULT_STATEMENT_LIMIT_MS;
  const engine = options.databaseUrl
    ? openServer({ url: options.databaseUrl, poolSize: options.poolSize ?? 10, statementLimitMs, onEvent })
    : await openEmbedded({
        home: options.home,
        durability: options.durability ?? 'disk',
        statementLimitMs,
        onEvent,
      });
  const pool = createPool(engine.pool);
  try {
    const client = await pool.connect();
    client.release();
  } catch (error) {
    await pool.end();
    await engine.close();
    throw error;
  }
  onEvent({ kind: 'engine-started', engine: engine.kind, milliseconds: Date.now() - started });
  return buildStore(engine, pool, onEvent);
}

function buildStore(engine: Engine, pool: PostgresPool, onEvent: OnStoreEvent): Store {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | undefined;
  return {
    db,
    engine: engine.kind,
    capabilities: { statementTimeout: engine.interrupt ? 'watchdog' : 'server' },
    transaction: (work) => runTransaction(db, work, onEvent),
    readOnly: (limitMs, work) => runReadOnly(db, limitMs, work, engine.interrupt),
    keepFit: () => keepFit(db, engine.kind, onEvent),
    close: () => {
      closed ??= closeInOrder(db, pool, engine);
      return closed;
    },
  };
}

/** Longest wait for running statements before the engine is closed under them. */
const DRAIN_LIMIT_MS = 4_000;

async function closeInOrder(db: Kysely<Schema>, pool: PostgresPool, engine: Engine): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DRAIN_LIMIT_MS);
  });
  await Promise.race([db.destroy().then(() => pool.end()), limit]);
  clearTimeout(timer);
  await engine.close();
}
