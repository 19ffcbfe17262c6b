import { join } from 'node:path';
import {
  formatRejects,
  type ImportProgress,
  type ImportReport,
  type ImportRequest,
  importSources,
} from '../jobs/sync-sources.ts';
import { writeCsv } from '../sources/csv/write-csv.ts';
import { listRejects } from '../store/sync-store.ts';
import type { Heed } from './open-heed.ts';
import { inStep, type Progress } from './progress.ts';

export interface FinishedImport {
  readonly report: ImportReport;
  /** One reject a line; empty when there are none. */
  readonly rejects: string;
  readonly summary: string;
}

/** Imports files and tells what came of it, in words. */
export async function importFiles(
  heed: Heed,
  request: ImportRequest,
  progress: Progress,
): Promise<FinishedImport> {
  const report = await inStep(
    progress,
    'Importing',
    (step) =>
      importSources(
        {
          store: heed.store,
          clock: heed.clock,
          spoolFolder: join(heed.config.home, 'spool'),
          onProgress: (at) => step.update(inWords(at)),
        },
        request,
      ),
    (done) => `${done.rowsRead.toLocaleString('en')} rows`,
  );
  return { report, rejects: formatRejects(report), summary: summarise(report, request.dryRun === true) };
}

const also = (count: number, what: string): string =>
  count === 0 ? '' : `  ${count.toLocaleString('en')} ${what}`;

function inWords({
  source,
  phase,
  rowsRead,
  rowsPerSecond,
  recordsStored,
  recordsToStore,
}: ImportProgress): string {
  const count = (rows: number): string => rows.toLocaleString('en');
  return phase === 'reading'
    ? `${source}: ${count(rowsRead)} rows read, ${count(rowsPerSecond)} a second`
    : `${source}: ${count(recordsStored)} of ${count(recordsToStore)} records stored`;
}

function summarise(report: ImportReport, isDryRun: boolean): string {
  const lines: string[] = [];
  for (const source of report.sources) {
    lines.push(`${source.source} (${source.adapter}): ${source.state}`);
    for (const entity of source.entities) {
      lines.push(
        `  ${entity.entity.padEnd(24)} ${String(entity.read).padStart(9)} read  ${String(entity.stored).padStart(9)} stored  ${String(entity.unchanged).padStart(9)} unchanged${also(entity.duplicates, 'twice in the source')}${also(entity.stale, 'older than what is stored')}`,
      );
    }
    for (const note of source.notes)
      lines.push(
        `  note: ${note.message}${note.count > 1 ? ` (${note.count.toLocaleString('en')} times)` : ''}`,
      );
    for (const issue of source.issues) lines.push(`  ✗ ${issue.path}: ${issue.message}`);
  }
  for (const { file, reason } of report.ignored) lines.push(`ignored ${file}: ${reason}`);
  const count = (rows: number): string => rows.toLocaleString('en');
  const stored = isDryRun
    ? 'nothing was stored (dry run)'
    : `${count(report.stored)} stored, ${count(report.unchanged)} unchanged`;
  lines.push(
    `${count(report.rowsRead)} rows read, ${stored}, ${count(report.rowsRejected)} rejected, in ${report.seconds} s.`,
  );
  return lines.join('\n');
}

/** Rejects of an import as CSV for whoever mends the source: all that are stored, of a dry run the first of each source. */
export async function rejectsAsCsv({ store }: Pick<Heed, 'store'>, report: ImportReport): Promise<string> {
  const rows = [];
  for (const { source, runId, rejects } of report.sources) {
    const all = runId === '' ? rejects : await listRejects(store.db, runId, MOST_REJECTS);
    for (const { file, line, field, value, reason, fix } of all)
      rows.push([source, file, line, field, value, reason, fix ?? null]);
  }
  return writeCsv(['source', 'file', 'line', 'field', 'value', 'problem', 'what to do'], rows);
}

const MOST_REJECTS = 10_000;
