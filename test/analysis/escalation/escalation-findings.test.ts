import { describe, expect, it } from 'vitest';
import { buildEscalationFindings } from '../../../src/analysis/escalation/escalation-findings.ts';
import { nextStepRules, suggestNextStep } from '../../../src/analysis/escalation/next-step.ts';
import { impactRank, type OpenEscalation } from '../../../src/analysis/escalation/open-escalation.ts';
import { chartSpecSchema } from '../../../src/charts/chart-spec-schema.ts';

const now = new Date('2026-03-02T12:00Z');
let count = 0;
function anEscalation(overrides: Partial<OpenEscalation> = {}): OpenEscalation {
  count += 1;
  return {
    id: `ce-${count}`,
    ceNumber: `CE-${count}`,
    title: 'Cluster slow',
    accountId: 'acme',
    account: 'Acme Corp',
    ownerId: 'ada',
    owner: 'Ada',
    teamId: null,
    priority: 'normal',
    category: 'performance',
    status: 'investigating',
    impact: null,
    rootCause: 'compaction',
    actionPlan: '1. Add a node\n2. Rebalance',
    sentiment: null,
    sentimentScore: null,
    openedAt: new Date('2026-03-01T12:00Z'),
    hotShard: null,
    ...overrides,
  };
}

describe('open customer escalations', () => {
  it('come by priority, then impact, then age (S0-04)', () => {
    const findings = buildEscalationFindings(
      [
        anEscalation({ ceNumber: 'old', openedAt: new Date('2026-02-01T12:00Z') }),
        anEscalation({ ceNumber: 'slow', impact: 'Queries are slow' }),
        anEscalation({ ceNumber: 'down', impact: 'Production is down for all users' }),
        anEscalation({ ceNumber: 'urgent', priority: 'urgent' }),
        anEscalation({ ceNumber: 'none', priority: null }),
        anEscalation({ ceNumber: 'low', priority: 'low', impact: 'data loss' }),
      ],
      now,
      'UTC',
    );
    expect(findings.map((finding) => [finding.facts['ce_number'], finding.value])).toEqual([
      ['urgent', 4],
      ['down', 2],
      ['slow', 2],
      ['old', 2],
      ['none', 2],
      ['low', 1],
    ]);
  });
  it('carry exactly the facts that rules may compare', () => {
    const [finding] = buildEscalationFindings([anEscalation()], now, 'UTC');
    expect(Object.keys(finding!.facts)).toEqual([
      'ce_number',
      'account',
      'priority',
      'category',
      'status',
      'age_seconds',
      'sentiment',
      'impact',
      'root_cause',
      'next_step',
      'next_step_rule',
    ]);
    expect(finding).toMatchObject({ value: 2, facts: { age_seconds: 86_400 }, ownerId: 'ada' });
  });
  it('show the oldest in a picture that always holds the one in question', () => {
    const many = Array.from({ length: 30 }, (_, day) =>
      anEscalation({ openedAt: new Date(Date.UTC(2026, 0, 1 + day)) }),
    );
    for (const finding of buildEscalationFindings(many, now, 'Europe/Berlin')) {
      const chart = chartSpecSchema.parse(finding.chart);
      if (chart.kind !== 'horizontal-bar') throw new Error(chart.kind);
      const coloured = chart.bars.filter((bar) => bar.tone !== 'neutral');
      expect(chart.bars).toHaveLength(12);
      expect(coloured.map((bar) => bar.label)).toEqual([`${String(finding.facts['ce_number'])} Acme Corp`]);
      expect(chart.subtitle).toMatch(/12 of 30 open, .*as of 2 Mar 2026, 13:00 \(Europe\/Berlin\)$/);
    }
  });
  it('list the other escalations of the account as evidence, and nobody else', () => {
    const mine = [anEscalation({ priority: 'low' }), anEscalation({ priority: 'high' })];
    const findings = buildEscalationFindings(
      [...mine, anEscalation({ accountId: 'other' }), anEscalation({ accountId: null, account: null })],
      now,
      'UTC',
    );
    const low = findings.find((finding) => finding.facts['priority'] === 'low');
    expect(low?.evidence.rows.map((row) => row[0])).toEqual([mine[0]!.ceNumber, mine[1]!.ceNumber]);
    const unknown = findings.find((finding) => finding.accountId === null);
    expect(unknown?.evidence.rows).toHaveLength(1);
  });
});

describe('suggested next step (S0-10)', () => {
  const hour = 3_600;
  it.each<[string, Partial<OpenEscalation>, number, string]>([
    ['assign-an-owner', { ownerId: null, status: 'open', priority: 'urgent' }, 0, 'nobody is named'],
    ['confirm-and-resolve', { status: 'monitoring' }, 0, 'Ask Acme Corp to confirm'],
    ['start-investigating', { status: 'open', priority: 'high' }, 0, 'Start the investigation now (Ada)'],
    [
      'move-load-off-the-hot-shard',
      { hotShard: { cluster: 'c1', table: 'orders', shard: 'tablet 7', skewRatio: 4.2 } },
      0,
      'Split or move tablet 7 of orders: it carries 4.2 times the mean load.',
    ],
    ['find-the-root-cause', { rootCause: ' ', priority: 'urgent' }, 4 * hour, 'no root cause yet'],
    ['call-the-customer', { sentimentScore: -0.6 }, 0, 'Call Acme Corp'],
    ['write-an-action-plan', { actionPlan: null }, 0, 'Write the action plan'],
    ['follow-the-action-plan', {}, 0, 'Go on with the plan: Add a node'],
  ])('is %s', (rule, overrides, age, text) => {
    const step = suggestNextStep(anEscalation(overrides), age);
    expect(step.rule).toBe(rule);
    expect(step.text).toContain(text);
  });
  it('waits for a root cause as long as its priority allows', () => {
    const ruleAfter = (hours: number) =>
      suggestNextStep(anEscalation({ rootCause: null, priority: 'high' }), hours * hour).rule;
    expect(ruleAfter(23)).toBe('follow-the-action-plan');
    expect(ruleAfter(24)).toBe('find-the-root-cause');
  });
  it('has one name per rule', () => {
    expect(new Set(nextStepRules.map((rule) => rule.id)).size).toBe(nextStepRules.length);
  });
});

describe('impact', () => {
  it.each([
    ['Complete outage of the EU cluster', 4],
    ['Writes fail with timeouts', 3],
    ['Reporting is slow in the morning', 2],
    ['Dashboard colours are wrong', 1],
    ['', 0],
    [null, 0],
  ])('ranks %j as %i', (impact, rank) => {
    expect(impactRank(impact)).toBe(rank);
  });
});
