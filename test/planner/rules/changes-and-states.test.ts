import { describe, expect, it } from 'vitest';
import { decisive } from './support/decisive.ts';
import { planning } from './support/plans.ts';

const stored = new Map([
  ['region', ['Americas', 'EMEA']],
  ['segment', ['Enterprise', 'Mid-market', 'SMB']],
  ['lifecycle_stage', ['Customer', 'Former Customer']],
  ['account', ['Kestrel Payments', 'Umbra Security']],
  ['currency', ['EUR', 'USD']],
  ['channel', ['Email', 'Phone', 'Web chat']],
  ['partner_tier', ['gold', 'silver']],
]);

const { lastOf } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });

const ask = (...turns: readonly string[]): string => decisive(lastOf(...turns));

describe('who moved most', () => {
  const fell = (id: string): string => `previous_period; ${id}__change lt 0; ${id}__change asc`;
  it.each([
    [
      'top 3 customers whose health fell the most since 1 november',
      `average_health_score; by account; between 2026-11-01; ${fell('average_health_score')}`,
    ],
    [
      'top 5 accounts whose logins dropped the most last month',
      `logins; by account; relative month 1 true; ${fell('logins')}`,
    ],
    [
      'which 3 agents improved their csat the most last month',
      'csat_average; by assignee; relative month 1 true; previous_period; csat_average__change gt 0; csat_average__change desc',
    ],
    // A course where nobody is ranked, and a figure where no change is.
    ['how has health changed since 1 november', 'average_health_score; by time; between 2026-11-01'],
    [
      'top 3 categories with the most tickets this week vs last week',
      'tickets_opened; by category; to_date week; previous_period; tickets_opened desc',
    ],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));

  it.each([
    [
      'customers whose health dropped by more than 10 points this month',
      'average_health_score; by account; to_date month; previous_period; average_health_score__change lt -10',
    ],
    [
      'agents whose sla compliance fell by more than 5 points last month',
      'sla_compliance_rate; by assignee; relative month 1 true; previous_period; sla_compliance_rate__change lt -0.05',
    ],
    ['customers whose health fell by more than 20 % this month', 'refuse unclear'],
  ])('by points where a percentage of the score says nothing: %s', (question, expected) =>
    expect(ask(question)).toBe(expected),
  );
});

describe('all of them, whatever has become of them', () => {
  it.each([
    ['number of deals per rep, open or closed', 'deals_ever; by owner'],
    ['deals per owner including closed ones', 'deals_ever; by owner'],
    [
      'which three partners are involved in the most deals, open or closed?',
      'joint_deals; by partner; joint_deals desc',
    ],
    ['subscriptions by plan, any status', 'subscriptions_ever; by subscription_plan'],
    ['list my deals including the closed ones', 'list opportunity'],
    [
      'all escalations of Umbra Security, resolved ones too',
      'list customer_escalation; account eq Umbra Security',
    ],
    ['customers by segment including former ones', 'accounts; by segment'],
    ['customers by segment', 'accounts; by segment; lifecycle_stage not_in Former Customer'],
    ['open deals in any stage', 'refuse unknown_word'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));

  it.each([
    ['how many customers do we have', 'accounts; lifecycle_stage not_in Former Customer'],
    ['number of customers', 'accounts; lifecycle_stage not_in Former Customer'],
    ['customer count by region', 'accounts; by region; lifecycle_stage not_in Former Customer'],
    ['how many accounts do we have', 'accounts'],
    ['API calls per week over all customers since october', 'api_calls; by week; between 2026-10-01'],
  ])('who has left is no customer: %s', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('what a figure is of', () => {
  it.each([
    [
      'USD revenue from orders per product category in October',
      'transaction_amount; by product_category; calendar month 10; currency eq USD',
    ],
    ['number of open tickets of Enterprise customers', 'open_tickets; segment eq Enterprise'],
    [
      'open tickets of our Enterprise customers, number per customer',
      'open_tickets; by account; segment eq Enterprise',
    ],
    ['amount of deals won this quarter', 'won_amount; to_date quarter'],
    ['what is our NPS from the answers since 1 September?', 'nps; between 2026-09-01'],
    ['how many NPS answers did we get since 1 September', 'nps_responses; between 2026-09-01'],
    // One number would add up what nobody asked to be added up.
    ['how much is the kestrel payments deal worth', 'list opportunity; account eq Kestrel Payments'],
    ['value of the largest open deal', 'open_deal_amount_highest'],
    ['how many still w/o first reply', 'tickets_opened; ticket_first_replied_at is_null'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('what goes on about a list', () => {
  it.each([
    [['show me my open deals', 'only the ones closing this year'], 'list opportunity; calendar year'],
    [['my open deals', 'those that close this month'], 'list opportunity; calendar month'],
    [
      ['tickets of kestrel payments', 'only the ones opened this year'],
      'list ticket; to_date year; account eq Kestrel Payments',
    ],
    [
      ['tickets of kestrel payments', 'which were solved last month'],
      'list ticket; account eq Kestrel Payments; ticket_solved_at between 2026-10-01 2026-10-31',
    ],
    [
      ['tickets of kestrel payments', 'how many were solved last month'],
      'tickets_opened; all; account eq Kestrel Payments; ticket_solved_at between 2026-10-01 2026-10-31',
    ],
    [
      ['tickets opened last month', 'how many of those are solved'],
      'tickets_opened; relative month 1 true; ticket_solved_at is_not_null',
    ],
    [
      ['list our gold partners', 'which of them have an expired certification'],
      'expired_certifications; by partner; partner_tier eq gold',
    ],
    [
      ['list enterprise customers in EMEA', 'which of these have an open escalation'],
      'open_escalations; by account; segment eq Enterprise; region eq EMEA; lifecycle_stage not_in Former Customer',
    ],
    [
      ['which accounts are in the critical band today?', "what's their ARR in total"],
      'arr; some health_score',
    ],
  ])('%j', (turns, expected) => expect(ask(...turns)).toBe(expected));
});

describe('what was unusual in a series', () => {
  const series = (name: string): string => `list anomaly; to_date day; anomaly_series eq ${name}`;
  it.each([
    ['unusual ticket volumes today?', series('Tickets opened')],
    ['is the number of tickets unusual today', series('Tickets opened')],
    ['ticket volume anomalies today', series('Tickets opened')],
    ['any spikes in tickets today', series('Tickets opened')],
    ['anything unusual about how many chats come in today', series('Conversations started')],
    ['anything unusual today', 'list anomaly; to_date day'],
    [
      'insights on unusual ticket volume',
      'list insight; insight_kind eq unusual-volume; insight_ended_at is_null',
    ],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('what is said in the words of a day at work', () => {
  it.each([
    ['customers with two or more unfinished tickets', 'open_tickets; by account; open_tickets gt 1'],
    [
      'phone vs email tickets this quarter',
      'tickets_opened; by channel; to_date quarter; channel in Phone Email',
    ],
    ['reps vs quota this year', 'quota_won, quota_due, quota_attainment; by owner'],
    [
      'who of my people had the most customer meetings this quarter',
      'activities; by owner; to_date quarter; activity_kind eq meeting; activities desc',
    ],
    ['what moved our mrr this year', 'mrr_change; by movement_kind; to_date year'],
    [
      'our five longest-standing customers',
      'list account; lifecycle_stage not_in Former Customer; account_created_at asc',
    ],
    ['tickets awaiting customer reply', 'list ticket; ticket_status eq pending'],
    ['time to close by category', 'resolution_time_median; by category'],
    ['most active customers', 'ask'],
    ['average mrr per customer by segment', 'ask'],
    ['average revenue per customer this quarter', 'ask'],
    ['mrr per customer', 'mrr; by account'],
    ['least active accounts', 'ask'],
    ['active customers', 'active_accounts'],
    ['partners with expiring certifications', 'list partner; ahead day 90; cert_expires_on is_not_null'],
    ['csat responses below 3 this month', 'csat_responses; to_date month; survey_score lt 3'],
    ['which team breaches its sla most often', 'sla_breaches; by team; sla_breaches desc'],
    [
      'how many customers churned this year and how much mrr did we lose',
      'churned_customers, churned_mrr; to_date year',
    ],
    // What recurs is a state: it is none of what is up for renewal in that time.
    ['what is our mrr this year', 'mrr'],
    ['arr this quarter', 'arr'],
    ['mrr next month', 'refuse unclear'],
    ['mrr renewing this quarter', 'mrr_renewing; calendar quarter'],
    ['pipeline next quarter', 'closing_amount; upcoming quarter 1'],
    ['how big is the biggest deal', 'list opportunity; deal_amount desc'],
    // A customer's mail is a message, and what customers pay more than is an amount.
    ['which customers pay more than 5000 a month', 'mrr; by account; mrr gt 5000'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});
