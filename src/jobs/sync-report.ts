import type { Note, Reject } from '../sources/source-event.ts';
import type { Issue } from '../toolkit/issue.ts';

export interface StreamReport {
  readonly stream: string;
  readonly rowsRead: number;
  /** Inserted or changed. */
  readonly stored: number;
  /** Read until the system had nothing newer. */
  readonly isComplete: boolean;
}

/** What a sync of one live source gave. */
export interface ConnectorReport {
  readonly source: string;
  /**
   * `stopped`: it was asked to end before it had read everything; `failed`: `issues` says why; in both cases what was
   * read is stored. `busy`: another process reads the source, nothing was done.
   */
  readonly state: 'done' | 'stopped' | 'failed' | 'busy';
  readonly streams: readonly StreamReport[];
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly stored: number;
  readonly notes: readonly Note[];
  /** The first of them; all are in the store. */
  readonly rejects: readonly Reject[];
  readonly issues: readonly Issue[];
  readonly seconds: number;
}

/** What `sync_run.report` keeps. */
export const storedConnectorReport = ({
  state,
  streams,
  notes,
  issues,
  seconds,
}: ConnectorReport): Record<string, unknown> => ({ adapter: 'live', state, streams, notes, issues, seconds });
