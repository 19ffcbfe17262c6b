import { describe, expect, it } from 'vitest';
import { filterWords, planning } from './support/plans.ts';

const { planned, query, list } = planning(
  new Map([
    ['product', ['Private link', 'Quorum Core']],
    ['subscription_plan', ['Premium support, monthly']],
    ['deal_type', ['New Business', 'Existing Business']],
    ['stage', ['Negotiation/Review', 'Needs Analysis']],
    ['lifecycle_stage', ['Customer', 'Former Customer']],
    ['team', ['Support EMEA', 'Support Americas']],
    ['channel', ['WhatsApp', 'Web chat']],
  ]),
);

const open = 'ticket_status in new open pending hold';

describe('what is so at this moment', () => {
  it.each([
    ['high priority tickets on my plate', [open]],
    ['escalated tickets I own', [open]],
    ['show me the urgent tickets assigned to me', [open]],
    ['which tickets currently have negative sentiment', [open]],
    ['deals without next step', ['deal_closed eq false']],
    ['my deals with no next step', ['deal_closed eq false']],
    ['sla clocks due in the next 2 hours', ['sla_state in running paused']],
    ['sla due next 3 hrs, mine', ['sla_state in running paused']],
    ['what is breached on my desk', ['sla_state eq breached', 'sla_stopped_at is_null']],
  ])('“%s” leaves out what is over', (question, conditions) => {
    expect(filterWords(list(question).where)).toEqual(expect.arrayContaining([...conditions]));
  });

  it.each([
    ['tickets assigned to me that were solved last week'],
    ['closed tickets I own'],
    ['show me all p1 tickets still open'],
  ])('“%s” keeps the state that is named, once', (question) => {
    const states = filterWords(list(question).where).filter((one) => /status|solved/.test(one));
    expect(new Set(states).size).toBe(states.length);
    expect(states).not.toContain(question.includes('open') ? 'ticket_status eq closed' : open);
  });

  it.each([
    ['active conversations rn', 'conversation_agent'],
    ['list the urgent tickets still open, with account and agent', 'assignee'],
  ])('“%s” are theirs as well whom somebody has', (question, whose) => {
    expect(filterWords(list(question).where).join(' ')).not.toContain(whose);
  });

  it('counts tickets that lie with somebody as they lie there now', () => {
    expect(query('kindly share count of tickets pending with me till date')).toMatchObject({
      metrics: ['open_tickets'],
      time: null,
      subject: 'me',
    });
  });

  it.each([
    ['do I have any deals closing before Christmas?', '2026-12-24'],
    ['open deals closing before 15 December', '2026-12-14'],
  ])('“%s” begins today', (question, to) => {
    expect(query(question).time).toEqual({ kind: 'between', from: '2026-11-21', to });
  });
});

describe('what has been', () => {
  it('never lies ahead', () => {
    expect(query('what was our pipeline worth on the 1st of October')).toMatchObject({
      metrics: ['pipeline_amount'],
      time: { kind: 'between', from: '2026-10-01', to: '2026-10-01' },
    });
  });

  it('is told by the figure that closes the month, where there is one', () => {
    const october = { kind: 'calendar', unit: 'month', number: 10, year: 2026 };
    for (const question of ['total MRR as of the end of October', 'what was our MRR at the end of October'])
      expect(query(question)).toMatchObject({ metrics: ['mrr_month_closing'], time: october });
  });

  it.each([
    ['premium support subscriptions cancelled so far, and by whom', 'cancelled_subscriptions'],
    ['how many subscriptions have ever been cancelled', 'cancelled_subscriptions'],
    ['“Acme Works” buys which products from us?', 'transaction_amount'],
  ])('“%s” is of all time', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric], time: { kind: 'all' } });
  });

  it('is of all time where somebody asks when it was', () => {
    expect(list('how many subscriptions were cancelled and when?').time).toEqual({ kind: 'all' });
  });

  it('is of the current quarter so far where the figure is of it', () => {
    expect(query('won amount so far').time).toBeNull();
  });
});

describe('how it went', () => {
  const rolling = (unit: string, n = 1) => ({ kind: 'relative', unit, n, completeOnly: false });

  it.each([
    ['average health over the last month', 'average_health_score', rolling('month'), { dimension: 'time' }],
    [
      'monthly churn rate over the past year',
      'monthly_churn_rate',
      // Told by whole months: those that have ended.
      { ...rolling('month', 12), completeOnly: true },
      { dimension: 'time', grain: 'month' },
    ],
    [
      'average health now and four weeks ago',
      'average_health_score',
      rolling('week', 4),
      { dimension: 'time' },
    ],
    [
      'average health score, today vs 30 days ago',
      'average_health_score',
      rolling('day', 30),
      { dimension: 'time' },
    ],
  ])('“%s”', (question, metric, time, group) => {
    expect(query(question)).toMatchObject({ metrics: [metric], time, groupBy: [group] });
  });

  it('is one figure where it adds up', () => {
    expect(query('tickets opened over the last month')).toMatchObject({
      metrics: ['tickets_opened'],
      groupBy: [],
      time: rolling('month'),
    });
  });

  it('is not told of groups at two moments', () => {
    expect(planned('health band distribution by segment, today vs 30 days ago')).toMatchObject({
      kind: 'refuse',
    });
  });

  it.each([['queue depth now'], ['how deep is the whatsapp queue']])(
    '“%s” is of the last hour, not of a week',
    (question) => {
      expect(query(question)).toMatchObject({ metrics: ['queue_depth_average'], time: rolling('hour') });
    },
  );

  it('is not told of what happened at two moments', () => {
    expect(planned('tickets opened, today vs 30 days ago')).toMatchObject({ kind: 'refuse' });
  });

  it('takes a month that is named as a whole one', () => {
    expect(query('average order value october vs november so far')).toMatchObject({
      time: { kind: 'between', from: '2026-10-01' },
      groupBy: [{ dimension: 'time', grain: 'month' }],
      compare: 'none',
    });
  });

  it('takes whole quarters where each of them is asked for', () => {
    expect(query('CSAT for each of the last four quarters').time).toEqual({
      ...rolling('quarter', 4),
      completeOnly: true,
    });
  });

  it('takes the seven days until now for “in the last week”, the week before this one for “last week”', () => {
    expect(query('tickets opened in the last week').time).toEqual(rolling('week'));
    expect(query('tickets opened last week').time).toEqual({ ...rolling('week'), completeOnly: true });
  });
});

describe('one beside the other', () => {
  it.each([
    ['which support team missed more SLAs in october, and by how many?', 'sla_breaches', 'team'],
    ['which team closed fewer tickets last week', 'tickets_solved', 'team'],
  ])('“%s” shows all of them', (question, metric, group) => {
    expect(query(question)).toMatchObject({ metrics: [metric], groupBy: [{ dimension: group }], limit: 10 });
  });

  it.each([
    ['top five buyers of Private link', ['transaction_amount']],
    [
      'compare new business won in the third quarter with that of the second quarter',
      ['won_deals', 'won_amount'],
    ],
    ['closed won ytd', ['won_deals', 'won_amount']],
    ['are more tickets coming in than going out this week?', ['tickets_opened', 'tickets_solved']],
    ['are we above 95% on first response SLA this month?', ['sla_compliance_rate']],
    ['is Performance still our number one ticket category in november?', ['tickets_opened']],
    ['does everybody on Support Americas have fewer than 10 open tickets?', ['open_tickets']],
    ['distribution of CSAT scores in October', ['csat_responses']],
  ])('“%s”', (question, metrics) => {
    expect(query(question)).toMatchObject({ kind: 'metric', metrics });
  });
});

describe('how long it takes', () => {
  it.each([
    ['time from lead created to converted, mean, by source', 'lead_conversion_time_average'],
    ['average time from escalation opened to resolved, by priority?', 'escalation_resolution_time_average'],
    ['escalations resolved this quarter: mean days open', 'escalation_resolution_time_average'],
    ['median time from ticket opened to solved', 'resolution_time_median'],
    ['how long does Needs Analysis usually last', 'stage_days'],
    ['how long do deals stay on average in Negotiation/Review', 'stage_days'],
  ])('“%s”', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric] });
  });

  it.each([
    ['how many customers have been with us longer than 1 year?'],
    ['how many customers are with us for more than a year'],
  ])('“%s” counts those that still are', (question) => {
    const plan = query(question);
    expect(plan).toMatchObject({
      metrics: ['accounts_created'],
      time: { kind: 'older', unit: 'year', n: 1 },
    });
    expect(filterWords(plan.where)).toContain('lifecycle_stage eq Customer');
  });
});

describe('what somebody has', () => {
  it.each([
    ['how many tickets do I have', 'open_tickets', 'me'],
    ['how many tickets does Acme have', 'open_tickets', 'none'],
    ['how many incidents do we have', 'open_incidents', 'none'],
    ['how many customer escalations have we got', 'open_escalations', 'none'],
  ])('is what is still there of work: %s', (question, metric, subject) => {
    expect(query(question)).toMatchObject({ metrics: [metric], time: null, subject });
  });

  it.each([
    ['how many orders do we have from Acme', 'orders', { kind: 'all' }],
    ['how many incidents did Acme have', 'incidents_opened', { kind: 'all' }],
    ['how many leads do I have', 'leads', null],
    ['how many tickets do we have this week', 'tickets_opened', { kind: 'to_date', unit: 'week' }],
  ])('is all of the rest, unless a time is named: %s', (question, metric, time) => {
    expect(query(question)).toMatchObject({ metrics: [metric], time });
  });
});

describe('growth', () => {
  it.each([
    ['won amount growth last month', 'won_amount'],
    ['new accounts growth last quarter', 'accounts_created'],
  ])('behind a figure is its change, whatever a plan is called: %s', (question, metric) => {
    const { planned: grown } = planning(new Map([['subscription_plan', ['Growth, yearly']]]));
    expect(grown(question)).toMatchObject({ metrics: [metric], compare: 'previous_period' });
  });
});

it.each([
  ['sales orders in Q3 2026', 'orders'],
  ['sales from orders in Q3 2026', 'transaction_amount'],
])('%s', (question, metric) => {
  expect(query(question)).toMatchObject({ metrics: [metric] });
});
