import { createHash } from 'node:crypto';
import type { AnalyserSettings } from '../domain/analyser-settings.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { loadAnomalySettings } from './anomaly-settings.ts';
import { loadChurnSettings } from './churn-settings.ts';
import { loadCommerceSettings } from './commerce-settings.ts';
import { loadLayeredConstants } from './constants.ts';
import { loadHealthSettings } from './health.ts';
import { folderHolding, layersOf } from './layers.ts';
import { loadPipelineSettings } from './pipeline-settings.ts';
import { loadSlaPolicies } from './sla.ts';
import { loadSnapshotSettings } from './snapshot-settings.ts';
import { loadTextSettings } from './text-settings.ts';
import { loadTrendSettings } from './trend-settings.ts';
import { loadWorkloadSettings } from './workload-settings.ts';

type Parts = Omit<AnalyserSettings, 'version'>;
type LoadedParts = { readonly [Name in keyof Parts]: Result<Parts[Name]> };

/** One line per file. */
function loadParts(folders: string | readonly string[]): LoadedParts {
  const holding = (file: string): string => folderHolding(folders, file);
  const constants = loadLayeredConstants(layersOf(folders));
  return {
    anomalies: loadAnomalySettings(holding('anomalies.yml')),
    churn: loadChurnSettings(holding('churn.yml')),
    constants: constants.ok ? ok(constants.value.constants) : constants,
    snapshots: loadSnapshotSettings(holding('snapshots.yml')),
    workload: loadWorkloadSettings(holding('workload.yml')),
    commerce: loadCommerceSettings(holding('commerce.yml')),
    trends: loadTrendSettings(holding('trends.yml')),
    pipeline: loadPipelineSettings(holding('pipeline.yml')),
    text: loadTextSettings(holding('text.yml')),
  };
}

/**
 * Loads the files of a catalogue folder that set the analyser's steps.
 *
 * @param folders absolute path of the catalogue folder, or several from the ground up: the topmost file of a name counts
 * @returns the settings, or every mistake of every file with its line
 */
export function loadAnalyserSettings(folders: string | readonly string[]): Result<AnalyserSettings> {
  const parts = Object.entries<Result<unknown>>(loadParts(folders));
  const issues = parts.flatMap(([, part]): readonly Issue[] => (part.ok ? [] : part.issues));
  if (issues.length > 0) return fail(...issues);
  const values = parts.flatMap(([name, part]) => (part.ok ? [[name, part.value] as const] : []));
  // Every key of `Parts` is there: `loadParts` is typed by it.
  const settings = Object.fromEntries(values) as unknown as Parts;
  // Findings depend on these as well; their own mistakes are told by their own loaders.
  const others = [
    loadSlaPolicies(folderHolding(folders, 'sla.yml')),
    loadHealthSettings(folderHolding(folders, 'health.yml')),
  ];
  return ok({ ...settings, version: hashOf([settings, others]) });
}

/** Maps and sets are written out, so that a changed holiday changes the hash. */
function hashOf(value: unknown): string {
  const text = JSON.stringify(value, (_key, one: unknown) =>
    one instanceof Map || one instanceof Set ? [...one] : one,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
