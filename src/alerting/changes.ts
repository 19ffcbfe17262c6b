import type { Alert, AlertEvent, AlertSnapshot, SeenFinding } from '../domain/alert.ts';
import type { AlertRule } from '../domain/alert-rule.ts';
import type { ChartSpec } from '../domain/chart-data.ts';
import type { Candidate, FindingHead } from './candidate.ts';
import { type AlertCore, coreOf, withCore } from './state/alert-core.ts';
import type { Notify } from './state/decision.ts';

/** What a candidate changes in the store, and what people notice of it. */
export type AlertChange =
  | {
      readonly kind: 'insert' | 'update';
      readonly alert: Alert;
      readonly events: readonly AlertEvent[];
      readonly notify: Notify;
      readonly reason: string;
    }
  /** Seen again; nothing that people see changes. */
  | { readonly kind: 'touch'; readonly id: string; readonly value: number; readonly runId: string }
  | { readonly kind: 'none' };

/** What is known beside the candidates when alerts are written. */
export interface ChangeContext {
  readonly now: Date;
  /** Null for alerts whose rule is gone. */
  readonly rule: AlertRule | null;
  readonly newAlertId: () => string;
  readonly detail: (finding: FindingHead) => {
    readonly evidence: AlertSnapshot['fired']['evidence'];
    readonly chart: ChartSpec | null;
  };
  readonly account: (id: string | null) => AlertSnapshot['account'];
  readonly owner: (id: string | null) => AlertSnapshot['owner'];
}

/** Whether the evidence and picture of the candidate's finding will be stored. */
export function needsDetail(candidate: Candidate): boolean {
  return candidate.finding !== null && transitionsOf(candidate).length > 0;
}

export function changeOf(candidate: Candidate, context: ChangeContext): AlertChange {
  const { core, current, finding } = candidate;
  if (core === null) return { kind: 'none' };
  const hasTransition = transitionsOf(candidate).length > 0;
  if (current === null) {
    if (finding === null || context.rule === null) return { kind: 'none' };
    return written(
      'insert',
      createAlert(candidate, core, finding, context.rule, context),
      candidate,
      context,
    );
  }
  const before = coreOf(current);
  if (!hasTransition && !differsBeyondRun(before, core)) {
    if (finding === null || core.runId === before.runId) return { kind: 'none' };
    return { kind: 'touch', id: current.id, value: finding.value, runId: core.runId };
  }
  return written('update', updateAlert(candidate, core, current, context), candidate, context);
}

function transitionsOf({ decisions }: Candidate) {
  return decisions.flatMap(({ transition, reason }) => (transition === null ? [] : [{ transition, reason }]));
}

function written(
  kind: 'insert' | 'update',
  alert: Alert,
  candidate: Candidate,
  { now }: ChangeContext,
): AlertChange {
  const events = transitionsOf(candidate).flatMap(({ transition, reason }): readonly AlertEvent[] =>
    transition === 'refreshed' ? [] : [eventOf(alert, { at: now, kind: transition, actorId: null, reason })],
  );
  const reason = candidate.decisions.at(-1)?.reason ?? 'unchanged';
  return { kind, alert, events, notify: candidate.notify, reason };
}

/** A line of history; the detail keeps what the alert was then. */
export function eventOf(alert: Alert, event: Omit<AlertEvent, 'detail'>): AlertEvent {
  return { ...event, detail: { severity: alert.severity, value: alert.value, version: alert.version } };
}

function differsBeyondRun(before: AlertCore, after: AlertCore): boolean {
  return JSON.stringify({ ...before, runId: '' }) !== JSON.stringify({ ...after, runId: '' });
}

function createAlert(
  candidate: Candidate,
  core: AlertCore,
  finding: FindingHead,
  rule: AlertRule,
  context: ChangeContext,
): Alert {
  const id = context.newAlertId();
  const { hits, runId, raisedFrom, ...columns } = core;
  const snapshot: AlertSnapshot = {
    finding: finding.kind,
    fired: { ...seenOf(finding, context), evidence: context.detail(finding).evidence },
    latest: null,
    account: context.account(finding.accountId),
    owner: context.owner(finding.ownerId),
    rule: {
      title: rule.title,
      when: rule.when,
      clearWhen: rule.clearWhen,
      nextStep: rule.nextStep,
      buttons: [...rule.buttons],
      mentionOwner: rule.mentionOwner,
    },
    delivery: deliveryOf(candidate, candidate.messageOf ?? id),
    evaluation: { runId, hits },
    raisedFrom,
  };
  return {
    id,
    ruleId: rule.id,
    fingerprint: candidate.fingerprint,
    subject: finding.subject,
    accountId: finding.accountId,
    ownerId: finding.ownerId,
    teamId: finding.teamId,
    labels: candidate.labels,
    value: finding.value,
    snapshot,
    lastSeenAt: context.now,
    ...columns,
  };
}

function updateAlert(candidate: Candidate, core: AlertCore, current: Alert, context: ChangeContext): Alert {
  const { finding, observation } = candidate;
  const next = withCore(current, core);
  const isQuiet = transitionsOf(candidate).length === 0 && current.state !== 'pending';
  if (isQuiet) return next;
  const delivery = deliveryOf(candidate, candidate.messageOf ?? current.snapshot.delivery.messageOf);
  const holds = observation.kind === 'matched' || observation.kind === 'undecided';
  const base: Alert = {
    ...next,
    labels: candidate.labels,
    lastSeenAt: holds ? context.now : current.lastSeenAt,
    snapshot: { ...next.snapshot, delivery },
  };
  if (finding === null) return base;
  return {
    ...base,
    value: finding.value,
    ownerId: finding.ownerId,
    subject: finding.subject,
    snapshot: {
      ...base.snapshot,
      ...seenParts(current, finding, context),
      owner: context.owner(finding.ownerId),
    },
  };
}

/** While pending the newest match stands for the one that will fire; afterwards the firing is kept beside the newest. */
function seenParts(
  current: Alert,
  finding: FindingHead,
  context: ChangeContext,
): Pick<AlertSnapshot, 'fired' | 'latest'> {
  const seen = seenOf(finding, context);
  return current.state === 'pending'
    ? { fired: { ...seen, evidence: context.detail(finding).evidence }, latest: null }
    : { fired: current.snapshot.fired, latest: seen };
}

function seenOf(finding: FindingHead, context: ChangeContext): SeenFinding {
  return {
    observedAt: finding.observedAt.toISOString(),
    value: finding.value,
    facts: finding.facts,
    chart: context.detail(finding).chart,
  };
}

function deliveryOf(candidate: Candidate, messageOf: string): AlertSnapshot['delivery'] {
  return {
    conversations: [...candidate.conversations],
    held: candidate.held,
    messageOf,
    isFlapping: candidate.isFlapping,
  };
}
