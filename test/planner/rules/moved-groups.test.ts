import { describe, expect, it } from 'vitest';
import { planning } from './support/plans.ts';

const { planned } = planning(
  new Map([
    ['tier', ['starter', 'enterprise']],
    ['region', ['EMEA', 'Americas']],
  ]),
  { now: new Date('2026-11-20T14:00:00Z') },
);

/** Figures by groups, with what they are compared and which of the groups are kept. */
function told(question: string): string {
  const plan = planned(question);
  if (plan.kind !== 'metric') return plan.kind === 'refuse' ? `refuse ${plan.reason}` : plan.kind;
  const groups = plan.groupBy.map(({ dimension }) => dimension).join(',');
  const kept = plan.having.map(({ metric, op, value, against = '', within = '' }) =>
    [metric, op, value, against, within].filter((one) => one !== '').join(' '),
  );
  const compared = plan.compare === 'none' ? '' : ` ${plan.compare}`;
  return `${plan.metrics.join('+')} by ${groups}${compared}: ${kept.join(' and ')}`;
}

describe('groups whose figure moved', () => {
  it.each([
    ['Which accounts had more tickets this month than last month?', 'tickets_opened by account', 'gt'],
    ['which teams got more escalations this quarter than last quarter', 'new_escalations by team', 'gt'],
    ['which engineers solved fewer tickets this week than last week', 'tickets_solved by assignee', 'lt'],
    [
      'which channels have more conversations this week than the week before',
      'conversations by channel',
      'gt',
    ],
    ['customers with fewer logins this month than in October', 'logins by account', 'lt'],
    [
      'products with falling sales this month. Show revenue for both months',
      'transaction_amount by product',
      'lt',
    ],
    ["which products' sales fell this month", 'transaction_amount by product', 'lt'],
    ['did any rep close less than last quarter', 'won_amount by owner', 'lt'],
    ['customers that logged in less often this month than last month', 'logins by account', 'lt'],
    ['which products sold less this month than last month', 'transaction_amount by product', 'lt'],
    ['customers who spent more this quarter than last quarter', 'transaction_amount by account', 'gt'],
    ['whose API calls fell', 'api_calls by account', 'lt'],
    ["which of my customers' API calls fell", 'api_calls by account', 'lt'],
    ['is usage falling at any of my customers', 'api_calls by account', 'lt'],
    ['are tickets rising at any of our enterprise customers this month', 'tickets_opened by account', 'gt'],
    ['enterprise customers with declining API calls this month', 'api_calls by account', 'lt'],
    ['reps whose win rate improved this quarter', 'win_rate by owner', 'gt'],
    ['teams whose median resolution time worsened this month', 'resolution_time_median by team', 'gt'],
    ["has any customer's NPS dropped since last quarter", 'nps by account', 'lt'],
    ['regions where won amount grew this year compared to last year', 'won_amount by region', 'gt'],
  ])('%s', (question, figures, op) => {
    const [metric] = figures.split(' ');
    expect(told(question)).toBe(`${figures} previous_period: ${metric}__change ${op} 0`);
  });

  it('asks both of two figures', () => {
    expect(told('accounts with rising API calls and falling logins over the last 30 days')).toBe(
      'api_calls+logins by account previous_period: api_calls__change gt 0 and logins__change lt 0',
    );
    expect(told('customers whose API calls rose this month while logins fell')).toBe(
      'api_calls+logins by account previous_period: api_calls__change gt 0 and logins__change lt 0',
    );
  });

  it.each([
    ['accounts with more than 5 tickets this month', 'tickets_opened by account: tickets_opened gt 5'],
    ['did CSAT fall this month', 'csat_average by  previous_period: '],
  ])('leaves “%s” alone', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('tells of all together where all are asked for', () => {
    const plan = planned('did enterprise customers open more tickets this month than last month');
    expect(plan.kind === 'metric' ? plan.having : []).toEqual([]);
  });

  it('knows no earlier value of a state', () => {
    expect(told('accounts with rising open tickets')).not.toContain('__change');
  });
});

describe('groups against their mean', () => {
  it.each([
    ['reps below the average win rate', 'win_rate by owner: win_rate lt 1 mean'],
    [
      'campaigns that convert better than average',
      'campaign_conversion_rate by campaign: campaign_conversion_rate gt 1 mean',
    ],
    ['accounts that pay more than the average', 'mrr by account: mrr gt 1 mean'],
    ['customers whose MRR is above average', 'mrr by account: mrr gt 1 mean'],
    [
      'accounts whose health is below average',
      'average_health_score by account: average_health_score lt 1 mean',
    ],
    ['which reps won more deals than the average this quarter', 'won_deals by owner: won_deals gt 1 mean'],
    [
      'who solved fewer tickets than average this month',
      'tickets_solved by assignee: tickets_solved lt 1 mean',
    ],
    ['who is above average in won amount this quarter', 'won_amount by owner: won_amount gt 1 mean'],
    ['agents with a lower CSAT than average this month', 'csat_average by assignee: csat_average lt 1 mean'],
    [
      'campaigns with a below average response rate',
      'campaign_response_rate by campaign: campaign_response_rate lt 1 mean',
    ],
    [
      'which customers have an above average number of tickets this month',
      'tickets_opened by account: tickets_opened gt 1 mean',
    ],
    [
      'customers with more than twice the average number of tickets',
      'tickets_opened by account: tickets_opened gt 2 mean',
    ],
    [
      'teams with a longer median resolution time than the average of all teams',
      'resolution_time_median by team: resolution_time_median gt 1 mean',
    ],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    [
      'engineers with more open tickets than the average of their team',
      'open_tickets by assignee,team: open_tickets gt 1 mean team',
    ],
    [
      'reps whose win rate is below the average of their team',
      'win_rate by owner,team: win_rate lt 1 mean team',
    ],
    [
      'which engineers solved more tickets than the team average this week',
      'tickets_solved by assignee,team: tickets_solved gt 1 mean team',
    ],
  ])('of their own: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('of the asker’s own team', () => {
    expect(told('engineers in my team who are above average in tickets solved this month')).toBe(
      'tickets_solved by assignee: tickets_solved gt 1 mean',
    );
  });

  it.each([
    [
      'categories with an average resolution time over 2 days',
      'resolution_time_average by category: resolution_time_average gt 172800',
    ],
    ['tickets that took longer than average', 'refuse unclear'],
    ['deals above average', 'refuse unclear'],
    ['is our win rate above average', 'refuse unclear'],
  ])('leaves “%s” alone', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});
