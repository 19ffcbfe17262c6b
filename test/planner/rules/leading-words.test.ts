import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const { planned } = planning(
  new Map([
    ['deal_type', ['New Business', 'Existing Business', 'Renewal']],
    ['forecast_category', ['Commit', 'Best Case', 'Pipeline']],
    ['campaign', ['Oracle migration offer', 'Spring webinar']],
    ['category', ['Connectivity', 'Billing', 'Backup']],
    ['ticket_type', ['Problem', 'Question', 'Incident']],
    ['region', ['EMEA', 'Americas']],
  ]),
  { now: new Date('2026-11-20T14:00:00Z'), zone: 'Europe/Berlin' },
);

/** What decides a plan, in one line. */
function told(question: string): string {
  const plan: Plan = planned(question);
  if (plan.kind === 'clarify') return `clarify ${plan.options.map(({ label }) => label).join(' / ')}`;
  if (plan.kind === 'refuse') return `refuse ${plan.detail}`;
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan.kind;
  const groups = plan.kind === 'metric' ? plan.groupBy.map(({ dimension, grain }) => grain ?? dimension) : [];
  const having = plan.kind === 'metric' ? plan.having.map(({ op, value }) => `having ${op} ${value}`) : [];
  return [
    plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join('+'),
    ...(groups.length > 0 ? [`by ${groups.join(',')}`] : []),
    ...filterWords(plan.where).map((filter) => `[${filter}]`),
    ...having,
    ...(plan.related ?? []).map(({ entity, has }) => `${has} ${entity}`),
    ...plan.orderBy.map(({ by, direction }) => `${by} ${direction}`),
  ].join(' ');
}

describe('records that come first', () => {
  it.each([
    ['biggest deals we won this year', 'list opportunity [deal_won eq true] deal_amount desc'],
    ['the largest deals won last quarter', 'list opportunity [deal_won eq true] deal_amount desc'],
    ['our biggest won deal this year', 'biggest_won_deal'],
    ['largest won deal', 'biggest_won_deal'],
  ])('are a list where there are several of them: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('are as many as the last word of their name says', () => {
    expect(planned('latest survey responses')).toMatchObject({ kind: 'list', limit: 10 });
    expect(planned('latest survey response')).toMatchObject({ kind: 'list', limit: 1 });
  });
});

describe('what is asked of records besides', () => {
  const lost = 'list opportunity [deal_closed eq true] [deal_won eq false]';

  it.each([
    ['deals we lost last quarter and what they were worth', lost],
    ['deals lost last quarter and their value', lost],
    ['deals lost last quarter and their total amount', lost],
    ['number of won deals and their value', 'won_deals+won_amount'],
    ['campaign cost and converted leads by campaign', 'campaign_cost+converted_leads by campaign'],
    ['campaign cost per converted lead', 'campaign_cost_per_lead'],
    [
      'escalations that were opened last week and are still unresolved',
      'list customer_escalation [escalation_status not_in resolved closed]',
    ],
    [
      'list the tickets that have breached their SLA and are still open',
      'list ticket [ticket_status in new open pending hold] some sla_clock',
    ],
  ])('is shown with them: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('is their own where others have something of the same name', () => {
    const plan = planned('cancelled subscriptions with plan and MRR');
    expect(plan).toMatchObject({ kind: 'list', entity: 'subscription' });
    expect(JSON.stringify(plan)).not.toContain('"tier"');
  });
});

describe('what is said once for two figures', () => {
  it.each([
    ['average wait in peak hours against off-peak hours', 'peak_wait_average+off_peak_wait_average'],
    ['average wait in peak hours and off-peak hours', 'peak_wait_average+off_peak_wait_average'],
    ['average wait in peak hours', 'peak_wait_average'],
    ['revenue won versus lost', 'won_amount+lost_amount'],
    ['average first response and resolution time', 'first_response_time_average+resolution_time_average'],
    ['average size of won deals versus open deals', 'average_won_deal+average_open_deal'],
    ['expansion versus contraction MRR', 'expansion_mrr+contraction_mrr'],
    ['deals won and lost', 'won_deals+lost_deals'],
    ['first response time and open tickets', 'first_response_time_median+open_tickets'],
  ])('is said of both: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('how something moved', () => {
  it.each([
    ['has ticket sentiment become worse since May', 'ticket_sentiment_average by time'],
    ['did first response time get better after September', 'first_response_time_median by time'],
    ['are SLA breaches falling', 'sla_breaches by time'],
    ['is the open pipeline shrinking', 'pipeline_amount by time'],
    ['has CSAT been getting better lately', 'csat_average by time'],
    ['is our NPS going up or down since May', 'nps by time'],
    ['did win rate improve since June', 'win_rate by time'],
    ['MRR month by month this year', 'mrr_month_closing by month'],
    ['tickets opened day by day this week', 'tickets_opened by day'],
    ['is there a seasonal pattern in ticket volume', 'tickets_opened by month'],
  ])('is its course: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    'is any customer getting worse',
    'are customers with more tickets also less healthy',
    'are there tickets that became worse',
  ])('is none where one of several or another thing is meant: %s', (question) => {
    expect(told(question)).not.toMatch(/by time/);
  });

  it('is asked back by its way where nothing tells it', () => {
    expect(told("which customers' API calls changed most compared to last month")).toBe(
      'clarify Those that rose / Those that fell',
    );
  });
});

describe('all of them together', () => {
  it.each([
    ['API calls across all customers, week by week this quarter', 'api_calls by week'],
    ['tickets across all customers this week', 'tickets_opened'],
    ['compare API calls across all customers', 'api_calls by account'],
    ['CSAT across all teams', 'csat_average by team'],
    ['tickets by customer this week', 'tickets_opened by account'],
  ])('are not split: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('whoever the rows belong to', () => {
  it.each([
    ['which reps have the most accounts', 'accounts by account_owner accounts desc'],
    ['top reps by number of accounts', 'accounts by account_owner accounts desc'],
    ['customers per rep', 'accounts by account_owner'],
    ['which account managers own the at-risk customers', 'at_risk_accounts by account_owner'],
    ['which reps own the stale deals', 'stale_open_deals by owner'],
    ['open deals per partner', 'joint_deals by partner [deal_closed eq false]'],
    ['who on the sales side has the biggest pipeline', 'pipeline_amount by owner pipeline_amount desc'],
    ["Jonas Weber's win rate compared to his colleagues", 'win_rate by person'],
  ])('is named by the rows themselves: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('promises', () => {
  const ofFirst = 'sla_compliance_rate [sla_metric eq first_response]';
  const ofResolution = 'sla_compliance_rate [sla_metric eq resolution]';

  it.each([
    ['did we hit the first reply SLA last week', ofFirst],
    ['did we meet the response target in October', ofFirst],
    ['percentage of tickets answered within the first reply target this month', ofFirst],
    ['did we keep the resolution target last month', ofResolution],
    ['share of tickets solved within the resolution target', ofResolution],
    ['did we meet our SLA in October', 'sla_compliance_rate'],
    ['how many slas did we meet last week', 'sla_clocks_met'],
  ])('are kept or not: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('are no target of sales', () => {
    expect(told('did we hit our target this quarter')).not.toMatch(/sla_compliance/);
  });
});

describe('a share', () => {
  it.each([
    ['share of sales by region last quarter', 'clarify Won amount / Sales amount'],
    ['share of sales by region this year, as a pie', 'clarify Won amount / Sales amount'],
    ['share of won amount by region last quarter', 'won_amount by region'],
    ['how concentrated is our ARR in the five largest customers', 'arr by account arr desc'],
  ])('of what may mean several figures is asked back: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('is of the records, whatever noun stands behind their topic', () => {
    const plan = planned('what fraction of tickets concern connectivity problems');
    expect(plan).toMatchObject({
      metrics: ['tickets_opened'],
      where: [],
      part: { where: [{ any: [{ dimension: 'category', op: 'eq', values: ['Connectivity'] }] }] },
    });
    expect(told('problem tickets about billing')).toContain('ticket_type eq Problem');
  });
});

describe('parts of today', () => {
  it.each([
    ['tickets opened this morning', /hour_of_day in 00 01 /],
    ['leads that came in this afternoon', /hour_of_day in 12 13 /],
    ['any escalations still open this afternoon', /^list customer_escalation \[escalation_status not_in/],
    ['conversations by weekday and hour', /^conversations by hour_of_week$/],
    ['heat map of tickets by weekday and hour', /^tickets_opened by hour_of_week$/],
    ['tickets per hour today', /^tickets_opened by hour$/],
    ['which partner certifications expire before the year is over', /^list partner/],
  ])('are hours of it: %s', (question, expected) => {
    expect(told(question)).toMatch(expected);
  });
});

describe('movements of ARR', () => {
  it.each([
    ['break down new ARR this quarter by region', 'new_arr by region'],
    ['ARR lost to churn this year, by customer', 'churned_arr by account'],
    ['how much ARR did we lose through churn this year', 'churned_arr'],
    ['MRR lost to churn this year by customer', 'churned_mrr by account'],
    ['expansion ARR this quarter', 'expansion_arr'],
    ['ARR by region', 'arr by region'],
  ])('are twelve times those of MRR: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('said with a verb', () => {
  it.each([
    ['which of my support engineers reply slowest', /^first_response_time_median by assignee .* desc$/],
    ['which intents does the bot handle badly', /^bot_request_success_rate by intent .* asc$/],
    ['which stage do deals spend the most time in', /^stage_days by stage/],
    ['conversion between pipeline stages this year', /^stage_conversion by stage$/],
    ['who uses far fewer seats than they pay for', /^seat_use_rate by account seat_use_rate asc$/],
    ['how many months does it take us to pay back acquisition cost', /^payback_months$/],
    ['what does a support conversation cost us on average', /^cost_per_conversation$/],
    ['how many customers did we gain this year', /^customers_won$/],
    ['what did we sell last month', /^won_amount\+won_deals$/],
    ['what are the main topics customers wrote about this week', /^tickets_opened by category/],
    ['which accounts have several open escalations at once', /^open_escalations by account having gt 1$/],
    ['how did the Oracle migration offer campaign perform', /^list campaign \[campaign eq Oracle/],
  ])('is what the catalogue calls by a noun: %s', (question, expected) => {
    expect(told(question)).toMatch(expected);
  });
});

describe('what is not kept', () => {
  it.each([
    ['how many people used this bot last week', /audit/],
    ['when did the last Salesforce sync finish', /under every answer/],
    ['has anybody dealt with the critical customer alerts from this week', /alerts are no records/],
    ['how many agents were online at ten this morning', /no single moment/],
  ])('is refused with that reason: %s', (question, reason) => {
    expect(told(question)).toMatch(reason);
  });
});

describe('months that may', () => {
  it.each([
    ['tickets about billing, monthly since May', 'tickets_opened by month [category eq Billing]'],
    ['won deals, weekly since May', 'won_deals by week'],
  ])('tell nothing of a story: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('near misses', () => {
  it.each([
    ['tickets dealt with this week', /about/],
    ['accounts with a number of open tickets above 5', /having gt 1$/],
    ['who asked for a refund most often', /faq_candidate/],
    ['make a list of breached SLAs', /sla_compliance/],
    ['which customers added seats', /customers_won/],
    ['how much does the bot cost per conversation', /^list/],
    ['tickets that were open last week and are now closed', /tickets_solved/],
  ])('mean something else: %s', (question, other) => {
    expect(told(question)).not.toMatch(other);
  });
});
