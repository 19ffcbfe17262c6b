import { upperFirst } from '../../toolkit/letter-case.ts';
import type { ColumnType } from '../catalogue.ts';
import { ansiOf, type OsiDataset, type OsiField, type OsiModel } from './osi-schema.ts';

/** Ids that are given, and what stands behind `dataset.field`. */
export interface ForeignNames {
  readonly taken: Set<string>;
  /** By `dataset.field`: entity id and column. */
  readonly columns: Map<string, { readonly entity: string; readonly column: string }>;
}

interface MadeEntity {
  readonly entity: Readonly<Record<string, unknown>> | null;
  readonly dimensions: readonly Readonly<Record<string, unknown>>[];
  readonly notes: readonly string[];
}

/** Lower case words joined by `_`. */
export function idOf(name: string): string {
  const id = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '');
  return (id === '' ? 'unnamed' : id).slice(0, 60);
}

export function wordsOf(name: string): string {
  const words = idOf(name).replaceAll('_', ' ');
  return upperFirst(words);
}

/** A dataset of somebody else as an entity over their table. Nobody but administrators sees its rows until roles are named. */
export function datasetToEntity(
  dataset: OsiDataset,
  relationships: OsiModel['relationships'],
  names: ForeignNames,
): MadeEntity {
  const where = `dataset ${dataset.name}`;
  const table = tableOf(dataset.source);
  const [key, second] = dataset.primary_key;
  if (table === null)
    return none(
      `${where}: the source “${dataset.source}” is no schema.table (a query needs a view) and was left out`,
    );
  if (key === undefined || second !== undefined)
    return none(`${where}: needs a primary key of one column and was left out`);
  const notes: string[] = [`${where}: who may see its rows is not said; only administrators do (row_scope)`];
  const id = idOf(dataset.name);
  const columns: Record<string, unknown> = { [idOf(key)]: columnFor(key, 'text') };
  const dimensions = dataset.fields.flatMap((field) => {
    const made = fieldToDimension(field, { dataset, id, columns, names });
    if (typeof made === 'string') notes.push(`field ${dataset.name}.${field.name}: ${made}`);
    return typeof made === 'string' ? [] : [made];
  });
  if (!dataset.fields.some((field) => ansiOf(field.expression) === key))
    notes.push(`${where}: the key ${key} is no field; it is read as text`);
  const joins = joinsOf(dataset, relationships, { columns, names, notes });
  const ids = dimensions.map((dimension) => String(dimension['id']));
  const times = dimensions.filter(({ type }) => type === 'date' || type === 'instant');
  const text = dimensions.find(({ type }) => type === 'text');
  const label = wordsOf(dataset.name);
  const entity = {
    id,
    label: { one: label, many: `${label} records` },
    synonyms: dataset.ai_context.synonyms,
    table,
    key: idOf(key),
    columns,
    title: text ? String(text['path']) : idOf(key),
    joins,
    default_time: times.length === 1 ? String(times[0]?.['id']) : null,
    list_columns: ids.slice(0, 6),
    row_scope: { roles: { admin: 'all' } },
  };
  return ids.length === 0
    ? none(`${where}: has no field that could be read and was left out`)
    : { entity, dimensions, notes };
}

const none = (note: string): MadeEntity => ({ entity: null, dimensions: [], notes: [note] });

/** `schema.table`, also from `database.schema.table`. */
function tableOf(source: string): string | null {
  const parts = source.split('.').map((part) => part.replaceAll(/^"|"$/g, ''));
  const isName = parts.every((part) => /^[^\s"();]{1,63}$/.test(part));
  return isName && (parts.length === 2 || parts.length === 3) ? parts.slice(-2).join('.') : null;
}

const types: Readonly<Record<string, ColumnType>> = {
  String: 'text',
  Integer: 'number',
  Decimal: 'number',
  Float: 'number',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'instant',
  DateTimeTz: 'instant',
};

function fieldToDimension(
  field: OsiField,
  {
    dataset,
    id: entity,
    columns,
    names,
  }: {
    readonly dataset: OsiDataset;
    readonly id: string;
    readonly columns: Record<string, unknown>;
    readonly names: ForeignNames;
  },
): Readonly<Record<string, unknown>> | string {
  const written = ansiOf(field.expression).trim();
  const match = /^(?:"?(?<owner>\w+)"?\.)?"?(?<column>\w+)"?$/.exec(written);
  if (!match || (match.groups?.['owner'] ?? dataset.name) !== dataset.name)
    return `“${written}” is no column of the dataset and was left out; a view can hold it`;
  const isTime = field.dimension?.is_time === true;
  const type = types[field.datatype ?? ''] ?? (isTime ? 'date' : 'text');
  if (field.datatype === 'Opaque' || field.datatype === 'Time')
    return `holds ${field.datatype} and was left out`;
  const real = match.groups?.['column'] ?? '';
  const column = idOf(real);
  columns[column] = columnFor(real, type, field.datatype === 'DateTime');
  names.columns.set(`${dataset.name}.${field.name}`, { entity, column });
  names.columns.set(`${dataset.name}.${real}`, { entity, column });
  const plain = idOf(field.name);
  const id = names.taken.has(plain) ? `${entity}_${plain}`.slice(0, 63) : plain;
  names.taken.add(id);
  return {
    id,
    label: wordsOf(id),
    description:
      field.description === ''
        ? `${wordsOf(id)} of a ${wordsOf(dataset.name).toLowerCase()}.`
        : field.description,
    synonyms: field.ai_context.synonyms,
    entity,
    path: column,
    type,
  };
}

/** A wall time is taken for UTC; the note of the database check asks where it is not so. */
function columnFor(real: string, type: ColumnType, isWallTime = false): unknown {
  const column = idOf(real) === real ? {} : { column: real };
  if (isWallTime) return { type, ...column, zone: 'UTC' };
  return Object.keys(column).length === 0 ? type : { type, ...column };
}

function joinsOf(
  dataset: OsiDataset,
  relationships: OsiModel['relationships'],
  {
    columns,
    notes,
  }: { readonly columns: Record<string, unknown>; readonly names: ForeignNames; readonly notes: string[] },
): Readonly<Record<string, unknown>> {
  const joins: Record<string, unknown> = {};
  for (const { name, from, to, from_columns: left, to_columns: right } of relationships) {
    if (from !== dataset.name) continue;
    const [column, more] = left;
    const [target] = right;
    if (column === undefined || target === undefined || more !== undefined) {
      notes.push(`relationship ${name}: joins over several columns and was left out`);
      continue;
    }
    columns[idOf(column)] ??= columnFor(column, 'text');
    joins[idOf(to) in joins ? idOf(name) : idOf(to)] = {
      entity: idOf(to),
      column: idOf(column),
      to: idOf(target),
    };
  }
  return joins;
}
