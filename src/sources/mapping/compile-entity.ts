import { type FieldDefinition, fieldsOf } from '../../domain/record-fields.ts';
import type { AnyRecord, Entity } from '../../domain/records.ts';
import type { Issue } from '../../toolkit/issue.ts';
import { nearest } from '../../toolkit/nearest.ts';
import { headerKey } from '../csv/check-header.ts';
import { type Directory, recordId, sourceKey } from '../identity.ts';
import { BadValue, compileValue, type FieldValue } from './compile-value.ts';
import type { MappedEntity, MappedField, MappedFile, Mapping } from './mapping-schema.ts';

/** One row's cells after renames, with null markers gone: null is nothing. */
export type Cells = readonly (string | null)[];

export interface FieldProblem {
  /** The source's column. */
  readonly field: string;
  readonly reason: string;
  readonly value: string | null;
}

export interface CompileContext {
  readonly mapping: Mapping;
  readonly file: MappedFile;
  readonly columns: readonly string[];
  readonly directory: Directory;
  /** Told about things that happened to a value: a default word used, a name not found. */
  readonly note: (code: string, message: string) => void;
  /** Collects mistakes in the mapping that only the header shows. */
  readonly issues: Issue[];
  readonly path: string;
}

export interface CompiledEntity {
  readonly spec: MappedEntity;
  applies(cells: Cells): boolean;
  /** @returns the record, or every reason why the row gives none */
  build(cells: Cells): { readonly record: AnyRecord } | { readonly problems: readonly FieldProblem[] };
}

type Getter = (cells: Cells) => string | null;
type FieldReader = (cells: Cells) => FieldValue | BadValue;

/** Turns the mapping of one entity into a function of a row. Columns that the file lacks go to `context.issues`. */
export function compileEntity(spec: MappedEntity, context: CompileContext): CompiledEntity {
  const source = spec.source ?? context.mapping.source;
  const key = compileKey(spec.id, context);
  const idOf = memoisedIds(spec.entity, source);
  const readers = compileFields(spec.entity, spec.fields, context);
  return {
    spec,
    applies: compileCondition(spec, context),
    build(cells) {
      const id = key(cells);
      if (id === null) {
        return {
          problems: [
            { field: spec.id.join(' + '), reason: `is empty; ${spec.entity} needs an id`, value: null },
          ],
        };
      }
      const values = readFields(readers, cells);
      if ('problems' in values) return values;
      const record = {
        entity: spec.entity,
        id: idOf(id),
        source,
        sourceId: sourceKey(source, id),
        ...values.fields,
      };
      // The schema checked that every required field is mapped, readFields that none is empty.
      return { record: record as unknown as AnyRecord };
    },
  };
}

interface NamedReader {
  readonly name: string;
  readonly column: string;
  readonly definition: FieldDefinition;
  readonly read: FieldReader;
  readonly shown: Getter;
}

export function compileFields(
  entity: Entity,
  specs: Readonly<Record<string, MappedField>>,
  context: CompileContext,
): readonly NamedReader[] {
  const known = fieldsOf(entity);
  const readers: NamedReader[] = [];
  for (const [name, spec] of Object.entries(specs)) {
    const definition = known[name];
    if (definition === undefined) continue;
    readers.push(compileField(name, definition, spec, context));
    const wordField = { status: 'sourceStatus', priority: 'sourcePriority' }[name];
    const keepsWord = wordField !== undefined && wordField in known && !(wordField in specs);
    if (keepsWord && 'column' in spec && spec.column !== undefined) {
      readers.push(
        compileField(wordField, { kind: 'text', required: false }, { column: spec.column }, context),
      );
    }
  }
  return readers;
}

export function readFields(
  readers: readonly NamedReader[],
  cells: Cells,
): { readonly fields: Record<string, FieldValue> } | { readonly problems: readonly FieldProblem[] } {
  const fields: Record<string, FieldValue> = {};
  const problems: FieldProblem[] = [];
  for (const { name, column, definition, read, shown } of readers) {
    const value = read(cells);
    if (value instanceof BadValue)
      problems.push({ field: column, reason: value.reason, value: shown(cells) });
    else if (value === null && definition.required) {
      problems.push({ field: column, reason: `is empty; ${name} is needed`, value: null });
    } else fields[name] = value;
  }
  return problems.length > 0 ? { problems } : { fields };
}

function compileField(
  name: string,
  definition: FieldDefinition,
  spec: MappedField,
  context: CompileContext,
): NamedReader {
  const { mapping } = context;
  const full: FullSpec = spec;
  if (full.constant !== undefined) {
    const constant = full.constant;
    return { name, column: name, definition, read: () => constant, shown: () => String(constant) };
  }
  if (full.ref !== undefined) return compileReference(name, definition, full, context);
  const { get, column } = compileText(full, context);
  const convert = compileValue(definition, {
    words: full.words,
    otherwise: full.otherwise,
    date: mapping.date,
    instant: mapping.instant,
    format: full.format,
    zone: full.zone ?? mapping.zone,
    decimal: full.decimal ?? mapping.decimal,
    times: full.times,
    onOtherwise: (word) =>
      context.note('word-unknown', `${column} "${word}" is not in words; read as "${full.otherwise ?? ''}"`),
  });
  const read: FieldReader = (cells) => {
    const cell = get(cells);
    return cell === null ? null : convert(cell);
  };
  return { name, column, definition, read, shown: get };
}

/** The union of the schema seen as one shape with everything optional. */
interface FullSpec {
  readonly column?: string | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly constant?: string | number | boolean | null | undefined;
  readonly template?: string | undefined;
  readonly join?: readonly string[] | undefined;
  readonly with?: string | undefined;
  readonly ref?: Entity | undefined;
  readonly source?: string | undefined;
  readonly by?: 'id' | 'name' | undefined;
  readonly words?: Readonly<Record<string, string>> | undefined;
  readonly otherwise?: string | undefined;
  readonly format?: string | undefined;
  readonly zone?: string | undefined;
  readonly decimal?: '.' | ',' | undefined;
  readonly times?: number | undefined;
}

function compileReference(
  name: string,
  definition: FieldDefinition,
  spec: FullSpec,
  context: CompileContext,
): NamedReader {
  const columns = spec.columns ?? [spec.column ?? ''];
  const key = compileKey(columns, context);
  const column = columns.join(' + ');
  const entity = spec.ref ?? 'account';
  const idOf = memoisedIds(entity, spec.source ?? context.mapping.source);
  const read: FieldReader = (cells) => {
    const value = key(cells);
    if (value === null) {
      context.note('reference-empty', `${name} is empty: ${column} names no ${entity}`);
      return null;
    }
    if (spec.by !== 'name') return idOf(value);
    const { directory } = context;
    const found = entity === 'account' ? directory.findAccount(value) : directory.findPerson(value);
    if (found === null) context.note('reference-unknown', `${column}: no ${entity} is called "${value}"`);
    return found?.id ?? null;
  };
  return { name, column, definition, read, shown: key };
}

function compileText(
  spec: FullSpec,
  context: CompileContext,
): { readonly get: Getter; readonly column: string } {
  if (spec.template !== undefined) {
    const parts = spec.template.split(/\{([^{}]+)\}/);
    const getters = parts.map((part, index) => (index % 2 === 1 ? compileColumn(part, context) : () => part));
    const get: Getter = (cells) => {
      const values = getters.map((getter) => getter(cells));
      return values.includes(null) ? null : values.join('');
    };
    return { get, column: parts.filter((_, index) => index % 2 === 1).join(' + ') };
  }
  if (spec.join !== undefined) {
    const getters = spec.join.map((column) => compileColumn(column, context));
    const get: Getter = (cells) => {
      const values = getters.map((getter) => getter(cells)).filter((value) => value !== null);
      return values.length === 0 ? null : values.join(spec.with ?? ' ');
    };
    return { get, column: spec.join.join(' + ') };
  }
  const column = spec.column ?? '';
  return { get: compileColumn(column, context), column };
}

export function compileColumn(column: string, context: CompileContext): Getter {
  const index = context.columns.findIndex((name) => headerKey(name) === headerKey(column));
  if (index === -1) {
    const suggestions = nearest(column, context.columns);
    context.issues.push({
      code: 'unknown-column',
      path: context.path,
      message: `has no column "${column}", which the mapping reads; its columns are ${context.columns.join(', ')}`,
      ...(suggestions.length > 0 ? { suggestions } : {}),
    });
  }
  return (cells) => cells[index] ?? null;
}

/** Key of several columns; null as soon as one is empty. */
export function compileKey(columns: readonly string[], context: CompileContext): Getter {
  const getters = columns.map((column) => compileColumn(column, context));
  const [only] = getters;
  if (getters.length === 1 && only !== undefined) return only;
  return (cells) => {
    const values = getters.map((getter) => getter(cells));
    return values.includes(null) ? null : values.join('/');
  };
}

function compileCondition(spec: MappedEntity, context: CompileContext): (cells: Cells) => boolean {
  const { when } = spec;
  if (when === undefined) return () => true;
  const get = compileColumn(when.column, context);
  return (cells) => {
    const cell = get(cells);
    if (when.in !== undefined) return cell !== null && when.in.includes(cell);
    if (when.notIn !== undefined) return cell === null || !when.notIn.includes(cell);
    return cell !== null;
  };
}

const MEMO_LIMIT = 5_000;

/** Rows repeat the ids of their ticket, team and agent; hashing each once is a tenth of the time of an import. */
function memoisedIds(entity: Entity, source: string): (key: string) => string {
  const memo = new Map<string, string>();
  return (key) => {
    const known = memo.get(key);
    if (known !== undefined) return known;
    if (memo.size >= MEMO_LIMIT) memo.clear();
    const id = recordId(entity, source, key);
    memo.set(key, id);
    return id;
  };
}
