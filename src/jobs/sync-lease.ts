import type { Store } from '../store/database.ts';
import { acquireLease, assertLease, releaseLease, renewLease } from '../store/job-store.ts';
import type { Transaction } from './analysis-step.ts';

const TTL_SECONDS = 60;
const RENEW_EVERY_MS = 15_000;

/** The right to read a live source, kept alive while it is read. */
export interface SyncLease {
  /** One transaction that is rolled back when another process has taken over in the meantime. */
  write<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  release(): Promise<void>;
}

const nameOf = (source: string): string => `sync:${source}`;

/** Takes the lease of a source; null while another process reads it. */
export async function takeSyncLease(store: Store, source: string, holder: string): Promise<SyncLease | null> {
  const name = nameOf(source);
  const lease = await acquireLease(store.db, name, holder, TTL_SECONDS);
  if (lease === null) return null;
  const timer = setInterval(() => {
    // A renewal that fails needs no answer: the next write finds out.
    renewLease(store.db, name, lease.token, TTL_SECONDS).catch(() => undefined);
  }, RENEW_EVERY_MS);
  timer.unref();
  return {
    write: (work) =>
      store.transaction(async (trx) => {
        const result = await work(trx);
        await assertLease(trx, name, lease.token);
        return result;
      }),
    async release() {
      clearInterval(timer);
      await releaseLease(store.db, name, lease.token);
    },
  };
}

/** Who reads a source now; null: nobody. */
export async function syncHolder(store: Store, source: string): Promise<string | null> {
  const row = await store.db
    .selectFrom('job_lease')
    .select('holder')
    .where('name', '=', nameOf(source))
    .executeTakeFirst();
  return row?.holder ?? null;
}
