import { describe, expect, it } from 'vitest';
import type { QueryPlan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const { planned, query } = planning(
  new Map([
    ['tier', ['starter', 'enterprise']],
    ['region', ['EMEA', 'Americas']],
  ]),
  { now: new Date('2026-11-20T14:00:00Z') },
);

const rowsOf = (plan: QueryPlan): string => (plan.kind === 'list' ? plan.entity : plan.metrics.join('+'));
const related = (list: QueryPlan['related'] = []): readonly string[] =>
  list.map(({ has, entity }) => `${has} ${entity}`);

describe('records by two dates of theirs', () => {
  it.each([
    [
      'tickets opened in October and solved in November',
      'ticket',
      'ticket_solved_at between 2026-11-01 2026-11-30',
    ],
    [
      'how many tickets were opened in October and solved in November',
      'tickets_opened',
      'ticket_solved_at between 2026-11-01 2026-11-30',
    ],
    [
      'tickets opened in October and solved in November by team',
      'tickets_opened',
      'ticket_solved_at between 2026-11-01 2026-11-30',
    ],
    [
      'which of my deals were created this quarter and close this month',
      'opportunity',
      'close_date between 2026-11-01 2026-11-30',
    ],
    [
      'how many deals created last quarter were won this quarter',
      'deals_created',
      'close_date between 2026-10-01 2026-11-20',
    ],
    [
      'conversations opened last week and resolved this week',
      'conversation',
      'conversation_resolved_at between 2026-11-16 2026-11-20',
    ],
    [
      'escalations opened in September and resolved in October',
      'customer_escalation',
      'escalation_resolved_at between 2026-10-01 2026-10-31',
    ],
    [
      'tickets solved this week that were opened before November',
      'ticket',
      'ticket_opened_at lte 2026-10-31',
    ],
  ])('%s', (question, rows, condition) => {
    const plan = query(question);
    expect([rowsOf(plan), filterWords(plan.where).at(-1)]).toEqual([rows, condition]);
    expect(plan.time).not.toBeNull();
  });

  it('reads two months of one date as one range', () => {
    expect(query('tickets opened in October and November').time).toEqual({
      kind: 'between',
      from: '2026-10-01',
      to: '2026-11-30',
    });
  });
});

describe('rows with several other records', () => {
  it.each([
    [
      'how many accounts have both an open incident and an open escalation',
      'accounts',
      ['some incident', 'some customer_escalation'],
    ],
    [
      'accounts that have both a stale deal and an urgent ticket',
      'account',
      ['some deal_signal', 'some ticket'],
    ],
    [
      'which of my customers opened urgent tickets this week and also have an open deal',
      'account',
      ['some ticket', 'some opportunity'],
    ],
    ['accounts by region with open escalations', 'accounts', ['some customer_escalation']],
    [
      'which team accounts are in the critical band and renew within 90 days',
      'health_score',
      ['some subscription'],
    ],
    ['renewals in the next 90 days with churn probability above 50%', 'subscription', ['some churn_score']],
  ])('%s', (question, rows, expected) => {
    const plan = query(question);
    expect([rowsOf(plan), related(plan.related)]).toEqual([rows, expected]);
  });

  it('takes two properties of the same records as both', () => {
    const plan = query('tickets that are open and escalated');
    expect(rowsOf(plan)).toBe('ticket');
    expect(filterWords(plan.where)).toContain('ticket_escalated eq true');
    expect(filterWords(plan.where).join()).toContain('ticket_status in');
    expect(rowsOf(query('how many deals are open and stale'))).toBe('stale_open_deals');
    // Of two states each is counted by itself.
    expect(rowsOf(query('how many tickets are open and closed'))).toBe('open_tickets+tickets_solved');
  });

  it('does not take either of two for both', () => {
    const plan = planned('tickets from Umbra Security and from customers at risk');
    expect(plan.kind === 'metric' || plan.kind === 'list' ? plan.related : undefined).toBeUndefined();
  });

  it.each([['oldest untouched ticket'], ['untouched tickets']])(
    '%s is one without a first reply',
    (question) => {
      expect(filterWords(query(question).where)).toContain('ticket_first_replied_at is_null');
    },
  );
});

describe('quotas and shares', () => {
  it.each([
    ['which reps are below target', 'lt'],
    ['who is under quota', 'lt'],
    ['any reps behind their quota?', 'lt'],
    ['reps above quota', 'gt'],
  ])('%s', (question, op) => {
    const plan = planned(question);
    expect(plan).toMatchObject({
      metrics: ['quota_attainment'],
      groupBy: [{ dimension: 'owner' }],
      having: [{ metric: 'quota_attainment', op, value: 1 }],
    });
  });

  it.each([
    [
      'what percentage of our escalated tickets this quarter breached the resolution SLA',
      'tickets_escalated',
    ],
    ['what percentage of our tickets this quarter breached the resolution SLA', 'tickets_opened'],
    ['what share of tickets this month missed their SLA', 'tickets_opened'],
  ])('%s', (question, metric) => {
    const plan = query(question);
    expect(plan).toMatchObject({ metrics: [metric] });
    expect(related(plan.kind === 'metric' ? plan.part?.related : [])).toEqual(['some sla_clock']);
  });

  it('takes of a pipeline what has a partner', () => {
    expect(planned('how much of my pipeline comes from partners')).toMatchObject({
      metrics: ['partner_open_amount'],
      subject: 'me',
    });
  });

  it('counts conversions where their rate is not asked for', () => {
    expect(planned('conversions by campaign')).toMatchObject({ metrics: ['campaign_conversions'] });
    expect(planned('conversion rate by campaign')).toMatchObject({ metrics: ['campaign_conversion_rate'] });
  });
});

describe('several figures of the same groups', () => {
  it.each([
    [
      'team table for this month: solved, reopened, median first reply per engineer',
      ['tickets_solved', 'tickets_reopened', 'first_response_time_median'],
    ],
    [
      'tickets solved, tickets reopened and median first reply time by engineer this month',
      ['tickets_solved', 'tickets_reopened', 'first_response_time_median'],
    ],
    [
      'tickets opened, solved and reopened by team this month',
      ['tickets_opened', 'tickets_solved', 'tickets_reopened'],
    ],
    ['won amount, win rate and open pipeline per rep', ['won_amount', 'win_rate', 'pipeline_amount']],
    [
      'overview for last month: tickets opened, tickets solved and CSAT by team',
      ['tickets_opened', 'tickets_solved', 'csat_average'],
    ],
    [
      'closed CEs from last quarter grouped by root cause, with average days to resolve',
      ['resolved_escalations', 'escalation_resolution_time_average'],
    ],
  ])('%s', (question, metrics) => {
    expect(planned(question)).toMatchObject({ metrics });
  });
});
