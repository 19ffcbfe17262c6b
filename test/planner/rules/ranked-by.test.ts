import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned, query } = planning(new Map(), { now: new Date('2026-11-20T14:00:00Z') });
const told = (question: string): string => planWords(planned(question));

describe('records that are counted to rank by', () => {
  it.each([
    ['top 3 channels by tickets', 'tickets_opened by channel tickets_opened desc 3'],
    ['top 3 customers by conversations', 'conversations by account conversations desc 3'],
    ['customers ordered by tickets', 'tickets_opened by account tickets_opened desc 10'],
    ['channels sorted by conversations this month', 'conversations by channel conversations desc 10'],
    ['bottom 3 agents by conversations', 'conversations by conversation_agent conversations asc 3'],
    ['top 5 industries by customers', 'accounts by industry accounts desc 5'],
    ['top sources by leads', 'leads by lead_origin leads desc 10'],
    ['top 5 owners by deals', 'open_deals by owner open_deals desc 5'],
    // What rows are split by, or ordered by, stays so.
    ['top 5 deals by amount', 'list opportunity deal_amount desc 5'],
    ['top 5 deals by customer', 'open_deals by account [account is_not_null] open_deals desc 5'],
    ['tickets by channel, highest first', 'tickets_opened by channel tickets_opened desc'],
    ['tickets by customers', 'tickets_opened by account'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('points of a date that is named', () => {
  it.each([
    ['pipeline by expected close month', 'pipeline_amount close_date month'],
    ['open deals by month of close', 'open_deals close_date month'],
    ['subscriptions by renewal month', 'active_subscriptions renews_on month'],
    ['accounts per signup quarter', 'accounts account_created_at quarter'],
    // The date that the figure goes by anyway.
    ['won deals by close quarter', 'won_deals time quarter'],
    ['leads by creation month', 'leads time month'],
    ['tickets by month', 'tickets_opened time month'],
    ['average tickets per day this month', 'tickets_opened time day mean'],
    ['average cost of a campaign per month this year', 'campaign_cost_average time month'],
  ])('%s', (question, expected) => {
    const plan = query(question);
    const groups =
      plan.kind === 'metric' ? plan.groupBy.map(({ dimension, grain }) => [dimension, grain]) : [];
    const transform = plan.kind === 'metric' && plan.transform !== 'none' ? [plan.transform] : [];
    expect([plan.kind === 'metric' ? plan.metrics : [], groups, transform].flat(2).join(' ')).toBe(expected);
    expect(plan.where).toEqual([]);
  });

  it.each([
    ['MRR up for renewal since 1 October', '2026-10-01'],
    ['interventions due since 1 October', '2026-10-01'],
  ])('what goes on since a day began before today: %s', (question, from) => {
    expect(query(question).time).toEqual({ kind: 'between', from });
  });
});

describe('how a figure differs and develops', () => {
  it.each([
    ['how does win rate differ by region', 'win_rate by region'],
    ['does CSAT vary between channels', 'csat_average by channel'],
    ['how do resolution times compare across teams last quarter', 'resolution_time_median by team'],
    ['how does the win rate change from region to region', 'win_rate by region'],
    ['how much does the backlog change from one week to the next', 'open_tickets by week'],
    ['how did csat change between september and october', 'csat_average previous_period'],
    ['how did resolution time change from september to october', 'resolution_time_median previous_period'],
    ['how has tickets solved developed since July', 'tickets_solved by time'],
    ['how has the number of solved tickets developed since July', 'tickets_solved by time'],
    ['give me the conversations breakdown by channel', 'conversations by channel'],
    ['channel breakdown of tickets', 'tickets_opened by channel'],
    ['line chart of orders per month this year', 'orders by month line'],
    ['MRR up for renewal since 1 October', 'mrr_renewing'],
    ['ARR at risk grouped by health band, highest first', 'arr_at_risk by health_band arr_at_risk desc'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('records in the order of a property of their own', () => {
  it.each([
    ['deals sorted by close date', 'list opportunity [deal_closed eq false] close_date asc'],
    ['show deals sorted by amount', 'list opportunity deal_amount desc'],
    ['won deals sorted by close date, newest first', 'list opportunity [deal_won eq true] close_date desc'],
    [
      'subscriptions sorted by renewal date',
      'list subscription [subscription_status in active past_due] renews_on asc',
    ],
    ['incidents ordered by duration', 'list incident incident_duration desc'],
    ['tickets ordered by priority', 'list ticket priority desc'],
    ['accounts ordered by name', 'list account account asc'],
    // Figures stay figures.
    ['ARR by segment sorted by ARR', 'arr by segment arr desc'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('a value belongs to the property named before it', () => {
  it.each([
    ['leads whose lead status is new', 'list lead [lead_status eq new]'],
    ['leads where lead status is new', 'list lead [lead_status eq new]'],
    ['tickets whose status is open', 'list ticket [ticket_status eq open]'],
    ['interventions where intervention status is open', 'list intervention [intervention_status eq open]'],
    ['tickets where the priority is high', 'list ticket [priority eq high]'],
    ['accounts whose churn risk is high or critical', 'list churn_score [churn_risk_band in high critical]'],
    // Without it the words are the figure's name.
    ['new leads', 'leads'],
    ['tickets that are open', 'list ticket [ticket_status in new open pending hold]'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('those that have records of a kind', () => {
  it.each([
    ['which customers have tickets', 'list account some ticket'],
    ['customers with tickets', 'list account some ticket'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('words that only some rows are called by', () => {
  it.each([
    ['show me all deals', 'list opportunity'],
    ['deals with close date after 1 November 2026', 'list opportunity'],
    ['products where the list price is less than 50', 'list product [product_price lt 50]'],
    ['new and working leads', 'list lead [lead_status in new working]'],
    ['opened and solved tickets per week', 'tickets_opened+tickets_solved by week'],
    ['stage changes with former amount above 1000', 'list stage_change [change_amount_before gt 1000]'],
    ['what share of tickets is open', 'tickets_opened'],
    ['share of open tickets that are urgent', 'open_tickets'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('how people shorten what they ask', () => {
  it.each([
    ['thx in advance, tickets opened per channel last week', 'tickets_opened by channel'],
    ['need it for standup: tickets solved yesterday per agent', 'tickets_solved by assignee'],
    ['tickets solved yesterday per agent, need it for a report', 'tickets_solved by assignee'],
    ['deals due to close by next friday eod', 'closing_deals'],
    ['tickets due by cob', 'list sla_clock [sla_state in running paused]'],
    ['api calls platform wide, by day, past month', 'api_calls by day'],
    ['conv rate per campaign', 'campaign_conversion_rate by campaign'],
    ['rep leaderboard q3 won amount', 'won_amount by owner won_amount desc'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});
