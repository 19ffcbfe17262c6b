import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const now = new Date('2026-11-20T14:00:00Z');
const stored = new Map([
  ['stage', ['Negotiation/Review', 'Proposal/Price Quote']],
  ['forecast_category', ['Commit', 'Best Case']],
  ['campaign_kind', ['Webinar', 'Newsletter']],
  ['category', ['Billing', 'Performance']],
]);

const planOf = (question: string): Plan =>
  planner.explain({ question, catalogue, now, zone: 'Europe/Berlin', requestId: 'test', stored }).planned
    .plan;

/** The decisive parts of a plan in a line: figures or records, groups, conditions, whose. */
function told(question: string): string {
  const plan = planOf(question);
  if (plan.kind === 'refuse') return `refused: ${plan.reason} ${plan.detail}`;
  if (plan.kind === 'clarify') return `asked: ${plan.options.map(({ label }) => label).join(' / ')}`;
  if (plan.kind === 'summary') return 'summary';
  const what = plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join(' + ');
  const groups = plan.kind === 'list' ? [] : plan.groupBy.map(({ dimension }) => dimension);
  const where = plan.where.map(({ any }) =>
    any.map((one) => `${one.dimension} ${one.op} ${one.values.join(',')}`).join(' or '),
  );
  const having = plan.kind === 'list' ? [] : plan.having.map((one) => `${one.metric} ${one.op} ${one.value}`);
  return [
    what,
    groups.length > 0 ? `by ${groups.join(', ')}` : '',
    ...[...where, ...having].map((one) => `[${one}]`),
    plan.subject === 'none' ? '' : plan.subject,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

describe('whose accounts', () => {
  it.each([
    ['arr of my book', 'arr me'],
    ['accounts in my book', 'list account me'],
    ['subscriptions on my accounts', 'list subscription me'],
    ['csat of my customers this month', 'csat_average my_accounts'],
    ['escalations of my team’s accounts', 'list customer_escalation my_teams_accounts'],
    ['units sold per product this month to my teams accounts', 'units_sold by product my_team'],
    ['tickets for each of my accounts', 'tickets_opened by account my_accounts'],
    [
      'how many tickets did each of my teams accounts open last week',
      'tickets_opened by account my_teams_accounts',
    ],
    ['open deals of my accounts', 'list opportunity [deal_closed eq false] my_accounts'],
    ['health of my accounts', 'average_health_score me'],
  ])('reads “%s”', (question, parts) => {
    expect(told(question)).toBe(parts);
  });
});

describe('how long, how old, how often, how much', () => {
  it.each([
    ['how long does it take us to answer a ticket', 'first_response_time_median'],
    ['how long does it take on average to resolve an escalation', 'escalation_resolution_time_average'],
    ['median time to resolve a ce', 'escalation_resolution_time_median'],
    ['how long do incidents last on average', 'incident_duration_average'],
    ['how long do chats take', 'conversation_resolution_average'],
    ['how long have escalations been open', 'escalation_age_median'],
    ['how old are my open deals on average', 'open_deal_age_average me'],
    ['avg age of our open tickets by priority', 'open_ticket_age_average by priority'],
    ['how often did we breach sla last month', 'sla_breaches'],
    ['how many times did we breach sla last month', 'sla_breaches'],
    ['how much did we close last quarter', 'won_amount'],
    ['how much did we lose last quarter', 'lost_amount'],
    ['how much is closing this quarter', 'closing_amount'],
    ['how much is in commit', 'pipeline_amount [forecast_category eq Commit]'],
    ['how much do i still need to hit quota', 'quota_gap me'],
    ['avg order value last month', 'average_order_value'],
    ['nrr last month', 'net_revenue_retention'],
    [
      'avg resolution time of conversations by channel in october',
      'conversation_resolution_average by channel',
    ],
  ])('reads “%s”', (question, parts) => {
    expect(told(question)).toBe(parts);
  });
});

describe('verbs and values that name no record', () => {
  it.each([
    ['solved per agent last week', 'tickets_solved by assignee'],
    ['opened and solved per week in october', 'tickets_opened + tickets_solved by time'],
    ['lost by rep this quarter', 'lost_deals by owner'],
    ['who solved the most last week', 'tickets_solved by assignee'],
    ['who won the most this quarter', 'asked: Won deals / Won amount'],
    ['how many p1s are open rn', 'open_tickets [priority eq urgent]'],
    ['p1s per agent', 'tickets_opened by assignee [priority eq urgent]'],
    ['number of P1s', 'asked: P1s: tickets / P1s: incidents'],
    ['calls per rep this week', 'activities by owner [activity_kind eq call]'],
    ['customer meetings per rep this quarter', 'activities by owner [activity_kind eq meeting]'],
    ['how many calls did i make this week', 'activities [activity_kind eq call] me'],
    ['how many webinars did we run', 'campaigns [campaign_kind eq Webinar]'],
    ['how many chats did i handle last week', 'chats_handled me'],
    ['which are not connected', 'list messaging_session [session_status neq connected]'],
  ])('reads “%s”', (question, parts) => {
    expect(told(question)).toBe(parts);
  });
});

describe('properties beside their records', () => {
  it.each([
    ['deals in stage negotiation', 'list opportunity [stage eq Negotiation/Review]'],
    ['leads with status working', 'list lead [lead_status eq working]'],
    ['list my leads that are still in status new', 'list lead [lead_status eq new] me'],
    ['interventions still open, split by prio', 'open_interventions by intervention_priority'],
    ['tickets with sentiment below -0.3', 'list ticket [ticket_sentiment lt -0.3]'],
    ['accounts with at least two open tickets', 'open_tickets by account [open_tickets gte 2]'],
    [
      'which accounts had more than 1 escalation this quarter',
      'new_escalations by account [new_escalations gt 1]',
    ],
    ['who is past due and with how much MRR', 'mrr by account [subscription_status eq past_due]'],
    ['how many open deals per partner', 'joint_deals by partner [deal_closed eq false]'],
    ['won deals by partner this year', 'joint_deals_won by partner'],
    ['pipeline by partner', 'partner_open_amount by partner'],
    ['busiest hour of the day for new tickets last month', 'tickets_opened by hour_of_day'],
    ['top 3 bot intents qtd', 'bot_answers by intent'],
    ['top 5 customers by churn risk', 'average_churn_probability by account'],
    ['any open opps above 250k?', 'list opportunity [deal_closed eq false] [deal_amount gt 250000]'],
  ])('reads “%s”', (question, parts) => {
    expect(told(question)).toBe(parts);
  });
});
