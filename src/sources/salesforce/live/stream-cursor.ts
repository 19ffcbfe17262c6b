import { z } from 'zod';
import type { Cursor } from '../../connector.ts';

const instant = z.iso.datetime();
/** Salesforce ids; everything of a cursor that goes into a query or a path is checked, for it comes from a table. */
const id = z.string().regex(/^[A-Za-z0-9]{15,18}$/);

/**
 * Where a stream stands. A window is a span of changes, `from` (null: the beginning of time) up to but without
 * `until`, that is read in order of (changed at, id).
 */
const streamCursor = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('window'),
    from: instant.nullable(),
    until: instant,
    /** The last row that was read of it. */
    after: z.object({ at: instant, id }).nullable(),
    /** Salesforce's own place in the result, quicker than asking anew, but it forgets it after a while. */
    next: z.string().nullable(),
    /** The stream had rows since what is derived of all its rows was last made. */
    hasChanges: z.boolean(),
  }),
  z.object({
    kind: z.literal('bulk'),
    until: instant,
    job: id,
    /** Null: before the first page of results. */
    locator: z
      .string()
      .regex(/^[A-Za-z0-9_\-=.~]+$/)
      .nullable(),
  }),
  /** All changes before `until` were read, but for those committed late. */
  z.object({ kind: z.literal('settled'), until: instant, hasChanges: z.boolean() }),
]);

export type StreamCursor = z.infer<typeof streamCursor>;
export type WindowCursor = Extract<StreamCursor, { kind: 'window' }>;
export type BulkCursor = Extract<StreamCursor, { kind: 'bulk' }>;

/** @returns null for a cursor that is none of ours */
export function parseCursor(cursor: Cursor): StreamCursor | null {
  const parsed = streamCursor.safeParse(cursor);
  return parsed.success ? parsed.data : null;
}
