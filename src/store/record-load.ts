import { sql, type Transaction } from 'kysely';
import type { Entity } from '../domain/records.ts';
import { copyRows } from './copy-rows.ts';
import type { RecordRow } from './record-columns.ts';
import type { Schema } from './schema.ts';
import { loadSuppressor, type Suppressor } from './suppression.ts';
import { upsertRows } from './upsert-rows.ts';

/** What became of the records of an entity. `read = stored + unchanged + duplicates + stale + suppressed`. */
export interface LoadedEntity {
  readonly entity: Entity;
  readonly read: number;
  /** Inserted or changed. */
  readonly stored: number;
  readonly unchanged: number;
  /** Same id as another record of the load; the one with the latest `updated_at`, else the last one, was kept. */
  readonly duplicates: number;
  /** Older than what was stored before; not written. */
  readonly stale: number;
  /** Of people or customers that were erased; left out. */
  readonly suppressed: number;
}

/** Stores records of one source inside a transaction, batch by batch. */
export interface RecordLoad {
  /** At most some thousands at once: they go in one statement. */
  add(entity: Entity, rows: readonly RecordRow[]): Promise<void>;
  readonly loaded: readonly LoadedEntity[];
}

type Counts = { -readonly [K in keyof LoadedEntity]: LoadedEntity[K] };

/** Batches with a row that is not new after which COPY is not tried again. */
const COPY_FAILURES = 3;

/**
 * A first load goes in by COPY, everything else by upsert. Fields that a record does not carry keep their stored
 * value, and rows that would not change are not written.
 */
export function createRecordLoad(trx: Transaction<Schema>, source: string): RecordLoad {
  const counts = new Map<Entity, Counts>();
  /** How often COPY may still fail, by entity. */
  const copyTrials = new Map<Entity, number>();
  let suppressor: Promise<Suppressor | null> | undefined;

  async function trialsOf(entity: Entity): Promise<number> {
    const known = copyTrials.get(entity);
    if (known !== undefined) return known;
    const { rows } = await sql`select 1 from ${sql.table(entity)} where source = ${source} limit 1`.execute(
      trx,
    );
    const trials = rows.length === 0 ? COPY_FAILURES : 0;
    copyTrials.set(entity, trials);
    return trials;
  }

  return {
    async add(entity, given) {
      const count = countsOf(counts, entity);
      count.read += given.length;
      suppressor ??= loadSuppressor(trx);
      const admitted = await (await suppressor)?.rows(trx, entity, given);
      const rows = admitted?.rows ?? given;
      count.suppressed += admitted?.suppressed ?? 0;
      const single = latestById(rows);
      count.duplicates += rows.length - single.length;
      const trials = single.length < SMALL_BATCH ? 0 : await trialsOf(entity);
      if (trials > 0) {
        if (await copyRows(trx, entity, single)) {
          count.stored += single.length;
          return;
        }
        copyTrials.set(entity, trials - 1);
      }
      await upsertCounted(trx, entity, single, count);
    },
    get loaded() {
      return [...counts.values()];
    },
  };
}

/** Fewer rows are as quick without COPY. */
const SMALL_BATCH = 100;

async function upsertCounted(
  trx: Transaction<Schema>,
  entity: Entity,
  rows: readonly RecordRow[],
  count: Counts,
): Promise<void> {
  const seen = await lookUp(trx, entity, rows);
  const isAgain = (row: RecordRow): boolean => seen.get(row.id) === 'again';
  const again = rows.filter(isAgain);
  await upsertRows(trx, entity, again);
  const others = rows.filter((row) => !isAgain(row));
  const stored = await upsertRows(trx, entity, others);
  const stale = others.filter(({ id }) => seen.get(id) === 'stale').length;
  count.duplicates += again.length;
  count.stored += stored;
  count.stale += stale;
  count.unchanged += others.length - stored - stale;
}

/** Rows that this transaction has written before, and rows that are older than what is stored. */
async function lookUp(
  trx: Transaction<Schema>,
  entity: Entity,
  rows: readonly RecordRow[],
): Promise<ReadonlyMap<string, 'again' | 'stale'>> {
  const ids = rows.map(({ id }) => id);
  const updated = rows.map(({ updated_at }) => updated_at ?? null);
  // now() is the instant at which the transaction began, so only its own rows carry it.
  const found = await sql<{ id: string; again: boolean }>`
    select t.id, t.synced_at = now() as again
    from unnest(${ids}::uuid[], ${updated}::timestamptz[]) as r(id, updated_at)
    join ${sql.table(entity)} t on t.id = r.id
    where t.synced_at = now() or t.updated_at > r.updated_at
  `.execute(trx);
  return new Map(found.rows.map(({ id, again }) => [id, again ? 'again' : 'stale']));
}

/** An `on conflict` statement may touch a row once only. */
function latestById(rows: readonly RecordRow[]): readonly RecordRow[] {
  const latest = new Map<string, RecordRow>();
  for (const row of rows) {
    const known = latest.get(row.id);
    if (known && (known.updated_at ?? '') > (row.updated_at ?? '')) continue;
    latest.set(row.id, known ? { ...known, ...row } : row);
  }
  return latest.size === rows.length ? rows : [...latest.values()];
}

function countsOf(counts: Map<Entity, Counts>, entity: Entity): Counts {
  const known = counts.get(entity);
  if (known) return known;
  const fresh: Counts = { entity, read: 0, stored: 0, unchanged: 0, duplicates: 0, stale: 0, suppressed: 0 };
  counts.set(entity, fresh);
  return fresh;
}
