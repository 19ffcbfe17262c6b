import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned, query } = planning(new Map([['tier', ['enterprise', 'growth']]]), {
  now: new Date('2026-11-20T14:00:00Z'),
});

/** Of what there is one each, which, and by what: "ticket assignee ticket_opened_at asc". */
function onePer(question: string): string {
  const plan = query(question);
  const what = plan.kind === 'list' ? [plan.entity] : plan.groupBy.map(({ dimension }) => dimension);
  const [order] = plan.orderBy;
  return [...what, plan.onePer ?? '-', order?.by, order?.direction].join(' ');
}

describe('one record of each', () => {
  it.each([
    ['oldest open ticket per engineer', 'ticket assignee ticket_opened_at asc'],
    ['the oldest open ticket of every agent', 'ticket assignee ticket_opened_at asc'],
    ['biggest open deal in each industry', 'opportunity industry deal_amount desc'],
    ['largest open deal at each of my accounts', 'opportunity account deal_amount desc'],
    ['show me the largest deal per rep closing this quarter', 'opportunity owner deal_amount desc'],
    ['oldest deal in each stage with its owner', 'opportunity stage deal_opened_on asc'],
    ['longest conversation per channel in November', 'conversation channel conversation_length desc'],
    ['my slowest solved ticket in each category this quarter', 'ticket category ticket_time_open desc'],
    ['newest lead from each source', 'lead lead_origin lead_opened_at desc'],
  ])('%s', (question, expected) => {
    expect(onePer(question)).toBe(expected);
  });

  it.each([
    ['last activity date per partner', 'activity partner activity_at desc'],
    ['last meeting with each of my accounts', 'activity account activity_at desc'],
    ['when did I last speak to each of my accounts', 'activity account activity_at desc'],
    ['for each of my customers, the date of their latest ticket', 'ticket account ticket_opened_at desc'],
    ['last call for every deal in negotiation', 'activity deal activity_at desc'],
    ['next renewal date for all my accounts', 'subscription account renews_on asc'],
    ['when is the next renewal of each customer', 'subscription account renews_on asc'],
    ['when is the next SLA due for each of my engineers', 'sla_clock assignee sla_due_at asc'],
  ])('%s', (question, expected) => {
    expect(onePer(question)).toBe(expected);
  });

  it('is of those that are meant alone', () => {
    const plan = query('last meeting with each of my enterprise accounts');
    expect(plan).toMatchObject({ onePer: 'account' });
    expect(JSON.stringify(plan.where)).toContain('"values":["meeting"]');
    const enterprise = { any: [{ dimension: 'tier', op: 'eq', values: ['enterprise'] }] };
    expect(plan.related).toMatchObject([{ entity: 'account', subject: 'me', where: [enterprise] }]);
  });

  it('shows as many as are asked for', () => {
    expect(query('largest open deal at each of my accounts, just the top ten')).toMatchObject({
      onePer: 'account',
      limit: 10,
    });
    // No more than a list shows.
    expect(query('oldest ticket per agent, only the top 99')).toMatchObject({
      onePer: 'assignee',
      limit: 25,
    });
  });

  it('shows what there is one of each of', () => {
    expect(query('biggest open deal in each industry')).toMatchObject({
      columns: ['deal', 'industry', 'account', 'stage', 'deal_amount', 'currency', 'close_date', 'owner'],
    });
  });
});

describe('one group of each', () => {
  it.each([
    ['healthiest customer in every industry', 'industry account industry average_health_score desc'],
    ['best rep in each region by won amount', 'region owner region won_amount desc'],
    ['which rep has the most deals in each stage', 'stage owner stage open_deals desc'],
    ['top product per region by revenue', 'region product region transaction_amount desc'],
    ['which customer has the most tickets in each region', 'region account region tickets_opened desc'],
  ])('%s', (question, expected) => {
    expect(onePer(question)).toBe(expected);
  });
});

describe('what only sounds like one of each', () => {
  it.each([
    'tickets per agent last month',
    'first response time per agent',
    'average resolution time per agent, highest first',
    'last quarter revenue per product',
    'top products per region by revenue',
    'top 5 customers per region by ARR',
    'which agent solved the most tickets per day',
    'tickets opened per month this year',
    'how many tickets did each agent solve last week',
    'next quarter renewals by owner',
  ])('%s', (question) => {
    expect(planned(question)).not.toHaveProperty('onePer');
  });

  it('is no other question than before', () => {
    expect(planWords(planned('tickets by customers'))).toBe('tickets_opened by account');
  });
});
