import { describe, expect, it } from 'vitest';
import { askableCatalogue } from '../../../src/catalogue/filter-catalogue.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const now = new Date('2026-11-20T14:00:00Z');
const stored = new Map([
  ['team', ['Support North', 'Sales North', 'Customer office', 'Support South', 'Sales South']],
  ['deal_type', ['New Business', 'Renewal']],
  ['category', ['Performance', 'Billing']],
]);
const planned = (question: string, of = catalogue) =>
  planner.explain({ question, catalogue: of, now, zone: 'UTC', requestId: 'r', stored }).planned;
const plan = (question: string): Plan => planned(question).plan;

/** What the plans of the buttons measure or list, in their order. */
const offered = (question: string, of = catalogue): readonly string[] => {
  const { plan: asked, spare = [] } = planned(question, of);
  if (asked.kind !== 'clarify') return [asked.kind];
  return [...asked.options, ...spare].map((option) =>
    option.plan.kind === 'metric' ? option.plan.metrics.join('+') : `list ${option.plan.entity}`,
  );
};

describe('a word that may mean several figures', () => {
  it.each<[string, readonly string[]]>([
    ['what is the score of Halden Logistics', ['average_health_score', 'csat_average', 'nps']],
    ['scores by region last quarter', ['average_health_score', 'csat_average', 'nps']],
    ['the rate for whatsapp last week', ['delivery_rate', 'bot_to_human_rate']],
    ['conversion rate in October', ['campaign_conversion_rate', 'win_rate']],
    ['how many conversions this quarter?', ['campaign_conversion_rate', 'win_rate']],
    ['escalation rate by month this year', ['ticket_escalation_rate', 'bot_to_human_rate']],
    ['how many escalations last week', ['new_escalations', 'tickets_escalated', 'handed_over_conversations']],
    ['avg reply time yesterday', ['first_response_time_average', 'conversation_first_response_average']],
    ['median response time per team', ['first_response_time_median']],
    ['customer retention last year', ['monthly_churn_rate', 'repeat_customer_rate']],
    ['how is our growth', ['mrr_growth', 'won_amount', 'accounts_created', 'tickets_opened']],
    ['volume by day last week', ['tickets_opened', 'conversations', 'messages']],
    ['how are we doing this month', ['won_amount', 'tickets_solved', 'sla_compliance_rate']],
    ['renewals this quarter', ['closing_deals', 'list subscription']],
  ])('asks back for “%s”', (question, expected) => {
    expect(offered(question)).toEqual(expect.arrayContaining([...expected]));
    expect(plan(question)).toMatchObject({ kind: 'clarify' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['NPS score last month', { metrics: ['nps'] }],
    ['average health score by region', { metrics: ['average_health_score'] }],
    ['win rate last quarter', { metrics: ['win_rate'] }],
    ['delivery rate for whatsapp this month', { metrics: ['delivery_rate'] }],
    ['ticket escalation rate last month', { metrics: ['ticket_escalation_rate'] }],
    ['first response time by team', { metrics: ['first_response_time_median'] }],
    ['chat response time today', { metrics: ['conversation_first_response_average'] }],
    ['campaign conversion rate this year', { metrics: ['campaign_conversion_rate'] }],
    ['ticket volume by week', { metrics: ['tickets_opened'] }],
    ['value of open deals', { metrics: ['pipeline_amount'] }],
    ['MRR growth last month', { metrics: ['mrr_growth'] }],
    ['open escalations by priority', { metrics: ['open_escalations'] }],
    ['escalations by root cause this quarter', { metrics: ['new_escalations'] }],
    ['how many tickets were opened in the performance category last week', { metrics: ['tickets_opened'] }],
    ['how is Halden Logistics doing', { metrics: ['average_health_score'] }],
  ])('is settled by what stands beside it in “%s”', (question, expected) => {
    expect(plan(question)).toMatchObject({ kind: 'metric', ...expected });
  });

  it('is taken as the one meaning that fits the rest, and that is said', () => {
    expect(planned('success rate by product')).toMatchObject({
      plan: { metrics: ['win_rate'] },
      notes: ['I took “success rate” as Win rate.'],
    });
    // Of every response time there is a 90th percentile.
    expect(offered('p90 response time last month')).toContain('first_response_time_p90');
  });

  it('keeps everything else that the question says in every plan', () => {
    const asked = plan('average reply time by region in October for enterprise customers');
    expect(asked).toMatchObject({ kind: 'clarify' });
    for (const { plan: option } of asked.kind === 'clarify' ? asked.options : [])
      expect(option).toMatchObject({
        groupBy: [{ dimension: 'region' }],
        time: { kind: 'calendar', unit: 'month', number: 10 },
        where: [{ any: [{ dimension: 'segment' }] }],
      });
  });

  it('offers nobody what their role may not see', () => {
    expect(offered('what is our retention')).toContain('repeat_customer_rate');
    expect(offered('what is our retention', askableCatalogue(catalogue, 'agent'))).not.toContain(
      'repeat_customer_rate',
    );
  });

  it('does not hide a word that nobody knows', () => {
    expect(plan('conversion rate of frobnicated grommets')).toMatchObject({ kind: 'refuse' });
  });
});

describe('a ranking without a figure', () => {
  it.each<[string, readonly string[]]>([
    ['top 3 agents', ['tickets_solved', 'csat_average', 'first_response_time_median']],
    ['who is our best rep', ['won_amount', 'won_deals', 'win_rate']],
    ['who are the best people in my team', ['tickets_solved', 'won_amount']],
    ['which region is ahead', ['won_amount', 'pipeline_amount']],
    ['slowest engineers last month', ['first_response_time_median', 'resolution_time_median']],
    ['who is the fastest', ['first_response_time_median', 'days_to_close']],
    ['best campaigns this year', ['campaign_responses', 'campaign_response_rate']],
    ['worst partner', ['ecosystem_health']],
    ['top 5 products last quarter', ['transaction_amount', 'units_sold']],
    ['our worst customers', ['average_health_score', 'arr']],
    ['which team is behind this month', ['tickets_solved', 'won_amount']],
  ])('asks back for “%s”', (question, expected) => {
    expect(offered(question)).toEqual(expect.arrayContaining([...expected]));
  });

  it('ranks by each figure in the direction that is good for it', () => {
    const asked = plan('top 3 agents last month');
    const orders = asked.kind === 'clarify' ? asked.options.map((one) => one.plan.orderBy[0]) : [];
    expect(orders).toEqual(
      expect.arrayContaining([
        { by: 'tickets_solved', direction: 'desc' },
        { by: 'first_response_time_median', direction: 'asc' },
      ]),
    );
  });

  it.each<[string, Record<string, unknown>]>([
    ['top 3 agents by tickets solved', { kind: 'metric', metrics: ['tickets_solved'], limit: 3 }],
    ['which team has the worst SLA compliance', { kind: 'metric', metrics: ['sla_compliance_rate'] }],
    ['best region by win rate', { kind: 'metric', metrics: ['win_rate'] }],
    ['top 5 accounts by ARR', { kind: 'metric', metrics: ['arr'] }],
    ['top 10 accounts by open tickets', { kind: 'metric', metrics: ['open_tickets'] }],
    ['top 5 deals', { kind: 'list', entity: 'opportunity' }],
    ['biggest deals', { kind: 'list', entity: 'opportunity' }],
    ['which agent has the most open tickets', { kind: 'metric', metrics: ['assigned_open_tickets'] }],
  ])('is not asked about in “%s”', (question, expected) => {
    expect(plan(question)).toMatchObject(expected);
  });
});

describe('part of a name that several have', () => {
  it('becomes a button for each of them', () => {
    const asked = plan('tickets solved by the north team last month');
    expect(asked).toMatchObject({
      kind: 'clarify',
      question: 'Which team do you mean?',
      options: [{ label: 'Support North' }, { label: 'Sales North' }],
    });
  });

  it('is asked together with the figure when that is open as well', () => {
    const asked = planned('how did the South team do last quarter');
    expect(asked.plan).toMatchObject({ kind: 'clarify' });
    const labels = asked.plan.kind === 'clarify' ? asked.plan.options.map(({ label }) => label) : [];
    expect(labels).toEqual(
      expect.arrayContaining(['Support South: Won amount', 'Sales South: Tickets solved']),
    );
  });

  it.each([
    'tickets solved by the Support North team',
    'tickets solved by team',
    'tickets solved per sales team',
  ])('is no question in “%s”', (question) => {
    expect(plan(question).kind).not.toBe('clarify');
  });
});

it('offers buttons with different labels of at most 70 characters', () => {
  for (const question of ['top 3 agents', 'what is our retention', 'how did the North team do last year']) {
    const asked = plan(question);
    const labels = asked.kind === 'clarify' ? asked.options.map(({ label }) => label) : [];
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.length).toBeGreaterThan(1);
    expect(Math.max(...labels.map((label) => label.length))).toBeLessThanOrEqual(70);
  }
});

describe('a question that names nothing', () => {
  it.each(['top 10', 'show me the best ones', 'the worst', 'bottom 5', 'top five please'])(
    'asks of what for “%s”',
    (question) => {
      expect(offered(question)).toEqual(expect.arrayContaining(['arr', 'tickets_solved']));
    },
  );

  it.each(['top 10 florps', 'best of last week by florp'])('does not hide the word of “%s”', (question) => {
    expect(plan(question)).toMatchObject({ kind: 'refuse' });
  });

  it.each([
    'which of my accounts should I be worried about?',
    'which customers do I need to worry about',
    'what accounts should we worry about',
  ])('offers the signs of “%s”', (question) => {
    expect(plan(question)).toMatchObject({ kind: 'clarify' });
    expect(offered(question).length).toBeGreaterThan(1);
  });

  it('still gives no advice', () => {
    expect(plan('what should I do about Halden Logistics')).toMatchObject({
      kind: 'refuse',
      reason: 'needs_text',
    });
  });
});
