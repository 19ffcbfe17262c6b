import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

/** How a row belongs to a person; see the privacy rules. */
interface BelongsBy {
  readonly column: string;
  readonly through: 'ticket' | 'conversation' | 'alert' | null;
  readonly isOwn: boolean;
}

/** Where to look, and for what. */
export interface RowSearch {
  readonly table: string;
  readonly key: readonly string[];
  /** Columns that are searched. */
  readonly columns: readonly string[];
  readonly belongsBy: readonly BelongsBy[];
  /** Ids of the person's records. */
  readonly ids: readonly string[];
  /** Patterns of Postgres; a row is found when one matches in one column, or when it belongs to the person. */
  readonly patterns: readonly string[];
}

export interface FoundRow {
  readonly key: Readonly<Record<string, unknown>>;
  /** The row holds what the person said, did or is. */
  readonly isOwn: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Part of a table in the order of its ids; null: to the end. Tables without an id of their own are read at once. */
export interface RowWindow {
  readonly after: string | null;
  readonly upTo: string | null;
}

/** Text and JSON columns of every table that the database has. */
export async function loadWordColumns(
  db: Db,
): Promise<ReadonlyMap<string, ReadonlyMap<string, 'text' | 'jsonb'>>> {
  const { rows } = await sql<{ table: string; column: string; type: 'text' | 'jsonb' }>`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb')
    order by 1, 2`.execute(db);
  const tables = new Map<string, Map<string, 'text' | 'jsonb'>>();
  for (const { table, column, type } of rows) {
    const columns = tables.get(table) ?? new Map<string, 'text' | 'jsonb'>();
    tables.set(table, columns.set(column, type));
  }
  return tables;
}

/** End of the window that begins after an id; null when fewer rows are left than it may hold. */
export async function findWindowEnd(
  db: Db,
  table: string,
  after: string | null,
  rows: number,
): Promise<string | null> {
  const start = after === null ? sql`` : sql`where id > ${after}::uuid`;
  const result = await sql<{ id: string }>`
    select id from ${sql.table(table)} ${start} order by id offset ${rows - 1} limit 1`.execute(db);
  return result.rows[0]?.id ?? null;
}

/** Rows that belong to the person or mention them. */
export async function findRows(db: Db, search: RowSearch, window?: RowWindow): Promise<readonly FoundRow[]> {
  const { table, key, columns } = search;
  const isOwn = belongsCondition(search, ({ isOwn: own }) => own);
  const shown = [...new Set([...key, ...columns])].map((column) => sql.ref(`t.${column}`));
  const { rows } = await sql<Record<string, unknown> & { is_own: boolean }>`
    select ${sql.join(shown)}, ${isOwn} as is_own
    from ${sql.table(table)} t
    where ${foundCondition(search)} ${windowCondition(window)}
    order by ${sql.join(key.map((column) => sql.ref(`t.${column}`)))}`.execute(db);
  return rows.map(({ is_own: own, ...values }) => ({
    key: pick(values, key),
    isOwn: own,
    values: pick(values, columns),
  }));
}

/** Whole rows as JSON, for an export. */
export async function exportRows(db: Db, search: RowSearch, window?: RowWindow): Promise<readonly unknown[]> {
  const { table, key } = search;
  const { rows } = await sql<{ row: unknown }>`
    select to_jsonb(t) as row from ${sql.table(table)} t
    where ${foundCondition(search)} ${windowCondition(window)}
    order by ${sql.join(key.map((column) => sql.ref(`t.${column}`)))}`.execute(db);
  return rows.map(({ row }) => row);
}

/** How many rows belong to the person or mention them. */
export async function countRows(db: Db, search: RowSearch): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(search.table)} t where ${foundCondition(search)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** How many rows mention the person by what they are called, in any of the columns. */
export async function countMentions(db: Db, search: RowSearch): Promise<number> {
  const mentions = mentionCondition(search);
  if (mentions === null) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(search.table)} t where ${mentions}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Writes changed columns of one row. */
export async function updateRow(
  db: Db,
  table: string,
  key: Readonly<Record<string, unknown>>,
  changes: ReadonlyMap<string, { readonly type: 'text' | 'jsonb'; readonly value: string | null }>,
): Promise<void> {
  const sets = [...changes].map(
    ([column, { type, value }]) =>
      sql`${sql.ref(column)} = ${type === 'jsonb' ? sql`${value}::jsonb` : sql`${value}::text`}`,
  );
  await sql`
    update ${sql.table(table)} set ${sql.join(sets)} where ${sql.join(
      Object.entries(key).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
      sql` and `,
    )}`.execute(db);
}

function foundCondition(search: RowSearch): RawBuilder<boolean> {
  const parts = [mentionCondition(search), belongsCondition(search, () => true)].filter(
    (part) => part !== null,
  );
  return sql<boolean>`(${sql.join(parts, sql` or `)})`;
}

function mentionCondition({ columns, patterns }: RowSearch): RawBuilder<boolean> | null {
  if (columns.length === 0 || patterns.length === 0) return null;
  const list = sql`any(${[...patterns]}::text[])`;
  const matches = columns.map((column) => sql`coalesce(${sql.ref(`t.${column}`)}::text ~ ${list}, false)`);
  return sql<boolean>`(${sql.join(matches, sql` or `)})`;
}

function belongsCondition(
  { belongsBy, ids }: RowSearch,
  which: (one: BelongsBy) => boolean,
): RawBuilder<boolean> {
  const list = sql`any(${[...ids]}::uuid[])`;
  const parts = belongsBy.filter(which).map(({ column, through }) => {
    const reference = sql.ref(`t.${column}`);
    if (through === null) return sql`${reference} = ${list}`;
    const theirs =
      through === 'alert'
        ? sql`owner_id = ${list} or acknowledged_by = ${list} or assigned_to = ${list} or silenced_by = ${list}`
        : sql`contact_id = ${list}`;
    return sql`${reference} in (select id from ${sql.table(through)} where ${theirs})`;
  });
  if (parts.length === 0 || ids.length === 0) return sql<boolean>`false`;
  return sql<boolean>`coalesce(${sql.join(parts, sql` or `)}, false)`;
}

function windowCondition(window: RowWindow | undefined): RawBuilder<unknown> {
  if (window === undefined) return sql``;
  const from = window.after === null ? sql`` : sql`and t.id > ${window.after}::uuid`;
  const to = window.upTo === null ? sql`` : sql`and t.id <= ${window.upTo}::uuid`;
  return sql`${from} ${to}`;
}

const pick = (row: Readonly<Record<string, unknown>>, columns: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(columns.map((column) => [column, row[column]]));
