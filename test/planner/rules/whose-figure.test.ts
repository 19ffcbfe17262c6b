import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const stored = new Map([
  ['owner', ['Jonas Weber', 'Claire Fontaine']],
  ['team', ['Sales EMEA', 'Support EMEA']],
  ['region', ['EMEA', 'Americas']],
]);

const { planned, query, list } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });

const groupsOf = (plan: Plan): readonly string[] =>
  plan.kind === 'metric' ? plan.groupBy.map(({ dimension, grain }) => grain ?? dimension) : [];
const metricsOf = (plan: Plan): readonly string[] => (plan.kind === 'metric' ? plan.metrics : []);

describe('what a figure is split by when the question only hints at it', () => {
  it.each([
    ["did any product's sales drop by more than 20% last month", 'transaction_amount', 'product', 'lt', -0.2],
    ["did any customer's API calls fall by more than 30% last month", 'api_calls', 'account', 'lt', -0.3],
    [
      'did the logins of some customer grow by more than 50 percent last month',
      'logins',
      'account',
      'gt',
      0.5,
    ],
  ])('“%s” looks at each of them', (question, metric, group, op, value) => {
    const plan = query(question);
    expect(plan).toMatchObject({
      metrics: [metric],
      compare: 'previous_period',
      having: [{ metric: `${metric}__change`, op, value }],
    });
    expect(groupsOf(plan)).toEqual([group]);
  });

  it('leaves a figure of everything whole where nobody says “any”', () => {
    const plan = query('did our API calls drop by more than 20% last month');
    expect(groupsOf(plan)).toEqual([]);
    expect(plan).toMatchObject({ compare: 'previous_period', having: [] });
  });

  it.each([
    ['how many new deals did Jonas Weber and Claire Fontaine each create this month', 'deals_created'],
    ['how many deals did Jonas Weber and Claire Fontaine each win this quarter', 'won_deals'],
  ])('“%s” tells one by one', (question, metric) => {
    const plan = query(question);
    expect(metricsOf(plan)).toEqual([metric]);
    expect(groupsOf(plan)).toEqual(['owner']);
    expect(filterWords(plan.where)).toContain('owner in Jonas Weber Claire Fontaine');
  });

  it('draws a line along time, and nothing else that has groups of its own', () => {
    expect(groupsOf(query('win rate this year as a line chart'))).toEqual(['time']);
    expect(groupsOf(query('line chart of the CSAT since March'))).toEqual(['time']);
    expect(groupsOf(query('win rate this year by region as a line chart'))).toEqual(['region']);
    expect(groupsOf(query('win rate this year'))).toEqual([]);
  });

  it('knows the stages of a funnel', () => {
    expect(query('show the deal funnel')).toMatchObject({ metrics: ['stage_entries'] });
    expect(groupsOf(query('show the deal funnel'))).toEqual(['stage']);
    expect(groupsOf(query('deal funnel by owner'))).toEqual(['owner']);
  });

  it('ranks several people where several are asked for', () => {
    expect(query('who are our best sales reps by revenue won this year')).toMatchObject({ limit: 10 });
    expect(query('who is our best sales rep by revenue won this year')).toMatchObject({ limit: 1 });
  });
});

describe('records that something happened to', () => {
  it.each([
    ['which tickets breached their SLA this week', []],
    ['which tickets breached the SLA this week', []],
    ['list the tickets that breached their resolution SLA in October', ['sla_metric eq resolution']],
  ])('“%s” lists them', (question, conditions) => {
    const plan = list(question);
    expect(plan.entity).toBe('ticket');
    const [clocks] = plan.related ?? [];
    expect(clocks).toMatchObject({ entity: 'sla_clock', has: 'some', timeDimension: 'sla_breached_at' });
    expect(filterWords(clocks?.where).toSorted()).toEqual([...conditions, 'sla_state eq breached']);
  });

  it('counts them where their number is asked for, and splits them where groups are', () => {
    expect(metricsOf(query('how many tickets breached their resolution SLA in October'))).toEqual([
      'tickets_breached',
    ]);
    expect(groupsOf(query('which tickets breached by priority'))).toEqual(['priority']);
  });
});

describe('sales, which are deals won and things sold', () => {
  it.each(['sales last month', 'total sales this month', 'sales by region last quarter'])(
    '“%s” asks which money is meant',
    (question) => {
      const plan = planned(question);
      expect(plan.kind === 'clarify' ? plan.options.map(({ label }) => label).toSorted() : plan).toEqual([
        'Sales amount',
        'Won amount',
      ]);
    },
  );

  it('counts them where their number is asked for', () => {
    expect(metricsOf(query('how many sales last month by product'))).toEqual(['transactions']);
  });
});

describe('who may leave', () => {
  it.each([
    'are any of my accounts at risk of churning',
    'which customers are at risk of leaving',
    'are there customers in danger of churning',
    'do we have any accounts that are likely to churn soon',
    'is any customer about to cancel',
  ])('“%s” lists the chances', (question) => {
    expect(list(question)).toMatchObject({
      entity: 'churn_score',
      orderBy: [{ by: 'churn_probability', direction: 'desc' }],
    });
  });

  it('tells of one customer, and keeps customers at risk apart', () => {
    expect(filterWords(query('is Halden about to churn').where)).toEqual(['account eq halden']);
    expect(metricsOf(query('how many customers are at risk'))).toEqual(['at_risk_accounts']);
  });
});

describe('a figure of several records', () => {
  it.each([
    ['health scores of all my accounts, lowest first', 'average_health_score', 'asc'],
    ['MRR of our customers, highest first', 'mrr', 'desc'],
    ['what are the health scores of my accounts', 'average_health_score', null],
    ['health score of my accounts', 'average_health_score', null],
    ['churn probability of my customers', 'average_churn_probability', null],
  ])('“%s” is told of each', (question, metric, direction) => {
    const plan = query(question);
    expect(groupsOf(plan)).toEqual(['account']);
    expect(plan.orderBy).toEqual(direction === null ? [] : [{ by: metric, direction }]);
  });

  it.each(['MRR of all our customers', 'average health scores of my accounts'])(
    '“%s” is one number',
    (question) => expect(groupsOf(query(question))).toEqual([]),
  );
});

describe('why something happened', () => {
  it.each([
    ['why did messages fail yesterday', 'messages_failed', 'failed_reason'],
    ['why were messages not delivered last week', 'messages', 'failed_reason'],
    ['why are there so many escalations', 'open_escalations', 'root_cause'],
  ])('“%s” counts the reasons that the records keep', (question, metric, reason) => {
    expect(metricsOf(query(question))).toEqual([metric]);
    expect(groupsOf(query(question))).toEqual([reason]);
  });

  it.each(['why is CSAT down', 'why did the webinar fail'])(
    '“%s” needs a text that nobody keeps',
    (question) => expect(planned(question)).toMatchObject({ kind: 'refuse', reason: 'needs_text' }),
  );
});

describe('words that only say how a figure is told', () => {
  it.each([
    ['CAC payback in months', 'payback_months'],
    ["what's our MRR number", 'mrr'],
    ['churn rate number this year', 'monthly_churn_rate'],
  ])('“%s”', (question, metric) => expect(metricsOf(query(question))).toEqual([metric]));

  it('keeps a unit that is a grouping, and a number of something', () => {
    expect(groupsOf(query('MRR by month'))).toEqual(['month']);
    expect(metricsOf(query('health score and number of accounts by region'))).toEqual([
      'average_health_score',
      'accounts',
    ]);
  });
});

describe('records in a state that no figure counts', () => {
  it.each([
    ['how many subscriptions are trial', 'subscription', 'subscription_status eq trial'],
    ['how many interventions are cancelled', 'intervention', 'intervention_status eq cancelled'],
    ['how many SLA clocks are paused', 'sla_clock', 'sla_state eq paused'],
  ])('“%s” lists them', (question, entity, condition) => {
    expect(list(question).entity).toBe(entity);
    expect(filterWords(list(question).where)).toEqual([condition]);
  });

  it.each([
    ['how many subscriptions are cancelled', 'cancelled_subscriptions'],
    ['how many tickets are done', 'tickets_solved'],
    ['how many interventions are done this month', 'interventions_done'],
  ])('“%s” is counted', (question, metric) => expect(metricsOf(query(question))).toEqual([metric]));
});

describe('names that hold words of grammar', () => {
  it.each([
    ['replies per ticket last month', 'replies_per_ticket'],
    ['messages per conversation in October', 'messages_per_conversation'],
    ['message delivery rate', 'delivery_rate'],
    ['open ticket age', 'open_ticket_age_median'],
    ['days since last touch', 'days_since_touch'],
    ['deals closed won last month', 'won_deals'],
    ['surveys came back last month', 'survey_responses'],
    ['customers who came back last month', 'returning_customers'],
  ])('“%s”', (question, metric) => expect(metricsOf(query(question))).toEqual([metric]));

  it.each(['message the team', 'open a ticket for Halden', 'close the deal'])(
    '“%s” is still something to do',
    (question) => expect(planned(question)).toMatchObject({ kind: 'refuse', reason: 'action' }),
  );

  it('lists what is in the state that a whole phrase names', () => {
    expect(list('chats waiting for an agent').entity).toBe('conversation');
    expect(filterWords(list('slas currently breached').where)).toContain('sla_stopped_at is_null');
  });

  it('splits by what is called so exactly', () => {
    expect(groupsOf(query('tickets by ticket type'))).toEqual(['ticket_type']);
    expect(groupsOf(query('tickets by issue type'))).toEqual(['category']);
  });

  it('takes rows of customers for what all rows are, and asks for customers where they are asked for', () => {
    expect(metricsOf(query('MRR of all our customers'))).toEqual(['mrr']);
    expect(query('meetings I had with customers this month')).toMatchObject({ metrics: ['activities'] });
    expect(query('how many tickets did our customers open last week')).toMatchObject({
      metrics: ['tickets_opened'],
    });
    expect(query('how many of our customers opened tickets last week')).toMatchObject({
      metrics: ['accounts'],
      related: [{ entity: 'ticket' }],
    });
    expect(planned('response time of my tickets')).toMatchObject({ kind: 'clarify' });
  });
});

describe('how a figure went', () => {
  it.each([
    ['has our first response time improved since August', 'first_response_time_median'],
    ['has our CSAT gone up since June', 'csat_average'],
    ['did the win rate drop since March', 'win_rate'],
  ])('“%s” is shown along time', (question, metric) => {
    expect(metricsOf(query(question))).toEqual([metric]);
    expect(groupsOf(query(question))).toEqual(['time']);
  });

  it.each([
    'has CSAT improved this quarter',
    'did CSAT go up this quarter',
    'how did CSAT change this quarter',
  ])('“%s” is compared with the quarter before', (question) =>
    expect(query(question)).toMatchObject({ metrics: ['csat_average'], compare: 'previous_period' }),
  );

  it('reads every form of an ordinary word as it is typed', () => {
    const { planned: read } = planning(new Map());
    for (const word of ['improved', 'improves', 'dropped', 'parties', 'stopped'])
      expect(JSON.stringify(read(`${word} tickets`))).not.toMatch(/imported|read as/);
  });
});

describe('verbs that only say what the figure says', () => {
  it.each([
    ['how do my agents compare on customer satisfaction this quarter', 'csat_percentage', ['assignee']],
    ['which product causes most of my tickets', 'tickets_opened', ['product']],
    ['how much ARR do my accounts bring in', 'arr', []],
    ['average number of days in each stage', 'stage_days', ['stage']],
    ['compare ticket volume between EMEA and Americas this quarter', 'tickets_opened', ['region']],
  ])('“%s”', (question, metric, groups) => {
    expect(metricsOf(query(question))).toEqual([metric]);
    expect(groupsOf(query(question))).toEqual(groups);
  });

  it('knows records that involve others, and the team of whoever asks', () => {
    expect(query('which of my deals involve a partner').related).toMatchObject([{ entity: 'partner_deal' }]);
    expect(query('is anyone in my team overloaded')).toMatchObject({ subject: 'my_team' });
  });
});

describe('what the records do not hold', () => {
  it.each(['how many deals did I lose because of price', 'deals lost because of no decision'])(
    '“%s” is not answered without its reason',
    (question) => expect(planned(question)).toMatchObject({ kind: 'refuse', reason: 'no_field' }),
  );

  it.each(['which alerts are firing', 'are any alerts still unacknowledged'])(
    '“%s” says where alerts are',
    (question) =>
      expect(planned(question)).toMatchObject({
        kind: 'refuse',
        detail: expect.stringContaining('stand in their channels'),
      }),
  );

  it('still takes a reason of the asker for what it is', () => {
    expect(metricsOf(query('how many tickets are open, because the boss asks'))).toEqual(['open_tickets']);
  });
});
