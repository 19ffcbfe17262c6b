import { describe, expect, it } from 'vitest';
import { filterWords, planning } from './support/plans.ts';

const { planned, query, list } = planning(
  new Map([
    ['stage', ['Negotiation/Review', 'Prospecting', 'Proposal/Price Quote']],
    ['category', ['Replication', 'Billing']],
    ['region', ['EMEA', 'Americas']],
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
    ['customers with nps below 7', 'account', 'nps_mean_score lt 7'],
    ['customers whose nps is under 0', 'account', 'nps lt 0'],
    ['customers who wrote in three times or more this week', 'account', 'tickets_opened gte 3'],
    ['customers hit by more than one incident this month', 'account', 'incidents_opened gt 1'],
    ['campaigns with a response rate over 5%', 'campaign', 'campaign_response_rate gt 0.05'],
    ['which agents had idle time above two hours today', 'person', 'agent_idle_time gt 7200'],
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

describe('numbers that are kept for the rows, or answered about them', () => {
  const related = (question: string): readonly string[] =>
    (query(question).related ?? []).flatMap(({ entity, has, atLeast, where }) => [
      `${entity} ${has} ${atLeast}`,
      ...filterWords(where),
    ]);

  it.each([
    ['how much ARR sits with accounts below 50 health', ['health_score some 1', 'health_score lt 50']],
    ['biggest 3 customers by ARR with health under 60', ['health_score some 1', 'health_score lt 60']],
    [
      'which accounts gave us a 9 or 10 on nps',
      ['survey_response some 1', 'survey_score in 9 10', 'survey_kind eq nps'],
    ],
    [
      'customers that have given us a csat of 1 or 2 more than twice since august',
      ['survey_response some 3', 'survey_score in 1 2', 'survey_kind eq csat'],
    ],
    ['accounts with zero logins in the past seven days', ['usage_daily none 1', 'day_logins gt 0']],
    ['accounts without any product usage in the past 14 days', ['usage_daily none 1', 'day_api_calls gt 0']],
    ['anyone on my team with zero meetings this week', ['activity none 1', 'activity_kind eq meeting']],
    ['deals where nothing was logged for 14+ days', ['activity none 1']],
    [
      'customers with ARR over 300k and no meeting in 90 days',
      ['activity none 1', 'activity_kind eq meeting'],
    ],
    ['solved tickets without a survey', ['survey_response none 1']],
  ])('%s', (question, conditions) => {
    expect(related(question)).toEqual(conditions);
  });

  it('are the answers themselves, each with its ticket', () => {
    expect(list('tickets with a csat of 1 or 2 last week')).toMatchObject({ entity: 'survey_response' });
  });

  it('say which rows are meant, where what is lacked has the same property', () => {
    const plan = query('customers without tickets 60 days emea');
    expect(filterWords(plan.where)).toEqual(['region eq EMEA']);
    expect(related('customers without tickets 60 days emea')).toEqual(['ticket none 1']);
  });
});

describe('values and what is beyond them', () => {
  it.each([
    ['open tickets with high priority or worse', 'priority in high urgent'],
    ['open tickets, normal or lower priority', 'priority in normal low'],
    ['customers at medium churn risk or higher', 'churn_risk_band in medium high critical'],
    ['accounts with warning health or worse', 'health_band in warning critical churn risk'],
  ])('%s', (question, condition) => {
    expect(filterWords(query(question).where)).toContain(condition);
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
