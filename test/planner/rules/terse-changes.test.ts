import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const stored = new Map([
  ['currency', ['EUR', 'USD']],
  ['category', ['Backup', 'Billing', 'Performance']],
  ['region', ['Americas', 'EMEA']],
]);
const { lastOf, planned } = planning(stored, {
  names: new Map([['account', ['Ironwood Freight', 'Umbra Security']]]),
  now: new Date('2026-11-20T14:00:00Z'),
});

describe('a change of a word or two', () => {
  it.each([
    // A row that is shown goes by its very name.
    [
      ['tickets by status this month', 'only pending'],
      'tickets_opened by ticket_status [ticket_status eq pending]',
    ],
    [['tickets this month', 'only pending'], 'tickets_opened [ticket_status eq pending]'],
    [['leads by status', 'only the new ones'], 'leads by lead_status [lead_status eq new]'],
    [
      ['open tickets by agent', 'without the pending ones'],
      'open_tickets by assignee [ticket_status neq pending]',
    ],
    // Records of what is shown.
    [
      ['open tickets by team', 'only high', 'list those of emea'],
      'list ticket [ticket_status in new open pending hold] [priority eq high] [region eq EMEA] 20',
    ],
    [['open deals over 100k', 'owners'], 'list opportunity [deal_closed eq false] [deal_amount gt 100000]'],
    // Other figures of the same rows.
    [['deals closing this month', 'sum'], 'closing_amount'],
    [['orders by product in october', 'top 3', 'in units'], 'units_sold by product units_sold desc 3'],
    [['won deals this quarter', 'amounts too'], 'won_deals+won_amount'],
    [['nps this quarter', 'by segment', 'responses too'], 'nps+nps_responses by segment'],
    [['incidents this quarter by severity', 'mean time to resolve'], 'incident_duration_average by severity'],
    [['campaigns this year', 'by response rate'], 'campaign_response_rate by campaign'],
    [['failed messages yesterday', 'by channel', 'reasons'], 'messages_failed by failed_reason'],
    // Which of them.
    [
      ['customers at risk', 'with arr over 50k'],
      'list health_score [health_profile eq cs4] [health_score lt 50] [account_arr gt 50000]',
    ],
  ])('%j', (questions, words) => {
    expect(planWords(lastOf(...questions))).toBe(words);
  });

  it('of an amount by somebody keeps those that have so much', () => {
    expect(lastOf('won amount this quarter by rep', 'only those with won amount over 100k')).toMatchObject({
      metrics: ['won_amount'],
      where: [],
      having: [{ metric: 'won_amount', op: 'gt', value: 100_000 }],
    });
  });
});

describe('a bare figure after that of one customer', () => {
  it.each([
    [['health of Ironwood Freight', 'open tickets'], 'list ticket'],
    [['health of Ironwood Freight', 'open tickets', 'and deals'], 'open_deals'],
    [['health of Ironwood Freight', 'last activity'], 'list activity'],
    [['open tickets of Ironwood Freight', 'csat'], 'csat_average'],
  ])('is of the same customer: %j', (questions, words) => {
    const plan = lastOf(...questions);
    expect(planWords(plan)).toMatch(new RegExp(`^${words}`));
    expect(plan).toMatchObject({
      where: expect.arrayContaining([
        { any: [expect.objectContaining({ dimension: 'account', values: ['Ironwood Freight'] })] },
      ]),
    });
  });

  it.each([
    ['open tickets of Umbra Security', 'Umbra Security'],
    ['all open tickets', null],
    ['open tickets by region', null],
    ['how many open tickets do we have', null],
  ])('is another question where more is said: %s', (question, account) => {
    const plan = lastOf('health of Ironwood Freight', question);
    expect(JSON.stringify(plan).includes('Ironwood')).toBe(false);
    if (account !== null) expect(JSON.stringify(plan)).toContain(account);
  });
});

describe('short names of figures', () => {
  it.each([
    ['first response sla in october', 'sla_compliance_rate [sla_metric eq first_response]'],
    ['response sla by team this week', 'sla_compliance_rate by team [sla_metric eq first_response]'],
    ['resolution sla last month by priority', 'sla_compliance_rate by priority [sla_metric eq resolution]'],
    ['interventions by outcome', 'interventions_closed by intervention_outcome'],
    ['joint deals by partner', 'joint_deals by partner'],
    ['open joint deals', 'joint_deals [deal_closed eq false]'],
    [
      'open joint deals by partner with amount',
      'joint_deals+partner_open_amount by partner [deal_closed eq false]',
    ],
    ['won deals by rep with amount this quarter', 'won_deals+won_amount by owner'],
    ['what closes this month', 'closing_deals'],
  ])('%s', (question, words) => {
    expect(planWords(planned(question))).toBe(words);
  });
});

describe('orders of a few words', () => {
  it.each([
    ['open deals by industry, amount, usd only', 'pipeline_amount by industry [currency eq USD]'],
    ['top 5 open deals by weighted amount', 'weighted_pipeline by deal weighted_pipeline desc 5'],
    ['how many leads did we convert last month', 'converted_leads'],
    ['how many messages did each campaign send', 'campaign_messages by campaign'],
    ['partner health, lowest 3', 'ecosystem_health by partner ecosystem_health asc 3'],
    ['api calls per account last week, top 5', 'api_calls by account api_calls desc 5'],
    ['new vs returning customers this month', 'first_time_customers+returning_customers'],
    ['broadcasts this month with their success rate', 'broadcast_success_rate by broadcast'],
    ['root causes of escalations this year', 'new_escalations by root_cause'],
    ['top 3 root causes of escalations this quarter', 'new_escalations by root_cause new_escalations desc 3'],
    ['running subscriptions by plan', 'active_subscriptions by subscription_plan'],
  ])('%s', (question, words) => {
    expect(planWords(planned(question))).toBe(words);
  });

  it('of sales that fall are from one month to the next', () => {
    expect(planned('products with declining sales')).toMatchObject({
      metrics: ['transaction_amount'],
      compare: 'previous_period',
      time: { kind: 'relative', unit: 'month', n: 1 },
      having: [{ metric: 'transaction_amount__change', op: 'lt', value: 0 }],
    });
  });

  it('keep a length as a column, whatever else is shown', () => {
    expect(planned('critical incidents this year with account and duration')).toMatchObject({
      kind: 'list',
      columns: expect.arrayContaining(['account', 'incident_duration']),
    });
  });
});

describe('whose rows they are', () => {
  it.each([
    'won amount of my team this year',
    "my team's won amount and won deals last month",
    'my team: open tickets by agent',
    'what did my team close in october, $',
  ])('is kept: %s', (question) => {
    expect(planned(question)).toMatchObject({ kind: 'metric', subject: 'my_team' });
  });

  it('is refused where the figure cannot tell', () => {
    expect(planned('accounts with many sla breaches for my team this year').kind).toBe('refuse');
  });
});

describe('a period behind what is written out twice', () => {
  it('is not lost', () => {
    expect(planned('average wait peak vs off-peak last week')).toMatchObject({
      kind: 'refuse',
      detail: expect.stringContaining('always of the last 8 weeks'),
    });
  });
});

describe('more changes of a word or two', () => {
  it.each([
    [['open escalations by owner', 'list Naomi'], 'list customer_escalation'],
    [['bot share of conversations last month', 'trend per week'], 'bot_share by week'],
    [['won deals this year by month', 'amount instead'], 'won_amount by month'],
    [['escalations resolved last month', 'average time'], 'escalation_resolution_time_average'],
    [['open tickets by account', 'how many each'], 'open_tickets by account'],
    [['chats per hour yesterday', 'peak'], 'conversations by hour conversations desc 1'],
    [['sla breaches last week', 'by agent', 'who had none'], 'list person'],
  ])('%j', (questions, words) => {
    expect(planWords(lastOf(...questions))).toMatch(new RegExp(`^${words}`));
  });

  it('of so many answers keep the figure, and rank by it', () => {
    const first = ['csat last month by agent', 'only those with 5 or more responses'] as const;
    expect(lastOf(...first)).toMatchObject({
      metrics: ['csat_average', 'csat_responses'],
      having: [{ metric: 'csat_responses', op: 'gte', value: 5 }],
    });
    expect(lastOf(...first, 'worst 3')).toMatchObject({
      orderBy: [{ by: 'csat_average', direction: 'asc' }],
      limit: 3,
    });
  });

  it('of people without any name those whose work it is, under the conditions before', () => {
    expect(lastOf('open tickets by agent', 'only urgent', 'who has none')).toMatchObject({
      kind: 'list',
      entity: 'person',
      where: expect.arrayContaining([{ any: [expect.objectContaining({ values: ['agent'] })] }]),
      related: [
        {
          entity: 'ticket',
          has: 'none',
          where: expect.arrayContaining([{ any: [expect.objectContaining({ values: ['urgent'] })] }]),
        },
      ],
    });
  });
});

describe('values that two columns have', () => {
  it.each([
    ['sla breaches in the americas last month', 'sla_breaches [region eq Americas]'],
    ['enterprise tickets breached this month', 'tickets_breached [segment eq Enterprise]'],
    ['sla compliance of the enterprise policy', 'sla_compliance_rate [sla_policy eq enterprise]'],
  ])('%s', (question, words) => {
    const both = planning(
      new Map([
        ['region', ['Americas', 'EMEA']],
        ['segment', ['Enterprise', 'SMB']],
        ['sla_policy', ['americas', 'enterprise', 'standard']],
      ]),
    );
    expect(planWords(both.planned(question))).toBe(words);
  });

  it.each([
    ['what did i solve yesterday', 'list ticket [ticket_solved_at is_not_null] me'],
    ['emails i sent last week', 'activities [activity_kind eq email] me'],
    ['emails sent last week by rep', 'activities by owner [activity_kind eq email]'],
    ['biggest order last month', 'transaction_amount by order_number transaction_amount desc 1'],
    ['campaigns by conversion rate', 'campaign_conversion_rate by campaign'],
    ['did any of my deals slip this month', 'close_dates_pushed me'],
  ])('short questions: %s', (question, words) => {
    expect(planWords(planned(question))).toBe(words);
  });
});

describe('who may leave', () => {
  it.each([
    [
      'customers most likely to churn in EMEA',
      { where: [{ any: [expect.objectContaining({ values: ['EMEA'] })] }] },
    ],
    ['my customers most likely to churn', { subject: 'me' }],
    ['customers most likely to churn next quarter', { where: [], subject: 'none' }],
  ])('is told of those who are asked for: %s', (question, plan) => {
    expect(planned(question)).toMatchObject({ kind: 'list', entity: 'churn_score', ...plan });
  });
});

describe('the team of somebody', () => {
  it("is not that person's own rows", () => {
    const { planned: known } = planning(stored, {
      names: new Map([['person', ['Karen Whitfield', 'Stefan Huber']]]),
    });
    expect(known("pipeline of karen's team")).toMatchObject({
      kind: 'refuse',
      detail: "which team is karen's; ask for it by its name, or by team",
    });
  });
});

describe('rows of the boards in a few words', () => {
  it.each([
    ['open tickets high medium low', 'open_tickets by priority'],
    ['stage conversion rates', 'stage_conversion by stage'],
    ['products with margin below 30%', 'product_margin_share by product'],
    ['segmentation of customers by industry and region', 'accounts by industry,region'],
    ['compliant vs non compliant slas this month', 'sla_clocks_met+sla_breaches'],
    [
      'sent delivered read failed this week',
      'messages_sent+messages_delivered+messages_read+messages_failed',
    ],
    ['resolution rate per agent for chats this month', 'chat_resolution_rate by conversation_agent'],
    ['which product categories grew in october', 'transaction_amount by product_category'],
  ])('%s', (question, words) => {
    expect(planWords(planned(question))).toMatch(new RegExp(`^${words.replaceAll('+', '[+]')}`));
  });
});

describe('figures that are always of the same time', () => {
  it.each(['lost deals by stage', 'losses by stage in the last 12 months', 'average wait at peak right now'])(
    'answer: %s',
    (question) => expect(planned(question)).toMatchObject({ kind: 'metric', time: null }),
  );

  it.each([
    ['lost deals by stage this year', 'last year'],
    ['average wait at peak today', 'last 8 weeks'],
    ['repeated questions this month', 'last 90 days'],
  ])('are of no other: %s', (question, window) => {
    expect(planned(question)).toMatchObject({
      kind: 'refuse',
      detail: expect.stringContaining(`is always of the ${window}`),
    });
  });
});

describe('words that several figures share', () => {
  it.each([
    'handling time last month',
    'how many responses this month',
    'delivery last month',
    'cancellations this quarter',
    'p90 this week',
    'busiest account this month',
  ])('are asked back: %s', (question) => expect(planned(question).kind).toBe('clarify'));

  it.each([
    ['handling time of chats last month', 'chat_handling_time_average'],
    ['campaign responses this month', 'campaign_responses'],
    ['delivery rate last week', 'delivery_rate'],
    ['p90 resolution time last month', 'resolution_time_p90'],
    ['who held the most meetings, emails and calls not counted', 'activities by owner'],
  ])('and are not where one is named: %s', (question, words) => {
    expect(planWords(planned(question))).toMatch(new RegExp(`^${words}`));
  });
});
