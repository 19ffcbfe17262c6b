import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import {
  DiskFullError,
  isConnectionLost,
  StoreUnavailableError,
  sqlState,
  TransactionAbortedError,
} from './errors.ts';
import type { OnStoreEvent } from './store-event.ts';
import { typeParsers } from './type-parsers.ts';

export interface PoolOptions {
  /** Asked before every acquisition: the embedded engine may have been reopened at another port. */
  readonly connection: () => Promise<pg.ClientConfig>;
  readonly size: number;
  /** Unused connections are closed after this long; 0 keeps them. */
  readonly idleTimeoutMs: number;
  readonly onEvent: OnStoreEvent;
}

/** Longest wait for a free or new connection. */
const CONNECT_LIMIT_MS = 60_000;
/** A refused connection is tried again this often: a server that fails over, an engine that is being reopened. */
const CONNECT_ATTEMPTS = 4;
const CONNECT_PAUSE_MS = 250;

/**
 * What every new session is told: text forms of values are the same everywhere, and statements are not compiled to
 * machine code, which costs ours seconds (estimates of the analyser's joins are high) and gains them nothing.
 */
const SESSION_SETTINGS =
  "set time zone 'UTC'; set datestyle to 'ISO, MDY'; set intervalstyle to 'postgres'; set jit to off";

/** The pool waits for what this returns, although its type says nothing of it. */
const prepareSession = (client: pg.ClientBase): unknown => client.query(SESSION_SETTINGS);

/**
 * A pool for Kysely that answers the same on every engine: own type parsers, session settings, clear errors for lost
 * connections, and a COMMIT that silently rolled back is an error.
 */
export function createPool(options: PoolOptions): PostgresPool {
  const pool = new pg.Pool({
    max: options.size,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    idleTimeoutMillis: options.idleTimeoutMs,
    types: typeParsers,
    onConnect: prepareSession,
  });
  // Without this listener a broken idle connection would end the process.
  pool.on('error', (error) => options.onEvent({ kind: 'idle-connection-lost', detail: error.message }));
  let ended: Promise<void> | undefined;
  return {
    async connect() {
      for (let attempt = 1; ; attempt += 1) {
        Object.assign(pool.options, await options.connection());
        try {
          return guard(await pool.connect());
        } catch (error) {
          if (!isConnectionLost(error) || attempt >= CONNECT_ATTEMPTS) throw explain(error);
          await new Promise((resolve) => setTimeout(resolve, CONNECT_PAUSE_MS * attempt));
        }
      }
    },
    // Kysely ends the pool only when it has used it.
    end: () => {
      ended ??= pool.end();
      return ended;
    },
  };
}

/** Kysely keeps what it knows about a connection by object identity, so each client has one guard. */
const guards = new WeakMap<pg.PoolClient, PostgresPoolClient>();

function guard(client: pg.PoolClient): PostgresPoolClient {
  const known = guards.get(client);
  if (known) return known;
  // While a client is lent out nobody else listens; the failing query reports the error itself.
  client.on('error', () => undefined);
  const guarded: unknown = {
    async query(text: string, parameters: readonly unknown[]) {
      try {
        if (isCopy(text)) return await copyIn(client, text, String(parameters[0]));
        const result = await client.query(text, [...parameters]);
        if (text === 'commit' && result.command === 'ROLLBACK') throw new TransactionAbortedError();
        return result;
      } catch (error) {
        throw explain(error);
      }
    },
    release: () => client.release(),
  };
  // Kysely's client type has a second form of query, for cursors, which is never called without a cursor setting.
  guards.set(client, guarded as PostgresPoolClient);
  return guarded as PostgresPoolClient;
}

const isCopy = (text: string): boolean => text.startsWith('copy ') && text.endsWith(' from stdin');

/** COPY has no parameters: the one that the query carries is the data, in the text format. */
async function copyIn(client: pg.PoolClient, text: string, data: string): Promise<pg.QueryResult> {
  const stream = client.query(copyFrom(text));
  await pipeline(Readable.from([data]), stream);
  return { command: 'COPY', rowCount: stream.rowCount, rows: [], fields: [], oid: 0 };
}

function explain(error: unknown): unknown {
  // 53100 disk_full
  if (sqlState(error) === '53100') return new DiskFullError(error);
  if (error instanceof StoreUnavailableError || !isConnectionLost(error)) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new StoreUnavailableError(`the database connection was lost: ${detail}`, error);
}
