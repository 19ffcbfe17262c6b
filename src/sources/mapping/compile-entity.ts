import { type FieldDefinition, fieldsOf } from '../../domain/record-fields.ts';
import type { AnyRecord, Entity } from '../../domain/records.ts';
import type { Issue } from '../../toolkit/issue.ts';
import { type Directory, recordId, sourceKey } from '../identity.ts';
import { detach } from '../text/detach.ts';
import { fitsCurrency } from '../values/currency-sign.ts';
import { type ColumnIndex, compileColumn, compileKey, type Getter } from './compile-column.ts';
import { compileDerived } from './compile-derived.ts';
import { BadValue, compileValue, type FieldValue } from './compile-value.ts';
import type { FieldSpec, MappedEntity, MappedField, MappedFile, Mapping } from './mapping-schema.ts';

/** One row's cells after renames, with null markers gone: null is nothing. */
export type Cells = readonly (string | null)[];

export interface FieldProblem {
  /** The source's column. */
  readonly field: string;
  readonly reason: string;
  readonly value: string | null;
  readonly fix?: string | null;
}

export interface CompileContext {
  readonly mapping: Mapping;
  readonly file: MappedFile;
  readonly columns: ColumnIndex;
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

export type FieldReader = (cells: Cells) => FieldValue | BadValue;

/** Turns the mapping of one entity into a function of a row. Columns that the file lacks go to `context.issues`. */
export function compileEntity(spec: MappedEntity, context: CompileContext): CompiledEntity {
  const source = spec.source ?? context.mapping.source;
  const key = compileKey(spec.id, context);
  // Rows that each name another record have nothing to remember.
  const repeats = spec.collapse !== undefined || spec.distinct === true;
  const idOf = repeats
    ? memoisedIds(spec.entity, source)
    : (one: string): string => recordId(spec.entity, source, one);
  const readers = compileFields(spec.entity, spec.fields, context);
  const checkCurrency = compileCurrencyCheck(readers, context);
  const emptyId = {
    field: spec.id.map((column) => context.columns.nameOf(column)).join(' + '),
    reason: `is empty; ${spec.entity} needs an id`,
    value: null,
    fix: 'fill it in; without it nobody can say which record it is',
  };
  return {
    spec,
    applies: compileCondition(spec, context),
    build(cells) {
      const id = key(cells);
      if (id === null) return { problems: [emptyId] };
      const values = readFields(readers, cells);
      if ('problems' in values) return values;
      const conflict = checkCurrency(cells, values.fields);
      if (conflict !== null) return { problems: [conflict] };
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

export interface NamedReader {
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
  for (const [name, ways] of Object.entries(specs)) {
    const definition = known[name];
    const spec = chooseWay(ways, context.columns);
    if (definition === undefined || spec === null) continue;
    readers.push(compileField(name, definition, spec, context));
    const wordField = { status: 'sourceStatus', priority: 'sourcePriority' }[name];
    const keepsWord = wordField !== undefined && wordField in known && !(wordField in specs);
    if (keepsWord && spec.column !== undefined) {
      readers.push(
        compileField(wordField, { kind: 'text', required: false }, { column: spec.column }, context),
      );
    }
  }
  return readers;
}

/** @returns the first way whose columns the file has; the first at all when none is optional; null to leave the field out */
function chooseWay(ways: readonly FieldSpec[], columns: ColumnIndex): FieldSpec | null {
  const [first] = ways;
  if (first === undefined) return null;
  if (ways.length === 1 && first.optional !== true) return first;
  const found = ways.find((way) => columnsOf(way).every((column) => columns.find(column) !== -1));
  return found ?? (ways.some((way) => way.optional === true) ? null : first);
}

export function columnsOf(spec: FieldSpec): readonly string[] {
  const named = [spec.column, spec.margin, spec.of].filter((column) => column !== undefined);
  const inTemplate = [...(spec.template ?? '').matchAll(/\{([^{}]+)\}/g)].map(([, column = '']) => column);
  return [...named, ...(spec.join ?? []), ...(spec.multiply ?? []), ...(spec.columns ?? []), ...inTemplate];
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
      problems.push({ field: column, reason: value.reason, value: shown(cells), fix: value.fix });
    else if (value === null && definition.required) {
      const fix = 'fill it in, or give it a constant in the mapping';
      problems.push({ field: column, reason: `is empty; ${name} is needed`, value: null, fix });
    } else fields[name] = value;
  }
  return problems.length > 0 ? { problems } : { fields };
}

function compileField(
  name: string,
  definition: FieldDefinition,
  spec: FieldSpec,
  context: CompileContext,
): NamedReader {
  const { mapping } = context;
  if (spec.constant !== undefined) {
    const { constant } = spec;
    return { name, column: name, definition, read: () => constant, shown: () => String(constant) };
  }
  if (spec.ref !== undefined) return compileReference(name, definition, spec, context);
  const derived = compileDerived(name, definition, spec, context);
  if (derived !== null) return derived;
  const { get, column } = compileText(spec, context);
  const convert = compileValue(definition, {
    words: spec.words,
    otherwise: spec.otherwise,
    date: mapping.date,
    instant: mapping.instant,
    format: spec.format,
    zone: spec.zone ?? mapping.zone,
    decimal: spec.decimal ?? mapping.decimal,
    times: spec.times,
    fiscalYearStart: mapping.fiscalYearStart,
    split: spec.split,
    onOtherwise: (word) =>
      context.note('word-unknown', `${column} "${word}" is not in words; read as "${spec.otherwise ?? ''}"`),
    onClockChange: (change) => context.note(`time-${change}`, `${column}: ${clockChanges[change]}`),
  });
  const read: FieldReader = (cells) => {
    const cell = get(cells);
    return cell === null ? null : convert(cell);
  };
  return { name, column, definition, read, shown: get };
}

const clockChanges = {
  skipped: 'times that the change to summer time skips were read as an hour later',
  repeated: 'times that occur twice when summer time ends were read as the first of the two',
} as const;

function compileReference(
  name: string,
  definition: FieldDefinition,
  spec: FieldSpec,
  context: CompileContext,
): NamedReader {
  const columns = spec.columns ?? [spec.column ?? ''];
  const key = compileKey(columns, context);
  const column = columns.map((one) => context.columns.nameOf(one)).join(' + ');
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
  spec: FieldSpec,
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
    return { get, column: spec.join.map((one) => context.columns.nameOf(one)).join(' + ') };
  }
  const column = spec.column ?? '';
  return { get: compileColumn(column, context), column: context.columns.nameOf(column) };
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

/**
 * An amount with a sign or code of another currency than its row names: one of the two is wrong, and a sum over both
 * would be as well.
 */
function compileCurrencyCheck(
  readers: readonly NamedReader[],
  context: CompileContext,
): (cells: Cells, fields: Readonly<Record<string, FieldValue>>) => FieldProblem | null {
  const amounts = readers.filter(({ definition }) => definition.kind === 'money');
  const isMapped = readers.some(({ name }) => name === 'currency');
  if (amounts.length === 0) return () => null;
  return (cells, fields) => {
    for (const { column, shown } of amounts) {
      const cell = shown(cells);
      if (cell === null || !/[\p{Sc}A-Z]/u.test(cell)) continue;
      const { currency } = fields;
      if (typeof currency === 'string' && !fitsCurrency(cell, currency)) {
        const reason = `is in another currency than the row, which says ${currency}`;
        return {
          field: column,
          reason,
          value: cell,
          fix: 'correct the amount or the currency in the source',
        };
      }
      if (!isMapped) {
        const message = `${column} names a currency and the mapping reads none; add currency: { constant: EUR } or its column`;
        context.note('currency-not-read', message);
      }
    }
    return null;
  };
}

const MEMO_LIMIT = 10_000;

/** Rows repeat the ids of their ticket, team and agent; hashing each once is a tenth of the time of an import. */
function memoisedIds(entity: Entity, source: string): (key: string) => string {
  // Two generations: what was asked for lately survives when the memo is emptied.
  let young = new Map<string, string>();
  let old = new Map<string, string>();
  return (key) => {
    const known = young.get(key);
    if (known !== undefined) return known;
    const id = old.get(key) ?? recordId(entity, source, key);
    if (young.size >= MEMO_LIMIT) {
      old = young;
      young = new Map();
    }
    young.set(detach(key), id);
    return id;
  };
}
