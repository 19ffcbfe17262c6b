import { labelsOf } from '../../src/alerting/route/route.ts';
import { severityOf } from '../../src/alerting/rules/evaluate-rule.ts';
import type { Alert, AlertSnapshot, SeenFinding } from '../../src/domain/alert.ts';
import type { ChartSpec } from '../../src/domain/chart-data.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { PersonName } from '../../src/messages/alert-view.ts';
import { minutesAfter, noon, shippedRule } from '../alerting/builders.ts';

/** People of the samples. */
export const ada = '018f0000-0000-8000-8000-00000000000a';
export const ben = '018f0000-0000-8000-8000-00000000000b';
export const people: ReadonlyMap<string, PersonName> = new Map([
  [ada, { name: 'Ada Okafor', chatUserId: 'U0ADA' }],
  [ben, { name: 'Ben Sato', chatUserId: null }],
]);
export const zone = 'Europe/Berlin';

const chart: ChartSpec = {
  kind: 'gauge',
  title: 'Target used',
  subtitle: 'as of Tue 10 Mar 13:00 CET',
  altText: 'A gauge at 82 percent of 100.',
  value: 0.82,
  minimum: 0,
  maximum: 1,
  bands: [{ upTo: 1, label: 'used', tone: 'warning' }],
  caption: '43 min left',
  format: { kind: 'percent' },
};

const evidence = {
  caption: 'What happened to the ticket',
  columns: ['At', 'What', 'Minutes counted'],
  rows: [
    ['Tue 10 Mar 09:00 CET', 'opened', 0],
    ['Tue 10 Mar 11:00 CET', 'waiting for customer', 120],
    ['Tue 10 Mar 11:30 CET', 'customer answered', null],
  ],
};

const account = { name: 'Northwind Traders', arr: 240_000, currency: 'USD', tier: 'Gold' };

const slaFacts = {
  metric: 'first_response',
  state: 'running',
  priority: 'high',
  policy: 'Standard',
  target_seconds: 14_400,
  used_seconds: 11_820,
  remaining_seconds: 2_580,
  due_at: '2026-03-10T12:43:00.000Z',
  number: '1042',
  subject: 'Cluster unreachable after upgrade',
  account: 'Northwind Traders',
  assignee: 'Ada Okafor',
  category: 'Connectivity',
};
const ticket = {
  kind: 'ticket',
  id: 't1042/first_response',
  label: '#1042 Cluster unreachable after upgrade',
} as const;

function finding(
  overrides: Partial<Finding> & Pick<Finding, 'kind' | 'subject' | 'value' | 'facts'>,
): Finding {
  return {
    accountId: 'a1',
    ownerId: ada,
    teamId: null,
    observedAt: noon,
    evidence,
    chart,
    ...overrides,
  };
}

/** One finding per rule, with every fact that the analyser gives. */
export const sampleFindings: Readonly<Record<string, Finding>> = {
  'sla-at-risk': finding({ kind: 'sla-clock', subject: ticket, value: 0.82, facts: slaFacts }),
  'sla-breached': finding({
    kind: 'sla-clock',
    subject: ticket,
    value: 1.54,
    facts: {
      ...slaFacts,
      state: 'breached',
      assignee: null,
      used_seconds: 22_200,
      remaining_seconds: -7_800,
      due_at: '2026-03-09T16:50:00.000Z',
    },
  }),
  'customer-escalation-new-or-worsened': finding({
    kind: 'customer-escalation',
    subject: { kind: 'customer_escalation', id: 'ce1', label: 'CE-217 Writes time out on the orders table' },
    value: 4,
    facts: {
      ce_number: 'CE-217',
      account: 'Northwind Traders',
      priority: 'urgent',
      category: 'Performance',
      status: 'investigating',
      age_seconds: 273_600,
      sentiment: 'frustrated',
      impact:
        'Checkout fails for one customer in five during the evening peak; they estimate 40,000 USD a day.',
      root_cause: null,
      next_step: 'Bring in engineering: no root cause yet for urgent priority.',
      next_step_rule: 'find-the-root-cause',
    },
  }),
  'health-below-band': finding({
    kind: 'account-health',
    subject: { kind: 'account', id: 'a1', label: 'Northwind Traders' },
    value: 41.6,
    facts: {
      profile: 'cs4',
      band: 'critical',
      previous_score: 47.2,
      change_7d: -5.6,
      coverage: 0.8,
      account: 'Northwind Traders',
      arr: 240_000,
      currency: 'USD',
      top_driver: 'engagement (7 logins where 30 are usual)',
      component_usage: 58,
      component_engagement: 22.4,
      component_satisfaction: 40,
    },
  }),
  'health-fell': finding({
    kind: 'account-health',
    subject: { kind: 'account', id: 'a1', label: 'Northwind Traders' },
    value: 62.4,
    facts: {
      profile: 'cs4',
      band: 'warning',
      previous_score: 79.1,
      change_7d: -16.7,
      coverage: 1,
      account: 'Northwind Traders',
      arr: 240_000,
      currency: 'USD',
      top_driver: 'satisfaction (mean score 2.1 of 5)',
      component_usage: 78,
      component_satisfaction: 31,
    },
  }),
  'ticket-volume-anomaly': finding({
    kind: 'volume-anomaly',
    subject: { kind: 'series', id: 'tickets-opened', label: 'Tickets opened per hour, all tickets' },
    accountId: null,
    ownerId: null,
    value: 6.84,
    facts: {
      series: 'tickets-opened',
      segment: 'all tickets',
      bucket_start: '2026-03-10T11:00:00.000Z',
      grain: 'hour',
      observed: 81,
      expected: 29.6,
      lower: 17.2,
      upper: 42.1,
      direction: 'above',
    },
  }),
  'metric-anomaly': finding({
    kind: 'metric-anomaly',
    subject: {
      kind: 'series',
      id: 'messages_failed',
      label: 'Failed share of outgoing messages per hour, all messages',
    },
    accountId: null,
    ownerId: null,
    value: 9.1,
    facts: {
      series: 'messages_failed',
      metric: 'Failed share of outgoing messages',
      segment: 'all messages',
      bucket_start: '2026-03-10T11:00:00.000Z',
      grain: 'hour',
      observed: 0.124,
      observed_text: '12.4%',
      expected: 0.02,
      lower: 0,
      upper: 0.061,
      direction: 'above',
      band: 'usual for Tuesday 12:00: 0%-6.1%',
      pattern: 'single',
      standing_out: 'channel sms 30.2% (usual 0%-8%)',
    },
  }),
  'share-outlier': finding({
    kind: 'share-outlier',
    subject: { kind: 'account', id: 'a1/negative_tickets', label: 'Northwind Traders' },
    value: 0.6429,
    facts: {
      measure: 'negative_tickets',
      account: 'Northwind Traders',
      cases: 14,
      hits: 9,
      lower_bound: 0.3876,
      portfolio_share: 0.152,
      times: 4.2,
      p_value: 0.000_01,
      q_value: 0.001,
      sentence:
        '9 of the 14 tickets of Northwind Traders in the last 90 days are negative (64.3%, surely above 38.8%); over all accounts it is 15.2%.',
    },
  }),
  'deal-slipped': finding({
    kind: 'deal-slipped',
    subject: { kind: 'opportunity', id: 'o1', label: 'Northwind renewal 2026' },
    value: 44,
    facts: {
      name: 'Northwind renewal 2026',
      account: 'Northwind Traders',
      owner: 'Ada Okafor',
      amount: 120_000,
      currency: 'USD',
      stage: 'Negotiation',
      close_date: '2026-04-30',
      previous_close_date: '2026-03-17',
      days_slipped: 44,
      is_overdue: false,
    },
  }),
};

/** The alert that a sample finding gives, firing. */
export function sampleAlert(ruleId: string, overrides: Partial<Alert> = {}): Alert {
  const rule = shippedRule(ruleId);
  const found = sampleFindings[ruleId];
  if (found === undefined) throw new Error(`no sample finding for ${ruleId}`);
  const severity = overrides.severity ?? severityOf(rule, found);
  const snapshot: AlertSnapshot = {
    finding: found.kind,
    fired: {
      observedAt: found.observedAt.toISOString(),
      value: found.value,
      facts: { ...found.facts },
      chart: found.chart,
      evidence: {
        ...found.evidence,
        columns: [...found.evidence.columns],
        rows: found.evidence.rows.map((row) => [...row]),
      },
    },
    latest: null,
    account: found.accountId === null ? null : account,
    owner: found.ownerId === null ? null : { name: 'Ada Okafor', chatUserId: 'U0ADA' },
    rule: {
      title: rule.title,
      when: rule.when,
      clearWhen: rule.clearWhen,
      nextStep: rule.nextStep,
      buttons: [...rule.buttons],
      mentionOwner: rule.mentionOwner,
    },
    delivery: { conversations: ['#escalations'], held: null, messageOf: 'self', isFlapping: false },
    evaluation: { runId: 'run-1', hits: 1 },
    raisedFrom: null,
  };
  return {
    id: '018f0000-0000-8000-8000-0000000000a1',
    ruleId,
    fingerprint: 'f',
    state: 'firing',
    severity,
    subject: found.subject,
    accountId: found.accountId,
    ownerId: found.ownerId,
    teamId: null,
    labels: labelsOf(rule, found, severity),
    value: found.value,
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

/** What the findings say when their condition is clear. */
const clearedFindings: Readonly<Record<string, { readonly value: number; readonly facts: object }>> = {
  'sla-at-risk': { value: 0.41, facts: { target_seconds: 28_800, remaining_seconds: 16_980 } },
  'sla-breached': {
    value: 0.77,
    facts: { state: 'running', target_seconds: 28_800, remaining_seconds: 6_600 },
  },
  'customer-escalation-new-or-worsened': {
    value: 4,
    facts: { status: 'resolved', root_cause: 'One shard took 60 % of the writes after the index was added.' },
  },
  'health-below-band': { value: 57.2, facts: { band: 'warning', change_7d: 15.6, previous_score: 41.6 } },
  'health-fell': { value: 74.9, facts: { band: 'good', change_7d: -4.2 } },
  'ticket-volume-anomaly': { value: 0.4, facts: { observed: 31, bucket_start: '2026-03-11T13:00:00.000Z' } },
  'metric-anomaly': { value: 0.3, facts: { observed: 0.021, observed_text: '2.1%' } },
  'share-outlier': { value: 0.2, facts: { times: 1.3 } },
  'deal-slipped': {
    value: 0,
    facts: { close_date: '2026-03-17', previous_close_date: null, days_slipped: 0 },
  },
};

function seenLater(alert: Alert): SeenFinding | null {
  const later = clearedFindings[alert.ruleId];
  const { fired } = alert.snapshot;
  if (later === undefined) return null;
  return {
    observedAt: minutesAfter(noon, 60 * 26).toISOString(),
    value: later.value,
    facts: { ...fired.facts, ...later.facts },
    chart: fired.chart,
  };
}

/** What can be seen of an alert in its life. */
export const sampleStates: Readonly<Record<string, (alert: Alert) => Alert>> = {
  firing: (alert) => alert,
  acknowledged: (alert) => ({
    ...alert,
    acknowledgedAt: minutesAfter(noon, 5),
    acknowledgedBy: ada,
    version: 2,
  }),
  'assigned and snoozed': (alert) => ({
    ...alert,
    acknowledgedAt: minutesAfter(noon, 5),
    acknowledgedBy: ben,
    assignedTo: ben,
    silencedUntil: new Date('2026-03-11T08:00:00Z'),
    silencedBy: ben,
    version: 3,
  }),
  'severity raised': (alert) => ({
    ...alert,
    severity: 'critical',
    snapshot: { ...alert.snapshot, raisedFrom: 'medium' },
    version: 3,
  }),
  'recovering and flapping': (alert) => ({
    ...alert,
    state: 'recovering',
    recoveringAt: minutesAfter(noon, 20),
    snapshot: { ...alert.snapshot, delivery: { ...alert.snapshot.delivery, isFlapping: true } },
    version: 2,
  }),
  'resolved, the subject has left': (alert) => ({
    ...alert,
    state: 'resolved',
    acknowledgedAt: minutesAfter(noon, 5),
    acknowledgedBy: ada,
    resolvedAt: minutesAfter(noon, 125),
    resolveReason: 'subject-left',
    version: 4,
  }),
  'resolved, the condition cleared': (alert) => ({
    ...alert,
    state: 'resolved',
    resolvedAt: minutesAfter(noon, 60 * 26),
    resolveReason: 'condition-cleared',
    snapshot: { ...alert.snapshot, latest: seenLater(alert) },
    version: 4,
  }),
  superseded: (alert) => ({
    ...alert,
    state: 'resolved',
    resolvedAt: minutesAfter(noon, 40),
    resolveReason: 'superseded-by-sla-breached',
    version: 2,
  }),
  expired: (alert) => ({
    ...alert,
    state: 'resolved',
    resolvedAt: minutesAfter(noon, 60 * 24 * 7),
    resolveReason: 'expired',
    version: 2,
  }),
};
