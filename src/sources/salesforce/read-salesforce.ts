/**
 * Reads exports of Salesforce as its data loader writes them, CSV and JSON. In: files. Out: records in our words, one
 * event per row. It never guesses a date format and never drops a row without saying so.
 */
import { readCsv } from '../csv/read-csv.ts';
import { salesforceSource } from '../identity.ts';
import { readJson } from '../json/read-json.ts';
import { rejected, type SourceEvent } from '../source-event.ts';
import type { PlannedFile, SourcePlan } from '../source-plan.ts';
import { fileInput, type Input } from '../text/input-file.ts';
import { type ReadContext, recordsOf, type SalesforceObject, salesforceObjects } from './objects.ts';
import { objectOfColumns, objectOfFile, objectOfType } from './recognise.ts';
import { BadField, Row } from './row.ts';

/** All files of one export are one source: they are stored together or not at all. */
export function planSalesforce(files: readonly PlannedFile[]): SourcePlan {
  const place = ({ name }: PlannedFile): number => {
    const object = objectOfFile(name);
    return object === null ? salesforceObjects.length : salesforceObjects.indexOf(object);
  };
  // Users first: tickets take their team from whoever they are assigned to.
  const ordered = [...files].sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
  return {
    adapter: 'salesforce',
    source: salesforceSource,
    files: ordered,
    partial: 'allow',
    async *read() {
      const teamOf = new Map<string, string>();
      for (const file of ordered) yield* readSalesforce(fileInput(file.path, file.name), teamOf);
    },
  };
}

/** @returns events in file order; never throws for content */
export async function* readSalesforce(
  input: Input,
  teamOf: Map<string, string> = new Map(),
): AsyncGenerator<SourceEvent> {
  const notes = new Map<string, { code: string; message: string; count: number }>();
  const context: ReadContext = {
    teamOf,
    note: (code, message) => {
      const known = notes.get(message);
      if (known) known.count += 1;
      else notes.set(message, { code, message, count: 1 });
    },
  };
  const rows = /\.(json|ndjson|jsonl)$/i.test(input.name)
    ? jsonRows(input, context)
    : csvRows(input, context);
  for await (const event of rows) {
    if (event.kind === 'file-read') {
      for (const note of notes.values()) yield { kind: 'note', note: { ...note, file: input.name } };
    }
    yield event;
  }
}

async function* csvRows(input: Input, context: ReadContext): AsyncGenerator<SourceEvent> {
  let columns: readonly string[] = [];
  let object: SalesforceObject | null = null;
  for await (const event of readCsv(input)) {
    if (event.kind === 'header') {
      columns = event.columns;
      object = objectOfFile(input.name) ?? objectOfColumns(columns);
      if (object === null) {
        const message =
          'has columns of no Salesforce object that is read (User, Account, Contact, Opportunity, OpportunityHistory, Case, CaseHistory); use a mapping';
        yield { kind: 'refused', issues: [{ code: 'object-unknown', path: `${input.name}:1`, message }] };
        return;
      }
    } else if (event.kind === 'cells') {
      if (object !== null)
        yield toEvent(input.name, event.line, object, new Row(columns, event.cells), context);
    } else yield event;
  }
}

async function* jsonRows(input: Input, context: ReadContext): AsyncGenerator<SourceEvent> {
  const ofFile = objectOfFile(input.name);
  for await (const event of readJson(input)) {
    if (event.kind !== 'object') {
      yield event;
      continue;
    }
    const { attributes, ...fields } = event.value;
    const type =
      typeof attributes === 'object' && attributes !== null && 'type' in attributes
        ? attributes.type
        : event.list;
    const columns = Object.keys(fields);
    const object = objectOfType(type) ?? ofFile ?? objectOfColumns(columns);
    yield object === null
      ? rejected(
          input.name,
          event.line,
          'is of no Salesforce object that is read',
          'attributes.type',
          typeof type === 'string' ? type : null,
        )
      : toEvent(input.name, event.line, object, new Row(columns, Object.values(fields)), context);
  }
}

function toEvent(
  file: string,
  line: number,
  object: SalesforceObject,
  row: Row,
  context: ReadContext,
): SourceEvent {
  try {
    return { kind: 'accepted', file, line, records: recordsOf(object, row, context) };
  } catch (error) {
    if (error instanceof BadField) return rejected(file, line, error.message, error.field, error.value);
    throw error;
  }
}
