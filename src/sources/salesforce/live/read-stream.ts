import type { ConnectorPage, ConnectorRead } from '../../connector.ts';
import { noted, rejected, type SourceEvent } from '../../source-event.ts';
import { derived } from '../read-salesforce.ts';
import type { SalesforceRow } from '../salesforce-row.ts';
import { buildPage } from './build-page.ts';
import { awaitJob, createJob, fetchResults } from './bulk-job.ts';
import type { Caller, SalesforceClient } from './client.ts';
import type { Companions } from './companions.ts';
import type { OrgDescription } from './describe.ts';
import { RefusedRequest } from './errors.ts';
import type { Knobs } from './options.ts';
import { fetchPage, isExpiredLocator, isPagePath } from './query.ts';
import { bulkQuery, countQuery, type Selection, windowQuery } from './soql.ts';
import { type BulkCursor, parseCursor, type StreamCursor, type WindowCursor } from './stream-cursor.ts';
import type { StreamDefinition } from './streams.ts';

export interface Org {
  readonly client: SalesforceClient;
  readonly description: OrgDescription;
  readonly companions: Companions;
  readonly knobs: Knobs;
}

type Pages = AsyncGenerator<ConnectorPage>;

/**
 * Reads one stream from its cursor to now.
 *
 * A row is stamped when it is written but can be seen only when its transaction commits, up to ten minutes later, so a
 * window that ends now can miss rows that carry an earlier stamp. Therefore a window ends a little before now and the
 * next one begins some minutes before that end. Rows that are read twice have the same ids: storing them again changes
 * nothing.
 */
export async function* readStream(
  org: Org,
  stream: StreamDefinition,
  selection: Selection,
  request: ConnectorRead,
): Pages {
  const reader = new StreamReader(org, stream, selection, request);
  let cursor = request.cursor === null ? null : parseCursor(request.cursor);
  if (request.cursor !== null && cursor === null) reader.tellExpired();
  if (cursor === null) {
    cursor = await reader.begin();
    // Stored before the wait for the job, so that a restart finds the job again.
    if (cursor.kind === 'bulk') yield { events: [], cursor, isLast: false };
  }
  if (cursor.kind === 'bulk') cursor = yield* reader.readBulk(cursor);
  yield* reader.readWindow(cursor.kind === 'window' ? cursor : reader.nextWindow(cursor));
}

class StreamReader {
  private readonly org: Org;
  private readonly stream: StreamDefinition;
  private readonly selection: Selection;
  private readonly name: string;
  private readonly caller: Caller;

  constructor(org: Org, stream: StreamDefinition, selection: Selection, request: ConnectorRead) {
    this.org = org;
    this.stream = stream;
    this.selection = selection;
    this.name = request.stream;
    this.caller = request;
  }

  tellExpired(): void {
    this.caller.onEvent({ kind: 'cursor-expired', stream: this.name });
  }

  /** The first cursor: few rows are queried, many come as a bulk job. */
  async begin(): Promise<StreamCursor> {
    const until = this.windowEnd();
    const window: WindowCursor = {
      kind: 'window',
      from: null,
      until,
      after: null,
      next: null,
      hasChanges: false,
    };
    if (this.stream.isQueryOnly || !(await this.isLarge(until))) return window;
    try {
      const job = await createJob(this.org.client, bulkQuery(this.selection, until), this.caller);
      return { kind: 'bulk', until, job, locator: null };
    } catch (error) {
      // Some objects cannot be read in bulk; the query takes more calls and gets there as well.
      if (error instanceof RefusedRequest) return window;
      throw error;
    }
  }

  private async isLarge(until: string): Promise<boolean> {
    try {
      const soql = countQuery(this.selection, until);
      const page = await fetchPage(this.org.client, { soql }, this.org.knobs.pageRows, this.caller);
      return page.total > this.org.knobs.bulkOverRows;
    } catch (error) {
      // Counting runs out of time on objects with very many rows.
      if (error instanceof RefusedRequest && error.code === 'QUERY_TIMEOUT') return true;
      throw error;
    }
  }

  async *readBulk(cursor: BulkCursor): AsyncGenerator<ConnectorPage, StreamCursor> {
    const { client, knobs } = this.org;
    const { until, job } = cursor;
    try {
      await awaitJob(client, job, knobs, this.caller);
      for (let locator = cursor.locator; ; ) {
        const page = await fetchResults(client, job, locator, knobs.bulkPageRows, this.caller);
        const events = await this.build(page.rows);
        for (const reason of page.broken) events.push(rejected(this.stream.object, null, reason));
        locator = page.locator;
        if (locator === null) {
          const settled: StreamCursor = { kind: 'settled', until, hasChanges: true };
          yield { events, cursor: settled, isLast: false };
          return settled;
        }
        yield { events, cursor: { ...cursor, locator }, isLast: false };
      }
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      // The job was removed, or failed: its rows have no order to go on in, so they are queried from the first.
      this.tellExpired();
      const message = `bulk job ${job} cannot be read (${error.message}); its rows are queried instead`;
      const window: WindowCursor = {
        kind: 'window',
        from: null,
        until,
        after: null,
        next: null,
        hasChanges: true,
      };
      yield { events: [noted(this.name, 'bulk-job-lost', message)], cursor: window, isLast: false };
      return window;
    }
  }

  /** From some minutes before the end of what was read. */
  nextWindow(cursor: Exclude<StreamCursor, WindowCursor>): WindowCursor {
    const until = this.windowEnd();
    const from = new Date(Date.parse(cursor.until) - this.org.knobs.overlapSeconds * 1000).toISOString();
    return {
      kind: 'window',
      from,
      // A clock that was set back must not make the cursor go back with it.
      until: until > cursor.until ? until : cursor.until,
      after: null,
      next: null,
      hasChanges: cursor.kind === 'bulk' || cursor.hasChanges,
    };
  }

  async *readWindow(start: WindowCursor): Pages {
    const { client, knobs } = this.org;
    let window = start;
    for (;;) {
      const { next } = window;
      const target =
        next !== null && isPagePath(next, client.root)
          ? { path: next }
          : { soql: windowQuery(this.selection, window) };
      let page: Awaited<ReturnType<typeof fetchPage>>;
      try {
        page = await fetchPage(client, target, knobs.pageRows, this.caller);
      } catch (error) {
        if (next === null || !isExpiredLocator(error)) throw error;
        this.tellExpired();
        window = { ...window, next: null };
        continue;
      }
      const events = await this.build(page.rows);
      const hasChanges = window.hasChanges || page.rows.length > 0;
      window = { ...window, after: this.lastOf(page.rows, window), next: page.next, hasChanges };
      if (page.next === null) {
        events.push(...(await this.conclude(window)));
        const settled: StreamCursor = { kind: 'settled', until: window.until, hasChanges: false };
        yield { events, cursor: settled, isLast: true, total: page.total };
        return;
      }
      yield { events, cursor: window, isLast: false, total: page.total };
    }
  }

  private build(rows: readonly SalesforceRow[]): Promise<SourceEvent[]> {
    if (this.stream.object === 'User' && rows.length > 0) this.org.companions.forgetUsers();
    return buildPage(this.stream.object, rows, this.org.companions, this.caller);
  }

  /** What is made of all rows of the stream, when some of them changed. */
  private async conclude(window: WindowCursor): Promise<readonly SourceEvent[]> {
    if (this.stream.object !== 'User' || !window.hasChanges) return [];
    return [...derived(await this.org.companions.teams(this.caller))];
  }

  /**
   * Place of the last row within the window. A row that changed while its page was fetched shows a stamp behind the
   * window's end; going on after that would leave out all rows between.
   */
  private lastOf(rows: readonly SalesforceRow[], window: WindowCursor): WindowCursor['after'] {
    const column = this.selection.changedAt.toLowerCase();
    const last = rows.findLast((row) => Date.parse(row.get(column) ?? '') < Date.parse(window.until));
    const id = last?.get('id');
    if (last === undefined || typeof id !== 'string') return window.after;
    return { at: new Date(Date.parse(last.get(column) ?? '')).toISOString(), id };
  }

  private windowEnd(): string {
    const now = this.org.client.serverClock.now().getTime();
    return new Date(now - this.org.knobs.settleSeconds * 1000).toISOString();
  }
}
