import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Changes whenever rows that questions read may have changed: an import ended or is going on, events were taken in, the
 * analyser ran. One statement over small tables.
 */
export async function readDataStamp(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select concat_ws('/',
      (select max(coalesce(finished_at, started_at)) from sync_run),
      (select count(*) from sync_run where state = 'running'),
      (select max(received_at) from ingest_request),
      (select max(coalesce(finished_at, started_at)) from analysis_run)) as stamp`.execute(db);
  return rows[0]?.stamp ?? '';
}
