import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

export interface OutboxDepth {
  /** Messages that still have to go out or be edited. */
  readonly open: number;
  /** Seconds that the oldest has waited: a new message since it was written, an edit since it was last changed. */
  readonly oldestAgeSeconds: number;
  readonly dead: number;
}

/** For the health page and the metrics. */
export async function outboxDepth(db: Kysely<Schema>): Promise<OutboxDepth> {
  const row = await db
    .selectFrom('outbox')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('state', 'in', ['new', 'waiting', 'unclear', 'sending']).as('open'),
      fn.countAll<number>().filterWhere('state', '=', 'dead').as('dead'),
      sql<number>`coalesce(extract(epoch from clock_timestamp()
        - min(case when posted_at is null then created_at else updated_at end)
          filter (where state in ('new', 'waiting', 'unclear', 'sending'))), 0)::double precision`.as('age'),
    ])
    .executeTakeFirstOrThrow();
  return { open: row.open, dead: row.dead, oldestAgeSeconds: Math.max(0, row.age) };
}
