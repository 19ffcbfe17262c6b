import { describe, expect, it } from 'vitest';
import type { StoredValues } from '../../../src/query/stored-values.ts';
import { planning } from './support/plans.ts';

const stored: StoredValues = new Map([
  ['category', ['Billing', 'Performance']],
  ['industry', ['Insurance', 'Logistics']],
  ['region', ['Americas', 'EMEA']],
  ['forecast_category', ['Best Case', 'Commit', 'Pipeline']],
  ['stage', ['Negotiation/Review', 'Prospecting']],
]);
const { planned, query, list } = planning(stored);
const outlook = (question: string): string => {
  const plan = planned(question);
  return plan.kind === 'refuse' ? plan.reason : JSON.stringify(plan);
};

describe('a second figure that no plan has', () => {
  it.each([
    'Acme Rail: how many tickets, how many breached?',
    'average health in october and number of answers',
  ])('“%s” is not answered with the other one alone', (question) => {
    expect(outlook(question)).toMatch(/^(?:unclear|unknown_word)$/);
  });

  it.each([
    ['average number of replies per ticket', ['replies_per_ticket']],
    ['number of days to close by rep', ['days_to_close']],
    [
      'how many customers did we win and how many did we lose in 2026?',
      ['customers_won', 'churned_customers'],
    ],
    ['how many open tickets do we have and how much open pipeline', ['open_tickets', 'pipeline_amount']],
  ])('“%s” is a figure by its name, or two', (question, metrics) => {
    expect(query(question)).toMatchObject({ metrics });
  });
});

describe('words that only seem to say nothing', () => {
  it.each([
    'queue depth peak today, per number',
    'which of my deals moved stage this week, from what to what',
    'angry customers in escalations, who and what about',
    'which of my customers order every month',
    'backlog emea by age',
    'oldest open intervention',
    'how many calls did Rita and I make',
    'open tickets of Rita or me',
    'tickets assigned to me with no update since tuesday',
    'of the deals that reached negotiation, how many did we win?',
    'list all P1 and P2 closed yesterday with time to resolve',
  ])('“%s” is refused', (question) => {
    expect(outlook(question)).toMatch(/^(?:unclear|unknown_word|no_field)$/);
  });
});

describe('records that are asked for in the plural', () => {
  it.each([
    ['what campaigns did we run in october', 'campaign'],
    ['give me all tickets solved yesterday', 'ticket'],
    ['what deals closed last week', 'opportunity'],
  ])('“%s” lists %s', (question, entity) => {
    expect(list(question).entity).toBe(entity);
  });

  it.each([
    ['give me open tickets by region', 'open_tickets'],
    ['give me the number of open tickets', 'open_tickets'],
    ['what accounts have the most open tickets', 'open_tickets'],
  ])('“%s” stays the figure', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric] });
  });
});

describe('whose rows are meant', () => {
  it.each([
    ['average discount per rep', 'account_owner'],
    ['csat per agent', 'assignee'],
    ['tickets per agent', 'assignee'],
    ['active CEs per account owner', 'account_owner'],
  ])('“%s” is split by %s', (question, dimension) => {
    expect(query(question)).toMatchObject({ groupBy: [{ dimension }] });
  });

  it.each([
    ['calls this week vs last, me', 'me'],
    ['open chats on me', 'me'],
    ['show me the open tickets', 'none'],
    ['can you tell me how many deals we won', 'none'],
    ['open tickets assigned to me', 'me'],
  ])('“%s”: %s', (question, subject) => {
    expect(query(question).subject).toBe(subject);
  });
});

describe('a word beside a name', () => {
  it('goes with the name at the beginning of a question as it does elsewhere', () => {
    expect(query('Halden Logistics breaches ytd').where).toEqual([
      { any: [{ dimension: 'account', op: 'eq', values: ['Halden Logistics'] }] },
    ]);
  });
});

describe('what ranks and orders', () => {
  it.each([
    ['oldest open deal', 'opportunity', 'deal_opened_on', 'asc'],
    ['latest closed won deal', 'opportunity', 'close_date', 'desc'],
    ['biggest 3 contractions of the year', 'mrr_movement', 'movement_amount', 'asc'],
    ['biggest expansions of the year', 'mrr_movement', 'movement_amount', 'desc'],
    ['newest lead', 'lead', 'lead_opened_at', 'desc'],
    ['five largest deals we lost this year and who had them', 'opportunity', 'deal_amount', 'desc'],
  ])('“%s” orders %s by %s %s', (question, entity, by, direction) => {
    expect(list(question)).toMatchObject({ entity, orderBy: [{ by, direction }] });
  });

  it.each([
    ['quietest hours of the day for chats', 'conversations', 'hour_of_day', 'asc'],
    ['top 3 products by revenue this quarter, my customers', 'transaction_amount', 'product', 'desc'],
    ['weekday with most escalations', 'new_escalations', 'weekday', 'desc'],
    ['which engineer holds the most urgent tickets', 'assigned_open_tickets', 'person', 'desc'],
  ])('“%s” ranks %s by %s', (question, metric, dimension, direction) => {
    expect(query(question)).toMatchObject({
      metrics: [metric],
      groupBy: [{ dimension }],
      orderBy: [{ by: metric, direction }],
    });
  });
});

describe('conditions and periods', () => {
  it.each([
    [
      'deals with no next step or no close date',
      {
        any: [
          { dimension: 'next_step', op: 'is_null', values: [] },
          { dimension: 'close_date', op: 'is_null', values: [] },
        ],
      },
    ],
    [
      'urgent tickets past due, no first reply yet',
      { any: [{ dimension: 'ticket_first_replied_at', op: 'is_null', values: [] }] },
    ],
    [
      'leads older than 30 days still sitting at new',
      { any: [{ dimension: 'lead_status', op: 'eq', values: ['new'] }] },
    ],
  ])('“%s” has the condition it says', (question, group) => {
    expect(query(question).where).toContainEqual(group);
  });

  it.each([
    ['commit deals this quarter', { kind: 'calendar', unit: 'quarter' }],
    ['my biggest win of the year', { kind: 'to_date', unit: 'year' }],
    [
      "best case deals closing before new year's eve",
      { kind: 'between', from: '2026-11-21', to: '2026-12-30' },
    ],
  ])('“%s” is of the period it says', (question, time) => {
    expect(query(question).time).toEqual(time);
  });

  it.each([
    ['net revenue retention for each of the last four quarters', 'quarter'],
    ['mrr growth % month on month, last 6 months', 'month'],
  ])('“%s” is told by %s', (question, grain) => {
    expect(query(question)).toMatchObject({ groupBy: [{ dimension: 'time', grain }] });
  });

  it.each([
    ['incidents per month by severity', null],
    ['tickets opened per day', { kind: 'relative', unit: 'day', n: 30, completeOnly: false }],
    ['revenue by region by quarter', { kind: 'relative', unit: 'quarter', n: 6, completeOnly: false }],
    ['tickets solved per week', { kind: 'relative', unit: 'week', n: 13, completeOnly: false }],
    ['csat by month this year', { kind: 'to_date', unit: 'year' }],
  ])('“%s” covers enough of a course', (question, time) => {
    expect(query(question).time).toEqual(time);
  });

  it.each([
    ['low prio tickets sitting longer than two weeks', 'ticket_status'],
    ['how many tickets are older than 10 days', 'ticket_status'],
    ['deals older than 300 days', 'deal_closed'],
  ])('“%s” are those that are open', (question, dimension) => {
    const { where } = query(question);
    expect(where.flatMap(({ any }) => any.map((filter) => filter.dimension))).toContain(dimension);
  });

  it('reads “as on today” as no period', () => {
    expect(list('status of CE-1043 as on today').time).toBeNull();
  });

  it('reads who our former customers are as all of them', () => {
    expect(list('who are our former customers')).toMatchObject({ entity: 'churned_customer', time: null });
  });
});
