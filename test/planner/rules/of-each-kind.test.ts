import { describe, expect, it } from 'vitest';
import { decisive } from './support/decisive.ts';
import { planning } from './support/plans.ts';

const stored = new Map([
  ['region', ['Americas', 'EMEA']],
  ['segment', ['Enterprise', 'Mid-market', 'SMB']],
  ['lifecycle_stage', ['Customer', 'Former Customer']],
  ['subscription_plan', ['Enterprise, yearly', 'Premium support, monthly']],
  ['lead_origin', ['Campaign', 'Partner', 'Referral']],
  ['campaign', ['Backup week']],
  ['stage', ['Negotiation/Review', 'Qualification']],
  ['currency', ['EUR', 'USD']],
]);

const { lastOf } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });

const ask = (question: string): string => decisive(lastOf(question));
const limitOf = (question: string): number => {
  const plan = lastOf(question);
  return plan.kind === 'list' || plan.kind === 'metric' ? plan.limit : 0;
};

describe('how many rows are meant', () => {
  it.each([
    ['largest deals won this year', 10],
    ['oldest tickets opened this month', 10],
    ['biggest subscriptions renewing next month', 10],
    ['oldest escalations of Acme', 10],
    ['the oldest escalation raised by Acme', 1],
    ['oldest ticket opened this month', 1],
    ['the oldest meeting', 1],
    ['most recent meeting with Acme', 1],
    ['most recent meetings with Acme', 10],
    ['latest survey responses', 10],
    ['the latest survey response', 1],
  ])('%s: %i', (question, limit) => expect(limitOf(question)).toBe(limit));
});

describe('the figure of each of them', () => {
  it.each([
    ['reps by win rate', 'win_rate; by owner'],
    ['customers by mrr', 'mrr; by account'],
    ['teams by csat last month', 'csat_average; by team; relative month 1 true'],
    ['agents by tickets solved', 'tickets_solved; by assignee'],
    ['industries by health', 'average_health_score; by industry'],
    ['partner revenue by tier', 'partner_won_amount; by partner_tier'],
    ['number of tickets each agent solved last month', 'tickets_solved; by assignee; relative month 1 true'],
    // Records are split by what they have.
    ['tickets by priority', 'tickets_opened; by priority'],
    ['tickets by customers', 'tickets_opened; by account'],
    ['accounts by health band', 'scored_accounts; by health_band'],
    ['which industries have the lowest csat, worst first', 'csat_average; by industry; csat_average asc'],
    // Leads without a campaign are no campaign's.
    ['which campaign brought the most leads', 'leads; by campaign; campaign is_not_null; leads desc'],
    ['leads by campaign', 'leads; by campaign'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('rows that have something', () => {
  it.each([
    ['deals with a next step', 'list opportunity; next_step is_not_null'],
    ['which deals have a next step', 'list opportunity; next_step is_not_null'],
    ['tickets with an assignee', 'list ticket; assignee is_not_null'],
    ['leads with a campaign', 'list lead; campaign is_not_null'],
    ['how many escalations have a root cause', 'open_escalations; root_cause is_not_null'],
    // A number says how much, and a column is shown.
    ['deals with an amount over 50000', 'list opportunity; deal_amount gt 50000'],
    ['open deals with account, amount and next step', 'list opportunity'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('what was not done in time', () => {
  it.each([
    ['tickets not solved within 2 days', 'list ticket; ticket_time_open gt 172800'],
    [
      'how many tickets were not solved within a day last month',
      'tickets_opened; relative month 1 true; ticket_time_open gt 86400',
    ],
    ['escalations not resolved in 14 days', 'list customer_escalation; escalation_time_open gt 1209600'],
    ['deals not closed within 60 days', 'refuse unclear'],
    ['leads not converted within 30 days', 'refuse unclear'],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));

  it('counts what was answered late and what still waits', () => {
    for (const question of ['tickets not answered within 4 hours', 'tickets without a reply within 4 hours'])
      expect(ask(question)).toMatch(
        /ticket_reply_time gt 14400.*ticket_first_replied_at is_null.*ticket_time_open gt 14400/,
      );
  });
});

describe('what a number counts', () => {
  it.each([
    ['do we have over 200 customers', 'accounts; lifecycle_stage not_in Former Customer'],
    ['do we have more than 5 open deals in negotiation', 'open_deals; stage eq Negotiation/Review'],
    ['deals over 50k by customer', 'open_deals; by account; deal_amount gt 50000'],
    ['open deals over 100k by customer', 'open_deals; by account; deal_amount gt 100000'],
    ['chats rated below 3', 'list conversation; conversation_csat lt 3'],
    [
      'how many orders over 10k this month',
      'transaction_amount; by order_number, account; to_date month; transaction_amount gt 10000',
    ],
    [
      'number of tickets older than 30 days',
      'tickets_opened; older day 30; ticket_status in new, open, pending, hold',
    ],
    // Nothing that it could be of.
    ['do we have tickets over 3', 'refuse unclear'],
    ['are there customers under 50', 'refuse unclear'],
    ['deals with a discount over 10 %', 'refuse unclear'],
    ['leads with a score above 80', 'refuse no_field'],
  ])('%s', (question, expected) => {
    expect(ask(question).replaceAll(/in new open pending hold/g, 'in new, open, pending, hold')).toBe(
      expected,
    );
  });
});

describe('until when', () => {
  it.each([
    ['certifications expiring in 60 days', 'ahead day 60'],
    ['deals closing in two weeks', 'ahead week 2'],
    ['tickets due in 2 hours', 'ahead hour 2'],
    ['tasks due in 3 days', 'day 3'],
  ])('%s', (question, expected) => expect(ask(question)).toContain(expected));

  it('takes the newest of a period by when they began', () => {
    expect(lastOf('newest deals this month')).toMatchObject({ timeDimension: 'deal_opened_on' });
    expect(lastOf('newest customers this month')).toMatchObject({ timeDimension: 'account_created_at' });
    expect(lastOf('newest deals closing this month')).not.toMatchObject({ timeDimension: 'deal_opened_on' });
  });
});

describe('what is said in passing', () => {
  it.each([
    ['which of my deals are supposed to land in january', 'list opportunity; calendar month 1 2027'],
    [
      'opps of mine whose closing date has already gone by but are still open',
      'list opportunity; close_date lt @today',
    ],
    ['how far along am i towards my target this year?', 'quota_attainment'],
    ['where do the deals we win come from? count per source', 'won_deals; by lead_source'],
    [
      'what became of my leads from the backup week campaign',
      'leads; by lead_status; all; campaign eq Backup week',
    ],
    [
      'campaigns where over half of the recipients answered',
      'campaign_response_rate; by campaign; campaign_response_rate gt 0.5',
    ],
    [
      'how much money did we give away as discounts in october, by product category',
      'discount_amount; by product_category; calendar month 10',
    ],
    [
      'commit, best case and pipeline for q1',
      'closing_amount; by forecast_category; calendar quarter 1 2027',
    ],
    ['which accounts bring in over 300k a year', 'list account; account_arr gt 300000'],
    ['new leads by week for the past 5 full weeks', 'leads; by week; relative week 5 true'],
    ['products never sold', 'list product; none sales_transaction'],
    [
      "enterprise customers that don't pay for premium support",
      'list account; segment eq Enterprise; lifecycle_stage not_in Former Customer; none subscription',
    ],
    [
      'customers with a renewal in the next 90 days',
      'list account; lifecycle_stage not_in Former Customer; some subscription',
    ],
  ])('%s', (question, expected) => expect(ask(question)).toBe(expected));
});
