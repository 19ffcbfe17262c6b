import type { Alert, AlertState } from '../../domain/alert.ts';
import type { Severity } from '../../domain/priority.ts';

/** The part of an alert that the state machine reads and writes. */
export interface AlertCore {
  readonly state: AlertState;
  readonly severity: Severity;
  readonly pendingAt: Date;
  readonly firedAt: Date | null;
  readonly recoveringAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly resolveReason: string | null;
  /** Matches in a row while pending. */
  readonly hits: number;
  /** Clear evaluations in a row while recovering. */
  readonly misses: number;
  /** The analyser run that was counted last. */
  readonly runId: string;
  readonly raisedFrom: Severity | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly assignedTo: string | null;
  readonly silencedUntil: Date | null;
  readonly silencedBy: string | null;
  readonly version: number;
}

export function coreOf(alert: Alert): AlertCore {
  return {
    state: alert.state,
    severity: alert.severity,
    pendingAt: alert.pendingAt,
    firedAt: alert.firedAt,
    recoveringAt: alert.recoveringAt,
    resolvedAt: alert.resolvedAt,
    resolveReason: alert.resolveReason,
    hits: alert.snapshot.evaluation.hits,
    misses: alert.misses,
    runId: alert.snapshot.evaluation.runId,
    raisedFrom: alert.snapshot.raisedFrom,
    acknowledgedAt: alert.acknowledgedAt,
    acknowledgedBy: alert.acknowledgedBy,
    assignedTo: alert.assignedTo,
    silencedUntil: alert.silencedUntil,
    silencedBy: alert.silencedBy,
    version: alert.version,
  };
}

/** The alert with the state machine's part replaced. */
export function withCore(alert: Alert, core: AlertCore): Alert {
  const { hits, runId, raisedFrom, ...columns } = core;
  return {
    ...alert,
    ...columns,
    snapshot: { ...alert.snapshot, raisedFrom, evaluation: { runId, hits } },
  };
}
