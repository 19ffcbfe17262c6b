import { describe, expect, it } from 'vitest';
import { filterWords, planning } from './support/plans.ts';

const { planned, query, list } = planning(new Map([['tier', ['starter', 'enterprise']]]));

describe('who did it and what was done', () => {
  it.each([
    ['tickets my accounts opened last week', 'ticket', 'my_accounts'],
    ['tickets of my customers raised last week', 'ticket', 'my_accounts'],
    ['the tickets that our accounts have opened last week', 'ticket', 'none'],
    ['escalations my customers raised this quarter', 'customer_escalation', 'my_accounts'],
  ])('stand in any order: %s', (question, entity, subject) => {
    const plan = query(question);
    if (plan.kind === 'list') expect(plan).toMatchObject({ entity, subject });
    else expect(plan).toMatchObject({ groupBy: [], subject });
  });

  it('keeps what is said of whoever did it', () => {
    const plan = list('urgent tickets enterprise customers opened last week');
    expect([...filterWords(plan.where)].sort()).toEqual(['priority eq urgent', 'tier eq enterprise']);
    expect(plan.entity).toBe('ticket');
  });

  it.each([
    ['which customers opened tickets last week', 'tickets_opened'],
    ['which customers raised escalations this quarter', 'new_escalations'],
    ['which accounts opened more than 5 tickets this month', 'tickets_opened'],
  ])('asks for those who did it: %s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric], groupBy: [{ dimension: 'account' }] });
  });

  it.each([
    ['how many customers opened tickets last week', 'ticket'],
    ['how many customers placed an order this week', 'sales_transaction'],
    ['how many customers submitted surveys last month', 'survey_response'],
  ])('counts those who did it: %s', (question, entity) => {
    expect(query(question)).toMatchObject({ metrics: ['accounts'], related: [{ entity, has: 'some' }] });
  });

  it('leaves accounts that came to be as they are', () => {
    expect(query('how many accounts were opened this year')).toMatchObject({ metrics: ['accounts_created'] });
    expect(query('accounts created by month')).toMatchObject({ metrics: ['accounts_created'] });
  });
});

describe('a number of one kind is never that of another', () => {
  it.each([
    'how many agents solved tickets today',
    'how many reps won deals this quarter',
    'how many reps closed a deal this month',
  ])('%s', (question) => {
    expect(planned(question).kind).toBe('refuse');
  });

  it.each([
    ['how many agents have open tickets', 'busy_assignees'],
    ['how many accounts had an incident this quarter', 'incident_accounts'],
    ['how many agents do we have', 'people'],
    ['how many customers bought something this month', 'buyers'],
  ])('%s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric], groupBy: [] });
  });

  it('is the number of each where a number is asked of each', () => {
    expect(query('how many agents have more than 10 open tickets')).toMatchObject({
      metrics: ['assigned_open_tickets'],
      groupBy: [{ dimension: 'person' }],
      having: [{ op: 'gt', value: 10 }],
    });
  });
});
