/**
 * Reads one CSV file by a mapping. In: bytes and what the mapping says about this file. Out: accepted rows with their
 * records, rejected rows with every reason, and what was renamed. It never stores and never guesses a format.
 */
import type { AnyRecord } from '../../domain/records.ts';
import type { Issue } from '../../toolkit/issue.ts';
import { headerKey } from '../csv/check-header.ts';
import { readCsv } from '../csv/read-csv.ts';
import type { Directory } from '../identity.ts';
import { rejected, type SourceEvent } from '../source-event.ts';
import type { Input } from '../text/input-file.ts';
import { buildCollapser, type Collapser } from './collapse-rows.ts';
import {
  type Cells,
  type CompileContext,
  type CompiledEntity,
  compileColumn,
  compileEntity,
  type FieldProblem,
} from './compile-entity.ts';
import type { MappedFile, Mapping } from './mapping-schema.ts';

/** @returns events in file order; never throws for content */
export async function* readMapped(
  input: Input,
  mapping: Mapping,
  file: MappedFile,
  directory: Directory,
): AsyncGenerator<SourceEvent> {
  const notes = new Map<string, { code: string; message: string; count: number }>();
  const note = (code: string, message: string): void => {
    const known = notes.get(`${code} ${message}`);
    if (known) known.count += 1;
    else notes.set(`${code} ${message}`, { code, message, count: 1 });
  };
  let plan: RowPlan | undefined;
  const options = {
    ...(file.delimiter === undefined ? {} : { delimiter: file.delimiter }),
    ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
  };
  for await (const event of readCsv(input, options)) {
    if (event.kind === 'header') {
      const compiled = compilePlan(event.columns, input.name, mapping, file, directory, note);
      if ('issues' in compiled) {
        yield { kind: 'refused', issues: compiled.issues };
        return;
      }
      plan = compiled;
    } else if (event.kind === 'cells') {
      if (plan !== undefined) yield readRow(input.name, event.line, event.cells, plan);
    } else if (event.kind === 'file-read') {
      yield* collapsed(input.name, plan);
      for (const one of notes.values()) yield { kind: 'note', note: { ...one, file: input.name } };
      yield event;
    } else {
      yield event;
    }
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
  columns: readonly string[],
  name: string,
  mapping: Mapping,
  file: MappedFile,
  directory: Directory,
  note: CompileContext['note'],
): RowPlan | { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const context: CompileContext = { mapping, file, columns, directory, note, issues, path: `${name}:1` };
  const entities = file.entities.map((spec) => {
    const compiled = compileEntity(spec, context);
    return { compiled, collapser: spec.collapse === undefined ? null : buildCollapser(compiled, context) };
  });
  const renames = Object.entries(file.renames).map(([column, values]): Rename => {
    compileColumn(column, context);
    return {
      index: columns.findIndex((one) => headerKey(one) === headerKey(column)),
      to: new Map(Object.entries(values)),
      report: (from, to) => note('value-renamed', `${column}: "${from}" was read as "${to}"`),
    };
  });
  if (issues.length > 0) return { issues };
  return { entities, nulls: new Set(mapping.nulls), renames, seen: new Set() };
}

function readRow(file: string, line: number, raw: readonly string[], plan: RowPlan): SourceEvent {
  const cells = prepare(raw, plan);
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
  return rejected(file, line, reason, first?.field ?? null, first?.value ?? null);
}

function prepare(raw: readonly string[], plan: RowPlan): Cells {
  const cells = raw.map((cell) => {
    const trimmed = cell.trim();
    return trimmed === '' || plan.nulls.has(trimmed) ? null : trimmed;
  });
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
