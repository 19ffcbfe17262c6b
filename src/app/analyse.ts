import { type AnalysisReport, runAnalysis } from '../jobs/run-analysis.ts';
import type { Heed } from './open-heed.ts';
import type { ProgressStep } from './progress.ts';

/** Runs the analyser once over everything that is stored. */
export function analyse(heed: Heed, step?: ProgressStep): Promise<AnalysisReport> {
  return runAnalysis({
    store: heed.store,
    clock: heed.clock,
    zone: heed.config.HEED_TIME_ZONE,
    catalogueDir: heed.config.catalogueDir,
    onProgress: (name: string) => step?.update(name),
  });
}
