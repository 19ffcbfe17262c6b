import { sql, type Transaction } from 'kysely';
import type { FindingKind } from '../domain/finding.ts';
import type { Schema } from './schema.ts';

/**
 * Keeps others from writing or judging findings of a kind until the transaction ends. What is read after it is what
 * the others have committed, so looks at single subjects, the analyser and the alert rules go one after the other.
 *
 * @returns the run that replaced the findings of the kind last; null: none has since there is a guard
 */
export async function lockFindings(trx: Transaction<Schema>, kind: FindingKind): Promise<string | null> {
  const row = await trx
    .insertInto('finding_guard')
    .values({ kind, locked_at: sql<Date>`clock_timestamp()` })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet({ locked_at: sql`clock_timestamp()` }))
    .returning('run_id')
    .executeTakeFirstOrThrow();
  return row.run_id;
}

export async function noteReplacingRun(
  trx: Transaction<Schema>,
  kind: FindingKind,
  runId: string,
): Promise<void> {
  await trx.updateTable('finding_guard').set({ run_id: runId }).where('kind', '=', kind).execute();
}

/** Subjects whose finding was taken back after what they were observed at before; by subject id. */
export async function listGone(
  trx: Transaction<Schema>,
  kind: FindingKind,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await trx
    .selectFrom('finding_gone')
    .select(['subject_id', 'observed_at'])
    .where('kind', '=', kind)
    .execute();
  return new Map(rows.map((row) => [row.subject_id, row.observed_at]));
}

/** Remembers that these subjects were seen to be well at a moment. */
export async function noteGone(
  trx: Transaction<Schema>,
  kind: FindingKind,
  subjectIds: readonly string[],
  observedAt: Date,
): Promise<void> {
  await sql`
    insert into finding_gone (kind, subject_id, observed_at)
    select ${kind}, subject_id, ${observedAt} from unnest(${[...subjectIds]}::text[]) as subject_id
    on conflict (kind, subject_id) do update
      set observed_at = greatest(finding_gone.observed_at, excluded.observed_at)
  `.execute(trx);
}

/** Forgets what a run has seen itself. */
export async function forgetGone(trx: Transaction<Schema>, kind: FindingKind, until: Date): Promise<void> {
  await trx.deleteFrom('finding_gone').where('kind', '=', kind).where('observed_at', '<=', until).execute();
}
