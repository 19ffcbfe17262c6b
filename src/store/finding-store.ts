import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Finding, FindingKind } from '../domain/finding.ts';
import { stableId } from '../toolkit/ids.ts';
import { forgetGone, listGone, lockFindings, noteGone, noteReplacingRun } from './finding-guard.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** Rows per statement: Postgres takes 65,535 parameters. */
const CHUNK = 400;

/** The analyser run that findings belong to. */
export interface FindingRun {
  readonly runId: string;
  /** What was observed after this moment is newer than the run and stays; null: the run speaks of another time. */
  readonly overtakenAfter: Date | null;
}

/**
 * Makes `findings` the only ones of their kind: writes them, deletes the others. What was observed after the run's
 * moment (by a look that overtook the run) keeps its words and joins the run; what was taken back after it stays gone.
 *
 * @returns how many rows are gone
 */
export async function replaceFindings(
  trx: Transaction<Schema>,
  kind: FindingKind,
  findings: readonly Finding[],
  { runId, overtakenAfter }: FindingRun,
): Promise<number> {
  await lockFindings(trx, kind);
  await noteReplacingRun(trx, kind, runId);
  if (overtakenAfter !== null) {
    await forgetGone(trx, kind, overtakenAfter);
    await trx
      .updateTable('finding')
      .set({ run_id: runId })
      .where('kind', '=', kind)
      .where('observed_at', '>', overtakenAfter)
      .execute();
  }
  await writeFindings(trx, overtakenAfter === null ? findings : await stillThere(trx, kind, findings), runId);
  const gone = await trx
    .deleteFrom('finding')
    .where('kind', '=', kind)
    .where('run_id', '<>', runId)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/**
 * Inserts findings of a kind, or overwrites those about the same subject that were not observed later; leaves out those
 * that a later look has taken back.
 */
export async function saveFindings(
  trx: Transaction<Schema>,
  kind: FindingKind,
  findings: readonly Finding[],
  runId: string,
): Promise<void> {
  await lockFindings(trx, kind);
  await writeFindings(trx, await stillThere(trx, kind, findings), runId);
}

async function stillThere(
  trx: Transaction<Schema>,
  kind: FindingKind,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  if (findings.length === 0) return findings;
  const gone = await listGone(trx, kind);
  if (gone.size === 0) return findings;
  return findings.filter(({ subject, observedAt }) => (gone.get(subject.id) ?? observedAt) <= observedAt);
}

async function writeFindings(
  trx: Transaction<Schema>,
  findings: readonly Finding[],
  runId: string,
): Promise<void> {
  for (let from = 0; from < findings.length; from += CHUNK) {
    const rows = findings.slice(from, from + CHUNK).map((finding) => ({
      id: stableId('finding', finding.kind, finding.subject.id),
      kind: finding.kind,
      subject_kind: finding.subject.kind,
      subject_id: finding.subject.id,
      subject_label: finding.subject.label,
      account_id: finding.accountId,
      owner_id: finding.ownerId,
      team_id: finding.teamId,
      value: finding.value,
      observed_at: finding.observedAt,
      facts: toJson(finding.facts),
      evidence: toJson(finding.evidence),
      chart: finding.chart === null ? null : toJson(finding.chart),
      run_id: runId,
      computed_at: sql<Date>`clock_timestamp()`,
    }));
    await trx
      .insertInto('finding')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['kind', 'subject_id'])
          .doUpdateSet((eb) => ({
            subject_label: eb.ref('excluded.subject_label'),
            account_id: eb.ref('excluded.account_id'),
            owner_id: eb.ref('excluded.owner_id'),
            team_id: eb.ref('excluded.team_id'),
            value: eb.ref('excluded.value'),
            observed_at: eb.ref('excluded.observed_at'),
            facts: eb.ref('excluded.facts'),
            evidence: eb.ref('excluded.evidence'),
            chart: eb.ref('excluded.chart'),
            run_id: eb.ref('excluded.run_id'),
            computed_at: eb.ref('excluded.computed_at'),
          }))
          // A row that joined this run above was observed after it and is the better one.
          .where(
            sql<boolean>`finding.run_id <> excluded.run_id or finding.observed_at <= excluded.observed_at`,
          ),
      )
      .execute();
  }
}

/** Deletes findings about these subjects that are not newer than the look that finds them well. */
export async function deleteFindings(
  trx: Transaction<Schema>,
  kind: FindingKind,
  subjectIds: readonly string[],
  observedAt: Date,
): Promise<void> {
  if (subjectIds.length === 0) return;
  await lockFindings(trx, kind);
  await noteGone(trx, kind, subjectIds, observedAt);
  await trx
    .deleteFrom('finding')
    .where('kind', '=', kind)
    .where('subject_id', '=', sql<string>`any(${[...subjectIds]}::text[])`)
    .where('observed_at', '<=', observedAt)
    .execute();
}

/** The run that the findings of a kind belong to; null: there are none. */
export async function findRunOfKind(db: Kysely<Schema>, kind: FindingKind): Promise<string | null> {
  const row = await db
    .selectFrom('finding')
    .select('run_id')
    .where('kind', '=', kind)
    .orderBy('computed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.run_id ?? null;
}
