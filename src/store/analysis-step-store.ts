import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** What is known of a step of the analyser from its last runs. */
export interface StepState {
  readonly settingsVersion: string;
  /** Everything that was stored before this moment, by the database's clock, was seen; null: it never ended well. */
  readonly readUntil: Date | null;
  readonly failingSince: Date | null;
  /** In a row. */
  readonly failures: number;
}

/** States by the name of the step. */
export async function loadStepStates(db: Kysely<Schema>): Promise<ReadonlyMap<string, StepState>> {
  const rows = await db
    .selectFrom('analysis_step')
    .select([
      'step',
      'settings_version as settingsVersion',
      'read_until as readUntil',
      'failing_since as failingSince',
      'failures',
    ])
    .execute();
  return new Map(rows.map(({ step, ...state }) => [step, state]));
}

/** Steps that failed when they ran last, with what went wrong. */
export async function listFailingSteps(db: Kysely<Schema>) {
  const rows = await db
    .selectFrom('analysis_step')
    .select(['step', 'failing_since', 'failures', 'error', 'as_of'])
    .where('failing_since', 'is not', null)
    .orderBy('step')
    .execute();
  return rows.flatMap(({ step, failing_since: failingSince, failures, error, as_of: doneAsOf }) =>
    failingSince === null ? [] : [{ step, failingSince, failures, error: error ?? '', doneAsOf }],
  );
}

/**
 * A moment of the database's clock before which everything that will ever be stored is visible now: `synced_at` is the
 * beginning of the transaction that stored a row, so the oldest transaction that still runs decides.
 */
export async function readableUntil(db: Kysely<Schema>): Promise<Date> {
  const { rows } = await sql<{ until: Date }>`
    select least(now(), coalesce(min(xact_start), now())) - interval '1 second' as until
      from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
  `.execute(db);
  return rows[0]!.until;
}

/** Notes that a step ended well. */
export async function noteStepDone(
  db: Kysely<Schema>,
  step: string,
  seen: { readonly settingsVersion: string; readonly readUntil: Date; readonly asOf: Date },
): Promise<void> {
  const row = {
    settings_version: seen.settingsVersion,
    read_until: seen.readUntil,
    as_of: seen.asOf,
    failing_since: null,
    failures: 0,
    error: null,
  };
  await db
    .insertInto('analysis_step')
    .values({ step, ...row })
    .onConflict((conflict) => conflict.column('step').doUpdateSet(row))
    .execute();
}

/** Notes that a step failed; what it has seen before stays. */
export async function noteStepFailed(
  db: Kysely<Schema>,
  step: string,
  failure: { readonly settingsVersion: string; readonly at: Date; readonly error: string },
): Promise<void> {
  await db
    .insertInto('analysis_step')
    .values({
      step,
      settings_version: failure.settingsVersion,
      failing_since: failure.at,
      failures: 1,
      error: failure.error,
    })
    .onConflict((conflict) =>
      conflict.column('step').doUpdateSet({
        failing_since: sql<Date>`coalesce(analysis_step.failing_since, ${failure.at})`,
        failures: sql<number>`analysis_step.failures + 1`,
        error: failure.error,
      }),
    )
    .execute();
}
