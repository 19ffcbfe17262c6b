import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Catalogue, EntityDefinition } from '../catalogue/catalogue.ts';
import { entityById } from '../catalogue/paths.ts';
import type { Schema } from '../store/schema.ts';
import type { Provenance } from './answer-data.ts';
import { relatedTable } from './compile/row-source.ts';

type Freshness = Provenance['freshness'];

/**
 * When the data behind an answer was last brought up to date: per source with rows in the entities' tables the end of
 * its newest import, and for computed entities the newest run of the analyser.
 */
export async function findFreshness(
  trx: Kysely<Schema>,
  catalogue: Catalogue,
  entityIds: readonly string[],
): Promise<Freshness> {
  // Tables of one's own are read as they are; nothing of ours brings them up to date.
  const entities = entityIds.flatMap((id) => entityById(catalogue, id) ?? []).filter((one) => !one.stored);
  const isComputed = (entity: EntityDefinition) => !Object.hasOwn(entity.columns, 'source');
  const tables = new Set(
    entities.flatMap((entity) => (isComputed(entity) ? parentTable(catalogue, entity) : [entity.table])),
  );
  const found = new Map<string, Date>();
  const note = (source: string, at: Date | null) => {
    const known = found.get(source);
    if (at && (!known || at > known)) found.set(source, at);
  };
  const imports = await trx
    .selectFrom('sync_run')
    .select(['source', (eb) => eb.fn.max('finished_at').as('at')])
    .where('state', '=', 'done')
    .groupBy('source')
    .execute();
  for (const table of tables) {
    const sources = imports.map(({ source }) => source);
    const known = await sourcesWithRows(trx, relatedTable(catalogue, table), sources);
    const present = imports.filter(({ source }) => known.has(source));
    for (const { source, at } of present) note(source, at);
    if (present.length === 0)
      for (const { source, at } of await newestRows(trx, relatedTable(catalogue, table))) note(source, at);
  }
  if (entities.some(isComputed)) note('analyser', await newestAnalysis(trx));
  return [...found]
    .map(([source, at]) => ({ source, syncedAt: at.toISOString() }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

function parentTable(catalogue: Catalogue, entity: EntityDefinition): string[] {
  const join = entity.parent === undefined ? undefined : entity.joins[entity.parent];
  const parent = join && entityById(catalogue, join.entity);
  return parent && !parent.stored ? [parent.table] : [];
}

/**
 * Which of the sources a table has rows of. Each is looked up by itself, so that the planner knows that a source without rows
 * is one step into the index; joined to a list of sources it would read the whole table.
 */
async function sourcesWithRows(
  trx: Kysely<Schema>,
  table: RawBuilder<unknown>,
  sources: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sources.length === 0) return new Set();
  const each = sources.map(
    (source) => sql`(select ${source}::text as source from ${table} where source = ${source} limit 1)`,
  );
  const { rows } = await sql<{ source: string }>`${sql.join(each, sql` union all `)}`.execute(trx);
  return new Set(rows.map(({ source }) => source));
}

/** For rows that came without an import run, for example by a webhook. */
async function newestRows(
  trx: Kysely<Schema>,
  table: RawBuilder<unknown>,
): Promise<readonly { source: string; at: Date }[]> {
  const { rows } = await sql<{ source: string; at: Date }>`
    select source, max(synced_at) as at from ${table} group by source`.execute(trx);
  return rows;
}

async function newestAnalysis(trx: Kysely<Schema>): Promise<Date | null> {
  const run = await trx
    .selectFrom('analysis_run')
    .select((eb) => eb.fn.max('finished_at').as('at'))
    .where('state', '=', 'done')
    .executeTakeFirst();
  return run?.at ?? null;
}
