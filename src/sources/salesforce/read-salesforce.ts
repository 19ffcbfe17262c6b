/**
 * Reads Salesforce exports. In: CSV and JSON files with Salesforce's own column names. Out: accounts, people, deals,
 * cases and their histories. A file is one object, or JSON lists of several; files are read so that a later object
 * finds what it needs of an earlier one.
 */
import type { AnyRecord } from '../../domain/records.ts';
import { readCsv } from '../csv/read-csv.ts';
import type { Directory } from '../identity.ts';
import { salesforceSource } from '../identity.ts';
import { readJson } from '../json/read-json.ts';
import { noted, rejected, type SourceEvent } from '../source-event.ts';
import type { PlannedFile, SourcePlan } from '../source-plan.ts';
import { fileInput, type Input } from '../text/input-file.ts';
import { RecordBuilder } from './build-record.ts';
import { NameBook } from './name-book.ts';
import { salesforceObjects } from './objects.ts';
import { ReportBuilder } from './read-report.ts';
import { objectNamed, recogniseTable, type SalesforceTable } from './recognise.ts';
import { type RowEvent, rowsOfCsv, rowsOfJson, type SalesforceRow } from './salesforce-row.ts';

export interface SalesforceFile {
  readonly file: PlannedFile;
  /** What its first row was recognised as. */
  readonly table: SalesforceTable;
}

/** Builds the plan of a set of recognised files. */
export function planSalesforce(files: readonly SalesforceFile[]): SourcePlan {
  const order = (table: SalesforceTable): number =>
    table === 'Report' ? salesforceObjects.length : salesforceObjects.indexOf(table);
  const ordered = [...files].sort(
    (a, b) => order(a.table) - order(b.table) || (a.file.name < b.file.name ? -1 : 1),
  );
  return {
    adapter: 'salesforce',
    source: salesforceSource,
    files: ordered.map(({ file }) => file),
    partial: 'allow',
    read: (directory) =>
      readSalesforce(
        ordered.map(({ file, table }) => ({ input: fileInput(file.path, file.name), table })),
        directory,
      ),
  };
}

/** @returns events in file order; never throws for content */
export async function* readSalesforce(
  files: readonly { readonly input: Input; readonly table: SalesforceTable }[],
  directory: Directory,
): AsyncGenerator<SourceEvent> {
  const notes: string[] = [];
  const onNote = (message: string): void => {
    notes.push(message);
  };
  const objects = new RecordBuilder(onNote);
  // A report names accounts and people; those of this very export are not stored yet.
  const names = new NameBook(directory);
  const hasReport = files.some(({ table }) => table === 'Report');
  const reports = new ReportBuilder(names, onNote);
  for (const { input, table } of files) {
    for await (const event of rowsOf(input)) {
      if (event.kind === 'row') {
        const outcome = readRow(input.name, event.row, table, objects, reports);
        if (hasReport && outcome.kind === 'accepted') names.add(outcome.records);
        yield outcome;
      } else yield event;
      yield* wordNotes(input.name, notes);
    }
  }
  yield* derived(objects.finish());
  yield* wordNotes(salesforceSource, notes);
}

/** What the mapper had to say since the last time. */
export function* wordNotes(file: string, notes: string[]): Generator<SourceEvent> {
  for (const message of notes.splice(0)) yield noted(file, 'word-unknown', message);
}

/** Rows of a CSV or JSON export. */
export function rowsOf(input: Input): AsyncGenerator<RowEvent> {
  return /\.csv$/i.test(input.name) ? rowsOfCsv(readCsv(input)) : rowsOfJson(readJson(input));
}

function readRow(
  file: string,
  row: SalesforceRow,
  table: SalesforceTable,
  objects: RecordBuilder,
  reports: ReportBuilder,
): SourceEvent {
  // Each list in a JSON file may hold another object; in CSV every row is what the header was.
  const actual =
    row.type === null ? table : (objectNamed(row.type) ?? recogniseTable(row.type, row.columns()));
  if (actual === null) {
    return rejected(file, row.line, 'is of no Salesforce object that is read', 'attributes.type', row.type);
  }
  const built = actual === 'Report' ? reports.build(row) : objects.build(actual, row);
  if ('problem' in built) {
    const { field, reason, value } = built.problem;
    return rejected(file, row.line, reason, field, value);
  }
  return { kind: 'accepted', file, line: row.line, records: built.records };
}

const DERIVED_BATCH = 500;

export function* derived(records: Iterable<AnyRecord>): Generator<SourceEvent> {
  let batch: AnyRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < DERIVED_BATCH) continue;
    yield { kind: 'derived', file: salesforceSource, records: batch };
    batch = [];
  }
  if (batch.length > 0) yield { kind: 'derived', file: salesforceSource, records: batch };
}
