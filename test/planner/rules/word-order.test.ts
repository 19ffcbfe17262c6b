import { describe, expect, it } from 'vitest';
import type { StoredValues } from '../../../src/query/stored-values.ts';
import { planning } from './support/plans.ts';

const stored: StoredValues = new Map([
  ['region', ['EMEA', 'Americas']],
  ['sales_region', ['EMEA', 'Americas']],
  ['deal_type', ['Renewal', 'New Business']],
  ['channel', ['Email', 'Chat', 'Phone']],
]);
const { query, planned } = planning(stored);
const open = ['new', 'open', 'pending', 'hold'];
const previous = { compare: 'previous_period' };
const lastWeek = { time: { kind: 'relative', unit: 'week', n: 1 } };
const at = (dimension: string, op: string, ...values: (string | number | boolean)[]) => ({
  any: [expect.objectContaining({ dimension, op, values })],
});
const where = (...conditions: unknown[]) => ({ where: expect.arrayContaining(conditions) });

describe('figures in the order of words of other languages', () => {
  it.each([
    ['in november how many tickets did come', 'tickets_opened'],
    ['since monday how many leads have come', 'leads'],
    ['how many tickets do come per week', 'tickets_opened'],
    ['on which day come the most tickets', 'tickets_opened'],
    ['how long lasts an escalation on average', 'escalation_resolution_time_average'],
    ['how many hours lasts a ticket at average', 'resolution_time_average'],
    ['after how many hours is a ticket solved on average', 'resolution_time_average'],
    ['how many messages have i written this week', 'messages_sent'],
    ['tell me by chance the csat', 'csat_average'],
    ['dear heed, how many tickets did i solve', 'tickets_solved'],
    ['regional csat this month', 'csat_average'],
    ['tix/agent this wk', 'tickets_opened'],
    ['which customer breached most', 'sla_breaches'],
  ])('%s', (question, metric) => {
    expect(query(question)).toMatchObject({ kind: 'metric', metrics: [metric] });
  });

  it.each(['how many tickets went in and how many went out last week', 'tickets in and out last week'])(
    '%s',
    (question) => {
      expect(query(question)).toMatchObject({ metrics: ['tickets_opened', 'tickets_solved'], ...lastWeek });
    },
  );

  it.each([
    'how many messages customers have written to me since monday',
    'how many messages have customers sent me since monday',
  ])('%s: those that came in', (question) => {
    expect(query(question)).toMatchObject({
      metrics: ['messages'],
      ...where(at('message_direction', 'eq', 'in')),
    });
  });
});

describe('shares of what came at a time', () => {
  it.each(['what percentage of my november tickets is still open', 'my open tickets out of all my tickets'])(
    '%s',
    (question) => {
      expect(query(question)).toMatchObject({
        metrics: ['tickets_opened'],
        subject: 'me',
        part: where(at('ticket_status', 'in', ...open)),
      });
    },
  );

  it.each([
    ['what fraction of leads was converted in q3', 'lead_conversion_rate'],
    ['fraction of deals won this year', 'win_rate'],
    ['won deals out of all closed deals', 'decided_deals'],
    ['urgent tickets out of all open tickets', 'open_tickets'],
  ])('%s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric] });
  });
});

describe('one period or place against another', () => {
  it.each([
    ['csat this quarter over last quarter', 'csat_average'],
    ['won amount q3 over q2', 'won_amount'],
    ['change of win rate q2 to q3', 'win_rate'],
    ['difference between won amount in q2 and q3', 'won_amount'],
    ['growth of leads this quarter', 'leads'],
    ['orders growth month over month', 'orders'],
    ['tickets tw vs lw', 'tickets_opened'],
  ])('%s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric], ...previous });
  });

  it.each([
    'difference in win rate between emea and americas',
    'difference between emea and americas in win rate',
  ])('%s', (question) => {
    expect(query(question)).toMatchObject({
      metrics: ['win_rate'],
      ...where(at('sales_region', 'in', 'EMEA', 'Americas')),
    });
  });

  it('keeps a figure over a time, and a number that is exceeded', () => {
    expect(query('deals won over the last month')).not.toMatchObject(previous);
    expect(query('orders this year over 10k')).toMatchObject(where(at('sale_amount', 'gt', 10000)));
  });
});

describe('records until, since and without', () => {
  it.each([
    ['tickets with no reply for 3 days', { kind: 'older', unit: 'day', n: 3 }],
    ['tickets unanswered for 2 weeks', { kind: 'older', unit: 'week', n: 2 }],
    ['which deals are since 60 days open', { kind: 'older', unit: 'day', n: 60 }],
    ['my deals due within a week', { kind: 'ahead', unit: 'week', n: 1 }],
    ['subscriptions that renew within a month', { kind: 'ahead', unit: 'month', n: 1 }],
    ['tickets due within an hour', { kind: 'ahead', unit: 'hour', n: 1 }],
    ['deals closing within the month', { kind: 'calendar', unit: 'month' }],
  ])('%s', (question, time) => {
    expect(query(question)).toMatchObject({ time });
  });

  it('keeps how long a closed deal took', () => {
    expect(query('deals that closed within 30 days')).toMatchObject(
      where(at('deal_time_to_close', 'lte', 2592000)),
    );
  });

  it.each([
    ['frt without chat', at('channel', 'neq', 'Chat')],
    ['all open deals but renewals', at('deal_type', 'neq', 'Renewal')],
    ['deals bigger as 50k', at('deal_amount', 'gt', 50000)],
    ['just the urgent ones of my open tickets', at('priority', 'eq', 'urgent')],
    ['tickets from chat or email last week', at('channel', 'in', 'Chat', 'Email')],
  ])('%s', (question, filter) => {
    expect(query(question)).toMatchObject(where(filter));
  });

  it.each([
    ['deals whose customer has an open escalation', 'deals of customers with open escalations'],
    ['open deals where the customer has breached tickets', 'open deals of customers with breached tickets'],
    ['open tickets atm', 'open tickets right now'],
    ['tickets solved lw per agent', 'tickets solved last week per agent'],
    ['tickets grouped on channel', 'tickets by channel'],
  ])('%s: %s', (question, same) => {
    expect(query(question)).toEqual(query(same));
  });
});

describe('places in an order', () => {
  it.each([
    ['which agent has the third most open tickets', 2],
    ['the customer with the second highest arr', 1],
    ['who won the second most deals this quarter', 1],
  ])('%s', (question, skip) => {
    expect(query(question)).toMatchObject({ limit: 1, skip });
  });

  it('does not guess who a regional manager is', () => {
    expect(planned('my regional manager')).toMatchObject({ kind: 'refuse' });
  });
});
