import { listSlaTickets, listSourcesWithoutReplies, listTicketsForTick } from '../store/analysis-sla.ts';
import { findLastDoneRun } from '../store/analysis-store.ts';
import { deleteFindings, findRunOfKind, saveFindings } from '../store/finding-store.ts';
import { axesFrom, computeTicketClocks, saveComputed } from './analysis-sla-clocks.ts';
import type { AnalysisDeps } from './analysis-step.ts';

export interface SlaRefreshReport {
  /** Tickets that were looked at: a clock passed 75 %, 90 % or all of its target, or is at risk and was stored again. */
  readonly tickets: number;
  readonly findings: number;
  /** `no-run-yet`: the analyser has not run, so there is nothing to keep up to date. */
  readonly reason: 'refreshed' | 'nothing-passed' | 'no-run-yet';
  /** Subjects of the clocks of those tickets; their alerts may have to rise between two runs. */
  readonly subjectIds: readonly string[];
}

/** Tickets of one tick; more than this are at risk at once only when something else is very wrong. */
const AT_MOST = 5_000;

/**
 * Brings the SLA findings up to the minute between two runs of the analyser: looks only at clocks that have come at
 * risk, become urgent or broken since they were computed, or are at risk and changed since (index scans over these,
 * whatever the number of open clocks), so that none of it is told later than one tick. It needs no lease: it writes only what is newer than what is
 * stored, and the next run writes the same.
 */
export async function refreshSlaFindings(
  deps: Pick<AnalysisDeps, 'store' | 'clock' | 'sla' | 'zone'>,
): Promise<SlaRefreshReport> {
  const { store, clock, sla, zone } = deps;
  const now = clock.now();
  // Findings count for the run they belong to; while a run is writing, they must join that one.
  const runId = (await findRunOfKind(store.db, 'sla-clock')) ?? (await findLastDoneRun(store.db));
  if (runId === null) return nothing('no-run-yet');
  const ids = await listTicketsForTick(store.db, now, AT_MOST);
  if (ids.length === 0) return nothing('nothing-passed');
  const tickets = await listSlaTickets(
    store.db,
    { kind: 'tickets', ids },
    { asOf: now, afterId: null, limit: AT_MOST },
  );
  const oldest = tickets.reduce((first, { openedAt }) => (openedAt < first ? openedAt : first), now);
  const computed = await computeTicketClocks(store, tickets, {
    policies: sla,
    axisOf: axesFrom(oldest, now),
    now,
    zone,
    sourcesWithoutReplies: await listSourcesWithoutReplies(store.db),
  });
  const reported = new Set(computed.findings.map(({ subject }) => subject.id));
  const silent = computed.subjectIds.filter((subjectId) => !reported.has(subjectId));
  await store.transaction(async (trx) => {
    await saveFindings(trx, 'sla-clock', computed.findings, runId);
    await deleteFindings(trx, 'sla-clock', silent, now);
    await saveComputed(trx, computed, sla);
  });
  return {
    tickets: tickets.length,
    findings: computed.findings.length,
    reason: 'refreshed',
    subjectIds: computed.subjectIds,
  };
}

function nothing(reason: 'nothing-passed' | 'no-run-yet'): SlaRefreshReport {
  return { tickets: 0, findings: 0, reason, subjectIds: [] };
}
