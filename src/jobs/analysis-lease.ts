import { hostname } from 'node:os';
import type { Store } from '../store/database.ts';
import { acquireLease, assertLease, releaseLease, renewLease } from '../store/job-store.ts';
import type { Transaction } from './analysis-step.ts';

const NAME = 'analyser';
const TTL_SECONDS = 60;
const RENEW_EVERY_MS = 15_000;

/** The right to write findings, kept alive while a run goes on. */
export interface AnalyserLease {
  /** One transaction that is rolled back when another run has taken over in the meantime. */
  write<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  release(): Promise<void>;
}

/** Names this process to people who read the table. */
export const thisProcess = `${hostname()}:${process.pid}`;

/**
 * Takes the analyser's lease; null while another run holds it. The token is checked inside every transaction, so a run
 * that slept through its lease cannot overwrite the work of its successor.
 */
export async function takeAnalyserLease(store: Store, holder: string): Promise<AnalyserLease | null> {
  const lease = await acquireLease(store.db, NAME, holder, TTL_SECONDS);
  if (lease === null) return null;
  const { token } = lease;
  const timer = setInterval(() => {
    // A renewal that fails needs no answer: the next write finds out.
    renewLease(store.db, NAME, token, TTL_SECONDS).catch(() => undefined);
  }, RENEW_EVERY_MS);
  timer.unref();
  return {
    write: (work) =>
      store.transaction(async (trx) => {
        const result = await work(trx);
        await assertLease(trx, NAME, token);
        return result;
      }),
    async release() {
      clearInterval(timer);
      await releaseLease(store.db, NAME, token);
    },
  };
}
