import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

/** A noun phrase of records wants the records; a kind and a period alone, or a word of number, want the figure. */
const { planned } = planning(
  new Map([
    ['stage', ['Qualification', 'Negotiation/Review', 'Closed Won']],
    ['campaign', ['Oracle migration offer', 'Database round table']],
    ['forecast_category', ['Best Case', 'Commit', 'Pipeline']],
    ['product', ['Quorum Core', 'Quorum Stream']],
    ['subscription_plan', ['Growth, yearly', 'Starter, monthly']],
  ]),
);

function told(plan: Plan): string {
  if (plan.kind !== 'metric' && plan.kind !== 'list') return JSON.stringify(plan);
  const what =
    plan.kind === 'list'
      ? `list ${plan.entity}`
      : [plan.metrics.join('+'), ...plan.groupBy.map(({ dimension }) => `by ${dimension}`)].join(' ');
  const words = filterWords(plan.where).join(' & ');
  return `${what}${words === '' ? '' : ` [${words}]`}${plan.subject === 'none' ? '' : ` ${plan.subject}`}`;
}

describe('a plural noun of records that something picks out', () => {
  it.each([
    ['urgent tickets this week', 'list ticket [priority eq urgent]'],
    ['deals my team won this quarter', 'list opportunity [deal_won eq true] my_team'],
    ['tickets on Quorum Stream opened this week', 'list ticket [product eq Quorum Stream]'],
    [
      'leads from the Oracle migration offer that qualified but never converted',
      'list lead [campaign eq Oracle migration offer & lead_status eq qualified & lead_status neq converted]',
    ],
    [
      'deals worth over 50 thousand still in Qualification',
      'list opportunity [stage eq Qualification & deal_amount gt 50000]',
    ],
    [
      'unassigned tickets in our queue',
      'list ticket [ticket_status in new open pending hold & assignee is_null]',
    ],
    ['critical incidents in the last 90 days', 'list incident [severity eq critical]'],
    ['breached today mine', 'list sla_clock [sla_state eq breached] me'],
  ])('“%s” lists them', (question, expected) => {
    expect(told(planned(question))).toBe(expected);
  });
});

describe('what asks for a figure', () => {
  it.each([
    ['tickets opened this week', 'tickets_opened'],
    ['number of urgent tickets this week', 'tickets_opened [priority eq urgent]'],
    ['how many deals did my team win this quarter', 'won_deals my_team'],
    ['urgent tickets this week, count', 'tickets_opened [priority eq urgent]'],
    ['urgent tickets per agent this week', 'tickets_opened by assignee [priority eq urgent]'],
    ['sla breaches last week', 'sla_breaches'],
    ['quotas of my reps', 'quota_due by owner my_team'],
    ['total quota of my reps', 'quota_due my_team'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(planned(question))).toBe(expected);
  });

  it('is refused of a time ahead, of which nothing is recorded', () => {
    expect(planned('urgent tickets next month')).toMatchObject({ kind: 'refuse' });
  });
});

const columns = (question: string): readonly string[] => {
  const plan = planned(question);
  return plan.kind === 'list' ? plan.columns : [JSON.stringify(plan)];
};

describe('fields named beside records', () => {
  it.each([
    [
      'renewals in Q1 next year: account, plan, mrr, owner',
      ['subscription_plan', 'subscription_mrr', 'account_owner'],
    ],
    ['closed lost last week - name, rep, value', ['deal', 'owner', 'deal_amount']],
    [
      'orders last 30 days w/ order number, product, qty and amount',
      ['order_number', 'units', 'sale_amount'],
    ],
    ['cancelled subscriptions since january w/ plan, mrr, date', ['subscription_plan', 'cancelled_on']],
  ])('“%s” are its columns', (question, expected) => {
    expect(columns(question)).toEqual(expect.arrayContaining(expected));
    expect(columns(question)).not.toContain('person');
  });

  it.each([
    'open tickets with account, owner and region',
    'orders last 30 days w/ order number, product, qty and amount',
  ])('are of these records and no others: “%s”', (question) => {
    const plan = planned(question);
    expect(plan).toMatchObject({ kind: 'list' });
    expect(plan).not.toHaveProperty('related');
    expect(columns(question)).not.toContain('deal_amount');
  });
});
