import { failAbandonedRuns, finishAnalysisRun, startAnalysisRun } from '../store/analysis-store.ts';
import { LeaseLostError } from '../store/job-store.ts';
import { activityStep } from './analysis-activity.ts';
import { affinityStep } from './analysis-affinity.ts';
import { anomalyStep } from './analysis-anomaly.ts';
import { churnStep } from './analysis-churn.ts';
import { escalationStep } from './analysis-escalation.ts';
import { healthStep } from './analysis-health.ts';
import { insightsStep } from './analysis-insights.ts';
import { type AnalyserLease, takeAnalyserLease, thisProcess } from './analysis-lease.ts';
import { pipelineStep } from './analysis-pipeline.ts';
import { dealSignalsStep } from './analysis-pipeline-deals.ts';
import { partnerStep } from './analysis-pipeline-partners.ts';
import { salesStep } from './analysis-pipeline-sales.ts';
import { revenueStep } from './analysis-revenue.ts';
import { serviceStep } from './analysis-service.ts';
import { shareStep } from './analysis-share.ts';
import { slaStep } from './analysis-sla.ts';
import { snapshotsStep } from './analysis-snapshots.ts';
import type { AnalysisDeps, AnalysisStep, StepContext } from './analysis-step.ts';
import { textStep } from './analysis-text.ts';
import { trendStep } from './analysis-trend.ts';
import { workloadStep } from './analysis-workload.ts';
import { openStepLedger } from './step-ledger.ts';

/** What the analyser does, in this order. Each kind of finding is replaced as a whole by its step. */
export const analysisSteps: readonly AnalysisStep[] = [
  slaStep,
  textStep,
  escalationStep,
  healthStep,
  churnStep,
  anomalyStep,
  shareStep,
  pipelineStep,
  workloadStep,
  serviceStep,
  dealSignalsStep,
  salesStep,
  partnerStep,
  affinityStep,
  revenueStep,
  trendStep,
  // What the others found is told last.
  snapshotsStep,
  insightsStep,
  activityStep,
];

export interface AnalysisReport {
  /** Null when the run did not begin. */
  readonly runId: string | null;
  readonly asOf: Date;
  /**
   * `done`: at least one step ended well; `failed`: none did, or another run took over; `skipped`: another run holds
   * the lease.
   */
  readonly state: 'done' | 'failed' | 'skipped';
  readonly seconds: number;
  readonly steps: readonly StepReport[];
}

export interface StepReport {
  readonly name: string;
  readonly state: 'done' | 'failed';
  readonly seconds: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly findings: number;
  readonly notes: readonly string[];
  /** Why it failed; its findings are those of the last run that could make them. */
  readonly error: string | null;
}

/**
 * Runs the analyser once: reads records, writes clocks, scores, anomalies and findings. A step that fails never stops
 * the others. Two runs never write at the same time.
 *
 * @param options.asOf the moment to speak of; default now. Another moment than now computes everything anew.
 * @param options.steps default all
 */
export async function runAnalysis(
  deps: AnalysisDeps,
  options: { readonly asOf?: Date; readonly steps?: readonly AnalysisStep[] } = {},
): Promise<AnalysisReport> {
  const { store, clock } = deps;
  const started = performance.now();
  const startedAt = clock.now();
  const asOf = options.asOf ?? startedAt;
  const lease = await takeAnalyserLease(store, deps.holder ?? thisProcess);
  if (lease === null)
    return { runId: null, asOf, state: 'skipped', seconds: secondsSince(started), steps: [] };
  try {
    await lease.write((trx) => failAbandonedRuns(trx, startedAt));
    const runId = await startAnalysisRun(store.db, { startedAt, asOf });
    const isLive = options.asOf === undefined;
    const context = contextOf(deps, lease, { runId, asOf, isLive });
    const { steps, wasTakenOver } = await runSteps(options.steps ?? analysisSteps, context, deps);
    const isDone = !wasTakenOver && steps.some((step) => step.state === 'done');
    const state = isDone ? 'done' : 'failed';
    const report: AnalysisReport = { runId, asOf, state, seconds: secondsSince(started), steps };
    await finishAnalysisRun(store.db, runId, { state, finishedAt: clock.now(), report });
    return report;
  } finally {
    await lease.release();
  }
}

function contextOf(
  deps: AnalysisDeps,
  lease: AnalyserLease,
  { runId, asOf, isLive }: { runId: string; asOf: Date; isLive: boolean },
): RunContext {
  return {
    store: deps.store,
    sla: deps.sla,
    health: deps.health,
    settings: deps.settings,
    catalogue: deps.catalogue,
    zone: deps.zone,
    asOf,
    isLive,
    run: { runId, overtakenAfter: isLive ? asOf : null },
    write: (work) => lease.write(work),
  };
}

async function runSteps(
  steps: readonly AnalysisStep[],
  context: RunContext,
  { onProgress, clock }: AnalysisDeps,
): Promise<{ readonly steps: readonly StepReport[]; readonly wasTakenOver: boolean }> {
  const { store, asOf, isLive, settings } = context;
  const ledger = await openStepLedger(store, { isLive, asOf, settingsVersion: settings.version });
  const reports: StepReport[] = [];
  for (const [index, step] of steps.entries()) {
    const tell = (state: 'started' | 'done' | 'failed', detail: string) =>
      onProgress?.({ step: step.name, number: index + 1, of: steps.length, state, detail });
    const started = performance.now();
    tell('started', '');
    try {
      // What was imported, or what the step before wrote, is read next.
      await store.keepFit();
      const readUntil = await ledger.readUntil();
      const changedSince = ledger.changedSince(step.name);
      const result = await step.run({ ...context, changedSince, say: (detail) => tell('started', detail) });
      await context.write((trx) => ledger.noteDone(trx, step.name, readUntil));
      const seconds = secondsSince(started);
      reports.push({ name: step.name, state: 'done', seconds, ...result, error: null });
      tell('done', `${result.findings} findings`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const nothing = { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };
      const seconds = secondsSince(started);
      reports.push({ name: step.name, state: 'failed', seconds, ...nothing, error: message });
      tell('failed', message);
      if (error instanceof LeaseLostError) return { steps: reports, wasTakenOver: true };
      await ledger.noteFailed(step.name, { at: clock.now(), error: message });
    }
  }
  return { steps: reports, wasTakenOver: false };
}

/** What the steps of one run have in common. */
type RunContext = Omit<StepContext, 'say' | 'changedSince'>;

function secondsSince(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}
