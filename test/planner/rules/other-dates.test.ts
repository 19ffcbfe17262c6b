import { describe, expect, it } from 'vitest';
import { inUnitsBought } from '../../../src/planner/rules/bought-most.ts';
import { planning } from './support/plans.ts';

const { planned, query } = planning(new Map([['product', ['Extra node', 'Quorum Vault']]]), {
  now: new Date('2026-11-20T14:00:00Z'),
});

describe('a period of another date than the count goes by', () => {
  it.each([['how many tickets first replied today', 'ticket_first_replied_at']])(
    '“%s” lists the records of that date',
    (question, timeDimension) => {
      expect(query(question)).toMatchObject({
        kind: 'list',
        timeDimension,
        time: { kind: 'to_date', unit: 'day' },
      });
    },
  );

  it.each([
    'first replied tickets by priority today',
    'how many tickets got a first reply this week by agent',
  ])('“%s” is not answered by the date of opening', (question) => {
    const plan = planned(question);
    if (plan.kind === 'metric') expect(plan.metrics.includes('tickets_opened') && !plan.related).toBe(false);
    else expect(plan.kind).toBe('refuse');
  });

  it.each([
    ['how many tickets were opened today', 'tickets_opened'],
    ['how many tickets got a first reply today', 'answered_tickets'],
    ['how many tickets did I give a first answer today', 'answered_tickets'],
    ['how many tickets were solved today', 'tickets_solved'],
  ])('“%s” is counted', (question, metric) => {
    expect(query(question)).toMatchObject({ kind: 'metric', metrics: [metric] });
  });
});

describe('records in every state', () => {
  it.each([
    ['escalations by status', 'new_escalations'],
    ['how many escalations per status', 'new_escalations'],
    ['open escalations by status', 'open_escalations'],
    ['escalations by priority', 'open_escalations'],
  ])('“%s” counts %s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric] });
  });
});

describe('who it was', () => {
  it.each([
    ['who were our NPS detractors in October?', 'account'],
    ['who were our promoters last month', 'account'],
    ['who gave us the lowest csat last month', 'account'],
    ['who got the best CSAT last month', 'assignee'],
    ['who has the lowest CSAT', 'assignee'],
    ['who solved the most tickets last month', 'assignee'],
  ])('“%s” is told by %s', (question, dimension) => {
    expect(query(question)).toMatchObject({ groupBy: [{ dimension }] });
  });
});

describe('what is bought and what is logged', () => {
  it.each([
    ['who bought the most extra nodes this quarter', 'top customers by units of Extra node this quarter'],
    [
      'which of my customers bought the most Quorum Vault',
      'top customers by units of Quorum Vault of my customers',
    ],
    ['who bought the most this quarter', 'who bought the most this quarter'],
    ['who bought the most nodes', 'who bought the most nodes'],
  ])('“%s” is put as “%s”', (question, plainly) => {
    expect(inUnitsBought(question, new Map([['product', ['Extra node', 'Quorum Vault']]]))).toBe(plainly);
  });

  it.each([
    ['did my customers log in more in october than in september', 'logins'],
    ['which customers logged in the most this month', 'logins'],
    ['tickets logged in October', 'tickets_opened'],
    ['who logged the most tickets in october', 'tickets_opened'],
  ])('“%s” is about %s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric] });
  });

  it.each([
    'the five deals that have been open the longest',
    'deals open longest',
    'opportunities which are open the longest',
  ])('“%s” goes by the day they were opened', (question) => {
    expect(query(question)).toMatchObject({
      kind: 'list',
      orderBy: [{ by: 'deal_opened_on', direction: 'asc' }],
    });
  });

  it('ranks the customers of a health band by their score', () => {
    expect(query('which customers are in the critical health band, worst first?')).toMatchObject({
      metrics: ['average_health_score'],
      groupBy: [{ dimension: 'account' }],
      orderBy: [{ by: 'average_health_score', direction: 'asc' }],
    });
  });
});
