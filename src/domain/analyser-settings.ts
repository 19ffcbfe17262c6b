import type { AnomalySettings } from './anomaly-settings.ts';
import type { ChurnSettings } from './churn-settings.ts';
import type { CommerceSettings } from './commerce-settings.ts';
import type { Constants } from './constants.ts';
import type { PipelineSettings } from './pipeline-settings.ts';
import type { SnapshotSettings } from './snapshot-settings.ts';
import type { TextSettings } from './text-settings.ts';
import type { TrendSettings } from './trend-settings.ts';
import type { WorkloadSettings } from './workload-settings.ts';

/** What a user may change about the analyser's steps; one part per file of the catalogue. */
export interface AnalyserSettings {
  /** Hash of everything that findings depend on: when it changes, the next run looks at everything anew. */
  readonly version: string;
  readonly anomalies: AnomalySettings;
  readonly churn: ChurnSettings;
  readonly constants: Constants;
  readonly snapshots: SnapshotSettings;
  readonly workload: WorkloadSettings;
  readonly commerce: CommerceSettings;
  readonly trends: TrendSettings;
  readonly pipeline: PipelineSettings;
  readonly text: TextSettings;
}
