import { describe, expect, it } from 'vitest';
import type { Candidate, EvaluationContext } from '../../src/alerting/candidate.ts';
import { fingerprintOf } from '../../src/alerting/fingerprint.ts';
import { inhibitorsFirst } from '../../src/alerting/inhibit/order-rules.ts';
import { alertPipeline, evaluateAlertRule } from '../../src/alerting/pipeline.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { Finding } from '../../src/domain/finding.ts';
import {
  aContext,
  aFinding,
  anAlert,
  aRule,
  manyFindings,
  minutesAfter,
  noon,
  shipped,
  shippedRule,
} from './builders.ts';

const keyOf = (finding: Finding, context = aContext()) =>
  fingerprintOf(context.rule.id, context.rule.fingerprint, finding);

/** The open alert of a finding as the rule of the context would have it. */
function alertOf(finding: Finding, overrides: Partial<Alert> = {}): Alert {
  return anAlert({ fingerprint: keyOf(finding), ...overrides }, finding);
}

function only(candidates: readonly Candidate[]): Candidate {
  expect(candidates).toHaveLength(1);
  return candidates[0]!;
}

const evaluate = (
  findings: readonly Finding[],
  open: readonly Alert[],
  context: Partial<EvaluationContext> = {},
) => only(evaluateAlertRule(findings, open, aContext(context)));

const reasons = (candidate: Candidate) => candidate.decisions.map(({ reason }) => reason);

describe('alert pipeline', () => {
  it('is this list', () => {
    expect(alertPipeline.map(({ name }) => name)).toEqual([
      'inhibit',
      'step',
      'silence',
      'calm-flapping',
      'route',
      'hold-burst',
    ]);
  });

  it('posts a new match to its route with its labels', () => {
    expect(evaluate([aFinding()], [])).toMatchObject({
      notify: 'post',
      conversations: ['#escalations'],
      labels: { rule: 'too-many', finding: 'volume-anomaly', severity: 'medium' },
      core: { state: 'firing', version: 1 },
    });
  });

  it('keeps one alert while the value moves', () => {
    const before = alertOf(aFinding({ value: 12 }));
    const after = evaluate([aFinding({ value: 99 })], [before]);
    expect(after).toMatchObject({ current: before, notify: 'none' });
    expect(reasons(after)).toEqual(['still-firing']);
  });

  it('resolves what the analyser no longer reports, but not when it has not looked', () => {
    const open = [alertOf(aFinding())];
    expect(reasons(evaluate([], open))).toEqual(['subject-left']);
    expect(reasons(evaluate([], open, { hasData: false }))).toEqual(['no-data-keeps-last-state']);
  });

  it('lets the worst of several findings with one fingerprint speak', () => {
    const rule = aRule({ fingerprint: ['segment'], severity: severityByValue });
    const findings = [11, 95, 3].map((value, index) =>
      aFinding({ value, subject: { kind: 'series', id: `s${index}`, label: `s${index}` } }),
    );
    expect(evaluate(findings, [], { rule })).toMatchObject({
      finding: { value: 95 },
      core: { severity: 'critical' },
    });
  });

  it('edits in place only while snoozed, even when it becomes worse', () => {
    const snoozed = alertOf(aFinding(), { silencedUntil: minutesAfter(noon, 30), severity: 'medium' });
    const rule = aRule({ severity: severityByValue });
    expect(evaluate([aFinding({ value: 95 })], [snoozed], { rule })).toMatchObject({
      notify: 'edit',
      core: { severity: 'critical' },
    });
  });

  it('says in the thread that a snooze is over, unless somebody has it', () => {
    const snoozed = alertOf(aFinding(), { silencedUntil: noon, silencedBy: 'ada' });
    const over = evaluate([aFinding()], [snoozed]);
    expect(over).toMatchObject({ notify: 'edit-and-reply', core: { silencedUntil: null, version: 2 } });
    expect(reasons(over)).toEqual(['still-firing', 'snooze-elapsed']);
    const taken = alertOf(aFinding(), { silencedUntil: noon, acknowledgedAt: noon, acknowledgedBy: 'ada' });
    expect(evaluate([aFinding()], [taken])).toMatchObject({ notify: 'edit' });
  });

  it('writes to the earlier message instead of posting when it flaps', () => {
    const finding = aFinding();
    const message = { alertId: 'alert-0', conversations: ['#elsewhere'] };
    const recent = (changes: number) => new Map([[keyOf(finding), { changes, message }]]);
    expect(evaluate([finding], [], { recent: recent(3) })).toMatchObject({
      notify: 'post',
      isFlapping: false,
    });
    expect(evaluate([finding], [], { recent: recent(4) })).toMatchObject({
      notify: 'edit',
      isFlapping: true,
      messageOf: 'alert-0',
      conversations: ['#elsewhere'],
      labels: { rule: 'too-many' },
    });
  });

  it('posts an alert that was held back as soon as it becomes worse', () => {
    const quiet = alertOf(aFinding(), { severity: 'medium' });
    const snapshot = { ...quiet.snapshot, delivery: { ...quiet.snapshot.delivery, held: 'burst' } };
    const held = { ...quiet, snapshot };
    const rule = aRule({ severity: severityByValue });
    expect(evaluate([aFinding({ value: 95 })], [held], { rule })).toMatchObject({
      notify: 'post',
      held: null,
    });
    expect(evaluate([], [held], { rule })).toMatchObject({ notify: 'none', core: { state: 'resolved' } });
  });
});

const severityByValue = {
  steps: [{ when: { field: 'value', op: 'gte', value: 90 }, severity: 'critical' }],
  otherwise: 'medium',
};

describe('bursts', () => {
  it('posts the worst twenty of fifty-seven and holds the others back', () => {
    const candidates = evaluateAlertRule(manyFindings(57), [], aContext());
    const posted = candidates.filter(({ notify }) => notify === 'post');
    const held = candidates.filter((candidate) => candidate.held === 'burst');
    expect(posted.map(({ finding }) => finding!.value).sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => 137 + index),
    );
    expect(held).toHaveLength(37);
    for (const { core, conversations } of held) {
      expect(core?.state).toBe('firing');
      expect(conversations).toEqual(['#escalations']);
    }
  });

  it('does not hold back what only changes in place', () => {
    const open = manyFindings(57).map((finding) => alertOf(finding as Finding));
    const candidates = evaluateAlertRule([], open, aContext());
    expect(candidates.every(({ notify }) => notify === 'edit')).toBe(true);
  });
});

describe('inhibition', () => {
  const subject = { kind: 'ticket', id: 't1/resolution', label: '#1 Down' } as const;
  const clock = (facts: Record<string, string | number>, value: number): Finding =>
    aFinding({ kind: 'sla-clock', subject, value, facts: { metric: 'resolution', ...facts } });

  it('keeps at risk quiet about a target that is missed already (S1-07)', () => {
    const rule = shippedRule('sla-at-risk');
    const inhibitors = new Map([['ticket/t1/resolution', 'sla-breached']]);
    const finding = clock({ state: 'running' }, 0.95);
    expect(reasons(evaluate([finding], [], { rule }))).toEqual(['condition-met']);
    expect(reasons(evaluate([finding], [], { rule, inhibitors }))).toEqual(['inhibited-by-sla-breached']);
    const open = anAlert(
      { ruleId: rule.id, fingerprint: fingerprintOf(rule.id, ['subject'], finding) },
      finding,
    );
    expect(evaluate([finding], [open], { rule, inhibitors })).toMatchObject({
      notify: 'edit',
      core: { state: 'resolved', resolveReason: 'superseded-by-sla-breached' },
    });
  });

  it('evaluates rules after those that inhibit them', () => {
    const order = inhibitorsFirst(shipped.rules).map(({ id }) => id);
    expect(order.indexOf('sla-breached')).toBeLessThan(order.indexOf('sla-at-risk'));
    expect(order.indexOf('health-below-band')).toBeLessThan(order.indexOf('health-fell'));
    expect(new Set(order).size).toBe(shipped.rules.length);
  });
});

describe('the shipped rules', () => {
  const fires = (ruleId: string, finding: Partial<Finding>) => {
    const rule = shippedRule(ruleId);
    const [candidate] = evaluateAlertRule(
      [aFinding({ kind: rule.finding, ...finding })],
      [],
      aContext({ rule }),
    );
    return candidate?.core ? `${candidate.core.severity} ${candidate.conversations.join(' ')}` : null;
  };

  it.each([
    ['running', 0.74, null],
    ['running', 0.75, 'medium #escalations'],
    ['running', 0.9, 'high #escalations'],
    ['paused', 0.9, null],
    ['breached', 1.2, null],
  ])('sla-at-risk: a %s clock with %d of its target used gives %s', (state, value, expected) => {
    expect(fires('sla-at-risk', { value, facts: { state, priority: 'high' } })).toBe(expected);
  });

  it.each([
    ['2026-03-10T11:00:00.000Z', 'urgent', 'critical #escalations'],
    ['2026-03-09T12:00:00.000Z', 'low', 'high #escalations'],
    ['2026-03-09T11:59:59.000Z', 'urgent', null],
  ])('sla-breached: due at %s with priority %s gives %s', (due, priority, expected) => {
    const facts = { state: 'breached', due_at: due, priority };
    expect(fires('sla-breached', { value: 1.1, facts })).toBe(expected);
  });

  it('sla-breached goes on after a day until the clock has stopped', () => {
    const rule = shippedRule('sla-breached');
    const clock = (due: string, state: string) =>
      aFinding({ kind: 'sla-clock', value: 1.5, facts: { state, due_at: due, priority: 'high' } });
    const old = clock('2026-03-01T00:00:00.000Z', 'breached');
    const open = anAlert({ ruleId: rule.id, fingerprint: fingerprintOf(rule.id, ['subject'], old) }, old);
    expect(reasons(evaluate([old], [open], { rule }))).toEqual(['hysteresis-holds']);
    expect(reasons(evaluate([], [open], { rule }))).toEqual(['subject-left']);
  });

  it.each([
    [49.9, 'high #escalations'],
    [50, null],
    [24.9, 'critical #escalations'],
    [25, 'high #escalations'],
  ])('health-below-band: a score of %d gives %s (S4-08, S4-09)', (value, expected) => {
    expect(fires('health-below-band', { value, facts: { band: 'critical' } })).toBe(expected);
  });

  it.each([
    [-9.9, null],
    [-10, 'medium #escalations'],
    [-25, 'high #escalations'],
  ])('health-fell: a change of %d in 7 days gives %s (S4-15)', (change, expected) => {
    expect(fires('health-fell', { value: 70, facts: { change_7d: change } })).toBe(expected);
  });

  it.each([
    [4, 'urgent', 8_000_000, 'critical #escalations'],
    [3, 'high', 8_000_000, 'high #escalations'],
    [2, 'normal', 8_000_000, null],
    [2, 'normal', 3600, 'medium #escalations'],
    [1, 'low', 3600, 'low #escalations'],
  ])('customer escalation of rank %d, %s, %d s old gives %s (S0-12)', (value, priority, age, expected) => {
    const facts = { status: 'open', priority, age_seconds: age };
    expect(fires('customer-escalation-new-or-worsened', { value, facts })).toBe(expected);
  });

  it.each([
    [24_999, 5, null],
    [25_000, 0, null],
    [25_000, 1, 'medium #sales-pipeline'],
    [25_000, 30, 'high #sales-pipeline'],
    [100_000, 1, 'high #sales-pipeline'],
  ])('deal-slipped: %d, %d days late gives %s', (amount, days, expected) => {
    expect(fires('deal-slipped', { value: days, facts: { amount, days_slipped: days } })).toBe(expected);
  });

  it.each([
    [3.4, null],
    [3.5, 'medium #escalations'],
    [-4, 'medium #escalations'],
    [6, 'high #escalations'],
  ])('ticket-volume-anomaly: a z-score of %d gives %s', (value, expected) => {
    expect(fires('ticket-volume-anomaly', { value })).toBe(expected);
  });
});
