import { entities } from '../domain/record-fields.ts';
import {
  countRecords,
  listSources,
  listStreams,
  type SourceState,
  type StreamState,
} from '../store/sync-cursor-store.ts';
import { listRejects, type SyncRejectRow } from '../store/sync-store.ts';
import { UserError } from '../toolkit/issue.ts';
import type { Heed } from './open-heed.ts';

/** A source as `heed sources` shows it. */
export interface ListedSource {
  readonly source: string;
  readonly kind: 'files' | 'live' | 'webhook';
  /** `never`: it is configured and has not been read yet. */
  readonly state: SourceState['state'] | 'stopped' | 'never';
  readonly lastDoneAt: string | null;
  readonly lastRunAt: string | null;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** Live records by entity. */
  readonly records: readonly { readonly entity: string; readonly records: number }[];
  readonly streams: readonly StreamState[];
  readonly notes: readonly string[];
  readonly issues: readonly string[];
  readonly rejects: readonly SyncRejectRow[];
}

const SHOWN_REJECTS = 20;

/**
 * Every source that was ever read or is configured.
 *
 * @param name one of them, with its rejects
 * @throws UserError when there is no such source
 */
export async function listAllSources(
  { store }: Pick<Heed, 'store'>,
  configured: readonly string[],
  webhooks: readonly string[],
  name?: string,
): Promise<readonly ListedSource[]> {
  const { db } = store;
  const runs = await listSources(db);
  const streams = await listStreams(db);
  const names = [...new Set([...runs.map(({ source }) => source), ...configured, ...webhooks])].sort();
  if (name !== undefined && !names.includes(name)) {
    const message = 'is no source that was ever read or is configured';
    throw new UserError([{ code: 'unknown-source', path: name, message, suggestions: names }]);
  }
  const listed: ListedSource[] = [];
  for (const source of name === undefined ? names : [name]) {
    const run = runs.find((one) => one.source === source);
    const own = streams.filter((stream) => stream.source === source);
    const isLive = configured.includes(source) || own.length > 0;
    listed.push({
      source,
      kind: isLive ? 'live' : webhooks.includes(source) ? 'webhook' : 'files',
      state: stateOf(run),
      lastDoneAt: run?.lastDoneAt?.toISOString() ?? null,
      lastRunAt: run?.startedAt.toISOString() ?? null,
      rowsRead: run?.rowsRead ?? 0,
      rowsRejected: run?.rowsRejected ?? 0,
      records: await countRecords(db, source, entities),
      streams: own,
      notes: textsOf(run?.report, 'notes'),
      issues: textsOf(run?.report, 'issues'),
      rejects: name === undefined || !run ? [] : await listRejects(db, run.runId, SHOWN_REJECTS),
    });
  }
  return listed;
}

/** A sync that was asked to end is not done, but nothing is wrong with it either. */
function stateOf(run: SourceState | undefined): ListedSource['state'] {
  if (run === undefined) return 'never';
  const { report } = run;
  const isStopped =
    typeof report === 'object' && report !== null && 'state' in report && report.state === 'stopped';
  return run.state === 'failed' && isStopped ? 'stopped' : run.state;
}

/** Messages of a list in a stored report; a report of an earlier version may lack it. */
function textsOf(report: unknown, key: 'notes' | 'issues'): readonly string[] {
  if (typeof report !== 'object' || report === null) return [];
  const list = (report as Readonly<Record<string, unknown>>)[key];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const message = (item as { readonly message?: unknown } | null)?.message;
    return typeof message === 'string' ? [message] : [];
  });
}

/** As a table, or in full when one was asked for. */
export function describeSources(sources: readonly ListedSource[], now: Date, inFull: boolean): string {
  if (sources.length === 0) return 'No source has been read yet. `heed import <folder>` reads files.';
  return sources.map((source) => describe(source, now, inFull)).join('\n');
}

const stateWords = {
  running: 'being read',
  done: 'ok',
  stopped: 'stopped before the end',
  failed: 'FAILED',
  never: 'not read yet',
} as const;

function describe(listed: ListedSource, now: Date, inFull: boolean): string {
  const { source, kind, state, lastDoneAt, rowsRejected, records } = listed;
  const last =
    lastDoneAt === null
      ? 'never'
      : `${lastDoneAt.slice(0, 16).replace('T', ' ')} UTC (${age(lastDoneAt, now)})`;
  const lines = [
    `${source} (${kind}): ${stateWords[state]}, last read ${last}`,
    `  ${records.length === 0 ? 'no records' : records.map((one) => `${one.records.toLocaleString('en')} ${one.entity}`).join(', ')}`,
  ];
  if (rowsRejected > 0)
    lines.push(
      `  ${rowsRejected.toLocaleString('en')} rows rejected in the last run${inFull ? ':' : `; \`heed sources ${source}\` lists them`}`,
    );
  if (!inFull) return lines.join('\n');
  for (const reject of listed.rejects) lines.push(`    ${rejectLine(reject)}`);
  if (rowsRejected > listed.rejects.length && listed.rejects.length > 0)
    lines.push(`    … and ${(rowsRejected - listed.rejects.length).toLocaleString('en')} more`);
  for (const { stream, rowsStored, completeAt } of listed.streams) {
    const end =
      completeAt === null ? 'not read to its end yet' : `up to date ${age(completeAt.toISOString(), now)}`;
    lines.push(`  stream ${stream}: ${rowsStored.toLocaleString('en')} rows stored, ${end}`);
  }
  for (const note of listed.notes) lines.push(`  note: ${note}`);
  for (const issue of listed.issues) lines.push(`  ✗ ${issue}`);
  return lines.join('\n');
}

function rejectLine({ file, line, field, reason, value, fix }: SyncRejectRow): string {
  const where = line === null ? file : `${file}:${line}`;
  const what = [field, value === null ? null : JSON.stringify(value), reason].filter((part) => part !== null);
  return `${where} ${what.join(' ')}${fix ? ` → ${fix}` : ''}`;
}

function age(instant: string, now: Date): string {
  const minutes = Math.round((now.getTime() - new Date(instant).getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  if (minutes < 2_880) return `${Math.round(minutes / 60)} hours ago`;
  return `${Math.round(minutes / 1_440)} days ago`;
}
