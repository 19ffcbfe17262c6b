import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { OnStoreEvent } from './store-event.ts';

/** Changed rows that make statistics stale: Postgres' own `autovacuum_analyze_threshold` and `_scale_factor`. */
const STALE = { rows: 50, share: 0.1 };
/** Dead rows that are worth reclaiming: `autovacuum_vacuum_threshold` and `_scale_factor`. */
const DEAD = { rows: 50, share: 0.2 };
/** New rows after which a table is gone through, so that an index alone can answer: `autovacuum_vacuum_insert_…`. */
const NEW = { rows: 1000, share: 0.2 };
/** A file that grew by less says nothing: a fresh table is taken for ten pages anyway. */
const GROWN_PAGES = 10;

interface TableState {
  readonly name: string;
  /** As of the last `analyze` or `vacuum`; -1 when there was none. */
  readonly rows: number;
  readonly pagesThen: number;
  readonly pages: number;
  readonly changed: number;
  readonly dead: number;
  readonly inserted: number;
}

/**
 * What autovacuum does beside a server. Without statistics the planner takes every table for tiny and joins row by row:
 * on a million tickets the difference between seconds and hours. The embedded engine has no background process, so its
 * tables are looked after between steps of work; it also forgets how much was changed when it is closed, so files that
 * grew since the last time count as well. A server has autovacuum, which comes up to a minute after a big import: there
 * only statistics are renewed. Cheap when nothing is stale (one read of the system catalogue); never inside a transaction.
 * A table that cannot be looked after is told and left as it is.
 */
export async function keepFit(
  db: Kysely<Schema>,
  engine: 'embedded' | 'server',
  onEvent: OnStoreEvent,
): Promise<void> {
  const started = Date.now();
  const done = { analysed: [] as string[], vacuumed: [] as string[] };
  // Counters reach the views up to a second late otherwise. A sample of 7,500 rows of a table is held in memory at once
  // instead of 30,000: what the engine's memory has grown to, it keeps.
  if (engine === 'embedded')
    await sql`select pg_stat_force_next_flush(), set_config('default_statistics_target', '25', false)`.execute(
      db,
    );
  for (const table of await readStates(db)) {
    const isDue = engine === 'embedded' && needsVacuum(table);
    if (!isDue && !isStale(table)) continue;
    try {
      const name = sql.table(table.name);
      await (isDue ? sql`vacuum (analyze) ${name}` : sql`analyze ${name}`).execute(db);
      done[isDue ? 'vacuumed' : 'analysed'].push(table.name);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      onEvent({ kind: 'table-not-kept-fit', table: table.name, detail });
    }
  }
  if (done.analysed.length + done.vacuumed.length > 0)
    onEvent({ kind: 'tables-kept-fit', ...done, milliseconds: Date.now() - started });
}

function needsVacuum({ rows, dead, inserted }: TableState): boolean {
  return (
    dead > DEAD.rows + DEAD.share * Math.max(rows, 0) || inserted > NEW.rows + NEW.share * Math.max(rows, 0)
  );
}

function isStale({ rows, pagesThen, pages, changed }: TableState): boolean {
  return (
    changed > STALE.rows + STALE.share * Math.max(rows, 0) ||
    pages > pagesThen * (1 + STALE.share) + GROWN_PAGES
  );
}

async function readStates(db: Kysely<Schema>): Promise<readonly TableState[]> {
  const { rows } = await sql<TableState>`
    select c.relname as name, c.reltuples::float8 as rows, c.relpages as "pagesThen",
           (pg_relation_size(c.oid) / current_setting('block_size')::int)::int as pages,
           coalesce(s.n_mod_since_analyze, 0) as changed, coalesce(s.n_dead_tup, 0) as dead,
           coalesce(s.n_ins_since_vacuum, 0) as inserted
    from pg_class c left join pg_stat_user_tables s on s.relid = c.oid
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    order by c.relname`.execute(db);
  return rows;
}
