import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { MetricPlan, Plan } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const now = new Date('2026-11-20T14:00:00Z');
const stored = new Map([
  ['message_author', ['agent', 'bot', 'customer', 'system']],
  ['deal_type', ['New Business', 'Existing Business', 'Renewal']],
  ['currency', ['EUR', 'USD']],
  ['category', ['Access', 'Billing', 'Performance']],
  ['channel', ['WhatsApp', 'Web chat', 'E-mail']],
  ['campaign_kind', ['Webinar', 'E-mail', 'Event']],
  ['subscription_plan', ['Enterprise, yearly', 'Starter, monthly']],
]);
const plan = (question: string): Plan =>
  planner.explain({ question, catalogue, now, zone: 'Europe/Berlin', requestId: 'r', stored }).planned.plan;

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
  ])('“%s” shows each of them', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('figures by the noun they are split by', () => {
  it.each([
    ['response rate per campaign', 'campaign_response_rate by campaign'],
    ['cost per response for every campaign', 'campaign_cost_per_response by campaign'],
    ['which campaign had the best response rate', 'campaign_response_rate by campaign desc'],
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
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});
