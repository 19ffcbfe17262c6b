import type { Catalogue } from '../catalogue/catalogue.ts';
import type { AnalyserSettings } from '../domain/analyser-settings.ts';
import type { HealthSettings } from '../domain/health-profile.ts';
import type { SlaPolicies } from '../domain/sla-policy.ts';
import type { Store } from '../store/database.ts';
import type { FindingRun } from '../store/finding-store.ts';
import type { Clock } from '../toolkit/clock.ts';

export type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

export interface AnalysisDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly sla: SlaPolicies;
  readonly health: HealthSettings;
  readonly settings: AnalyserSettings;
  /** What can be asked; snapshots are values of its metrics. */
  readonly catalogue: Catalogue;
  /** IANA zone of the company: its days, its hours of the week, the times in findings. */
  readonly zone: string;
  /** Names this process in the lease; default host and process id. */
  readonly holder?: string;
  readonly onProgress?: (progress: AnalysisProgress) => void;
}

export interface AnalysisProgress {
  readonly step: string;
  /** 1-based. */
  readonly number: number;
  readonly of: number;
  readonly state: 'started' | 'done' | 'failed';
  /** What the step is doing, for people; empty when it says nothing. */
  readonly detail: string;
}

/** What a step works with. */
export interface StepContext {
  readonly store: Store;
  readonly sla: SlaPolicies;
  readonly health: HealthSettings;
  readonly settings: AnalyserSettings;
  /** What can be asked; snapshots are values of its metrics. */
  readonly catalogue: Catalogue;
  readonly zone: string;
  /** The moment the run speaks of. */
  readonly asOf: Date;
  /** False when the run was asked for another moment than now: then nothing that is stored may be taken for settled. */
  readonly isLive: boolean;
  /**
   * Records with `synced_at` before this were seen when the step last ended well under the same settings; null: look at
   * everything (the first run, changed settings, or a run that speaks of another moment than now).
   */
  readonly changedSince: Date | null;
  readonly run: FindingRun;
  /** One transaction under the analyser's lease; it fails when another run has taken over. */
  readonly write: <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>;
  readonly say: (detail: string) => void;
}

export interface StepResult {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly findings: number;
  /** What people should know: what could not be judged, what was left out. */
  readonly notes: readonly string[];
}

export interface AnalysisStep {
  readonly name: string;
  readonly run: (context: StepContext) => Promise<StepResult>;
}
