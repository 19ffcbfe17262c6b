import type { Transaction } from 'kysely';
import type { Finding, FindingKind } from '../domain/finding.ts';
import { forgetGone, lockFindings, noteReplacingRun } from './finding-guard.ts';
import { deleteFindings, type FindingRun, saveFindings } from './finding-store.ts';
import type { Schema } from './schema.ts';

/**
 * Replaces the findings about the subjects that a run looked at; those about the others are still true and join the
 * run. What was observed after the run's moment stays.
 *
 * @param looked ids of the subjects that the run looked at, with or without a finding
 */
export async function refreshFindings(
  trx: Transaction<Schema>,
  kind: FindingKind,
  findings: readonly Finding[],
  looked: readonly string[],
  { runId, overtakenAfter }: FindingRun,
): Promise<void> {
  await lockFindings(trx, kind);
  await noteReplacingRun(trx, kind, runId);
  await trx.updateTable('finding').set({ run_id: runId }).where('kind', '=', kind).execute();
  await saveFindings(trx, kind, findings, runId);
  const found = new Set(findings.map(({ subject }) => subject.id));
  if (overtakenAfter !== null) {
    const well = looked.filter((id) => !found.has(id));
    await deleteFindings(trx, kind, well, overtakenAfter);
    await forgetGone(trx, kind, overtakenAfter);
  }
}
