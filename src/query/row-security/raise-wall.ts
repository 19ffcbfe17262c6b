import { CompiledQuery, sql, type Transaction } from 'kysely';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Store } from '../../store/database.ts';
import { isConnectionLost, sqlState } from '../../store/errors.ts';
import type { Schema } from '../../store/schema.ts';
import { askerRole, joinedSchema, type RowSecurity, rowSecurityOf, type TableWall } from './row-policies.ts';
import { identifier, qualified, tableName } from './sql-text.ts';

/** How the second wall stands after `raiseWall`. */
export interface WallState {
  readonly isUp: boolean;
  /** Why it is not up, in words; null when it is. */
  readonly problem: string | null;
  /** Tables that it does not cover. */
  readonly uncovered: readonly string[];
}

/** Tables without rows of anybody that every question reads: how fresh data is, and what is kept of metrics. */
const service: Readonly<Record<string, readonly string[]>> = {
  asker_wall: ['only_row', 'version', 'problem', 'uncovered'],
  sync_run: ['source', 'state', 'finished_at'],
  analysis_run: ['state', 'finished_at'],
  metric_history_state: [
    ...['metric', 'definition', 'segments', 'zone', 'hour_from', 'day_from', 'week_from'],
    ...['read_until', 'as_of'],
  ],
  moved_record: ['table_name', 'column_name', 'was', 'noted_at'],
};

/** Policies need every table for a moment; a service that is busy elsewhere is not kept waiting for longer. */
const LOCK_LIMIT_MS = 10_000;

/**
 * Sees to it that the database has the second wall of this catalogue. Does nothing when it has it already. What is in
 * the way (no right to make roles, tables of somebody else) is noted in the database and returned, never thrown: then
 * the compiler's scope stands alone, and answers say so.
 */
export async function raiseWall(
  store: Pick<Store, 'transaction' | 'db'>,
  catalogue: Catalogue,
): Promise<WallState> {
  const security = rowSecurityOf(catalogue);
  const standing = await readWall(store);
  if (standing.version === security.version && (await hasRole(store)))
    return { isUp: true, problem: null, uncovered: standing.uncovered };
  try {
    return await store.transaction((trx) => build(trx, security));
  } catch (error) {
    // Whatever the database refuses (rights, locks, a table that is not there), questions go on without the wall.
    if (sqlState(error) === undefined || isConnectionLost(error)) throw error;
    const problem = `the policies could not be made (${error instanceof Error ? error.message : String(error)})`;
    await store.transaction((trx) => notePlainly(trx, problem));
    return { isUp: false, problem, uncovered: [] };
  }
}

async function readWall({ db }: Pick<Store, 'db'>) {
  const row = await db.selectFrom('asker_wall').select(['version', 'uncovered']).executeTakeFirst();
  return { version: row?.version ?? null, uncovered: row?.uncovered ?? [] };
}

/** A copy of the database on another server may come without the role. */
async function hasRole({ db }: Pick<Store, 'db'>): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${askerRole}`.execute(db);
  return rows.length > 0;
}

async function notePlainly(trx: Transaction<Schema>, problem: string): Promise<void> {
  await trx.updateTable('asker_wall').set({ version: null, problem }).execute();
}

async function build(trx: Transaction<Schema>, security: RowSecurity): Promise<WallState> {
  await sql`select set_config('lock_timeout', ${String(LOCK_LIMIT_MS)}, true)`.execute(trx);
  // The row is the lock: two processes that start together raise it one after the other.
  const standing = await trx
    .selectFrom('asker_wall')
    .select(['version', 'uncovered'])
    .forUpdate()
    .executeTakeFirst();
  if (standing?.version === security.version && (await hasRole({ db: trx })))
    return { isUp: true, problem: null, uncovered: standing.uncovered };
  const present = await findTables(trx, security);
  await sql`select lower_asker_wall()`.execute(trx);
  const prepared = await sql<{ problem: string | null }>`select prepare_asker_role() as problem`.execute(trx);
  const problem = prepared.rows[0]?.problem ?? null;
  if (problem !== null) {
    await notePlainly(trx, problem);
    return { isUp: false, problem, uncovered: [] };
  }
  const schema = await sql<{ name: string }>`select current_schema() as name`.execute(trx);
  const statements = [
    `create schema ${identifier(joinedSchema)}`,
    `grant usage on schema ${identifier(joinedSchema)}, ${identifier(schema.rows[0]?.name ?? 'public')} to ${askerRole}`,
    ...Object.entries(service).map(
      ([table, columns]) =>
        `grant select (${columns.map(identifier).join(', ')}) on ${tableName(table)} to ${askerRole}`,
    ),
  ];
  const tables = security.tables.filter(({ table }) => present.has(table));
  const isCovered = ({ table, isFenced }: TableWall): boolean =>
    present.get(table) === 'ours' || (!isFenced && present.get(table) === 'grantable');
  const uncovered = tables.filter((one) => !isCovered(one)).map(({ table }) => table);
  // Policies look through the views, so all of those come first.
  statements.push(...tables.filter(({ isJoined }) => isJoined).flatMap(joinedView));
  statements.push(
    ...tables
      .filter(({ table }) => !uncovered.includes(table))
      .flatMap((one) => (one.isFenced ? fence(one) : grantOwn(one))),
  );
  await trx.executeQuery(CompiledQuery.raw(statements.join(';\n')));
  await trx
    .updateTable('asker_wall')
    .set({ version: security.version, problem: null, uncovered, raised_at: sql`now()` })
    .execute();
  return { isUp: true, problem: null, uncovered };
}

/** Which of the tables there are; policies can be made only for those that this user owns. */
async function findTables(
  trx: Transaction<Schema>,
  { tables }: RowSecurity,
): Promise<ReadonlyMap<string, 'ours' | 'grantable' | 'foreign'>> {
  const names = tables.map(({ table }) => table);
  const { rows } = await sql<{ name: string; is_ours: boolean; is_grantable: boolean }>`
    select n.name, c.relkind in ('r', 'p') and pg_has_role(c.relowner, 'usage')
        and (strpos(n.name, '.') = 0 or has_schema_privilege(c.relnamespace, 'usage with grant option')) as is_ours,
      has_table_privilege(c.oid, 'select with grant option')
        and has_schema_privilege(c.relnamespace, 'usage with grant option') as is_grantable
    from unnest(${names}::text[], ${names.map(tableName)}::text[]) as n (name, written)
    join pg_class c on c.oid = to_regclass(n.written)`.execute(trx);
  return new Map(
    rows.map(({ name, is_ours, is_grantable }) => [
      name,
      is_ours ? 'ours' : is_grantable ? 'grantable' : 'foreign',
    ]),
  );
}

function joinedView({ table, columns }: TableWall): string[] {
  const view = qualified(joinedSchema, table);
  return [
    `create view ${view} as select ${columns.map(identifier).join(', ')} from ${tableName(table)}`,
    `grant select on ${view} to ${askerRole}`,
  ];
}

/** A table of one's own whose rows belong to nobody: questions may read the columns that the catalogue names. */
function grantOwn({ table, columns }: TableWall): string[] {
  const [schema = ''] = table.split('.');
  return [
    `grant usage on schema ${identifier(schema)} to ${askerRole}`,
    `grant select (${columns.map(identifier).join(', ')}) on ${tableName(table)} to ${askerRole}`,
  ];
}

/** The second policy keeps everybody else who may read the table where they were: only questions are fenced in. */
function fence({ table, columns, predicate }: TableWall): string[] {
  const name = tableName(table);
  const [schema, inSchema] = table.split('.');
  return [
    ...(inSchema === undefined ? [] : [`grant usage on schema ${identifier(schema ?? '')} to ${askerRole}`]),
    `create policy heed_asker_rows on ${name} for select to ${askerRole} using (${predicate})`,
    `create policy heed_other_users on ${name} for all to public using ((select current_user) <> '${askerRole}') with check ((select current_user) <> '${askerRole}')`,
    `alter table ${name} enable row level security`,
    `grant select (${columns.map(identifier).join(', ')}) on ${name} to ${askerRole}`,
  ];
}
