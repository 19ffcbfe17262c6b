/**
 * Imports files. In: a folder or file, perhaps a mapping. Out: what each source gave, told row by row where it did
 * not. It stores a source whole or not at all, and importing the same files twice changes nothing.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { readYaml } from '../catalogue/read-yaml.ts';
import { detectSources } from '../sources/detect-sources.ts';
import { type Mapping, mappingSchema } from '../sources/mapping/mapping-schema.ts';
import { planMapped } from '../sources/mapping/plan-mapped.ts';
import type { SourcePlan } from '../sources/source-plan.ts';
import type { Store } from '../store/database.ts';
import { abandonRun, listRunningRuns, type RunningRun, type RunOwner } from '../store/sync-store.ts';
import type { Clock } from '../toolkit/clock.ts';
import { fail, ok, type Result, UserError } from '../toolkit/issue.ts';
import { packagePath } from '../toolkit/package-root.ts';
import { dryRunSource } from './dry-run.ts';
import { type ImportReport, type SourceReport, totalReport } from './import-report.ts';
import { type ImportProgress, importSource } from './import-source.ts';
import { defaultSpoolFolder, removeSpool } from './import-spool.ts';

export type { ImportReport } from './import-report.ts';
export { formatRejects } from './import-report.ts';
export type { ImportProgress } from './import-source.ts';

export interface ImportDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** Where records wait until all of a source has been read. */
  readonly spoolFolder?: string;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportRequest {
  /** A folder or a file. */
  readonly path: string;
  /** A mapping file; without one the formats are recognised by their names and columns. */
  readonly mapping?: string;
  /** Read and check everything, store nothing. */
  readonly dryRun?: boolean;
}

/** This process, as other starts see it. */
export const runOwner: RunOwner = { host: hostname(), pid: process.pid, boot: randomUUID() };

/**
 * Imports every source that is found, one after the other. A source that fails is reported as `failed` and does not
 * stop the others.
 *
 * @throws UserError when there is nothing to read or the mapping is wrong
 */
export async function importSources(deps: ImportDeps, request: ImportRequest): Promise<ImportReport> {
  const started = performance.now();
  const planned = await planImport(request);
  if (!planned.ok) throw new UserError(planned.issues);
  if (request.dryRun !== true) await recoverSyncRuns(deps);
  const reports: SourceReport[] = [];
  const workDeps = { ...deps, owner: runOwner, onProgress: deps.onProgress ?? (() => undefined) };
  for (const plan of planned.value.plans) {
    reports.push(
      request.dryRun === true
        ? await dryRunSource(deps.store, plan, workDeps.onProgress)
        : await importSource(workDeps, plan, basename(request.path)),
    );
  }
  if (request.dryRun !== true) await deps.store.keepFit();
  const seconds = Math.round((performance.now() - started) / 10) / 100;
  return totalReport(reports, planned.value.ignored, seconds);
}

interface PlannedImport {
  readonly plans: readonly SourcePlan[];
  readonly ignored: ImportReport['ignored'];
}

/** What would be imported, in which order; reads no more than the first lines. */
export async function planImport(request: ImportRequest): Promise<Result<PlannedImport>> {
  if (request.mapping === undefined) {
    const builtIn = loadBuiltInMappings();
    return builtIn.ok ? detectSources(request.path, builtIn.value) : fail(...builtIn.issues);
  }
  const mapping = readYaml(request.mapping, mappingSchema);
  if (!mapping.ok) return fail(...mapping.issues);
  const plan = planMapped(request.path, mapping.value);
  return plan.ok ? ok({ plans: [plan.value], ignored: [] }) : fail(...plan.issues);
}

/** The mappings that are shipped: `catalogue/mappings/*.yml`. */
export function loadBuiltInMappings(): Result<readonly Mapping[]> {
  const folder = packagePath('catalogue', 'mappings');
  const mappings: Mapping[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yml'))) {
    const mapping = readYaml(join(folder, name), mappingSchema);
    if (!mapping.ok) return fail(...mapping.issues);
    mappings.push(mapping.value);
  }
  return ok(mappings);
}

/** A process on another machine that did not show a sign for this long is taken for dead. */
const SILENT_FOR_SECONDS = 600;

/**
 * Marks imports as failed whose process died, and removes the files they left. Called at every start and before
 * every import.
 *
 * @returns the runs that were given up
 */
export async function recoverSyncRuns(deps: ImportDeps): Promise<readonly RunningRun[]> {
  const { store, clock } = deps;
  const now = clock.now();
  const dead = (await listRunningRuns(store.db)).filter((run) => isDead(run, now));
  for (const run of dead) {
    await abandonRun(store.db, run.id, now);
    removeSpool(deps.spoolFolder ?? defaultSpoolFolder(), run.id);
  }
  return dead;
}

function isDead(run: RunningRun, now: Date): boolean {
  const silentSeconds = (now.getTime() - run.lastBeatAt.getTime()) / 1000;
  if (run.owner === null) return true;
  if (run.owner.boot === runOwner.boot) return false;
  if (run.owner.host !== runOwner.host) return silentSeconds > SILENT_FOR_SECONDS;
  if (run.owner.pid === runOwner.pid) return true;
  return !isAlive(run.owner.pid) || silentSeconds > SILENT_FOR_SECONDS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
