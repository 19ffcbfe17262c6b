import type { Store } from '../store/database.ts';
import { loadTextSuppressor } from '../store/suppression.ts';
import { type SyncRejectRow, saveRejects } from '../store/sync-store.ts';
import type { ImportTally } from './import-tally.ts';

interface Tallied {
  /** Number of the first. */
  readonly first: number;
  readonly rejects: readonly SyncRejectRow[];
}

/** The rejects that a tally has collected since the last time; erased people are not named in them. */
export async function takeTallied(db: Store['db'], tally: ImportTally): Promise<Tallied | null> {
  const taken = tally.takeRejects();
  if (taken === null) return null;
  const suppressor = await loadTextSuppressor(db);
  const without = (text: string): string => suppressor?.text(text) ?? text;
  const rejects = taken.rejects.map((reject) => ({
    ...reject,
    reason: without(reject.reason),
    value: reject.value === null ? null : without(reject.value),
  }));
  return { first: taken.first, rejects };
}

export async function saveTallied(db: Store['db'], runId: string, tally: ImportTally): Promise<void> {
  const taken = await takeTallied(db, tally);
  if (taken !== null) await saveRejects(db, runId, taken.first, taken.rejects);
}
