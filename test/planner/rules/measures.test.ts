import { describe, expect, it } from 'vitest';
import { planning } from './support/plans.ts';

const { planned, query } = planning(
  new Map([
    ['segment', ['Enterprise', 'SMB']],
    ['category', ['Backup', 'Performance']],
    ['channel', ['WhatsApp', 'Web chat']],
  ]),
);

const figures = (question: string): string => {
  const plan = query(question);
  if (plan.kind !== 'metric') return `list ${plan.entity}`;
  const by = plan.groupBy.map(({ dimension }) => dimension).join('+');
  return [plan.metrics.join('+'), ...(by === '' ? [] : [`by ${by}`])].join(' ');
};

describe('one figure told in several ways', () => {
  it.each([
    [
      'open deals count, amount and average by stage',
      'open_deals+pipeline_amount+average_open_deal by stage',
    ],
    ['count and amount of open deals by stage', 'open_deals+pipeline_amount by stage'],
    ['lost deals 2026, count, value', 'lost_deals+lost_amount'],
    ['won deals by lead source, count and sum', 'won_deals+won_amount by lead_source'],
    ['incidents resolved this month, count and mean hours', 'incidents_resolved+incident_duration_average'],
    [
      'mean and median resolution time by priority',
      'resolution_time_average+resolution_time_median by priority',
    ],
    ['total and average order value by month', 'transaction_amount+average_order_value by time'],
    [
      'p25, p50 and p75 of chat first response by channel',
      'p25_of_conversation_first_response_average+conversation_first_response_median+p75_of_conversation_first_response_average by channel',
    ],
  ])('%s', (question, expected) => {
    expect(figures(question)).toBe(expected);
  });

  it.each([
    ['p95 first response time last month', 'p95_of_first_response_time_median'],
    ['p90 resolution performance tickets', 'resolution_time_p90'],
    ['shortest resolution time this week', 'min_of_resolution_time_median'],
    ['customer wait, p90 in business hours, month to date', 'p90_of_requester_wait_business_time_median'],
  ])('%s', (question, expected) => {
    expect(figures(question)).toBe(expected);
  });

  it('does not take values of lines for those of orders', () => {
    expect(planned('median order value by product').kind).toBe('refuse');
    expect(figures('average order value by product')).toBe('average_order_value by product');
  });
});

describe('one figure over another', () => {
  it.each([
    ['logins per seat by segment last month', 'logins+subscription_seats by segment'],
    ['average number of tickets per customer by segment', 'tickets_opened+accounts by segment'],
    ['tickets per customer by segment', 'tickets_opened+accounts by segment'],
    ['average mrr per customer', 'mrr+accounts'],
    ['on average how many contacts per account do we have', 'contacts+accounts'],
    ['ratio of won to lost deals this year', 'won_deals+lost_deals'],
    ['open pipeline divided by quota by rep', 'pipeline_amount+quota by owner'],
  ])('%s', (question, expected) => {
    expect(figures(question)).toBe(expected);
    expect(query(question)).toMatchObject({ transform: 'ratio' });
  });

  it.each([
    // Each of them, or an average by itself.
    ['tickets per customer this month', 'tickets_opened by account'],
    ['average csat per customer', 'csat_average by account'],
    ['average order value per customer', 'average_order_value by account'],
  ])('%s', (question, expected) => {
    expect(figures(question)).toBe(expected);
    expect(query(question)).not.toMatchObject({ transform: 'ratio' });
  });
});

describe('what a day or a week has on average', () => {
  it.each([
    ['average tickets per day this month', 'tickets_opened by time'],
    ['tickets per day avg this month', 'tickets_opened by time'],
    ['average daily API calls in the last 14 days', 'api_calls by time'],
    ['weekly average of logins last quarter', 'logins by time'],
    ['how many tickets do we get per day on average', 'tickets_opened by time'],
  ])('%s', (question, expected) => {
    expect(figures(question)).toBe(expected);
    expect(query(question)).toMatchObject({ transform: 'mean' });
  });

  it('is no mean of averages', () => {
    expect(query('average resolution time per week')).toMatchObject({ transform: 'none' });
  });
});
