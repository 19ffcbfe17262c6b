import type { Entity } from '../domain/records.ts';
import { checkRecords } from '../sources/check-record.ts';
import { buildDirectory } from '../sources/identity.ts';
import type { SourcePlan } from '../sources/source-plan.ts';
import type { Store } from '../store/database.ts';
import { loadKnownCases, loadKnownNames } from '../store/sync-store.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import type { Issue } from '../toolkit/issue.ts';
import type { SourceReport } from './import-report.ts';
import type { ImportProgress } from './import-source.ts';
import { ImportTally } from './import-tally.ts';

const PROGRESS_EVERY_MS = 500;

/**
 * Reads and checks a source as an import would and writes nothing anywhere. Names are looked up among what is stored
 * already, so a source that refers to another of the same folder by name may be told of names it will find later.
 *
 * @returns the report of the import, with 0 records stored
 */
export async function dryRunSource(
  store: Pick<Store, 'db'>,
  plan: SourcePlan,
  onProgress: (progress: ImportProgress) => void,
): Promise<SourceReport> {
  const started = performance.now();
  let shown = started;
  const tally = new ImportTally();
  const records = new Map<Entity, number>();
  let issues: readonly Issue[] = [];
  const directory = buildDirectory({
    ...(await loadKnownNames(store.db)),
    ...(plan.adapter === 'escalation-text' ? await loadKnownCases(store.db, TICKETS_BY_NUMBER) : {}),
  });
  const seconds = (): number => Math.max((performance.now() - started) / 1000, 0.001);
  for await (const event of checkRecords(plan.read(directory))) {
    if (event.kind === 'refused') {
      issues = event.issues;
      break;
    }
    if (event.kind === 'accepted') tally.rowsAccepted += 1;
    switch (event.kind) {
      case 'accepted':
      case 'derived':
        for (const { entity } of event.records) records.set(entity, (records.get(entity) ?? 0) + 1);
        break;
      case 'rejected':
        tally.addReject(event.reject);
        break;
      case 'skipped':
        tally.linesSkipped += event.lines;
        break;
      case 'note':
        tally.addNote(event.note);
        break;
      case 'file-read':
        tally.files.push({ file: event.file, bytes: event.bytes, sha256: event.sha256 });
        break;
      default:
        exhaustive(event);
    }
    if (performance.now() - shown < PROGRESS_EVERY_MS) continue;
    shown = performance.now();
    onProgress({
      source: plan.source,
      phase: 'reading',
      rowsRead: tally.rowsRead,
      recordsStored: 0,
      recordsToStore: 0,
      rowsPerSecond: Math.round(tally.rowsRead / seconds()),
    });
  }
  if (issues.length === 0 && plan.partial === 'refuse' && tally.rowsRejected > 0) {
    const message = `${tally.rowsRejected} rows are bad and the mapping says partial: refuse`;
    issues = [{ code: 'rows-refused', path: plan.source, message }];
  }
  return {
    runId: '',
    source: plan.source,
    adapter: plan.adapter,
    state: issues.length === 0 ? 'done' : 'failed',
    files: tally.files,
    rowsRead: tally.rowsRead,
    rowsAccepted: tally.rowsAccepted,
    rowsRejected: tally.rowsRejected,
    linesSkipped: tally.linesSkipped,
    stored: 0,
    unchanged: 0,
    entities: [...records].map(([entity, read]) => ({
      entity,
      read,
      stored: 0,
      unchanged: 0,
      duplicates: 0,
      stale: 0,
      suppressed: 0,
    })),
    notes: tally.notes,
    // There is no run to look them up in later, so the report carries as many as a store would keep.
    rejects: tally.takeRejects()?.rejects ?? [],
    issues,
    seconds: Math.round(seconds() * 100) / 100,
    rowsPerSecond: Math.round(tally.rowsRead / seconds()),
  };
}

const TICKETS_BY_NUMBER = 200_000;
