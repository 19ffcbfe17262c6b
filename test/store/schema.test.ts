import ts from 'typescript';
import { expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { describeStores } from '../support/store.ts';

interface Column {
  readonly reads: string;
  readonly nullable: boolean;
  readonly optionalOnInsert: boolean;
}

/** What `schema.ts` says, read by the TypeScript checker itself. */
function declaredColumns(): Map<string, Column> {
  const file = packagePath('src', 'store', 'schema.ts');
  const program = ts.createProgram([file], {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (!source) throw new Error('schema.ts is not there');
  const schema = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source)!)
    .find((symbol) => symbol.name === 'Schema')!;
  const columns = new Map<string, Column>();
  for (const table of checker.getDeclaredTypeOfSymbol(schema).getProperties()) {
    const tableType = checker.getTypeOfSymbol(table);
    for (const column of tableType.getProperties()) {
      columns.set(`${table.name}.${column.name}`, describeColumn(checker, checker.getTypeOfSymbol(column)));
    }
  }
  return columns;
}

/** A ColumnType has a select and an insert side; a plain type is both. */
function describeColumn(checker: ts.TypeChecker, type: ts.Type): Column {
  const select = partOf(checker, type, '__select__') ?? type;
  const insert = partOf(checker, type, '__insert__') ?? type;
  const text = checker.typeToString(select, undefined, ts.TypeFormatFlags.InTypeAlias);
  const members = text.split(' | ');
  const insertMembers = checker.typeToString(insert, undefined, ts.TypeFormatFlags.InTypeAlias).split(' | ');
  const kinds = members.filter((member) => member !== 'null').map((m) => (/^['"]/.test(m) ? 'string' : m));
  return {
    reads: [...new Set(kinds)].sort().join(' | '),
    nullable: members.includes('null') || text === 'unknown',
    // undefined: there is a default; null: a nullable column may be left out too.
    optionalOnInsert: insertMembers.includes('undefined') || insertMembers.includes('null'),
  };
}

function partOf(checker: ts.TypeChecker, type: ts.Type, name: string): ts.Type | undefined {
  const property = type.getProperty(name);
  return property && checker.getTypeOfSymbol(property);
}

const READS: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  date: 'string',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  'timestamp with time zone': 'Date',
  jsonb: 'unknown',
  bytea: 'Uint8Array<ArrayBufferLike>',
  ARRAY: 'string[]',
};

/** A trigger chains the entries of the audit trail, so that nobody inserts these. */
const filledByTriggers = /^audit_log\.(?:seq|contents_hash|previous_hash|hash)$/;

interface ActualColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly has_default: boolean;
}

async function actualColumns(store: Store): Promise<readonly ActualColumn[]> {
  const result = await sql<ActualColumn>`
    select table_name || '.' || column_name as name, data_type as type,
           is_nullable = 'YES' as nullable, (column_default is not null or is_identity = 'YES') as has_default
    from information_schema.columns
    where table_schema = 'public' and table_name <> 'schema_migration'
    order by 1`.execute(store.db);
  return result.rows;
}

describeStores('the typed schema', (engine) => {
  it('names exactly the columns of the migrated database, with type, nullability and default', async () => {
    const actual = await actualColumns(await engine.open());
    const declared = declaredColumns();
    expect([...declared.keys()].sort()).toEqual(actual.map(({ name }) => name).sort());
    const wrong = actual.filter(({ name, type, nullable, has_default }) => {
      const column = declared.get(name)!;
      const json = type === 'jsonb';
      return (
        column.reads !== READS[type] ||
        (!json && column.nullable !== nullable) ||
        column.optionalOnInsert !== (nullable || has_default || filledByTriggers.test(name))
      );
    });
    expect(wrong.map(({ name, type }) => `${name} (${type}): ${JSON.stringify(declared.get(name))}`)).toEqual(
      [],
    );
    expect(actual.length).toBeGreaterThan(300);
  });
});
