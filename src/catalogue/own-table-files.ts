import { z } from 'zod';
import type { ColumnType, StoredColumn } from './catalogue.ts';

/** How an entity over a table of one's own names the table, its columns and the ways from it to others. */

/** `schema.table`; quoted by the compiler, so only dots, quotes and what no identifier holds are kept out. */
export const ownTablePattern = /^[^."\0]{1,63}\.[^."\0]{1,63}$/;

const id = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case words joined by _');
const stored = z.string().regex(/^[^."\0]{1,63}$/, 'must be the name of a column');
const types = ['text', 'number', 'boolean', 'date', 'instant', 'uuid'] as const satisfies ColumnType[];
const type = z.enum(types);
const zone = z
  .string()
  .refine(isZone, { error: 'is not an IANA time zone; write for example Europe/Berlin' });

const columnSchema = z.union(
  [
    type,
    z.strictObject({ type, column: stored.optional(), zone: zone.optional() }),
    /** Several text columns as one, with a space between: first and last name. */
    z.strictObject({ joined: z.array(id).min(2).max(4) }),
    /** The same word in every row, for example the currency of all amounts. */
    z.strictObject({ constant: z.string().regex(/^[\p{L}\p{N} _-]{1,40}$/u) }),
  ],
  {
    error: `must be one of ${types.join(', ')}, or { type, column, zone }, { joined: [columns] } or { constant: word }`,
  },
);

export const columnsSchema = z.record(id, columnSchema).transform((columns) => {
  const typed: Record<string, { readonly type: ColumnType; readonly stored: StoredColumn }> = {};
  for (const [name, given] of Object.entries(columns)) typed[name] = readColumn(name, given);
  return typed;
});

function readColumn(
  name: string,
  given: z.infer<typeof columnSchema>,
): { readonly type: ColumnType; readonly stored: StoredColumn } {
  if (typeof given === 'string') return { type: given, stored: { kind: 'column', name } };
  if ('joined' in given) return { type: 'text', stored: { kind: 'joined', columns: given.joined } };
  if ('constant' in given) return { type: 'text', stored: { kind: 'constant', text: given.constant } };
  const from = { kind: 'column', name: given.column ?? name } as const;
  return { type: given.type, stored: given.zone === undefined ? from : { ...from, zone: given.zone } };
}

/** `to`: the other table's column, when it is not its key; `source`: which of our sources its ids come from. */
export const joinSchema = z.strictObject({
  entity: id,
  column: id,
  to: id.optional(),
  source: z.string().min(1).max(40).optional(),
  optional: z.boolean().default(false),
});

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
