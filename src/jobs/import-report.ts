import type { Note, Reject } from '../sources/source-event.ts';
import type { Adapter } from '../sources/source-plan.ts';
import type { LoadedEntity } from '../store/record-load.ts';
import type { Issue } from '../toolkit/issue.ts';

/** What happened to one source. `rowsRead = rowsAccepted + rowsRejected`. */
export interface SourceReport {
  readonly runId: string;
  readonly source: string;
  readonly adapter: Adapter;
  /** `failed`: nothing of it was stored, what was there before is untouched; `issues` says why. */
  readonly state: 'done' | 'failed';
  readonly files: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[];
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rowsRejected: number;
  /** Blank lines, comments and headings. */
  readonly linesSkipped: number;
  readonly stored: number;
  readonly unchanged: number;
  readonly entities: readonly LoadedEntity[];
  /** Values renamed, words not known, references without a target, and the like, each with its count. */
  readonly notes: readonly Note[];
  /** The first of them; all are in the store. */
  readonly rejects: readonly Reject[];
  readonly issues: readonly Issue[];
  readonly seconds: number;
  readonly rowsPerSecond: number;
}

export interface ImportReport {
  /** True when every source is done. */
  readonly ok: boolean;
  readonly sources: readonly SourceReport[];
  /** Files that no adapter knows, with the reason. */
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly stored: number;
  readonly unchanged: number;
  readonly seconds: number;
}

/** Adds the sources up. */
export function totalReport(
  sources: readonly SourceReport[],
  ignored: ImportReport['ignored'],
  seconds: number,
): ImportReport {
  const sum = (pick: (source: SourceReport) => number): number =>
    sources.reduce((total, source) => total + pick(source), 0);
  return {
    ok: sources.every((source) => source.state === 'done'),
    sources,
    ignored,
    rowsRead: sum((source) => source.rowsRead),
    rowsRejected: sum((source) => source.rowsRejected),
    stored: sum((source) => source.stored),
    unchanged: sum((source) => source.unchanged),
    seconds,
  };
}

/**
 * Rejects for the terminal, one a line: `sales.csv:12 close_date "31/2/2017" names no day: February 2017 has 28 days
 * → correct it in the source`.
 *
 * @param limit lines shown; the last one says how many more there are
 */
export function formatRejects(report: ImportReport, limit = 20): string {
  const lines: string[] = [];
  for (const source of report.sources) {
    for (const reject of source.rejects) {
      const where = reject.line === null ? reject.file : `${reject.file}:${reject.line}`;
      const field = reject.field === null ? '' : ` ${reject.field}`;
      const value = reject.value === null ? '' : ` ${JSON.stringify(reject.value)}`;
      const fix = reject.fix === undefined ? '' : ` → ${reject.fix}`;
      lines.push(`${where}${field}${value} ${reject.reason}${fix}`);
    }
  }
  const shown = lines.slice(0, limit);
  const more = report.rowsRejected - shown.length;
  if (more > 0) shown.push(`… and ${more} more`);
  return shown.join('\n');
}
