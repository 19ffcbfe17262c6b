import type { Store } from '../store/database.ts';
import { loadTextSuppressor } from '../store/suppression.ts';
import { saveRejects } from '../store/sync-store.ts';
import type { ImportTally } from './import-tally.ts';

/** Stores the rejects that a tally has collected since the last time; erased people are not named in them. */
export async function saveTallied(db: Store['db'], runId: string, tally: ImportTally): Promise<void> {
  const taken = tally.takeRejects(1);
  if (taken === null) return;
  const suppressor = await loadTextSuppressor(db);
  const without = (text: string): string => suppressor?.text(text) ?? text;
  const rejects = taken.rejects.map((reject) => ({
    ...reject,
    reason: without(reject.reason),
    value: reject.value === null ? null : without(reject.value),
  }));
  await saveRejects(db, runId, taken.first, rejects);
}
