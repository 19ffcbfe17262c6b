import { type AnalyserLease, takeAnalyserLease, thisProcess } from './analysis-lease.ts';
import { takeSnapshots } from './analysis-snapshots.ts';
import type { AnalysisDeps, StepResult } from './analysis-step.ts';

/**
 * Counts the kept values of every metric anew, from a day on; what states were is left as it was recorded.
 *
 * @param since local day `YYYY-MM-DD`; days before those that are kept are left out
 * @returns null when the analyser is at work: it writes the same values
 */
export async function aggregateSince(
  deps: Pick<AnalysisDeps, 'store' | 'catalogue' | 'settings' | 'zone' | 'clock' | 'holder'>,
  since: string,
  say: (detail: string) => void = () => undefined,
): Promise<StepResult | null> {
  const { store, catalogue, settings, zone, clock, holder } = deps;
  const lease = await takeAnalyserLease(store, holder ?? thisProcess);
  if (lease === null) return null;
  const write: AnalyserLease['write'] = (work) => lease.write(work);
  try {
    return await takeSnapshots({ store, catalogue, settings, zone, asOf: clock.now(), write, say }, since);
  } finally {
    await lease.release();
  }
}
