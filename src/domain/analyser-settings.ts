import type { Constants } from './constants.ts';
import type { PipelineSettings } from './pipeline-settings.ts';
import type { TextSettings } from './text-settings.ts';

/** What a user may change about the analyser's steps; one part per file of the catalogue. */
export interface AnalyserSettings {
  /** Hash of everything that findings depend on: when it changes, the next run looks at everything anew. */
  readonly version: string;
  readonly constants: Constants;
  readonly pipeline: PipelineSettings;
  readonly text: TextSettings;
}
