import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

/** Numbers that groups must have, figures beside figures, and values that belong together. */
const { planned } = planning(
  new Map([
    ['category', ['Billing', 'Access']],
    ['channel', ['Chat', 'Email']],
    ['product', ['Quorum Core', 'Quorum Vault']],
    ['region', ['EMEA', 'Americas']],
    ['sla_policy', ['americas', 'enterprise']],
    ['stage', ['Negotiation/Review', 'Closed Won']],
    ['tier', ['starter', 'enterprise']],
  ]),
);
const told = (question: string): string => {
  const plan = planned(question);
  const having =
    plan.kind === 'metric'
      ? plan.having.map(({ metric, op, value }) => ` having ${metric} ${op} ${value}`).join('')
      : '';
  return planWords(plan) + having;
};

describe('a number that each group must have', () => {
  it.each([
    [
      'CSAT and number of responses by agent for November, at least 5 responses',
      'csat_average+csat_responses by assignee having csat_responses gte 5',
    ],
    [
      'CSAT by team last month, teams with fewer than 20 responses',
      'csat_average+csat_responses by team having csat_responses lt 20',
    ],
    ['csat per agent (min 5 surveys)', 'csat_average+csat_responses by assignee having csat_responses gte 5'],
    [
      'which agents have a CSAT below 3 with at least 5 responses',
      'csat_average+csat_responses by assignee having csat_average lt 3 having csat_responses gte 5',
    ],
    [
      'NPS by segment, but only segments with more than 10 answers',
      'nps+nps_responses by segment having nps_responses gt 10',
    ],
    [
      'leads by source with conversion rate, only sources with at least 10 leads',
      'leads+lead_conversion_rate by lead_origin having leads gte 10',
    ],
    [
      'win rate by rep this year, only reps with at least 5 deals',
      'win_rate+decided_deals by owner having decided_deals gte 5',
    ],
    [
      'industries with an average health below 70 and at least 3 accounts',
      'average_health_score+accounts by industry having average_health_score lt 70 having accounts gte 3',
    ],
    [
      'campaigns with a response rate above 10% but fewer than 5 conversions',
      'campaign_response_rate+campaign_conversions by campaign having campaign_response_rate gt 0.1 having campaign_conversions lt 5',
    ],
    [
      'average deal size by industry where there are 3 or more deals',
      'average_won_deal+won_deals by industry having won_deals gte 3',
    ],
    [
      'resolution time by category, just those with over 20 tickets',
      'resolution_time_median+tickets_solved by category having tickets_solved gt 20',
    ],
    [
      'first response time by channel this month (at least ten tickets)',
      'first_response_time_median+answered_tickets by channel having answered_tickets gte 10',
    ],
    // Of each ticket, not of whoever has them.
    ['tickets by agent with more than 2 replies', 'tickets_opened by assignee [ticket_replies gt 2]'],
    ['tickets by category with a CSAT below 3', 'refuse unclear'],
    ['deals by stage over 50k', 'open_deals by stage [deal_amount gt 50000]'],
    ['open deals with fewer than 3 contacts', 'refuse unclear'],
    [
      'open deals over 100k with fewer than 3 contacts involved',
      'list opportunity [deal_closed eq false] [deal_amount gt 100000] some deal_signal',
    ],
    ['deals with more than 2 partners', 'list opportunity [deal_closed eq false] some partner_deal'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('figures behind “with”', () => {
  it.each([
    [
      'my tickets per category with average resolution time',
      'tickets_opened+resolution_time_average by category me',
    ],
    [
      'incidents this quarter by severity with average time to resolve',
      'incidents_opened+incident_duration_average by severity',
    ],
    ['won deals per rep with average deal size', 'won_deals+average_won_deal by owner'],
    [
      'tickets by channel with CSAT and median first response time',
      'tickets_opened+csat_average+first_response_time_median by channel',
    ],
    ['orders by customer this year along with their revenue', 'orders+transaction_amount by account'],
    ['deals by stage with amount', 'open_deals+pipeline_amount by stage'],
    // Which accounts, and of which tickets.
    ['accounts by region with open escalations', 'accounts by region some customer_escalation'],
    ['tickets by agent with urgent priority', 'tickets_opened by assignee [priority eq urgent]'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('a noun said once for several', () => {
  it.each([
    ['won, lost and open amount for each rep this quarter', 'won_amount+lost_amount+closing_amount by owner'],
    ['open, won and lost amount by owner', 'pipeline_amount+won_amount+lost_amount by owner'],
    ['lost and open amount by region', 'lost_amount+pipeline_amount by region'],
    [
      'pipeline by forecast category, amount and number of deals',
      'pipeline_amount+open_deals by forecast_category',
    ],
    ['number of deals and amount by stage', 'open_deals+pipeline_amount by stage'],
    ['won and lost deals by rep', 'won_deals+lost_deals by owner'],
    [
      'number of tickets and average resolution time by category',
      'tickets_opened+resolution_time_average by category',
    ],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('values of one property', () => {
  it.each([
    ['SLA compliance in EMEA and Americas', 'sla_compliance_rate by region [region in EMEA Americas]'],
    [
      'SLA breaches in the Americas and in EMEA last month',
      'sla_breaches by region [region in Americas EMEA]',
    ],
    [
      'SLA compliance for EMEA, November versus October',
      'sla_compliance_rate previous_period [region eq EMEA]',
    ],
    [
      'how many tickets are open and pending',
      'tickets_opened by ticket_status [ticket_status in open pending]',
    ],
    ['how many of my tickets are open or on hold', 'tickets_opened [ticket_status in open hold] me'],
    [
      'which interventions are open or in progress',
      'list intervention [intervention_status in open in_progress]',
    ],
    [
      'new, open or pending tickets by agent',
      'tickets_opened by assignee [ticket_status in new open pending]',
    ],
    ['how many tickets are open', 'open_tickets'],
    ['new and open tickets by priority', 'tickets_opened+open_tickets by priority'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('“but” between conditions', () => {
  it.each([
    [
      'my deals closing in the next 14 days but not in EMEA',
      'list opportunity [deal_closed eq false] [region neq EMEA] me',
    ],
    ['urgent tickets but not billing', 'list ticket [priority eq urgent] [category neq Billing]'],
    ['customers in EMEA but not enterprise', 'list account [region eq EMEA] [tier neq enterprise]'],
    [
      'open tickets that were opened before November and are not on hold',
      'list ticket [ticket_status in new open pending hold] [ticket_status neq hold]',
    ],
    [
      'my accounts that have no open deal but more than 50k ARR',
      'list account [account_arr gt 50000] none opportunity me',
    ],
    [
      'customers with no login in 30 days but over 100k ARR',
      'list account [account_arr gt 100000] none usage_daily',
    ],
    ['orders of Quorum Core but not Quorum Vault', 'refuse unknown_word'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('who is ranked and who is asked for', () => {
  it.each([
    ['best partners by deals', 'joint_deals by partner [deal_closed eq false] joint_deals desc 10'],
    ['top partners by won deals', 'joint_deals_won by partner joint_deals_won desc 10'],
    ['top 5 deals by customer', 'open_deals by account [account is_not_null] open_deals desc 5'],
    [
      'how many interventions are overdue and who owns them',
      'list intervention [intervention_status in open in_progress] [intervention_due_at lt @now]',
    ],
    [
      'number of open escalations and who has them',
      'list customer_escalation [escalation_status not_in resolved closed]',
    ],
    [
      'overdue interventions and who owns them',
      'list intervention [intervention_status in open in_progress] [intervention_due_at lt @now]',
    ],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('a mean time of each group with a limit', () => {
  it.each([
    [
      'customers with an average resolution time above 2 days and at least 10 tickets',
      'resolution_time_average+tickets_solved by account having resolution_time_average gt 172800 having tickets_solved gte 10',
    ],
    [
      'which categories have a median resolution time above 2 days',
      'resolution_time_median by category having resolution_time_median gt 172800',
    ],
    [
      'agents whose first response time is longer than 4 hours',
      'first_response_time_median by assignee having first_response_time_median gt 14400',
    ],
    // Each ticket, each conversation.
    [
      'tickets with a resolution time above 2 days',
      'list ticket [ticket_time_open gt 172800] [ticket_solved_at is_not_null]',
    ],
    ['conversations with a duration above 20 minutes', 'list conversation [conversation_length gt 1200]'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('words that are left out or said in another order', () => {
  it.each([
    ['tickets this vs last month', 'tickets_opened previous_period'],
    ['tickets this month vs last month', 'tickets_opened previous_period'],
    ['ARR this vs last quarter', 'arr_month_closing by month'],
    ['open tickets, urgent ones first', 'list ticket [ticket_status in new open pending hold] priority desc'],
    ['what did we sell of Quorum Vault in October', 'transaction_amount [product eq Quorum Vault]'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('a state of this quarter beside the last one is the course of both', () => {
    expect(planned('ARR this quarter vs last quarter')).toMatchObject({
      time: { kind: 'between', from: '2026-07-01', to: '2026-10-31' },
    });
  });
});
