import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned, query } = planning(new Map(), { now: new Date('2026-11-20T14:00:00Z') });
const told = (question: string): string => planWords(planned(question));

describe('what people say every day', () => {
  it.each([
    ['my deals closing before end of month', 'my deals closing before the end of the month'],
    ['tickets of mine tagged as escalated', 'my escalated tickets'],
    ['show me my tickets that were flagged as escalated', 'my escalated tickets'],
    ['anything unusual in the numbers this week?', 'list anomalies this week'],
    ['is there anything odd in our figures today', 'list anomalies today'],
    ['what meetings were there this month', 'list meetings this month'],
    ['when do my accounts come up for renewal?', 'next renewal for each of my accounts'],
    ['when do our customers renew', 'next renewal for each of our customers'],
    ['how many chats am I handling right now?', 'how many open chats do I have right now'],
    ['how many tickets are we working on', 'how many open tickets do we have'],
    ['when during the week do we get the most tickets?', 'on which weekday do we get the most tickets'],
    ['when in the day do we get the most chats', 'at which hour of the day do we get the most chats'],
    ['CAC and payback time', 'CAC, payback period'],
  ])('%s = %s', (question, plainly) => {
    expect(told(question)).not.toMatch(/^refuse/);
    expect(query(question)).toEqual(query(plainly));
  });

  it.each([
    ['give me the ten customers most likely to leave', 10],
    ['top 5 customers most likely to churn', 5],
    ['3 accounts most likely to cancel', 3],
    ['which customers will churn', 10],
  ])('%s: so many', (question, limit) => {
    const plan = query(question);
    expect(plan).toMatchObject({ kind: 'list', entity: 'churn_score', limit });
    expect(plan.orderBy).toEqual([{ by: 'churn_probability', direction: 'desc' }]);
  });

  it('still does not tell the future of what nothing foresees', () => {
    expect(planned('which 5 customers will open a ticket tomorrow').kind).toBe('refuse');
  });
});

describe('records of other records', () => {
  const others = (question: string) => {
    const { related = [] } = query(question);
    return related.map(({ entity, via, where, subject }) =>
      [
        entity,
        via ?? '-',
        subject,
        ...where.flatMap(({ any }) => any.map(({ dimension, op }) => `${dimension} ${op}`)),
      ].join(' '),
    );
  };

  it.each([
    ['activities on my deals in the last 7 days', ['opportunity - me']],
    ['list activities of my open deals in the last 7 days', ['opportunity - me deal_closed eq']],
    [
      'how many tickets came from customers at risk this month',
      ['health_score account none health_profile eq health_score lt'],
    ],
    ['average CSAT of customers at risk', ['health_score account none health_profile eq health_score lt']],
  ])('%s', (question, expected) => {
    expect(others(question)).toEqual(expected);
  });

  it('keeps the period with the records that are asked for', () => {
    expect(query('activities on my deals in the last 7 days').time).toMatchObject({ unit: 'day', n: 7 });
  });

  it('is no figure of each of them, and none of two kinds at once', () => {
    expect(planned('activities on each of my open deals, last 30 days')).not.toHaveProperty('related');
    expect(planned('how much did we sell of Vault and of deals in negotiation')).not.toHaveProperty(
      'related',
    );
  });

  it.each(['activities for leads', 'tickets of partners'])('%s: they do not point at them', (question) => {
    expect(planned(question).kind).toBe('refuse');
  });
});
