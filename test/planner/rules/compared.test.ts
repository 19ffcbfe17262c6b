import { describe, expect, it } from 'vitest';
import { filterWords, planning } from './support/plans.ts';

const { planned, query } = planning(
  new Map([
    ['region', ['Americas', 'EMEA']],
    ['sales_region', ['Americas', 'EMEA']],
    ['segment', ['Enterprise', 'Mid-market', 'SMB']],
    ['category', ['Backup', 'Connectivity', 'How-to', 'Replication']],
    ['channel', ['WhatsApp', 'Web chat', 'Slack']],
    ['lead_source', ['Outbound', 'Web', 'Partner']],
    ['deal_type', ['New Business', 'Existing Business', 'Renewal']],
  ]),
);

/** Figure, groups, conditions and comparison of a plan, in one line. */
function line(question: string): string {
  const plan = query(question);
  if (plan.kind !== 'metric') return `list ${plan.entity}`;
  const by = plan.groupBy.map(({ dimension, grain }) => [dimension, grain].filter(Boolean).join(':'));
  return [
    plan.metrics.join('+'),
    ...(by.length > 0 ? [`by ${by.join('+')}`] : []),
    ...filterWords(plan.where),
    ...(plan.part ? [`part ${filterWords(plan.part.where).join(' and ')}`] : []),
    ...(plan.compare === 'none' ? [] : [plan.compare]),
  ].join(' | ');
}

describe('one compared with the other', () => {
  it.each([
    [
      'win rate on Outbound compared with Web, this year',
      'win_rate | by lead_source | lead_source in Outbound Web',
    ],
    [
      'mean CSAT, SMB compared to enterprise, last 60 days',
      'csat_average | by segment | segment in SMB Enterprise',
    ],
    [
      'is the handover rate higher on WhatsApp than on web chat',
      'bot_to_human_rate | by channel | channel in WhatsApp Web chat',
    ],
    [
      'compare the reopen rate of Americas with EMEA this quarter',
      'reopen_rate | by region | region in Americas EMEA',
    ],
    ['is csat better in EMEA than in Americas', 'csat_average | by region | region in EMEA Americas'],
    [
      'are backup tickets slower on resolution than replication',
      'resolution_time_median | by category | category in Backup Replication',
    ],
    [
      'did Diego solve more tickets than Aisha this week',
      'tickets_solved | by assignee | assignee in Diego Aisha',
    ],
    [
      'who has the better win rate this year, Naomi or Luis?',
      'win_rate | by account | account in Naomi Luis',
    ],
    [
      'Jonas or Claire: who made more calls this month?',
      'activities | by account | activity_kind eq call | account in Jonas Claire',
    ],
  ])('%s', (question, expected) => {
    expect(line(question)).toBe(expected);
  });

  it('leaves a bound alone', () => {
    const plan = query('accounts with more than 5 open tickets');
    expect(plan.kind === 'metric' && plan.having).toEqual([{ metric: 'open_tickets', op: 'gt', value: 5 }]);
  });
});

describe('one period compared with another', () => {
  it.each([
    ['average order value october vs november so far', 'average_order_value | by time:month'],
    [
      'is new business ahead of last quarter? won amount',
      'won_amount | deal_type eq New Business | previous_period',
    ],
    ['csat last 30 days vs the 30 before', 'csat_average | previous_period'],
    ['are we getting more tickets than in september', 'tickets_opened | by time:month'],
    ['are escalations going up or down?', 'new_escalations | by time:month'],
    // A state is shown as it went since then.
    ['emea backlog today compared to a week ago', 'open_tickets | by time | region eq EMEA'],
    ['are we making fewer API calls than a month ago', 'api_calls | previous_period'],
    ['the csat trend by week over the last 8 weeks', 'csat_average | by time:week'],
  ])('%s', (question, expected) => {
    expect(line(question)).toBe(expected);
  });

  it('does not take four weeks ago for the week before', () => {
    expect(planned('csat this week vs 4 weeks ago').kind).toBe('refuse');
  });
});

describe('rankings and amounts', () => {
  it.each([
    ['rank my reps by open pipeline', 'pipeline_amount | by owner'],
    ['agents ranked by tickets solved this month, top first', 'tickets_solved | by assignee'],
    ['rank industries by tickets per account', 'tickets_opened | by account+industry'],
    ['which support team has better CSAT?', 'csat_average | by team'],
    ['which team missed more SLAs in october, and by how many?', 'sla_breaches | by team'],
    ['slowest agents on resolution', 'resolution_time_median | by assignee'],
    [
      'calls, emails and meetings per rep this month',
      'activities | by activity_kind+owner | activity_kind in call email meeting',
    ],
    ['what is our pipeline worth', 'pipeline_amount'],
    ['open renewal deals, how much are they worth all together', 'pipeline_amount | deal_type eq Renewal'],
    ['sum of won deals this quarter per rep', 'won_amount | by owner'],
    ['deals closing this month, total amount', 'closing_amount'],
  ])('%s', (question, expected) => {
    expect(line(question)).toBe(expected);
  });

  it('takes no single value for several', () => {
    expect(planned('lowest csat scores last week').kind).toBe('refuse');
  });
});

describe('shares said in other words', () => {
  it.each([
    [
      'what share of our emea mrr comes from the enterprise segment',
      'mrr | region eq EMEA | part segment eq Enterprise',
    ],
    ['which share of mrr do enterprise customers have', 'mrr | part segment eq Enterprise'],
    [
      'tickets solved within 24 hours, share by agent',
      'tickets_solved | by assignee | part ticket_time_open lte 86400',
    ],
    ['% of high priority tickets this month', 'tickets_opened | part priority eq high'],
    ['urgent tickets as a share of all tickets this month', 'tickets_opened | part priority eq urgent'],
    ['how big a share of arr is EMEA', 'arr | part region eq EMEA'],
    ['what proportion of my tickets are how-to?', 'tickets_opened | part category eq How-to'],
  ])('%s', (question, expected) => {
    expect(line(question)).toBe(expected);
  });
});
