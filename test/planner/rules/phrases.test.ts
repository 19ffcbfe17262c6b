import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const now = new Date('2026-11-21T10:30:00Z');
const plan = (question: string): Plan =>
  planner.explain({ question, catalogue, now, zone: 'UTC', requestId: 'r' }).planned.plan;

describe('shorthand and slips', () => {
  it.each([
    ['hiya, tickets solved this wek by priority plz 🙏', 'tickets solved this week by priority'],
    ['ugh open deals by stage rn, thx', 'open deals by stage'],
    ['win % last month', 'win rate last month'],
    ['tickets opened in the last 36h', 'tickets opened in the last 36 hours'],
    ['pipe by stage', 'pipeline by stage'],
  ])('reads “%s” as “%s”', (typed, meant) => {
    expect(plan(typed)).toMatchObject({ kind: 'metric' });
    expect(plan(typed)).toEqual(plan(meant));
  });

  it('does not answer a percentage with a figure that is none', () => {
    expect(plan('won amount in %')).toMatchObject({ kind: 'refuse' });
    expect(plan('open tickets in %')).toMatchObject({
      metrics: ['tickets_opened'],
      part: { where: [{ any: [{ dimension: 'ticket_status' }] }] },
    });
  });

  it('takes “for me” at the end for the asker, but not in a favour', () => {
    expect(plan('open deals by stage for me')).toMatchObject({ subject: 'me' });
    expect(plan('can you count the open deals by stage for me')).toMatchObject({ subject: 'none' });
  });

  it('takes “each of my engineers” for the people of the team', () => {
    expect(plan('how many open tickets does each of my engineers have')).toMatchObject({
      metrics: ['open_tickets'],
      groupBy: [{ dimension: 'assignee' }],
      subject: 'my_team',
    });
  });
});

describe('columns of a list', () => {
  it('are shown and leave no row out', () => {
    const bare = plan('list open deals');
    expect(plan('list open deals with owner and next step')).toEqual({
      ...bare,
      columns: ['deal', 'account', 'stage', 'deal_amount', 'currency', 'close_date', 'owner', 'next_step'],
    });
    expect(plan('list open deals with their account and amount')).toEqual(bare);
  });

  it('are not made of conditions', () => {
    expect(plan('list tickets with priority urgent')).toMatchObject({
      columns: [],
      where: [{ any: [{ dimension: 'priority', op: 'eq', values: ['urgent'] }] }],
    });
    expect(plan('list deals with amount over 80k')).toMatchObject({
      columns: [],
      where: [{ any: [{ dimension: 'deal_amount', op: 'gt', values: [80_000] }] }],
    });
  });

  it('block the answer when one of them is unknown', () => {
    expect(plan('list open deals with owner and flavour')).toMatchObject({ kind: 'refuse' });
  });
});

describe('count and amount', () => {
  it('are both figures of the same rows, in the order asked for', () => {
    expect(plan('open deals by owner, amount and count')).toMatchObject({
      metrics: ['pipeline_amount', 'open_deals'],
      groupBy: [{ dimension: 'owner' }],
    });
    expect(plan('lost deals per month this year, number and value')).toMatchObject({
      metrics: ['lost_deals', 'lost_amount'],
    });
  });

  it('are refused for rows that have no amount', () => {
    expect(plan('open tickets by priority, count and value')).toMatchObject({ kind: 'refuse' });
  });
});

describe('rankings', () => {
  it('take the number from the noun they rank', () => {
    expect(plan('which 4 customers had the most SLA breaches last month')).toMatchObject({
      metrics: ['sla_breaches'],
      groupBy: [{ dimension: 'account' }],
      limit: 4,
    });
  });

  it('count the second noun of “top n X for Y”', () => {
    expect(plan('top 3 accounts for urgent tickets last month')).toMatchObject({
      metrics: ['tickets_opened'],
      groupBy: [{ dimension: 'account' }],
      where: [{ any: [{ dimension: 'priority', op: 'eq', values: ['urgent'] }] }],
      limit: 3,
    });
  });

  it('group by the noun that is part of the figure’s name', () => {
    expect(plan('bottom 2 campaigns by response rate')).toMatchObject({
      metrics: ['campaign_response_rate'],
      groupBy: [{ dimension: 'campaign' }],
      orderBy: [{ by: 'campaign_response_rate', direction: 'asc' }],
      limit: 2,
    });
  });

  it('order records by what is bad first', () => {
    expect(plan('hot shards with a skew ratio above 2, worst first')).toMatchObject({
      kind: 'list',
      orderBy: [{ by: 'skew_ratio', direction: 'desc' }],
    });
  });
});

describe('dates of records', () => {
  it('limit a list to the period that the verb speaks of', () => {
    expect(plan('subscriptions renewing in the next 3 weeks')).toMatchObject({
      kind: 'list',
      entity: 'subscription',
      timeDimension: 'renews_on',
      time: { kind: 'ahead', unit: 'week', n: 3 },
    });
  });

  it.each([
    [
      'which of my customers renew next month',
      'subscription',
      'renews_on',
      { kind: 'upcoming', unit: 'month', n: 1 },
    ],
    [
      'what comes up for renewal next quarter',
      'subscription',
      'renews_on',
      { kind: 'upcoming', unit: 'quarter', n: 1 },
    ],
    [
      'which partner certs run out in the next 60 days',
      'partner',
      'cert_expires_on',
      { kind: 'ahead', unit: 'day', n: 60 },
    ],
    [
      'certificates that expire next month',
      'partner',
      'cert_expires_on',
      { kind: 'upcoming', unit: 'month', n: 1 },
    ],
    [
      'which of my tickets are about to breach sla in the next 4 hours',
      'sla_clock',
      'sla_due_at',
      { kind: 'ahead', unit: 'hour', n: 4 },
    ],
    [
      'list the slas at risk that are due within 30 minutes',
      'sla_clock',
      'sla_due_at',
      { kind: 'ahead', unit: 'minute', n: 30 },
    ],
  ] as const)('are those that the verb speaks of: “%s”', (words, entity, timeDimension, time) => {
    expect(plan(words)).toMatchObject({ kind: 'list', entity, timeDimension, time });
  });

  it.each([
    [
      'deals with a close date in december',
      'opportunity',
      { kind: 'calendar', unit: 'month', number: 12, year: 2026 },
    ],
    ['which customer tasks are due tomorrow', 'intervention', { kind: 'day', offset: 1 }],
  ] as const)('are those that are named, or the only ones there are: “%s”', (words, entity, time) => {
    expect(plan(words)).toMatchObject({ kind: 'list', entity, time });
  });

  it.each([
    ['how many of my opps should still close between today and dec 31', 'closing_deals'],
    ['customer escalations last week', 'new_escalations'],
    ['partner deals registered before 1 september', 'deal_registrations'],
    ['partner deals in september', 'deal_registrations'],
    ['orders last year', 'orders'],
    ['revenue of closed won deals in q4 2025', 'won_amount'],
    ['closed won deals revenue in q4 2025', 'won_amount'],
    ['how many interventions are overdue', 'overdue_interventions'],
    ['what did CSAT look like last fiscal quarter', 'csat_average'],
    ['tickets in the last 3 full months', 'tickets_opened'],
  ] as const)('leave the figure to “%s”', (words, metric) => {
    expect(plan(words)).toMatchObject({ kind: 'metric', metrics: [metric] });
  });

  it.each([
    ['tickets mid october', 2],
    ['tickets in winter 2025', 2],
    ['tickets opened on 09/10', 2],
    ['csat responses between 09/10 and 10/11', 2],
  ] as const)('are asked for where people differ: “%s”', (words, options) => {
    const asked = plan(words);
    expect(asked).toMatchObject({ kind: 'clarify' });
    expect(asked.kind === 'clarify' && asked.options).toHaveLength(options);
  });

  it('are told by the dot after the month, and a mark below 3.5. ends a sentence', () => {
    expect(plan('tickets opened on 15.10.')).toEqual(plan('tickets opened on 15 October'));
    expect(plan('tickets from 3.11. to 9.11.')).toEqual(plan('tickets from 3 November to 9 November'));
    expect(plan('csat up to 3.5.')).not.toMatchObject({ time: { kind: 'between' } });
  });

  it('are in the past when the words before say which date', () => {
    expect(plan('open deals whose close date has passed')).toMatchObject({
      kind: 'list',
      where: [
        { any: [{ dimension: 'deal_closed' }] },
        { any: [{ dimension: 'close_date', op: 'lt', values: ['@today'] }] },
      ],
    });
    expect(plan('how many tickets are in the past')).toMatchObject({ kind: 'refuse' });
  });

  it('are the age of records: “open longer than 5 days”', () => {
    expect(plan('my tickets open longer than 5 days')).toMatchObject({
      kind: 'list',
      time: { kind: 'older', unit: 'day', n: 5 },
    });
  });

  it('are never a group beside others: records after a comma are those of the figure', () => {
    expect(plan('SLA compliance per team, tickets opened last month')).toMatchObject({
      metrics: ['sla_compliance_rate'],
      groupBy: [{ dimension: 'team' }],
      where: [{ any: [{ dimension: 'ticket_opened_at', op: 'between' }] }],
    });
  });
});

describe('the asker', () => {
  it.each([
    'meetings I had this week',
    'calls i logged yesterday',
    'deals i won in october',
    'how many leads did i get last month',
  ])('has the rows of “%s”', (question) => {
    expect(plan(question)).toMatchObject({ subject: 'me' });
  });

  it.each([
    'can i see the open tickets by priority',
    'i need the open deals by stage',
    'i think open tickets by team',
    'how can i see open deals by owner',
    'i was wondering about open tickets by team',
  ])('only asks in “%s”', (question) => {
    expect(plan(question)).not.toMatchObject({ subject: 'me' });
  });

  it.each([
    ['leads I got in October', 'metric'],
    ['chats i took this week', 'metric'],
    ['meetings i did last week', 'metric'],
    ['tickets I solved yesterday', 'list'],
    ['deals i lost last quarter', 'list'],
    ['show me the tickets i solved yesterday', 'list'],
    ['my leads of October', 'list'],
    ['tickets i have open', 'list'],
  ])('is told with “%s” a %s', (question, kind) => {
    expect(plan(question)).toMatchObject({ kind, subject: 'me' });
  });
});

describe('the most of something', () => {
  it.each([
    ['which customers had the most orders this year', 'orders'],
    ['which agents solved the most tickets last month', 'tickets_solved'],
    ['who has the most open deals', 'open_deals'],
  ])('“%s” is measured by that', (question, metric) => {
    expect(plan(question)).toMatchObject({ kind: 'metric', metrics: [metric] });
  });

  it.each([
    'which customers bought the most products this year',
    'which customers bought the most orders this year',
  ])('“%s” is never measured by something else', (question) => {
    expect(JSON.stringify(plan(question))).not.toContain('"transactions"');
  });
});

describe('words that point back within the question', () => {
  it.each([
    ['tickets opened last month without urgent ones', 'tickets opened last month without urgent'],
    ['which deals close this month, only those over 50k', 'which deals close this month, only over 50k'],
    ['open tickets by priority, only the ones from whatsapp', 'open tickets by priority, only from whatsapp'],
    ['list the open escalations, the urgent ones', 'list the open escalations, the urgent'],
    ['leads of this month, only those from campaigns', 'leads of this month, only from campaigns'],
  ])('“%s” is “%s”', (typed, meant) => {
    expect(plan(typed)).toEqual(plan(meant));
  });

  it('stand for others after “and”', () => {
    expect(plan('tickets from Acme and those from Globex last month')).toMatchObject({ kind: 'refuse' });
  });
});

describe('what is said of the rows with “are”', () => {
  it.each([
    ['leads older than 30 days that are still new', 'lead_status', 'new'],
    ['leads of this month which are new', 'lead_status', 'new'],
    ['how many leads from the web are still new', 'lead_status', 'new'],
  ])('“%s” is a condition', (question, dimension, value) => {
    expect(JSON.stringify(plan(question))).toContain(
      JSON.stringify({ dimension, op: 'eq', values: [value] }),
    );
  });

  it.each(['new leads this month', 'how many new leads came in last week'])('“%s” has none', (question) => {
    expect(plan(question)).toMatchObject({ metrics: ['leads'], where: [] });
  });

  it.each([
    'my open tickets that nobody answered yet',
    'urgent tickets nobody has answered',
    'open tickets without an answer',
  ])('“%s” are never those without a survey', (question) => {
    expect(JSON.stringify(plan(question))).not.toContain('survey_response');
  });
});
