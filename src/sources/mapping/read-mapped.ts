/**
 * Reads one file by a mapping. In: bytes of CSV, JSON or one record a line, and what the mapping says about this file.
 * Out: accepted rows with their records, rejected rows with every reason, and what was renamed. It never stores and
 * never guesses a format.
 */
import type { AnyRecord } from '../../domain/records.ts';
import type { Issue } from '../../toolkit/issue.ts';
import { readCsvBatches } from '../csv/read-csv.ts';
import type { Directory } from '../identity.ts';
import { isRecordLines, type JsonEvent, readJson } from '../json/read-json.ts';
import { type Note, rejected, type SourceEvent } from '../source-event.ts';
import { detach } from '../text/detach.ts';
import type { Input } from '../text/input-file.ts';
import { buildCollapser, type Collapser } from './collapse-rows.ts';
import { type ColumnIndex, compileColumn, indexColumns, openColumns } from './compile-column.ts';
import {
  type Cells,
  type CompileContext,
  type CompiledEntity,
  columnsOf,
  compileEntity,
  type FieldProblem,
} from './compile-entity.ts';
import { cellsOf } from './json-cells.ts';
import type { MappedFile, Mapping } from './mapping-schema.ts';

/** @returns events in file order; never throws for content */
export function readMapped(
  input: Input,
  mapping: Mapping,
  file: MappedFile,
  directory: Directory,
): AsyncGenerator<SourceEvent> {
  const notes = new NoteBook(input.name);
  const context: PlanContext = { name: input.name, mapping, file, directory, notes };
  return formatOf(input.name, file) === 'csv' ? readTable(input, context) : readRecords(input, context);
}

/** What the mapping says the file is, or else its name. */
function formatOf(name: string, file: MappedFile): 'csv' | 'json' | 'ndjson' {
  if (file.reads !== undefined) return file.reads;
  if (isRecordLines(name)) return 'ndjson';
  return /\.json$/i.test(name) ? 'json' : 'csv';
}

/** Whether a mapping fits a table: every column that it needs is there. */
export function fitsColumns(
  mapping: Mapping,
  file: MappedFile,
  columns: readonly string[],
  directory: Directory,
): boolean {
  const context: PlanContext = { name: file.file, mapping, file, directory, notes: new NoteBook(file.file) };
  return !('issues' in compilePlan(indexColumns(columns, file.aliases), context));
}

interface PlanContext {
  readonly name: string;
  readonly mapping: Mapping;
  readonly file: MappedFile;
  readonly directory: Directory;
  readonly notes: NoteBook;
}

async function* readTable(input: Input, context: PlanContext): AsyncGenerator<SourceEvent> {
  const { file } = context;
  let plan: RowPlan | undefined;
  const options = {
    ...(file.delimiter === undefined ? {} : { delimiter: file.delimiter }),
    ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
  };
  for await (const batch of readCsvBatches(input, options)) {
    for (const event of batch) {
      if (event.kind === 'header') {
        const compiled = compilePlan(indexColumns(event.columns, file.aliases), context);
        if ('issues' in compiled) {
          yield { kind: 'refused', issues: compiled.issues };
          return;
        }
        plan = compiled;
      } else if (event.kind === 'cells') {
        if (plan !== undefined) yield readRow(input.name, event.line, event.cells, plan);
      } else if (event.kind === 'file-read') {
        yield* finish(context, plan);
        yield event;
      } else {
        yield event;
      }
    }
  }
}

async function* readRecords(input: Input, context: PlanContext): AsyncGenerator<SourceEvent> {
  const { file, mapping } = context;
  const columns = openColumns(file.aliases);
  // Numbers of JSON are written with a point by definition.
  const plan = compilePlan(columns, { ...context, mapping: { ...mapping, decimal: mapping.decimal ?? '.' } });
  if ('issues' in plan) {
    yield { kind: 'refused', issues: plan.issues };
    return;
  }
  const seen = columns.paths.map(() => false);
  let accepted = 0;
  for await (const event of readJson(input, jsonOptions(context))) {
    if (event.kind === 'object') {
      if (file.list !== undefined && event.list !== file.list) {
        yield { kind: 'skipped', lines: 1 };
        continue;
      }
      const cells = cellsOf(event.value, columns.paths);
      for (const [index, cell] of cells.entries()) if (cell !== null) seen[index] = true;
      const row = readRow(input.name, event.line, cells, plan);
      if (row.kind === 'accepted') accepted += 1;
      yield row.kind === 'skipped' ? rejectForeign(input.name, event.line, event.value) : row;
    } else if (event.kind === 'file-read') {
      const optional = optionalColumns(file);
      const missing = columns.names.filter((name, index) => seen[index] === false && !optional.has(name));
      for (const column of accepted > 0 ? missing : [])
        context.notes.add('column-empty', `no record has a value for "${column}"`);
      yield* finish(context, plan);
      yield event;
    } else {
      yield event satisfies Exclude<JsonEvent, { kind: 'object' }>;
    }
  }
}

function optionalColumns(file: MappedFile): ReadonlySet<string> {
  const fields = file.entities.flatMap((entity) => Object.values(entity.fields));
  return new Set(fields.flat().flatMap((way) => (way.optional === true ? columnsOf(way) : [])));
}

/** An empty line of a table is nothing; a record that has none of the fields is something else than was meant. */
function rejectForeign(file: string, line: number, value: object): SourceEvent {
  const fix = 'check that the file is the one that the mapping is for, and the names in the mapping';
  return rejected(
    file,
    line,
    'has none of the fields that the mapping reads',
    null,
    JSON.stringify(value),
    fix,
  );
}

function jsonOptions({ name, file }: PlanContext) {
  const encoding = file.encoding === undefined ? {} : { encoding: file.encoding };
  return { ...encoding, isLines: formatOf(name, file) === 'ndjson' };
}

function* finish(context: PlanContext, plan: RowPlan | undefined): Generator<SourceEvent> {
  yield* collapsed(context.name, plan);
  for (const note of context.notes.take()) yield { kind: 'note', note };
}

/** Distinct notes of one file; a file with another complaint on each row must not fill the memory with them. */
const NOTE_LIMIT = 200;

class NoteBook {
  private readonly file: string;
  private readonly notes = new Map<string, { code: string; message: string; count: number }>();
  private others = 0;

  constructor(file: string) {
    this.file = file;
  }

  add(code: string, message: string): void {
    const key = `${code} ${message}`;
    const known = this.notes.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.notes.size >= NOTE_LIMIT) this.others += 1;
    else this.notes.set(detach(key), { code, message: detach(message), count: 1 });
  }

  take(): readonly Note[] {
    const notes = [...this.notes.values()].map((note) => ({ ...note, file: this.file }));
    if (this.others === 0) return notes;
    const message = 'further notes are not listed';
    return [...notes, { code: 'more-notes', file: this.file, message, count: this.others }];
  }
}

interface RowPlan {
  readonly entities: readonly { readonly compiled: CompiledEntity; readonly collapser: Collapser | null }[];
  readonly nulls: ReadonlySet<string>;
  readonly renames: readonly Rename[];
  readonly seen: Set<string>;
}

interface Rename {
  readonly index: number;
  readonly to: ReadonlyMap<string, string>;
  readonly report: (from: string, to: string) => void;
}

function compilePlan(
  columns: ColumnIndex,
  { name, mapping, file, directory, notes }: PlanContext,
): RowPlan | { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const note = (code: string, message: string): void => notes.add(code, message);
  const context: CompileContext = { mapping, file, columns, directory, note, issues, path: `${name}:1` };
  const entities = file.entities.map((spec) => {
    const compiled = compileEntity(spec, context);
    return { compiled, collapser: spec.collapse === undefined ? null : buildCollapser(compiled, context) };
  });
  const renames = Object.entries(file.renames).map(([column, values]): Rename => {
    compileColumn(column, context);
    return {
      index: columns.find(column),
      to: new Map(Object.entries(values)),
      report: (from, to) => note('value-renamed', `${column}: "${from}" was read as "${to}"`),
    };
  });
  if (issues.length > 0) return { issues: onePerColumn(issues) };
  return { entities, nulls: new Set(mapping.nulls), renames, seen: new Set() };
}

/** A column that three fields read is missing once. */
function onePerColumn(issues: readonly Issue[]): readonly Issue[] {
  return [...new Map(issues.map((issue) => [`${issue.code} ${issue.message}`, issue])).values()];
}

function readRow(file: string, line: number, raw: readonly (string | null)[], plan: RowPlan): SourceEvent {
  const cells = prepare(raw, plan);
  if (cells === null) return { kind: 'skipped', lines: 1 };
  const records: AnyRecord[] = [];
  const once: AnyRecord[] = [];
  const problems: FieldProblem[] = [];
  // Collapsing entities come last: they keep state, and a row that is rejected must leave none.
  for (const { compiled, collapser } of plan.entities) {
    if (collapser !== null || !compiled.applies(cells)) continue;
    const built = compiled.build(cells);
    if ('problems' in built) problems.push(...built.problems);
    else if (compiled.spec.distinct !== true) records.push(built.record);
    else if (!plan.seen.has(built.record.id)) once.push(built.record);
  }
  if (problems.length === 0) {
    for (const { compiled, collapser } of plan.entities) {
      if (collapser === null || !compiled.applies(cells)) continue;
      const added = collapser.add(cells);
      if ('problems' in added) problems.push(...added.problems);
      else records.push(...added.events);
    }
  }
  if (problems.length > 0) return rejectRow(file, line, problems);
  for (const record of once) plan.seen.add(record.id);
  return { kind: 'accepted', file, line, records: [...once, ...records] };
}

function rejectRow(file: string, line: number, problems: readonly FieldProblem[]): SourceEvent {
  const [first, ...others] = problems;
  const also = [...new Set(others.map((other) => `${other.field} ${other.reason}`))].slice(0, 3);
  const reason = [first?.reason ?? 'is bad', ...also].join('; also ');
  return rejected(file, line, reason, first?.field ?? null, first?.value ?? null, first?.fix ?? null);
}

/** @returns null for a row without any value, as spreadsheets leave below their tables */
function prepare(raw: readonly (string | null)[], plan: RowPlan): Cells | null {
  const { nulls } = plan;
  const cells: (string | null)[] = new Array<string | null>(raw.length);
  let isEmpty = true;
  for (let index = 0; index < raw.length; index += 1) {
    const trimmed = raw[index]?.trim() ?? '';
    if (trimmed !== '') isEmpty = false;
    cells[index] = trimmed === '' || nulls.has(trimmed) ? null : trimmed;
  }
  if (isEmpty) return null;
  for (const { index, to, report } of plan.renames) {
    const cell = cells[index];
    const better = cell == null ? undefined : to.get(cell);
    if (cell != null && better !== undefined) {
      cells[index] = better;
      report(cell, better);
    }
  }
  return cells;
}

const DERIVED_BATCH = 500;

function* collapsed(file: string, plan: RowPlan | undefined): Generator<SourceEvent> {
  for (const { collapser } of plan?.entities ?? []) {
    if (collapser === null) continue;
    let batch: AnyRecord[] = [];
    for (const record of collapser.finish()) {
      batch.push(record);
      if (batch.length < DERIVED_BATCH) continue;
      yield { kind: 'derived', file, records: batch };
      batch = [];
    }
    if (batch.length > 0) yield { kind: 'derived', file, records: batch };
  }
}
