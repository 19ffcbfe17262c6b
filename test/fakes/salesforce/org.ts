import type { Clock } from '../../../src/toolkit/clock.ts';
import { type Condition, type Literal, parseSoql, type Query, SoqlError } from './soql.ts';

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

/** A field, or a look-up: `Owner->User as OwnerId`. */
export type Field =
  | string
  | { readonly name: string; readonly relationshipName: string; readonly referenceTo: readonly string[] };

interface Table {
  readonly fields: readonly Exclude<Field, string>[];
  readonly rows: Map<string, { readonly row: Row; readonly visibleFrom: number }>;
}

export interface QueryResult {
  readonly object: string;
  readonly ids: readonly string[];
  readonly fields: Query['fields'];
}

const isInstant = (value: Value | undefined): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

/** The data of an org. Instants are kept as `…Z`; a row can be stamped now and committed later. */
export class FakeOrg {
  private readonly tables = new Map<string, Table>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  define(object: string, ...fields: readonly Field[]): void {
    const full = fields.map((field) =>
      typeof field === 'string' ? { name: field, relationshipName: '', referenceTo: [] } : field,
    );
    this.tables.set(object, { fields: full, rows: this.tables.get(object)?.rows ?? new Map() });
  }

  /** Writes a row; the stamp is now where the row has none. */
  put(object: string, row: Row & { readonly Id: string }, visibleFrom: Date = this.clock.now()): void {
    const table = this.table(object);
    for (const name of Object.keys(row)) this.field(table, object, name);
    const stamp = this.clock.now().toISOString();
    const stamped = table.fields.some(({ name }) => name === 'SystemModstamp');
    const full = { ...(stamped ? { SystemModstamp: stamp } : {}), ...row };
    table.rows.set(row.Id, { row: full, visibleFrom: visibleFrom.getTime() });
  }

  get objects(): readonly string[] {
    return [...this.tables.keys()];
  }

  describe(object: string): Table['fields'] {
    return this.table(object).fields;
  }

  run(soql: string): QueryResult {
    const query = parseSoql(soql);
    const table = this.table(query.object);
    const now = this.clock.now().getTime();
    const checked = [...(query.fields === 'count' ? [] : query.fields), ...query.orderBy];
    for (const path of checked) this.checkPath(query.object, path);
    const found = [...table.rows.entries()].filter(
      ([, { row, visibleFrom }]) => visibleFrom <= now && this.holds(query.where, query.object, row),
    );
    const keys = new Map(
      found.map(([id, { row }]) => [id, query.orderBy.map((path) => this.read(query.object, row, path))]),
    );
    const ids = found.map(([id]) => id);
    if (query.orderBy.length > 0) ids.sort((a, b) => compareKeys(keys.get(a)!, keys.get(b)!));
    return { object: query.object, ids: ids.slice(0, query.limit ?? ids.length), fields: query.fields };
  }

  /** Rows as they are now, though they were found earlier: what Salesforce's further pages do. */
  cells(result: QueryResult, ids: readonly string[]): (readonly (readonly [string, Value])[])[] {
    const { fields, object } = result;
    if (fields === 'count') return [];
    return ids.map((id) => {
      const { row } = this.table(object).rows.get(id)!;
      return fields.map((path) => [path, this.read(object, row, path)] as const);
    });
  }

  private table(object: string): Table {
    const table = this.tables.get(object);
    if (!table) throw new SoqlError('INVALID_TYPE', `sObject type '${object}' is not supported.`);
    return table;
  }

  private field(table: Table, object: string, name: string): Table['fields'][number] {
    const field = table.fields.find((one) => one.name === name);
    if (!field) throw new SoqlError('INVALID_FIELD', `No such column '${name}' on entity '${object}'.`);
    return field;
  }

  /** The look-up and the object of `Opportunity.IsWon`; null for a field of the object itself. */
  private lookUp(object: string, path: string) {
    const [relation, name, ...more] = path.split('.');
    if (name === undefined) return null;
    const field = this.table(object).fields.find(
      (one) => one.relationshipName === relation && relation !== '',
    );
    const target = field?.referenceTo[0];
    if (!field || target === undefined || more.length > 0) {
      throw new SoqlError('INVALID_FIELD', `Didn't understand relationship '${relation}' in field path.`);
    }
    return { pointer: field.name, target, name };
  }

  private checkPath(object: string, path: string): void {
    const far = this.lookUp(object, path);
    if (far === null) this.field(this.table(object), object, path);
    else this.field(this.table(far.target), far.target, far.name);
  }

  private read(object: string, row: Row, path: string): Value {
    const far = this.lookUp(object, path);
    if (far === null) return row[path] ?? null;
    const pointed = row[far.pointer];
    return (
      (typeof pointed === 'string' ? this.table(far.target).rows.get(pointed)?.row[far.name] : null) ?? null
    );
  }

  private holds(condition: Condition | null, object: string, row: Row): boolean {
    if (condition === null) return true;
    switch (condition.kind) {
      case 'and':
        return condition.parts.every((part) => this.holds(part, object, row));
      case 'or':
        return condition.parts.some((part) => this.holds(part, object, row));
      case 'in':
      case 'compare': {
        this.checkPath(object, condition.field);
        const value = this.read(object, row, condition.field);
        if (condition.kind === 'in') return condition.values.some((one) => compare(value, one) === 0);
        const order = compare(value, condition.value);
        if (order === null) return false;
        const { operator } = condition;
        return (
          (order === 0 && operator.includes('=')) ||
          (order < 0 && operator.startsWith('<')) ||
          (order > 0 && operator.startsWith('>'))
        );
      }
    }
  }
}

/** Types must fit: an instant in quotes is a mistake that Salesforce refuses. */
function compare(value: Value, literal: Literal): number | null {
  if (value === null) return null;
  if (literal.kind === 'boolean') {
    return typeof value === 'boolean' ? Number(value) - Number(literal.isTrue) : null;
  }
  if (isInstant(value) !== (literal.kind === 'instant')) {
    throw new SoqlError('INVALID_FIELD', 'value of filter criterion is of the wrong type');
  }
  if (literal.kind === 'instant') return Date.parse(String(value)) - literal.at;
  return String(value) < literal.text ? -1 : String(value) > literal.text ? 1 : 0;
}

function compareKeys(a: readonly Value[], b: readonly Value[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index]!;
    if (value === other) continue;
    if (value === null || other === null) return value === null ? -1 : 1;
    return value < other ? -1 : 1;
  }
  return 0;
}
