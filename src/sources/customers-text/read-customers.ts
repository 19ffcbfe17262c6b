/**
 * Reads a customer list: one customer a line, as people write it. In: "Name | industry | region | tier" with bullets,
 * comments and blank lines. Out: accounts. A customer that another system knows is only filled in where that system
 * says nothing, because a list is kept by hand and grows old.
 */
import type { AccountRecord } from '../../domain/records.ts';
import { removedNote } from '../csv/read-csv.ts';
import { customersSource, type Directory, recordId, sourceKey } from '../identity.ts';
import { noted, rejected, type SourceEvent } from '../source-event.ts';
import type { PlannedFile, SourcePlan } from '../source-plan.ts';
import { decodeText } from '../text/decode-text.ts';
import { fileInput, type Input, RefusedInput } from '../text/input-file.ts';
import { splitTextLines } from '../text/split-lines.ts';
import { explainNumber } from '../values/explain-number.ts';
import { parseNumber } from '../values/number-format.ts';
import { type ListColumn, readHeader } from './list-header.ts';

export function planCustomers(files: readonly PlannedFile[]): SourcePlan {
  return {
    adapter: 'customers-text',
    source: customersSource,
    files,
    partial: 'allow',
    async *read(directory) {
      for (const file of files) yield* readCustomers(fileInput(file.path, file.name), directory);
    },
  };
}

const LINE_LIMIT = 2_000;

/** @returns events in file order; never throws for content */
export async function* readCustomers(input: Input, directory: Directory): AsyncGenerator<SourceEvent> {
  const cleaning = { removed: 0 };
  let columns: readonly ListColumn[] = ['name', 'industry', 'region', 'tier'];
  let line = 0;
  let hasRows = false;
  try {
    for await (const text of splitTextLines(decodeText(input, { cleaning }))) {
      line += 1;
      const content = stripLine(text);
      if (content === null) {
        yield { kind: 'skipped', lines: 1 };
        continue;
      }
      const cells = splitCells(content);
      const header: readonly ListColumn[] | null = hasRows ? null : readHeader(cells);
      hasRows = true;
      if (header !== null) {
        columns = header;
        yield { kind: 'skipped', lines: 1 };
      } else yield* readCustomer(input.name, line, cells, columns, directory);
    }
    if (cleaning.removed > 0) yield removedNote(input.name, cleaning.removed);
    yield { kind: 'file-read', file: input.name, ...(await input.finish()) };
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    yield { kind: 'refused', issues: [error.issue] };
  }
}

/** @returns the content of a line without bullet or numbering; null for blank lines, comments and rules */
function stripLine(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || /^(#|\/\/|--\s)/.test(trimmed)) return null;
  // A line of dashes, also the second line of a Markdown table.
  if (/^[-=_*|:+\s]+$/.test(trimmed)) return null;
  return trimmed.replace(/^(?:[-*\u2022\u2023\u25aa+]|\d{1,4}[.)])\s+/, '');
}

function splitCells(content: string): readonly string[] {
  const table = content.replace(/^\|/, '').replace(/\|$/, '');
  const separator = [/\s*\|\s*/, /\t+/, /\s*;\s*/].find((one) => one.test(table.trim()));
  const cells = separator === undefined ? [table] : table.split(separator);
  return cells.map((cell) => cell.trim());
}

function* readCustomer(
  file: string,
  line: number,
  cells: readonly string[],
  columns: readonly ListColumn[],
  directory: Directory,
): Generator<SourceEvent> {
  const cell = (column: ListColumn): string | null => {
    const text = cells[columns.indexOf(column)];
    return text === undefined || text === '' || /^(?:-|n\/a|none|unknown|\?)$/i.test(text) ? null : text;
  };
  const name = cell('name');
  if (name === null || !/[\p{L}\p{N}]/u.test(name)) {
    yield rejected(
      file,
      line,
      'names no customer',
      'name',
      cells.join(' | '),
      'write the name first, or delete the line',
    );
    return;
  }
  if (name.length > 300 || cells.join('').length > LINE_LIMIT) {
    const fix = 'write one customer a line; a line break is probably missing';
    yield rejected(file, line, 'is too long for a line of a customer list', 'name', name, fix);
    return;
  }
  const arr = cell('arr');
  const amount = arr === null ? null : parseNumber(arr, '.');
  if (arr !== null && amount === null) {
    const { reason, fix } = explainNumber(arr, '.');
    yield rejected(file, line, reason, 'arr', arr, fix.includes('mapping') ? 'write it as 1234.5' : fix);
    return;
  }
  if (cells.length > columns.length) {
    yield noted(
      file,
      'cells-ignored',
      `lines have more cells than the ${columns.length} columns that are known`,
    );
  }
  const owner = cell('owner');
  const person = owner === null ? null : directory.findPerson(owner);
  if (owner !== null && person === null) {
    yield noted(file, 'reference-unknown', `no person is called "${owner}"`);
  }
  const details = {
    ...present('industry', cell('industry')),
    ...present('region', cell('region')),
    ...present('tier', cell('tier')),
    ...present('segment', cell('segment')),
    ...present('domain', cell('domain')),
    ...present('arr', amount),
    ...present('ownerId', person?.id ?? null),
  };
  yield* accepted(file, line, name, details, directory);
}

type Details = Partial<Omit<AccountRecord, 'entity' | 'id' | 'source' | 'sourceId' | 'name'>>;

function* accepted(
  file: string,
  line: number,
  name: string,
  details: Details,
  directory: Directory,
): Generator<SourceEvent> {
  const known = directory.findAccount(name);
  if (known === null || known.source === customersSource) {
    const record: AccountRecord = {
      entity: 'account',
      id: recordId('account', customersSource, name),
      source: customersSource,
      sourceId: sourceKey(customersSource, name),
      name: name.replace(/\s+/g, ' '),
      ...details,
    };
    yield { kind: 'accepted', file, line, records: [record] };
    return;
  }
  const fill: Record<string, string> = {};
  for (const field of ['industry', 'region', 'tier'] as const) {
    const listed = details[field];
    if (typeof listed !== 'string') continue;
    if (known[field] === null) fill[field] = listed;
    else if (known[field] !== listed) {
      const message = `${field} of "${known.name}" is "${listed}" here and "${known[field]}" in ${known.source}, which was kept`;
      yield noted(file, 'list-differs', message);
    }
  }
  const { id, source, sourceId } = known;
  const record: AccountRecord = { entity: 'account', id, source, sourceId, name: known.name, ...fill };
  yield { kind: 'accepted', file, line, records: Object.keys(fill).length === 0 ? [] : [record] };
}

function present<K extends string, V>(key: K, value: V | null): { readonly [P in K]?: V } {
  return value === null ? {} : ({ [key]: value } as { readonly [P in K]: V });
}
