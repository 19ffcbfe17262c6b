/**
 * Door of retention. In: how long each kind of row is kept. Out: what is older is gone, in small transactions that
 * writers need not wait for. It never touches what an open alert or an undelivered message needs, and running it again
 * at once changes nothing.
 */
import type { Retention, RetentionKind } from '../catalogue/retention.ts';
import type { Store } from '../store/database.ts';
import { countExpired, listExpired, pruneBatch } from '../store/retention-store.ts';
import type { Clock } from '../toolkit/clock.ts';

export interface PruneDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly retention: Retention;
  /** Rows of one transaction, default 500. */
  readonly batchRows?: number;
}

export interface PruneReport {
  /** Rows deleted or emptied by kind; kinds that are kept for good are left out. */
  readonly kinds: Readonly<Partial<Record<RetentionKind, number>>>;
  readonly rows: number;
}

const DAY_MS = 86_400_000;

/** Deletes what is old enough. */
export async function prune(deps: PruneDeps): Promise<PruneReport> {
  const batch = deps.batchRows ?? 500;
  return overKinds(deps, async (kind, before) => {
    let gone = 0;
    for (const expired of await listExpired(deps.store.db, kind, before)) {
      for (;;) {
        const rows = await deps.store.transaction((trx) => pruneBatch(trx, expired, batch));
        gone += rows;
        if (rows < batch) break;
      }
    }
    return gone;
  });
}

/** Counts what `prune` would delete now. Reads only. */
export async function planPrune(deps: PruneDeps): Promise<PruneReport> {
  return overKinds(deps, async (kind, before) => {
    let count = 0;
    for (const expired of await listExpired(deps.store.db, kind, before))
      count += await countExpired(deps.store.db, expired);
    return count;
  });
}

async function overKinds(
  { clock, retention }: PruneDeps,
  work: (kind: RetentionKind, before: Date) => Promise<number>,
): Promise<PruneReport> {
  const kinds: Partial<Record<RetentionKind, number>> = {};
  for (const [kind, days] of Object.entries(retention) as [RetentionKind, number | null][]) {
    if (days === null) continue;
    kinds[kind] = await work(kind, new Date(clock.now().getTime() - days * DAY_MS));
  }
  return { kinds, rows: Object.values(kinds).reduce((sum, rows) => sum + rows, 0) };
}
