import type { AnyRecord, Entity } from '../../domain/records.ts';
import { recordId, salesforceSource, sourceKey } from '../identity.ts';
import type { FieldValue } from '../mapping/compile-value.ts';
import { compileDateFormat, toInstant } from '../values/date-format.ts';
import { parseBoolean } from '../values/number-format.ts';
import type { FieldProblem, FieldRules } from './field-table.ts';
import { from } from './field-table.ts';
import type { ImportMemory } from './import-memory.ts';
import type { SalesforceRow } from './salesforce-row.ts';

export type Fields = Readonly<Record<string, FieldValue>>;
export type Extra = Readonly<Record<string, unknown>>;

/** What a rule that looks at several columns may use. */
export interface RowContext {
  readonly row: SalesforceRow;
  /** What the field rules read. */
  readonly fields: Fields;
  /** The row's own id as it was written. */
  readonly key: string;
  readonly memory: ImportMemory;
  /** Told what the user should know of this row. */
  readonly note: (message: string) => void;
}

/** How one Salesforce object becomes one of our entities; files and the live connector share it. */
export interface ObjectDefinition {
  readonly entity: Entity;
  readonly rules: FieldRules;
  /** Lower-case columns that `derive` and `also` read beside those of the rules; live, they are selected as well. */
  readonly alsoReads?: readonly string[];
  /** Fields without which the row is rejected, with the column that is named in the reject. */
  readonly required: readonly (readonly [field: string, column: string])[];
  /** Key of a row without an id; without this such a row is rejected. */
  readonly keyOf?: (row: SalesforceRow) => string | null;
  /** Fields that take several columns; null: the row is read but is nothing of ours (an open deal's line, a draft). */
  readonly derive?: (context: RowContext) => Extra | null;
  /** Further records that the same row gives. */
  readonly also?: (record: AnyRecord, context: RowContext) => readonly AnyRecord[];
  /** The record can be told only together with others: it is kept until `ImportMemory.finish`. */
  readonly isHeld?: true;
}

export const common: FieldRules = {
  createdAt: from('createddate'),
  // SystemModstamp also moves when an automated process changes the row; LastModifiedDate does not.
  updatedAt: from('systemmodstamp', 'lastmodifieddate'),
};

export const missing = (column: string): FieldProblem => ({ field: column, reason: 'is empty', value: null });

/** The parts that every record has. */
export function baseOf<E extends Entity>(entity: E, key: string) {
  return {
    entity,
    id: recordId(entity, salesforceSource, key),
    source: salesforceSource,
    sourceId: sourceKey(salesforceSource, key),
  };
}

const iso = compileDateFormat('iso');

export function instantOf(cell: string | null | undefined): Date | null {
  const parsed = typeof cell === 'string' ? iso.parse(cell) : null;
  return parsed === null ? null : toInstant(parsed, 'UTC');
}

/** The first of the columns that holds a date or time. */
export function firstInstant(row: SalesforceRow, ...columns: readonly string[]): Date | null {
  for (const column of columns) {
    const at = instantOf(row.get(column));
    if (at !== null) return at;
  }
  return null;
}

/** Null for a cell that is no flag. */
export const flag = (cell: string | null | undefined): boolean | null =>
  typeof cell === 'string' ? parseBoolean(cell) : null;

/** First of the columns that has a value. */
export function firstOf(row: SalesforceRow, ...columns: readonly string[]): string | null {
  for (const column of columns) {
    const cell = row.get(column);
    if (typeof cell === 'string') return cell;
  }
  return null;
}

/** The fields when the row has one of these columns at all: what an export leaves out leaves a stored value as it is. */
export const whenPresent = (row: SalesforceRow, columns: readonly string[], fields: Extra): Extra =>
  columns.some((column) => row.get(column) !== undefined) ? fields : {};

/** The first three characters of an id say what it names (Salesforce Help 000385203). */
export const idPrefix = {
  account: '001',
  contact: '003',
  user: '005',
  opportunity: '006',
  group: '00G',
} as const;

/** Id of our record when the cell is an id of that kind of object, else null. */
export function referenceIf(entity: Entity, prefix: string, cell: string | null | undefined): string | null {
  return cell?.startsWith(prefix) === true ? recordId(entity, salesforceSource, cell) : null;
}

/** Id of the person when the cell names one; a queue owns nothing in person. */
export const personIf = (cell: string | null | undefined): string | null =>
  cell == null || cell.startsWith(idPrefix.group) ? null : recordId('person', salesforceSource, cell);

/** Reads a word by the first pattern that fits. */
export function wordBy<T extends string>(
  patterns: readonly (readonly [RegExp, T])[],
  cell: string | null | undefined,
): T | null {
  if (cell == null) return null;
  return patterns.find(([pattern]) => pattern.test(cell))?.[1] ?? null;
}
