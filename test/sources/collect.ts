import type { AnyRecord, Entity } from '../../src/domain/records.ts';
import type { Note, Reject, SourceEvent } from '../../src/sources/source-event.ts';
import type { Issue } from '../../src/toolkit/issue.ts';

export interface Collected {
  readonly records: AnyRecord[];
  readonly rejects: Reject[];
  readonly notes: Note[];
  readonly issues: Issue[];
  accepted: number;
  skipped: number;
  filesRead: number;
}

type AnyEvent = SourceEvent | { readonly kind: 'header' | 'cells' | 'object' };

/** Reads a source to its end. */
export async function collect(events: AsyncIterable<AnyEvent>): Promise<Collected> {
  const all: Collected = {
    records: [],
    rejects: [],
    notes: [],
    issues: [],
    accepted: 0,
    skipped: 0,
    filesRead: 0,
  };
  for await (const event of events) {
    if (event.kind === 'accepted') {
      all.accepted += 1;
      all.records.push(...event.records);
    } else if (event.kind === 'derived') all.records.push(...event.records);
    else if (event.kind === 'rejected') all.rejects.push(event.reject);
    else if (event.kind === 'skipped') all.skipped += event.lines;
    else if (event.kind === 'note') all.notes.push(event.note);
    else if (event.kind === 'refused') all.issues.push(...event.issues);
    else if (event.kind === 'file-read') all.filesRead += 1;
    else if (event.kind === 'cells' || event.kind === 'object') all.accepted += 1;
  }
  return all;
}

/** Records of one entity, typed. */
export function ofEntity<E extends Entity>(all: Collected, entity: E): Extract<AnyRecord, { entity: E }>[] {
  return all.records.filter((record) => record.entity === entity) as Extract<AnyRecord, { entity: E }>[];
}
