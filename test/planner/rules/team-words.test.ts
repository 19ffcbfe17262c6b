import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned, query } = planning(new Map([['priority', ['urgent', 'high']]]), {
  now: new Date('2026-11-20T14:00:00Z'),
});
const told = (question: string): string => planWords(planned(question));

describe('the team, its people and one of several', () => {
  it.each([
    ['is anybody on my team overloaded?', 'who is overloaded on my team'],
    ['is anyone in our team offline', 'who is offline on our team'],
    ['who on my team is offline', 'who is offline on my team'],
    ['is anybody on the team overloaded', 'who is overloaded'],
    ['how many of my people are offline at the moment', 'how many agents on my team are offline'],
    ['weighted pipeline of the team', 'weighted pipeline'],
    ['csat of the whole team last month', 'csat last month'],
    ['open tickets in the team by priority', 'open tickets by priority'],
    [
      'is anyone of my customers past due with a subscription',
      'which of my customers have a past due subscription',
    ],
    ['status of the tickets opened today, how many of each', 'how many tickets opened today by status'],
    ['what % of my quota have I closed so far this year', 'my quota attainment'],
    ['which of my deals have legal review as next step', 'my deals whose next step mentions legal review'],
    ['sales by product category this quarter', 'sales amount by product category this quarter'],
    ['our sales this quarter per product', 'sales amount this quarter by product'],
    ['top 3 products by sales in October', 'top 3 products by sales amount in October'],
    [
      'open deals where the customer needs zero downtime schema changes',
      'open deals whose database requirements mention zero downtime schema changes',
    ],
    [
      'which open deals of mine ask for customer-managed keys',
      'which open deals of mine whose database requirements mention customer-managed keys',
    ],
    ['who churned this year', 'which customers churned this year'],
    ['which customer sends me the most tickets?', 'which customer opened the most tickets of mine'],
    [
      'tix where I blew the resolution sla last month',
      'tickets where I missed the resolution SLA last month',
    ],
    [
      'which of my tickets missed their first reply target last week',
      'list my tickets with at least one breached SLA clock for first response last week',
    ],
    ['whats in my queue rn', 'list my open tickets'],
    ['what landed on my plate today', 'list my tickets opened today'],
  ])('%s = %s', (question, plainly) => {
    expect(told(question)).not.toMatch(/^refuse/);
    expect(query(question)).toEqual(query(plainly));
  });

  it('speaks of one team by its name as before, and of no team where sales by something else are meant', () => {
    expect(told('sales by month this year')).not.toMatch(/^transaction_amount/);
    expect(told('tickets of the team leads')).not.toBe(told('tickets'));
  });
});

it.each(['rank my agents by tickets solved, last 30 days', 'rank the reps by won deals, last 3 months'])(
  '%s: no number of places',
  (question) => {
    const plan = query(question);
    expect(plan.time).toMatchObject({ kind: 'relative' });
    expect(plan.limit).toBe(20);
  },
);

describe('what deals need of a person', () => {
  it.each(['deals needing attention', 'deals that need approval', 'which deals need a next step'])(
    '%s is no requirement',
    (question) => expect(JSON.stringify(planned(question))).not.toContain('database_requirements'),
  );
});

describe('what is open, in every state that is', () => {
  const open = 'new open pending hold';

  it.each([
    [
      'open tickets with a first reply',
      `ticket [ticket_status in ${open}] [ticket_first_replied_at is_not_null]`,
    ],
    [
      'open tickets without a first reply',
      `ticket [ticket_status in ${open}] [ticket_first_replied_at is_null]`,
    ],
    [
      'my urgent and high priority tickets that are still open',
      `ticket [ticket_status in ${open}] [priority in urgent high]`,
    ],
    ['tickets with status open', 'ticket [ticket_status eq open]'],
    ['open and pending tickets', 'ticket [ticket_status in open pending]'],
  ])('%s', (question, expected) => {
    const plan = query(question);
    const where = plan.where.map(
      ({ any: [one] }) => `[${[one?.dimension, one?.op, ...(one?.values ?? [])].join(' ')}]`,
    );
    expect([plan.kind === 'list' ? plan.entity : plan.metrics.join('+'), ...where].join(' ')).toBe(expected);
  });

  it.each([
    'share of open tickets that have had a first reply',
    'share of open tickets that were answered',
    'what share of open tickets have been answered',
  ])('%s: the clause is the part', (question) => {
    expect(query(question)).toMatchObject({
      metrics: ['open_tickets'],
      part: { where: [{ any: [{ dimension: 'ticket_first_replied_at', op: 'is_not_null' }] }] },
    });
  });

  it.each([
    ['how much pipeline do I have open right now', 'pipeline_amount'],
    ['how much pipeline is open', 'pipeline_amount'],
    ['how much pipeline did we open last month', 'created_amount'],
    ['how much pipeline have we opened this quarter', 'created_amount'],
  ])('%s is %s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric] });
  });
});

describe('what is due, at risk and meant in all', () => {
  it.each([
    ['which tickets are at risk of missing their SLA', 'tickets about to breach SLA'],
    ['which of my tickets risk breaching the SLA', 'my tickets about to breach SLA'],
    ['tickets that might miss their SLA', 'tickets about to breach SLA'],
  ])('%s = %s', (question, plainly) => {
    expect(told(question)).not.toMatch(/^refuse/);
    expect(query(question)).toEqual(query(plainly));
  });

  it('takes of what is due today what still runs, and all of what was due', () => {
    const running = [{ any: [{ dimension: 'sla_state', op: 'in', values: ['running', 'paused'] }] }];
    expect(query('slas of mine due today').where).toEqual(running);
    expect(query('tickets with an SLA due before the end of today').related?.[0]?.where).toEqual(running);
    expect(query('which SLAs were due today').where).toEqual([]);
  });

  it.each([
    ['total messages in my conversations last month', 'messages'],
    ['how many messages were there in chats', 'messages'],
    ['messages per conversation last month', 'messages_per_conversation'],
    ['average messages in a chat', 'messages_per_conversation'],
  ])('%s is %s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric] });
  });
});
