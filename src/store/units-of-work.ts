import { type Kysely, sql, type Transaction } from 'kysely';
import type { EngineInterrupt } from './database.ts';
import {
  CommitUnknownError,
  isConnectionLost,
  isSerializationFailure,
  QueryTimeoutError,
  sqlState,
} from './errors.ts';
import type { Schema } from './schema.ts';
import type { OnStoreEvent } from './store-event.ts';

type Work<T> = (trx: Transaction<Schema>) => Promise<T>;

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 25;

/** See `Store.transaction`. */
export async function runTransaction<T>(
  db: Kysely<Schema>,
  work: Work<T>,
  onEvent: OnStoreEvent,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const failure = new UnitFailure();
    try {
      return await db.transaction().execute((trx) => failure.observe(() => work(trx)));
    } catch (thrown) {
      // A rollback on a broken connection fails too; what broke the unit is the first error.
      const error = failure.inWork ?? thrown;
      const lost = isConnectionLost(error);
      if (lost && failure.committing) throw new CommitUnknownError(error);
      if (!(lost || isSerializationFailure(error)) || attempt >= ATTEMPTS) throw error;
      onEvent({ kind: 'transaction-retried', attempt, detail: messageOf(error) });
      await pause(attempt);
    }
  }
}

/** Remembers how far a unit came: its own first error, or that it had ended well and COMMIT was next. */
class UnitFailure {
  inWork: unknown = undefined;
  committing = false;
  async observe<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.committing = true;
      return result;
    } catch (error) {
      this.inWork = error;
      throw error;
    }
  }
}

/** Full jitter around a doubling pause, so that two units that collided do not collide again. */
function pause(attempt: number): Promise<void> {
  const longest = FIRST_PAUSE_MS * 2 ** attempt;
  return new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS + Math.random() * longest));
}

/** See `Store.readOnly`. */
export async function runReadOnly<T>(
  db: Kysely<Schema>,
  limitMs: number,
  work: Work<T>,
  interrupt: EngineInterrupt | undefined,
): Promise<T> {
  const unit = db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
  if (interrupt)
    return runWatched(limitMs, interrupt, (watch) => unit.execute((trx) => watch(() => work(trx))));
  const failure = new UnitFailure();
  try {
    return await unit.execute((trx) =>
      failure.observe(async () => {
        await sql`select set_config('statement_timeout', ${String(limitMs)}, true)`.execute(trx);
        return work(trx);
      }),
    );
  } catch (thrown) {
    const error = failure.inWork ?? thrown;
    // 57014 query_canceled: statement_timeout is the only thing here that cancels.
    if (sqlState(error) === '57014') throw new QueryTimeoutError(limitMs, error);
    throw error;
  }
}

/**
 * The embedded engine cannot cancel a statement, so when the limit passes its worker is ended and reopened. The time
 * counts from the moment the unit has its turn, not while it waits for another transaction.
 */
async function runWatched<T>(
  limitMs: number,
  interrupt: EngineInterrupt,
  run: (watch: (work: () => Promise<T>) => Promise<T>) => Promise<T>,
): Promise<T> {
  const failure = new UnitFailure();
  let timer: NodeJS.Timeout | undefined;
  let restarted: Promise<void> | undefined;
  const stop = () => {
    if (!restarted && !failure.committing && failure.inWork === undefined) {
      restarted = interrupt.restart(`a query ran longer than ${limitMs} ms`);
    }
  };
  try {
    return await run((work) => {
      timer = setTimeout(() => {
        if (interrupt.isRunning()) stop();
        // Nothing runs: the answer may be here already, behind whatever kept this thread from reading it.
        else timer = setTimeout(stop, GRACE_MS);
      }, limitMs);
      return failure.observe(work);
    });
  } catch (thrown) {
    if (restarted) {
      await restarted;
      throw new QueryTimeoutError(limitMs, failure.inWork ?? thrown);
    }
    throw failure.inWork ?? thrown;
  } finally {
    clearTimeout(timer);
  }
}

const GRACE_MS = 50;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
