import type { EvaluationContext, FindingHead } from '../../src/alerting/candidate.ts';
import { labelsOf } from '../../src/alerting/route/route.ts';
import { loadAlertCatalogue } from '../../src/catalogue/alert-rules.ts';
import type { Alert, AlertSnapshot } from '../../src/domain/alert.ts';
import { type AlertRoutes, type AlertRule, alertRuleSchema } from '../../src/domain/alert-rule.ts';
import type { Finding, FindingKind } from '../../src/domain/finding.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

export const noon = new Date('2026-03-10T12:00:00Z');

export function minutesAfter(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000);
}

const loaded = loadAlertCatalogue(packagePath('catalogue'));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
export const shipped: { readonly rules: readonly AlertRule[]; readonly routes: AlertRoutes } = loaded.value;

export function shippedRule(id: string): AlertRule {
  const rule = shipped.rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id} in the catalogue`);
  return rule;
}

/** A rule as it would be written; the condition is `value >= 10`. */
export function aRule(written: Readonly<Record<string, unknown>> = {}): AlertRule {
  return alertRuleSchema.parse({
    id: 'too-many',
    title: 'Too many',
    finding: 'volume-anomaly',
    when: { field: 'value', op: 'gte', value: 10 },
    severity: 'medium',
    ...written,
  });
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    kind: 'volume-anomaly',
    subject: { kind: 'series', id: 'tickets-opened', label: 'Tickets opened' },
    accountId: null,
    ownerId: null,
    teamId: null,
    value: 12,
    observedAt: noon,
    facts: { series: 'tickets-opened', segment: 'all', direction: 'above', observed: 80, expected: 30 },
    evidence: { caption: 'Tickets per hour', columns: ['Hour', 'Tickets'], rows: [['11:00', 80]] },
    chart: null,
    ...overrides,
  };
}

export function anAlert(overrides: Partial<Alert> = {}, finding: Finding = aFinding()): Alert {
  const rule = aRule();
  const snapshot: AlertSnapshot = {
    finding: finding.kind,
    fired: {
      observedAt: finding.observedAt.toISOString(),
      value: finding.value,
      facts: finding.facts,
      chart: finding.chart,
      evidence: {
        caption: finding.evidence.caption,
        columns: [...finding.evidence.columns],
        rows: finding.evidence.rows.map((row) => [...row]),
      },
    },
    latest: null,
    account: null,
    owner: null,
    rule: {
      title: rule.title,
      when: rule.when,
      clearWhen: rule.clearWhen,
      nextStep: rule.nextStep,
      buttons: [...rule.buttons],
      mentionOwner: rule.mentionOwner,
    },
    delivery: { conversations: ['#escalations'], held: null, messageOf: 'alert-1', isFlapping: false },
    evaluation: { runId: 'run-0', hits: 1 },
    raisedFrom: null,
  };
  return {
    id: stableId('alert', 'test'),
    ruleId: rule.id,
    fingerprint: 'f1',
    state: 'firing',
    severity: 'medium',
    subject: finding.subject,
    accountId: finding.accountId,
    ownerId: finding.ownerId,
    teamId: finding.teamId,
    labels: labelsOf(rule, finding, 'medium'),
    value: finding.value,
    snapshot,
    pendingAt: noon,
    firedAt: noon,
    recoveringAt: null,
    resolvedAt: null,
    resolveReason: null,
    lastSeenAt: noon,
    misses: 0,
    acknowledgedAt: null,
    acknowledgedBy: null,
    assignedTo: null,
    silencedUntil: null,
    silencedBy: null,
    version: 1,
    ...overrides,
  };
}

export function aContext(overrides: Partial<EvaluationContext> = {}): EvaluationContext {
  return {
    rule: aRule(),
    routes: shipped.routes,
    now: noon,
    runId: 'run-1',
    hasData: true,
    inhibitors: new Map(),
    recent: new Map(),
    ownerConversation: () => null,
    postAtMost: 20,
    ...overrides,
  };
}

/** `many` findings of one kind with values 100, 101, …, so that the last is the worst. */
export function manyFindings(many: number, kind: FindingKind = 'volume-anomaly'): readonly FindingHead[] {
  return Array.from({ length: many }, (_, index) =>
    aFinding({
      kind,
      subject: { kind: 'series', id: `series-${index}`, label: `Series ${String(index).padStart(4, '0')}` },
      value: 100 + index,
    }),
  );
}
