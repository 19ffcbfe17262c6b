import { buildAnalyserFindings } from '../analysis/run/analyser-findings.ts';
import { findLatestRun, listFindingHeads } from '../store/alert-findings.ts';
import { listFailingSteps } from '../store/analysis-step-store.ts';
import type { Store } from '../store/database.ts';
import { deleteFindings, saveFindings } from '../store/finding-store.ts';
import type { Clock } from '../toolkit/clock.ts';

export interface WatchAnalyserDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly zone: string;
  /** A newest run that is older than this is late. Default 30 minutes: three runs of the default schedule. */
  readonly lateAfterSeconds?: number;
}

const KIND = 'analyser-step';

/**
 * Says which steps of the analyser fail and whether it is late, as findings of the newest run, so that the ordinary
 * alert rules tell somebody. It runs beside the analyser: one that hangs cannot say so itself.
 *
 * @returns how many findings there are now; 0 before the first run
 */
export async function watchAnalyser(deps: WatchAnalyserDeps): Promise<number> {
  const { store, zone } = deps;
  const run = await findLatestRun(store.db);
  if (run === null) return 0;
  const now = deps.clock.now();
  const lateAfterSeconds = deps.lateAfterSeconds ?? 1_800;
  const findings = buildAnalyserFindings(await listFailingSteps(store.db), run.asOf, {
    now,
    zone,
    lateAfterSeconds,
  });
  const told = new Set(findings.map(({ subject }) => subject.id));
  const before = await listFindingHeads(store.db, KIND);
  const gone = before.filter(({ subject }) => !told.has(subject.id)).map(({ subject }) => subject.id);
  if (findings.length === 0 && gone.length === 0) return 0;
  await store.transaction(async (trx) => {
    await deleteFindings(trx, KIND, gone, now);
    await saveFindings(trx, KIND, findings, run.id);
  });
  return findings.length;
}
