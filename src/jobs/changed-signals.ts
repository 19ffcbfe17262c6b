import { type DealSignalRow, listChangedDeals, loadDealSignals } from '../store/deal-signal-store.ts';
import type { StepContext } from './analysis-step.ts';

/** What a look at the deals changes. */
export interface ChangedSignals {
  readonly changed: readonly DealSignalRow[];
  /** Ids of deals that are no longer open. */
  readonly gone: readonly string[];
  /** Ids of deals of which nothing has changed that findings speak of: what was told of them stands. */
  readonly told: ReadonlySet<string>;
}

/**
 * Compares signals with the stored ones. A deal is the same when it was not stored anew and every signal of it is as it
 * was; ages change every day, so that the first run of a day writes all of them. Findings say nothing of the chance to win,
 * which any decided deal changes for all others.
 */
export async function compareSignals(
  { store, changedSince }: Pick<StepContext, 'store' | 'changedSince'>,
  signals: readonly DealSignalRow[],
): Promise<ChangedSignals> {
  const stored = await loadDealSignals(store.db);
  const open = new Set(signals.map(({ opportunityId }) => opportunityId));
  const gone = [...stored.keys()].filter((id) => !open.has(id));
  if (changedSince === null) return { changed: signals, gone, told: new Set() };
  const touched = await listChangedDeals(store.db, changedSince);
  const changed: DealSignalRow[] = [];
  const told = new Set<string>();
  for (const signal of signals) {
    const before = stored.get(signal.opportunityId);
    const differences = before === undefined ? null : differencesOf(before, signal);
    if (differences?.length !== 0) changed.push(signal);
    if (touched.has(signal.opportunityId)) continue;
    if (differences?.every((key) => key === 'winChance')) told.add(signal.opportunityId);
  }
  return { changed, gone, told };
}

function differencesOf(before: DealSignalRow, after: DealSignalRow): readonly (keyof DealSignalRow)[] {
  return (Object.keys(before) as (keyof DealSignalRow)[]).filter((key) => {
    const [a, b] = [before[key], after[key]];
    return a instanceof Date && b instanceof Date ? a.getTime() !== b.getTime() : a !== b;
  });
}
