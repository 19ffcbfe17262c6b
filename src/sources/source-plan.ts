import type { Directory } from './identity.ts';
import type { SourceEvent } from './source-event.ts';

export type Adapter = 'salesforce' | 'customers-text' | 'escalation-text' | 'mapped';

/** A file that an adapter will read. */
export interface PlannedFile {
  readonly path: string;
  /** As it is shown: relative to the folder that was imported. */
  readonly name: string;
}

/** One source to import: read in one go, stored in one transaction. */
export interface SourcePlan {
  readonly adapter: Adapter;
  /** Name in `sync_run` and of the records' ids. */
  readonly source: string;
  readonly files: readonly PlannedFile[];
  /** `refuse`: one bad row stores nothing. */
  readonly partial: 'allow' | 'refuse';
  read(directory: Directory): AsyncIterable<SourceEvent>;
}
