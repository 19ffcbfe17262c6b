import { describe, expect, it } from 'vitest';
import type { MetricPlan } from '../../../src/query/metric-query.ts';
import { planning } from './support/plans.ts';

const now = new Date('2026-11-20T14:00:00Z');
const stored = new Map([
  ['message_author', ['agent', 'bot', 'customer', 'system']],
  ['deal_type', ['New Business', 'Existing Business', 'Renewal']],
  ['currency', ['EUR', 'USD']],
  ['category', ['Access', 'Billing', 'Performance']],
  ['channel', ['WhatsApp', 'Web chat', 'E-mail']],
  ['campaign_kind', ['Webinar', 'E-mail', 'Event']],
  ['stage', ['Prospecting', 'Negotiation/Review', 'Closed Won', 'Closed Lost']],
  ['subscription_plan', ['Enterprise, yearly', 'Starter, monthly']],
]);
const { planned: plan } = planning(stored, { now, zone: 'Europe/Berlin' });

/** What decides a plan of figures, in one line. */
function told(question: string): string {
  const found = plan(question);
  return found.kind === 'metric' ? line(found) : found.kind;
}

function line({ metrics, groupBy, where, transform, orderBy, part }: MetricPlan): string {
  const groups = groupBy.map(({ dimension, grain }) => (grain ? `${dimension}:${grain}` : dimension));
  const filters = where.map(({ any }) =>
    any.map((one) => `${one.dimension} ${one.op} ${one.values.join(',')}`).join(' | '),
  );
  return [
    metrics.join('+'),
    ...(groups.length > 0 ? [`by ${groups.join(',')}`] : []),
    ...filters.map((filter) => `[${filter}]`),
    ...(transform === 'none' ? [] : [transform]),
    ...orderBy.map(({ direction }) => direction),
    ...(part ? ['part'] : []),
  ].join(' ');
}

describe('shares of a whole', () => {
  it.each([
    ['share of tickets per category last month', 'tickets_opened by category share'],
    ['share of arr by segment', 'arr by segment share'],
    ['what share of our customers sits in each segment', 'accounts by segment share'],
    ['what share of customers is in each health band', 'scored_accounts by health_band share'],
    ['what percentage of conversations came in on each channel last month', 'conversations by channel share'],
    ['tickets by priority last month in %', 'tickets_opened by priority share'],
    ['tickets by priority in percent last month', 'tickets_opened by priority share'],
    ['share of the pipeline by stage', 'pipeline_amount by stage share'],
    ['open deals by stage as a share of the total', 'open_deals by stage share'],
  ])('“%s” shows each group’s part', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('are a rate where the catalogue has one of the very part', () => {
    expect(told('share of converted leads by source')).toBe('lead_conversion_rate by lead_origin');
    expect(told('what share of leads was disqualified this year')).toBe('lead_disqualification_rate');
  });
});

describe('a question for a share', () => {
  it.each([
    ['what fraction of incidents were critical this year', 'incidents_opened part'],
    ['share of escalations by root cause this year', 'new_escalations by root_cause share'],
    ['what proportion of tickets is urgent', 'tickets_opened part'],
  ])('“%s” is answered with one', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    'what percentage of the weather is nice',
    'share of tickets',
    'failed messages by channel as % of sent',
  ])('is never answered with a number: “%s”', (question) => {
    expect(told(question)).not.toMatch(/^(?:tickets_opened|messages_failed)(?!.*part)/);
  });
});

describe('growth from point to point', () => {
  it.each([
    ['month over month growth of revenue this year', 'won_amount by time:month pct_change'],
    ['growth of won revenue by month this year', 'won_amount by time:month pct_change'],
    ['month over month change in tickets opened this year', 'tickets_opened by time:month change'],
    ['weekly growth in conversations this quarter', 'conversations by time:week pct_change'],
    ['running total of won deals by month this year', 'won_deals by time:month running'],
    ['7 day moving average of tickets opened by day this month', 'tickets_opened by time:day moving_avg'],
    // A growth that is itself a figure stays that figure.
    ['month over month MRR growth in the last 6 months', 'mrr_growth by time:month'],
  ])('“%s” is a course', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('compares with the period before where no period was named to go through', () => {
    expect(plan('change in ticket volume month over month')).toMatchObject({ compare: 'previous_period' });
  });
});

describe('several things that share a word', () => {
  it.each([
    ['expansion vs contraction mrr this quarter', 'expansion_mrr+contraction_mrr'],
    ['new and churned mrr this quarter', 'new_mrr+churned_mrr'],
    ['msgs sent today, bot vs agents', 'messages_sent by message_author [message_author in bot,agent]'],
    ['customer vs agent messages last week', 'messages by message_author [message_author in customer,agent]'],
    [
      'won deals this year, new business vs existing vs renewal',
      'won_deals by deal_type [deal_type in New Business,Existing Business,Renewal]',
    ],
    [
      'billing and access tickets last week, count each',
      'tickets_opened by category [category in Billing,Access]',
    ],
    [
      'urgent and high tickets opened last week, each',
      'tickets_opened by priority [priority in urgent,high]',
    ],
    ['won and lost deals this quarter, count each', 'won_deals+lost_deals'],
    ['number of won deals and their value by rep this quarter', 'won_deals+won_amount by owner'],
    ['how many deals did we win this quarter and what was their total value', 'won_deals+won_amount'],
    // A rate of two people is two rates, a number of theirs one sum.
    [
      'quota attainment for Luis Ortega and Naomi Carter',
      'quota_attainment by owner [owner in Luis Ortega,Naomi Carter]',
    ],
    ['win rate of Acme and Globex this year', 'win_rate by account [account in Acme,Globex]'],
    ['open tickets of Acme and Globex', 'list'],
  ])('“%s” shows each of them', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('figures by the noun they are split by', () => {
  it.each([
    ['response rate per campaign', 'campaign_response_rate by campaign'],
    ['cost per response for every campaign', 'campaign_cost_per_response by campaign'],
    ['which campaign had the best response rate', 'campaign_response_rate by campaign desc'],
    [
      'which campaign had the best response rate, and what was it?',
      'campaign_response_rate by campaign desc',
    ],
    ['partner health of my partners, weakest first', 'ecosystem_health by partner asc'],
    ['cost per conversion by campaign kind', 'campaign_cost_per_conversion by campaign_kind'],
    [
      'read rate of the WhatsApp broadcasts, per campaign',
      'broadcast_read_rate by campaign [channel eq WhatsApp]',
    ],
    ['average seats of active subscriptions by plan', 'seats_per_subscription by subscription_plan'],
    ['deals per rep', 'open_deals by owner'],
    ['average ARR per customer by segment', 'average_arr by segment'],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('currencies said as a word', () => {
  it.each([
    ['net revenue retention for October, USD book', 'net_revenue_retention [currency eq USD]'],
    ['LTV to CAC ratio for the dollar business', 'ltv_cac_ratio [currency eq USD]'],
    ['ARR by segment, only accounts that are billed in dollars', 'arr by segment [currency eq USD]'],
    ['how many customers are billed in dollars', 'accounts [currency eq USD]'],
    ['won in dollars this quarter', 'won_amount [currency eq USD]'],
    ['ARR of customers invoiced in euros', 'arr [currency eq EUR]'],
    ['open pipeline, dollar business', 'pipeline_amount [currency eq USD]'],
    ['our euro book: pipeline by stage', 'pipeline_amount by stage [currency eq EUR]'],
  ])('“%s” leaves the others out', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('what the bot hands over', () => {
  it.each([
    ['how many conversations did the bot hand over to a human last week', 'handed_over_conversations'],
    [
      'how many times did the bot hand the conversation over to a human last week',
      'handed_over_conversations',
    ],
    ['handovers by intent last month', 'handovers by intent'],
    ['which intents does the bot hand over most', 'handovers by intent desc'],
    ["what share of the bot's conversations last month ended without a handover", 'bot_containment_rate'],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('money and time of leads and campaigns', () => {
  it.each([
    ['what did the webinars cost this year', 'campaign_cost [campaign_kind eq Webinar]'],
    [
      'how much did we spend on campaigns that started this quarter, by currency',
      'campaign_cost by currency',
    ],
    ['how long does a lead take to convert on average', 'lead_conversion_time_average'],
    ['average time for a lead to convert by source', 'lead_conversion_time_average by lead_origin'],
    ['failed outbound messages this quarter by reason', 'messages_failed by failed_reason'],
    ['average days from open to won this year', 'days_to_close_average'],
    [
      'how long does it take on average until a customer escalation is resolved',
      'escalation_resolution_time_average',
    ],
    ['how long does it take until a ticket is solved', 'resolution_time_median'],
    ['how long does it take on average for a lead to be converted', 'lead_conversion_time_average'],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('averages and extremes', () => {
  it.each([
    ['max queue depth yesterday', 'queue_depth_highest'],
    ['longest resolution time last month', 'resolution_time_highest'],
    ['longest first response time this week', 'first_response_time_highest'],
    ['maximum ARR by industry', 'highest_arr by industry'],
    ['highest open deal amount', 'open_deal_amount_highest'],
    ['average lost deal by rep this year', 'average_lost_deal by owner'],
    ['average discount this month', 'discount_average'],
    ['average MRR by plan', 'mrr_per_subscription by subscription_plan'],
    // What splits the rows is ranked, and keeps its own figure.
    ['slowest ticket resolution time per agent', 'resolution_time_median by assignee desc'],
    ['which agent has the longest resolution time', 'resolution_time_median by assignee desc'],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each(['longest order', 'maximum number of tickets', 'shortest first response time this week'])(
    'are not made of figures that have none: “%s”',
    (question) => {
      expect(told(question)).not.toMatch(/^(?:orders|tickets_opened|first_response)/);
    },
  );
});

describe('changes from one period to another', () => {
  it.each([
    ['by what percentage did ticket volume grow from September to October', 'tickets_opened', 10],
    ['how much did revenue grow from q2 to q3', 'won_amount', 3],
    ['by what percentage did ticket volume grow or shrink from September to October', 'tickets_opened', 10],
    ['did chats go up or down from september to october', 'conversations', 10],
    ['how did conversations change from september to october', 'conversations', 10],
  ])('“%s” sets the later against the earlier', (question, metric, number) => {
    const found = plan(question);
    expect(found).toMatchObject({
      metrics: [metric],
      time: { kind: 'calendar', number },
      compare: 'previous_period',
    });
  });

  it('goes through all that lies between where a course is asked for', () => {
    expect(plan('change in tickets opened per month from July to October')).not.toMatchObject({
      compare: 'previous_period',
    });
  });
});

describe('hours and days that repeat', () => {
  it.each([
    ['peak hour for incoming chats last 30 days', 'conversations by hour_of_day desc'],
    ['busiest hour for tickets last month', 'tickets_opened by hour_of_day desc'],
    ['at what hour do most chats come in', 'conversations by hour_of_day desc'],
    ['at what time of the day do we get the most tickets', 'tickets_opened by hour_of_day desc'],
    ['on which weekday do most leads come in', 'leads by weekday desc'],
    ['on which day of the week did the most tickets arrive this quarter', 'tickets_opened by weekday desc'],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('states that are those of a period', () => {
  it.each([
    ['quota attainment year to date', { metrics: ['quota_attainment'], time: null }],
    ['how far off quota am i this year', { metrics: ['quota_gap'], time: null, subject: 'me' }],
    ['what is left to the quota this year', { metrics: ['quota_gap'], time: null }],
    ['rep quotas this year', { metrics: ['quota_due'], time: null }],
  ])('“%s” is told as it stands', (question, expected) => {
    expect(plan(question)).toMatchObject(expected);
  });

  it('is not told of another period', () => {
    expect(plan('quota attainment last year')).toMatchObject({ kind: 'refuse' });
    expect(plan('quota attainment in March')).toMatchObject({ kind: 'refuse' });
  });
});

describe('rankings by a column', () => {
  it.each([
    ['top 5 products by quantity this month', 'units_sold by product desc'],
    ['top 5 products my customers bought this quarter by amount', 'transaction_amount by product desc'],
    ['top 5 customers by amount bought this year', 'transaction_amount by account desc'],
    ['most ordered products by quantity', 'units_sold by product desc'],
    ['top 5 campaigns by cost', 'campaign_cost by campaign desc'],
  ])('“%s” adds it up', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('orders the records that have it', () => {
    expect(plan('top 3 deals by amount')).toMatchObject({
      kind: 'list',
      entity: 'opportunity',
      orderBy: [{ by: 'deal_amount', direction: 'desc' }],
      limit: 3,
    });
  });

  it('never takes an earlier stage for the one of now', () => {
    expect(plan('how many deals did we lose from negotiation this year')).not.toMatchObject({
      kind: 'metric',
    });
  });
});

describe('conversations and whose rows they are', () => {
  it.each([
    [
      'average time to resolve a conversation per channel last month',
      'conversation_resolution_average by channel',
    ],
    ['csat of conversations by channel', 'conversation_rating_average by channel'],
    ['how many tickets were opened by my accounts this month', 'tickets_opened'],
    ['number of tickets raised by my customers this month', 'tickets_opened'],
    ['incidents by account this month', 'incidents_opened by account'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each(['incidents at my accounts this month', 'any escalations at my customers'])(
    '“%s” is not split by account',
    (question) => {
      const found = plan(question);
      expect(found.kind === 'metric' ? found.groupBy : []).toEqual([]);
      expect(found.kind).not.toBe('refuse');
    },
  );

  it.each(['how many deals did each partner source', 'how much did each channel'])(
    '“%s” never drops “each”',
    (question) => {
      const found = plan(question);
      expect(found.kind === 'metric' && found.groupBy.length === 0).toBe(false);
    },
  );
});
