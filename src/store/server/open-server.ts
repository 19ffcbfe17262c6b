import type { Engine } from '../database.ts';
import type { OnStoreEvent } from '../store-event.ts';

interface ServerOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly statementLimitMs: number;
  readonly onEvent: OnStoreEvent;
}

/** A transaction that does nothing for this long is ended by the server (25P03), so a stuck process frees its locks. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** Closed early enough that a pooler or firewall in between has not dropped them silently. */
const IDLE_CONNECTION_MS = 30_000;

/** A Postgres server reached by its URL; TLS and all other parameters come from the URL itself. */
export function openServer(options: ServerOptions): Engine {
  return {
    kind: 'server',
    pool: {
      connection: async () => ({
        connectionString: options.url,
        application_name: 'heed',
        keepAlive: true,
        statement_timeout: options.statementLimitMs,
        idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      }),
      size: options.poolSize,
      idleTimeoutMs: IDLE_CONNECTION_MS,
      onEvent: options.onEvent,
    },
    close: async () => undefined,
  };
}
