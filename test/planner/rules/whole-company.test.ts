import { describe, expect, it } from 'vitest';
import { decisive } from './support/decisive.ts';
import { planning } from './support/plans.ts';

const stored = new Map([
  ['region', ['Americas', 'EMEA']],
  ['segment', ['Enterprise', 'Mid-market', 'SMB']],
  ['industry', ['Healthcare', 'Retail']],
  ['category', ['Backup', 'Connectivity', 'Performance']],
  ['product', ['Quorum Geo', 'Quorum Classic']],
]);

const { lastOf } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });

const ask = (question: string): string => decisive(lastOf(question));

describe('groups in the order of their change', () => {
  const fell = 'previous_period; average_health_score__change lt 0; average_health_score__change asc';
  it.each([
    [
      'whose health fell most in the last 7 days',
      `average_health_score; by account; relative day 7 false; ${fell}`,
    ],
    [
      'the five biggest drops in health by customer over the last 7 days',
      `average_health_score; by account; relative day 7 false; ${fell}`,
    ],
    [
      "which customers' logins dropped the most this month",
      'logins; by account; to_date month; previous_period; logins__change lt 0; logins__change asc',
    ],
    [
      'which industries grew the most in logins this month',
      'logins; by industry; to_date month; previous_period; logins__change gt 0; logins__change desc',
    ],
  ])('“%s”', (question, expected) => expect(ask(question)).toBe(expected));

  it.each([
    [
      'customers whose API traffic fell by more than 30% compared with the previous month',
      'api_calls; by account; to_date month; previous_period; api_calls__change lt -0.3',
    ],
    [
      'customers whose logins dropped by at least 20% last month',
      'logins; by account; relative month 1 true; previous_period; logins__change lte -0.2',
    ],
    [
      'which customers grew their API calls by more than 20% this month',
      'api_calls; by account; to_date month; previous_period; api_calls__change gt 0.2',
    ],
    ['did logins fall by more than 30% this month', 'logins; to_date month; previous_period'],
  ])('“%s” compares the change', (question, expected) => expect(ask(question)).toBe(expected));

  it.each([
    ['what changed most in health over the last 7 days', 'refuse unclear'],
    ['API calls more than 30% this month by customer', 'refuse unclear'],
    ['customers with more than 30 logins this month', 'logins; by account; to_date month; logins gt 30'],
    ['which customers had the most logins this month', 'logins; by account; to_date month; logins desc'],
  ])('“%s” is none', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('what is told by the end of its months', () => {
  it.each([
    ['MRR by month this year', 'mrr_month_closing; by month; between 2026-01-01 2026-10-31'],
    ['ARR by month this year', 'arr_month_closing; by month; between 2026-01-01 2026-10-31'],
    ['arr today vs a year ago', 'arr_month_closing; by month; relative month 13 true'],
    ['MRR now vs six months ago', 'mrr_month_closing; by month; relative month 7 true'],
    ['arr yoy', 'arr_month_closing; by month; relative month 13 true'],
    [
      'mrr last month compared to the month before',
      'mrr_month_closing; relative month 1 true; previous_period',
    ],
    [
      "how's our MRR developing this year, month by month",
      'mrr_month_closing; by month; between 2026-01-01 2026-10-31',
    ],
    ['churn rate per month for the last 12 months', 'monthly_churn_rate; by month; relative month 12 true'],
    // Of a part of the customers no month is kept; now is now.
    ['mrr by segment', 'mrr; by segment'],
    ['what is our ARR', 'arr'],
    ['mrr growth mom last 6 months', 'mrr_growth; by month; relative month 6 true'],
    ['tickets opened mom last 6 months', 'tickets_opened; by month; relative month 6 false'],
    ['incidents wow', 'incidents_opened; relative week 1 true; previous_period'],
  ])('“%s”', (question, expected) => expect(ask(question)).toBe(expected));

  it.each([
    ['tickets in october vs october last year'],
    ['tickets oct vs oct last yr'],
    ['tickets october 2026 against october 2025'],
  ])('“%s” compares one month of two years', (question) =>
    expect(ask(question)).toBe('tickets_opened; calendar month 10 2026; same_period_last_year'),
  );
});

describe('records in the order of a scale or a figure', () => {
  it.each([
    ['open incidents, worst severity first', 'list incident; incident_status eq open; severity desc'],
    ['top 5 at-risk accounts by arr', 'list health_score; health_score lt 50; account_arr desc'],
    ['at risk customers sorted by arr', 'list health_score; health_score lt 50; account_arr desc'],
    [
      'Healthcare customers sorted by health, worst on top',
      'average_health_score; by account; industry eq Healthcare; average_health_score asc',
    ],
    ['open incidents, oldest first', 'list incident; incident_status eq open; incident_started_at asc'],
    ['gross margin by product top to bottom', 'product_margin; by product; product_margin desc'],
  ])('“%s”', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('words of those who look at the whole', () => {
  it.each([
    ['our whale by arr who is it', 'arr; by account; arr desc'],
    ["who's our whale", 'arr; by account; arr desc'],
    ['sev crit incidents still open', 'list incident; incident_status eq open; severity eq critical'],
    ['new, expansion and churned MRR for October', 'new_mrr, expansion_mrr, churned_mrr; calendar month 10'],
    ["who's most likely to leave us in the next months?", 'list churn_score; churn_probability desc'],
    ['which customers are most likely to churn', 'list churn_score; churn_probability desc'],
    ['CE-1043, where do we stand?', 'list customer_escalation; ce_number eq CE-1043'],
    ['where is CE-1041 at', 'list customer_escalation; ce_number eq CE-1041'],
    [
      'who still buys Quorum Classic',
      'transaction_amount; by account; relative month 12 false; product eq Quorum Classic',
    ],
    [
      'which customers grew their MRR the most since the start of the year',
      'mrr_change; by account; to_date year; mrr_change desc',
    ],
    // Near misses: a wish to be told, and what nobody foresees.
    ['where is the biggest deal', 'refuse unknown_word'],
    ['who still has open tickets', 'open_tickets; by assignee'],
  ])('“%s”', (question, expected) => expect(ask(question)).toBe(expected));
});

describe('what goes on', () => {
  it.each([
    [
      ['customer escalations in EMEA since the start of October', 'what categories'],
      'new_escalations; by category; between 2026-10-01; region eq EMEA',
    ],
    [
      ['show me the forecast for december, weighted', "what's the biggest single deal in there"],
      'list opportunity; calendar month 12 2026; deal_amount desc',
    ],
    [
      ['incidents this quarter', 'only critical', 'who are the customers'],
      'incidents_opened; by account; to_date quarter; severity eq critical',
    ],
    [
      ['churn rate for the last six months', 'as a line'],
      'monthly_churn_rate; by month; relative month 6 false',
    ],
    [
      ['how many SLA breaches did we have this week', 'which ones were first reply and which resolution?'],
      'sla_breaches; by sla_metric; to_date week; sla_metric in first_response resolution',
    ],
    [
      ['open deals', 'leave out anything below 20k', 'without those above 100k'],
      'list opportunity; deal_amount gte 20000; deal_amount lte 100000',
    ],
    [['open deals', 'only those over 50k', 'only those over 20k'], 'list opportunity; deal_amount gt 20000'],
    [
      ['did we have more tickets in October than in September?', "what's behind the difference, by topic"],
      'tickets_opened; by category; calendar month 10; previous_period',
    ],
    [['tickets opened today', 'and how many have I closed'], 'tickets_solved; to_date day'],
    [
      ['API calls over the last 30 days', 'who dropped the most'],
      'api_calls; by account; relative day 30 false; previous_period; api_calls__change lt 0; api_calls__change asc',
    ],
    [
      ['logins by industry this month', 'and the biggest drops'],
      'logins; by industry; to_date month; previous_period; logins__change lt 0; logins__change asc',
    ],
    [['incidents this month', 'sort by severity'], 'list incident; to_date month; severity asc'],
    [
      ['incidents this month', 'list them', 'how does that compare to the month before'],
      'incidents_opened; to_date month; previous_period',
    ],
    // A state has no period before it, and records have no chart of their change.
    [['open deals', 'who dropped the most'], 'refuse no_field'],
  ])('%j', (texts, expected) => expect(decisive(lastOf(...texts))).toBe(expected));

  it.each([
    ['whose customers are those'],
    ['what was the root cause of those'],
    ['rank them by ARR'],
    ['and open tickets?'],
    ['on which tickets'],
  ])('“%s” after nothing is no question of its own', (text) => expect(ask(text)).toBe('refuse unclear'));

  it.each([
    ['open tickets and who owns them', 'list ticket; ticket_status in new open pending hold'],
    ['which of my deals are those with the highest amount', 'list opportunity; deal_amount desc'],
  ])('“%s” names what it speaks of', (text, expected) => expect(ask(text)).toBe(expected));
});
