import type { FindingKind } from '../domain/finding.ts';
import { findLastDoneRun } from '../store/analysis-store.ts';
import type { Store } from '../store/database.ts';
import { lockFindings } from '../store/finding-guard.ts';
import { deleteFindings, findRunOfKind, saveFindings } from '../store/finding-store.ts';
import type { TouchedIds } from '../store/ingest-store.ts';
import type { Clock } from '../toolkit/clock.ts';
import type { AlertScope, EvaluateAlertsReport } from './evaluate-alerts.ts';
import type { Look, TouchedKind } from './touched-kind.ts';

export interface AnalyseTouchedDeps extends Pick<Look, 'sla' | 'health' | 'zone'> {
  readonly store: Store;
  readonly clock: Clock;
  /** `buildTouchedKinds()`; it keeps what is dear to build, so it is made once. */
  readonly kinds: readonly TouchedKind[];
  /** Evaluates the rules over these findings; see `evaluateTouchedAlerts`. */
  readonly evaluate: (scope: AlertScope) => Promise<EvaluateAlertsReport>;
}

export interface TouchedReport {
  /** False: the analyser has not run yet, so there is nothing to bring up to date. */
  readonly hasRun: boolean;
  readonly findings: number;
  readonly fired: number;
  readonly raised: number;
  readonly resolved: number;
  /** Messages that were added or changed. */
  readonly messages: number;
}

/**
 * Brings the findings about a few subjects up to date and evaluates the alert rules over them, between two runs of the
 * analyser. It takes no lease: reading, writing and judging a kind happen under the guard of its findings, what it
 * writes is newer than a run that has begun before, and the next run writes the same. Killed half-way, it is done
 * again by the next evaluation or run.
 */
export async function analyseTouched(deps: AnalyseTouchedDeps, touched: TouchedIds): Promise<TouchedReport> {
  const total = { hasRun: true, findings: 0, fired: 0, raised: 0, resolved: 0, messages: 0 };
  for (const kind of deps.kinds) {
    const ids = kind.idsOf(touched);
    if (ids.length === 0) continue;
    const looked = await deps.store.transaction((trx) => lookAndSave(trx, deps, kind, ids));
    if (looked === null) return { ...total, hasRun: false };
    total.findings += looked.findings;
    const { rules } = await deps.evaluate({ kind: kind.kind, subjectIds: looked.subjectIds });
    for (const rule of rules) {
      total.fired += rule.fired;
      total.raised += rule.raised;
      total.resolved += rule.resolved;
      total.messages += rule.messages;
    }
  }
  return total;
}

async function lookAndSave(
  trx: Look['trx'],
  { clock, sla, health, zone }: AnalyseTouchedDeps,
  { kind, look }: TouchedKind,
  ids: readonly string[],
): Promise<{ readonly findings: number; readonly subjectIds: readonly string[] } | null> {
  const runId = (await lockFindings(trx, kind)) ?? (await findAnyRun(trx, kind));
  if (runId === null) return null;
  // Only now: whatever was committed before the guard was ours is seen, and nothing older can come after it.
  const now = clock.now();
  const { findings, subjectIds, save } = await look(ids, { trx, now, sla, health, zone });
  const found = new Set(findings.map(({ subject }) => subject.id));
  await saveFindings(trx, kind, findings, runId);
  await deleteFindings(
    trx,
    kind,
    subjectIds.filter((id) => !found.has(id)),
    now,
  );
  await save?.();
  return { findings: findings.length, subjectIds };
}

async function findAnyRun(trx: Look['trx'], kind: FindingKind): Promise<string | null> {
  return (await findRunOfKind(trx, kind)) ?? (await findLastDoneRun(trx));
}
