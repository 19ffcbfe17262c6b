/**
 * Reads live sources. In: connectors. Out: their records in the store, page by page, each page with its cursor in one
 * transaction, so that a process that dies goes on where it stopped. It never reads a source twice at the same time.
 */

import { setMaxListeners } from 'node:events';
import type { AnyRecord } from '../domain/records.ts';
import { checkRecords } from '../sources/check-record.ts';
import type { Connector, ConnectorEvent, ConnectorPage, Cursor } from '../sources/connector.ts';
import { buildDirectory, type Directory } from '../sources/identity.ts';
import type { SourceEvent } from '../sources/source-event.ts';
import type { Store } from '../store/database.ts';
import { storeRecords } from '../store/record-store.ts';
import { forgetCursors, listStreams, saveCursor } from '../store/sync-cursor-store.ts';
import {
  beatRun,
  finishRun,
  loadKnownNames,
  type RunOwner,
  saveRejects,
  startRun,
} from '../store/sync-store.ts';
import type { Clock } from '../toolkit/clock.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { newId } from '../toolkit/ids.ts';
import { type Issue, UserError } from '../toolkit/issue.ts';
import { scrub } from '../toolkit/scrub.ts';
import { thisProcess } from './analysis-lease.ts';
import { ImportTally } from './import-tally.ts';
import { takeTallied } from './save-tallied.ts';
import { type SyncLease, syncHolder, takeSyncLease } from './sync-lease.ts';
import { type ConnectorReport, type StreamReport, storedConnectorReport } from './sync-report.ts';
import { runOwner } from './sync-sources.ts';

export type SyncProgress = {
  readonly source: string;
  readonly stream: string;
} & (
  | { readonly kind: 'rows'; readonly rows: number; readonly rowsPerSecond: number; readonly total?: number }
  | ConnectorEvent
);

export interface SyncDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly connectors: readonly Connector[];
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Aborted: the page in hand is stored, then the sync ends. */
  readonly signal?: AbortSignal;
  /** Names this process to others that want the same source. */
  readonly holder?: string;
  readonly owner?: RunOwner;
}

export interface SyncRequest {
  /** Default all. */
  readonly sources?: readonly string[];
  readonly streams?: readonly string[];
  /** From the beginning instead of from where the last sync stopped. */
  readonly full?: boolean;
}

/**
 * Syncs the sources one after the other. A source that fails is reported and stops no other.
 *
 * @throws UserError when a source or stream has no connector
 */
export async function syncConnectors(
  deps: SyncDeps,
  request: SyncRequest = {},
): Promise<readonly ConnectorReport[]> {
  const connectors = chosen(deps.connectors, request);
  // Each request listens to it, and a first sync makes thousands.
  if (deps.signal) setMaxListeners(0, deps.signal);
  const reports: ConnectorReport[] = [];
  for (const connector of connectors) {
    if (deps.signal?.aborted) break;
    reports.push(await syncSource(deps, connector, request));
    await deps.store.keepFit();
  }
  return reports;
}

function chosen(connectors: readonly Connector[], { sources, streams }: SyncRequest): readonly Connector[] {
  const names = connectors.map(({ source }) => source);
  const unknown = (sources ?? []).filter((source) => !names.includes(source));
  const found = connectors.filter(
    ({ source }) => sources === undefined || sources.length === 0 || sources.includes(source),
  );
  const known = new Set(found.flatMap((connector) => connector.streams));
  const lost = (streams ?? []).filter((stream) => !known.has(stream));
  const issues: Issue[] = [
    ...unknown.map((source) => ({
      code: 'unknown-source',
      path: source,
      message: 'is not a live source that is configured; `heed sources` lists them',
      suggestions: names,
    })),
    ...lost.map((stream) => ({
      code: 'unknown-stream',
      path: stream,
      message: 'is not a stream of the chosen sources',
      suggestions: [...known],
    })),
  ];
  if (issues.length > 0) throw new UserError(issues);
  return found;
}

async function syncSource(
  deps: SyncDeps,
  connector: Connector,
  request: SyncRequest,
): Promise<ConnectorReport> {
  const { store } = deps;
  const lease = await takeSyncLease(store, connector.source, deps.holder ?? thisProcess);
  if (lease === null) {
    const holder = (await syncHolder(store, connector.source)) ?? 'another process';
    return busyReport(connector.source, holder);
  }
  const work = new SourceSync(deps, connector, lease);
  try {
    return await work.run(request);
  } finally {
    await lease.release();
  }
}

class SourceSync {
  private readonly deps: SyncDeps;
  private readonly connector: Connector;
  private readonly lease: SyncLease;
  private readonly owner: RunOwner;
  private readonly runId: string;
  private readonly tally = new ImportTally();
  private readonly startedMs = performance.now();
  private readonly streams: StreamReport[] = [];

  constructor(deps: SyncDeps, connector: Connector, lease: SyncLease) {
    this.deps = deps;
    this.connector = connector;
    this.lease = lease;
    this.owner = deps.owner ?? runOwner;
    this.runId = newId(deps.clock.now().getTime());
  }

  async run(request: SyncRequest): Promise<ConnectorReport> {
    const { store, clock } = this.deps;
    const { source } = this.connector;
    const streams = this.connector.streams.filter(
      (stream) =>
        request.streams === undefined || request.streams.length === 0 || request.streams.includes(stream),
    );
    await startRun(store.db, {
      id: this.runId,
      source,
      origin: 'live',
      startedAt: clock.now(),
      owner: this.owner,
    });
    if (request.full) await forgetCursors(store.db, source, streams);
    let issues: readonly Issue[] = [];
    try {
      const known = await listStreams(store.db, source);
      for (const stream of streams) {
        if (this.deps.signal?.aborted) break;
        const cursor = (known.find((one) => one.stream === stream)?.cursor ?? null) as Cursor;
        await this.readStream(stream, cursor, buildDirectory(await loadKnownNames(store.db)));
      }
    } catch (error) {
      // Whoever asked it to end knows why it did.
      if (!this.deps.signal?.aborted || error instanceof UserError) issues = issuesOf(source, error);
    }
    return this.finish(issues, streams.length);
  }

  private async readStream(stream: string, from: Cursor, directory: Directory): Promise<void> {
    const report = { stream, rowsRead: 0, stored: 0, isComplete: false };
    this.streams.push(report);
    const started = performance.now();
    const signal = this.deps.signal ?? new AbortController().signal;
    const { source } = this.connector;
    const onEvent = (event: ConnectorEvent) => this.deps.onProgress?.({ source, ...event, stream });
    for await (const page of this.connector.read({ stream, cursor: from, directory, signal, onEvent })) {
      const before = this.tally.rowsRead;
      report.stored += await this.storePage(stream, page);
      report.rowsRead += this.tally.rowsRead - before;
      report.isComplete = page.isLast;
      const seconds = Math.max((performance.now() - started) / 1000, 0.001);
      this.deps.onProgress?.({
        kind: 'rows',
        source,
        stream,
        rows: report.rowsRead,
        rowsPerSecond: Math.round(report.rowsRead / seconds),
        ...(page.total === undefined ? {} : { total: page.total }),
      });
      if (page.isLast || signal.aborted) return;
    }
  }

  /** The records of a page and where the next one begins are stored together or not at all. */
  private async storePage(stream: string, page: ConnectorPage): Promise<number> {
    const { store, clock } = this.deps;
    const { source } = this.connector;
    const records: AnyRecord[] = [];
    for await (const event of checkRecords(inOrder(page.events))) {
      if (event.kind === 'refused') throw new UserError(event.issues);
      records.push(...this.take(event));
    }
    const taken = await takeTallied(store.db, this.tally);
    const stored = await this.lease.write(async (trx) => {
      if (taken !== null) await saveRejects(trx, this.runId, taken.first, taken.rejects);
      const loaded = await storeRecords(trx, source, records);
      const changed = loaded.reduce((sum, one) => sum + one.stored, 0);
      const at = clock.now();
      await saveCursor(trx, {
        source,
        stream,
        cursor: page.cursor,
        rowsStored: changed,
        at,
        isComplete: page.isLast,
      });
      return changed;
    });
    await beatRun(store.db, this.runId, this.owner, clock.now(), this.tally.rowsRead);
    return stored;
  }

  private take(event: Exclude<SourceEvent, { kind: 'refused' }>): readonly AnyRecord[] {
    switch (event.kind) {
      case 'accepted':
        this.tally.rowsAccepted += 1;
        return event.records;
      case 'derived':
        return event.records;
      case 'rejected':
        this.tally.addReject(event.reject);
        return [];
      case 'note':
        this.tally.addNote(event.note);
        return [];
      case 'skipped':
      case 'file-read':
        return [];
      default:
        return exhaustive(event);
    }
  }

  private async finish(issues: readonly Issue[], wanted: number): Promise<ConnectorReport> {
    const { store, clock } = this.deps;
    const { tally, streams } = this;
    const isWhole = streams.length === wanted && streams.every(({ isComplete }) => isComplete);
    const report: ConnectorReport = {
      source: this.connector.source,
      state: issues.length > 0 ? 'failed' : isWhole ? 'done' : 'stopped',
      streams,
      rowsRead: tally.rowsRead,
      rowsRejected: tally.rowsRejected,
      stored: streams.reduce((sum, { stored }) => sum + stored, 0),
      notes: tally.notes,
      rejects: tally.shownRejects,
      issues,
      seconds: Math.round((performance.now() - this.startedMs) / 10) / 100,
    };
    await finishRun(
      store.db,
      this.runId,
      // Only a source that was read to its end is up to date.
      report.state === 'done' ? 'done' : 'failed',
      clock.now(),
      {
        rowsRead: report.rowsRead,
        rowsStored: report.stored,
        rowsUnchanged: 0,
        rowsRejected: report.rowsRejected,
      },
      storedConnectorReport(report),
    );
    return report;
  }
}

function busyReport(source: string, holder: string): ConnectorReport {
  const message = `is being synced by ${holder} right now; wait until that has ended`;
  return {
    source,
    state: 'busy',
    streams: [],
    rowsRead: 0,
    rowsRejected: 0,
    stored: 0,
    notes: [],
    rejects: [],
    issues: [{ code: 'sync-busy', path: source, message }],
    seconds: 0,
  };
}

function issuesOf(source: string, error: unknown): readonly Issue[] {
  if (error instanceof UserError) return error.issues;
  const message = error instanceof Error ? error.message : String(error);
  return [
    {
      code: 'sync-failed',
      path: source,
      message: `${scrub(message)}; what was read before is stored, and the next sync goes on from there`,
    },
  ];
}

async function* inOrder(events: readonly SourceEvent[]): AsyncGenerator<SourceEvent> {
  yield* events;
}
