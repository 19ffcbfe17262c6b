import { type AnalysisReport, runAnalysis } from '../jobs/run-analysis.ts';
import type { Heed } from './open-heed.ts';
import type { ProgressStep } from './progress.ts';

export interface Analysed extends AnalysisReport {
  readonly findings: number;
}

/** Runs the analyser once over everything that is stored. */
export async function analyse(heed: Heed, step?: ProgressStep): Promise<Analysed> {
  const report = await runAnalysis({
    ...analysisDeps(heed),
    onProgress: ({ step: name, number, of, state, detail }) =>
      step?.update(`${number}/${of} ${name} ${state === 'failed' ? `failed: ${detail}` : detail}`.trimEnd()),
  });
  return { ...report, findings: report.steps.reduce((sum, { findings }) => sum + findings, 0) };
}

export function analysisDeps({ store, clock, sla, health, settings, catalogue, config }: Heed) {
  return { store, clock, sla, health, settings, catalogue, zone: config.HEED_TIME_ZONE };
}
