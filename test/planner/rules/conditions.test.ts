import { describe, expect, it } from 'vitest';
import { filterWords, planning } from './support/plans.ts';

const { planned, query, list } = planning(
  new Map([
    ['stage', ['Negotiation/Review', 'Prospecting', 'Proposal/Price Quote']],
    ['category', ['Replication', 'Billing']],
    ['channel', ['Chat', 'Email', 'WhatsApp']],
  ]),
);

const having = (question: string): readonly string[] => {
  const plan = query(question);
  return plan.kind === 'metric' ? plan.having.map(({ metric, op, value }) => `${metric} ${op} ${value}`) : [];
};

describe('how often something happened', () => {
  it.each([
    ['tickets reopened twice or more', 'ticket_reopens gte 2'],
    ['tickets reopened more than once', 'ticket_reopens gt 1'],
    ['tickets that were reopened at least 3 times', 'ticket_reopens gte 3'],
    ['tickets reopened twice', 'ticket_reopens eq 2'],
  ])('%s', (question, condition) => {
    expect(filterWords(list(question).where)).toContain(condition);
  });

  it.each([
    ['which accounts breached SLA more than twice this month', 'account', 'sla_breaches gt 2'],
    ['accounts with more than 2 SLA breaches this month', 'account', 'sla_breaches gt 2'],
    ['agents with > 8 open tickets', 'assignee', 'open_tickets gt 8'],
    ['agents with fewer than five open tickets', 'assignee', 'open_tickets lt 5'],
  ])('%s', (question, group, condition) => {
    expect(query(question)).toMatchObject({ kind: 'metric', groupBy: [{ dimension: group }] });
    expect(having(question)).toEqual([condition]);
  });
});

describe('numbers of survey answers', () => {
  it.each([
    ['surveys with csat below 3', ['survey_score lt 3', 'survey_kind eq csat']],
    ['survey responses with nps below 7', ['survey_score lt 7', 'survey_kind eq nps']],
    ['surveys below 3', ['survey_score lt 3', 'survey_kind eq csat']],
    ['surveys with csat of 1 or 2', ['survey_score in 1 2', 'survey_kind eq csat']],
    ['surveys rated 1 or 2', ['survey_score in 1 2', 'survey_kind eq csat']],
  ])('%s', (question, conditions) => {
    expect([...filterWords(list(question).where)].sort()).toEqual([...conditions].sort());
  });
});

describe('figures of each of the rows', () => {
  it.each([
    ['customers whose csat is below 3', 'account', 'csat_average lt 3'],
    ['customers with more than 60 seats', 'account', 'subscription_seats gt 60'],
    ['reps under 60% of quota', 'owner', 'quota_attainment lt 0.6'],
    ['reps below half of their quota', 'owner', 'quota_attainment lt 0.5'],
    ['campaigns with under 10 percent conversion rate', 'campaign', 'campaign_conversion_rate lt 0.1'],
  ])('%s', (question, group, condition) => {
    expect(query(question)).toMatchObject({ kind: 'metric', groupBy: [{ dimension: group }] });
    expect(having(question)).toEqual([condition]);
  });

  it('answers with the figure itself when asked whether it is above a number', () => {
    expect(query('is our csat above 4 this month')).toMatchObject({ metrics: ['csat_average'], having: [] });
    expect(planned('does everybody have fewer than 10 open tickets')).toMatchObject({ kind: 'refuse' });
  });

  it('compares no share with an amount of money', () => {
    expect(planned('orders with a discount above 20% this month')).toMatchObject({ kind: 'refuse' });
  });
});

describe('how long rows are, and how long they have been in a state', () => {
  it.each([
    ['calls longer than 20 min this month', 'activity', 'activity_duration gt 1200'],
    ['calls longer than half an hour in October', 'activity', 'activity_duration gt 1800'],
    ['incidents over 24 hrs long this quarter', 'incident', 'incident_duration gt 86400'],
    ['deals in negotiation for more than 30 days', 'deal_signal', 'deal_stage_age gt 30'],
    ['deals stuck in prospecting over 2 weeks', 'deal_signal', 'deal_stage_age gt 14'],
    ['deals > 60 days in the same stage', 'deal_signal', 'deal_stage_age gt 60'],
    [
      'which of my deals are longer than 30 days in Proposal/Price Quote',
      'deal_signal',
      'deal_stage_age gt 30',
    ],
  ])('%s', (question, entity, condition) => {
    const plan = list(question);
    expect(plan.entity).toBe(entity);
    expect(filterWords(plan.where)).toContain(condition);
    // Not the age of the record, and no other idea of what is stuck.
    expect(plan.time?.kind).not.toBe('older');
    expect(filterWords(plan.where)).not.toContain('deal_is_stale eq true');
  });

  it.each([
    'replication tickets open > 5 days',
    'open tickets older than a week',
    'tickets over 10 days old',
    'low priority tickets sitting longer than two weeks',
    'leads stuck in new for over a week',
  ])('%s: the age of the records', (question) => {
    expect(list(question)).toMatchObject({ time: { kind: 'older' } });
  });
});

describe('what did not happen', () => {
  it.each([
    ['tickets not replied to', ['ticket_first_replied_at is_null', 'ticket_status in new open pending hold']],
    ['leads nobody owns', ['lead_owner is_null']],
    ['unassigned leads', ['lead_owner is_null']],
    ['chats nobody has taken', ['conversation_agent is_null', 'conversation_status in open pending']],
  ])('%s', (question, conditions) => {
    expect([...filterWords(list(question).where)].sort()).toEqual([...conditions].sort());
  });

  it('waits from the beginning of the record', () => {
    expect(list('tickets not replied to in over 4 hrs')).toMatchObject({
      time: { kind: 'older', unit: 'hour', n: 4 },
    });
  });
});
