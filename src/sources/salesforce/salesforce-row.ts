import type { CsvEvent } from '../csv/read-csv.ts';
import type { JsonEvent, JsonObject } from '../json/read-json.ts';
import type { SourceEvent } from '../source-event.ts';

/**
 * One row of an export, from CSV or JSON alike: values as text under lower-case column names. A column that the export
 * lacks is undefined, an empty one null.
 */
export interface SalesforceRow {
  readonly line: number;
  /** Object type where JSON names it (`attributes.type`, or the list it stands in). */
  readonly type: string | null;
  get(column: string): string | null | undefined;
  columns(): Iterable<string>;
}

export type RowEvent =
  | { readonly kind: 'row'; readonly row: SalesforceRow }
  | Exclude<SourceEvent, { kind: 'accepted' | 'derived' }>;

/** Turns cells into rows. */
export async function* rowsOfCsv(events: AsyncIterable<CsvEvent>): AsyncGenerator<RowEvent> {
  let positions = new Map<string, number>();
  for await (const event of events) {
    if (event.kind === 'header') {
      positions = new Map(event.columns.map((name, index) => [columnKey(name), index]));
    } else if (event.kind === 'cells') {
      const { cells, line } = event;
      const names = positions;
      const get = (column: string): string | null | undefined => {
        const index = names.get(column);
        return index === undefined ? undefined : filled(cells[index]);
      };
      yield { kind: 'row', row: { line, type: null, get, columns: () => names.keys() } };
    } else yield event;
  }
}

/** Turns objects into rows; nested ones (`Owner: { Name }`) become columns with dots (`owner.name`). */
export async function* rowsOfJson(events: AsyncIterable<JsonEvent>): AsyncGenerator<RowEvent> {
  for await (const event of events) {
    if (event.kind !== 'object') {
      yield event;
      continue;
    }
    const list = event.list === 'records' ? null : event.list;
    const row = rowOfObject(event.value, event.line, list);
    yield { kind: 'row', row };
  }
}

/** One record as the REST API and JSON exports write it. @param list what it is where it does not say so itself */
export function rowOfObject(value: JsonObject, line: number, list: string | null = null): SalesforceRow {
  const values = new Map<string, string | null>();
  flatten(value, '', values);
  const attributes = value['attributes'];
  const named = isObject(attributes) && typeof attributes['type'] === 'string' ? attributes['type'] : null;
  return { line, type: named ?? list, get: (column) => values.get(column), columns: () => values.keys() };
}

/** Column names compare without case, and without the blanks and underscores by which a report differs from an export. */
export const columnKey = (name: string): string => name.trim().toLowerCase();

const DEPTH_LIMIT = 3;

function flatten(value: JsonObject, prefix: string, into: Map<string, string | null>, depth = 1): void {
  for (const [key, item] of Object.entries(value)) {
    if (key === 'attributes') continue;
    const name = prefix + columnKey(key);
    if (isObject(item) && depth < DEPTH_LIMIT) flatten(item, `${name}.`, into, depth + 1);
    else into.set(name, textOf(item));
  }
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return filled(value);
  return value === null || value === undefined ? null : JSON.stringify(value);
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function filled(cell: string | undefined): string | null {
  const trimmed = cell?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
