import { CompiledQuery, sql, type Transaction } from 'kysely';
import type { Asker } from '../../../src/access/asker.ts';
import type { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { heedTables } from '../../../src/catalogue/tables.ts';
import type { Role } from '../../../src/domain/records.ts';
import type { CellValue } from '../../../src/query/answer-data.ts';
import type { QueryPlan } from '../../../src/query/metric-query.ts';
import { rowSecurityOf } from '../../../src/query/row-security/row-policies.ts';
import { runQuery } from '../../../src/query/run-query.ts';
import type { Store } from '../../../src/store/database.ts';
import type { Schema } from '../../../src/store/schema.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { seedAnalysed } from './analysed-world.ts';
import { listPlan, metricPlan } from './ask.ts';
import { ownership, visibleTo } from './ownership.ts';
import { seedPipelineWorld } from './pipeline-world.ts';
import { seedTextWorld } from './text-world.ts';
import { seedWiderWorld } from './wider-world.ts';
import { asker, askers, idOf, now, seedWorld } from './world.ts';

const newcomer = (name: string, role: Role, team: string | null): Asker => ({
  personId: idOf('person', name),
  name,
  role,
  teamId: team === null ? null : idOf('team', team),
  zone: 'UTC',
});

/** Fourteen people of six roles: with rows and without, with a team, another one and none. */
export const people: readonly Asker[] = [
  ...askers.map(asker),
  newcomer('Nell New', 'agent', 'Support EMEA'),
  newcomer('Nico New', 'rep', 'Sales'),
  newcomer('Nora New', 'supervisor', 'Support Americas'),
];

const owners = ['Ada Agent', 'Abe Agent', 'Zoe Agent', 'Rita Rep', 'Rob Rep', 'Max Manager'];
/** Columns that say whose a row is, and what each of the copies says there. */
const ownerColumns: Readonly<Record<string, (copy: number) => string>> = {
  ...Object.fromEntries(
    ['assignee_id', 'owner_id', 'person_id', 'agent_id', 'rep_id', 'lead_id'].map((column) => [
      column,
      (copy: number) => idOf('person', owners[copy % owners.length]!),
    ]),
  ),
  account_id: (copy) => idOf('account', copy % 2 === 0 ? 'Cancity' : 'Acme Corp'),
  team_id: (copy) => idOf('team', ['Support Americas', 'Support EMEA', 'Sales'][copy % 3]!),
};
const copies = 6;

/** The whole world of the query tests, and of every table rows that belong to somebody else each. */
export async function seedMatrixWorld(store: Store): Promise<void> {
  await seedWorld(store);
  await seedWiderWorld(store);
  await seedTextWorld(store);
  await seedPipelineWorld(store);
  await seedAnalysed(store);
  const { rows } = await sql<{ name: string; list: string[] }>`
    select table_name as name, array_agg('"' || column_name || '"') as list from information_schema.columns
    where table_schema = 'public' and is_generated = 'NEVER' group by 1`.execute(store.db);
  const written = new Map(rows.map(({ name, list }) => [name, list]));
  for (const table of Object.keys(ownership)) {
    if (table === 'person' || table === 'team' || table === 'product') continue;
    const columns = Object.keys(ownerColumns).filter((column) =>
      Object.hasOwn(heedTables[table] ?? {}, column),
    );
    const list = written.get(table)!;
    for (let copy = 0; copy < copies; copy += 1) {
      const changes = Object.fromEntries([
        ...(['id', 'source_id'] as const)
          .filter((column) => Object.hasOwn(heedTables[table] ?? {}, column))
          .map((column) => [column, idOf(table, `copy ${copy}`)]),
        ...columns.map((column) => [column, ownerColumns[column]!(copy)]),
      ]);
      await sql`insert into ${sql.table(table)} (${sql.raw(list.join())}) select ${sql.raw(list.map((column) => `r.${column}`).join())}
        from (select * from ${sql.table(table)} limit 1) as t,
          jsonb_populate_record(null::${sql.table(table)}, to_jsonb(t) || ${JSON.stringify(changes)}::jsonb) as r
        on conflict do nothing`.execute(store.db);
    }
  }
}

/** Which of the walls stand. */
export const walls = ['both walls', 'row-level security alone', 'the compiler alone'] as const;
export type Walls = (typeof walls)[number];

export type Outcome = 'not-allowed' | readonly string[];

/** Rows of an answer, or that it was refused; sums of doubles may differ in the last digit. */
export async function ask(
  store: Pick<Store, 'readOnly'>,
  catalogue: Catalogue,
  who: Asker,
  plan: QueryPlan,
  standing: Walls,
): Promise<Outcome> {
  const rowSecurity =
    standing === 'the compiler alone' ? { version: 'none', tables: [] } : rowSecurityOf(catalogue);
  const result = await runQuery(
    {
      ...{ store, asker: who, clock: fixedClock(now), zone: 'UTC', rowSecurity },
      catalogue: standing === 'row-level security alone' ? withoutScope(catalogue) : catalogue,
    },
    plan,
  );
  if (!result.ok) {
    const codes = result.issues.map(({ code }) => code);
    if (codes.join() === 'not-allowed') return 'not-allowed';
    return codes;
  }
  const isFenced = result.value.provenance.oneWall === undefined;
  if (isFenced !== (standing !== 'the compiler alone'))
    throw new Error(`${standing}, but fenced: ${isFenced}`);
  return result.value.rows.map((row) => JSON.stringify(row.map(rounded))).sort();
}

const rounded = (cell: CellValue) => (typeof cell === 'number' ? Number(cell.toPrecision(12)) : cell);

const widened = new WeakMap<Catalogue, Catalogue>();

/** The catalogue of a compiler that has forgotten whose rows are whose. */
function withoutScope(catalogue: Catalogue): Catalogue {
  const known = widened.get(catalogue);
  if (known) return known;
  const byRole = {
    agent: 'all',
    rep: 'all',
    supervisor: 'all',
    manager: 'all',
    executive: 'all',
    admin: 'all',
  } as const;
  const entities = new Map(
    [...catalogue.entities].map(([id, entity]) => [
      id,
      { ...entity, rowScope: { ...entity.rowScope, byRole } },
    ]),
  );
  const made = { ...catalogue, entities };
  widened.set(catalogue, made);
  return made;
}

/** Every question of the matrix: each metric, and each list with as many columns as it shows by itself. */
export function questions(catalogue: Catalogue): readonly QueryPlan[] {
  return [
    ...[...catalogue.metrics.values()].map((metric) =>
      metricPlan(metric.id, {
        time: metric.type === 'simple' && metric.timeDimension !== null ? { kind: 'all' } : null,
      }),
    ),
    ...[...catalogue.entities.keys()].map((id) => ({ ...listPlan(id), limit: 1000 })),
  ];
}

/**
 * Runs work in a world where some rows are the only ones there are: temporary tables of the same names stand before the
 * real ones, so what is asked there as a manager is what somebody should be told who may see just these.
 *
 * @param which condition of a table's rows
 */
export async function amongRows<T>(
  store: Store,
  which: (table: string) => string,
  work: (among: Pick<Store, 'readOnly'>) => Promise<T>,
): Promise<T> {
  class Undo extends Error {}
  let result: { value: T } | undefined;
  try {
    await store.transaction(async (trx) => {
      await shadow(trx, which);
      const value = await work({ readOnly: (_limit, unit) => unit(trx) });
      result = { value };
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  if (!result) throw new Error('nothing was asked');
  return result.value;
}

async function shadow(trx: Transaction<Schema>, which: (table: string) => string): Promise<void> {
  const tables = Object.keys(ownership);
  // All are filled before any stands in the way of another one's condition.
  const made = tables.map(
    (table) =>
      `create temp table "own ${table}" on commit drop as select * from public."${table}" where ${which(table)}`,
  );
  const renamed = tables.flatMap((table) => [
    `alter table "own ${table}" rename to "${table}"`,
    `grant select on pg_temp."${table}" to heed_asker`,
  ]);
  await trx.executeQuery(CompiledQuery.raw([...made, ...renamed].join(';\n')));
}

/** What is expected of one person, by question. */
export async function expectations(
  store: Store,
  catalogue: Catalogue,
  who: Asker,
  asked: readonly QueryPlan[],
): Promise<readonly Outcome[]> {
  const own = (table: string) => visibleTo(table, who);
  return amongRows(store, own, (among) => askAll(among, catalogue, { ...who, role: 'manager' }, asked));
}

/** What somebody is told, by question, with both walls. */
export async function askAll(
  store: Pick<Store, 'readOnly'>,
  catalogue: Catalogue,
  who: Asker,
  asked: readonly QueryPlan[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const plan of asked) outcomes.push(await ask(store, catalogue, who, plan, 'both walls'));
  return outcomes;
}
