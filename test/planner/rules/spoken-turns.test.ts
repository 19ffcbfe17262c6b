import { describe, expect, it } from 'vitest';
import { asSpoken } from '../../../src/planner/rules/spoken-turns.ts';
import { planning, planWords } from './support/plans.ts';

const stored = new Map([
  ['segment', ['Enterprise', 'Mid-market', 'SMB']],
  ['region', ['Americas', 'EMEA']],
  ['sales_region', ['Americas', 'EMEA']],
  ['lifecycle_stage', ['Customer', 'Former Customer']],
  ['category', ['Access', 'Billing', 'Performance']],
]);
const { planned, lastOf } = planning(stored, {
  now: new Date('2026-11-20T14:00:00Z'),
  zone: 'Europe/Berlin',
});
const told = (question: string): string => planWords(planned(question));

const open = '[ticket_status in new open pending hold]';
const current = '[lifecycle_stage not_in Former Customer]';

describe('what is said in a breath', () => {
  it.each([
    [
      "hey, what's the oldest thing still sitting in my queue?",
      `list ticket ${open} ticket_opened_at asc 1 me`,
    ],
    ['how many customers of my team are on which plan', `accounts by tier ${current} my_team`],
    ['how many tickets are in which status', 'tickets_opened by ticket_status'],
    ['my qualified leads, from where do they come', 'leads by lead_origin [lead_status eq qualified] me'],
    [
      'where did the deals come from that we won in EMEA this year, count by source',
      'won_deals by lead_source [sales_region eq EMEA]',
    ],
    [
      'which of my opps should have closed already but are still open',
      'list opportunity [deal_closed eq false] [close_date lt @today] me',
    ],
    [
      'which deals of my team are past their close date and still not closed',
      'list opportunity [deal_closed eq false] [close_date lt @today] my_team',
    ],
    ['my deals due in dec', 'list opportunity [deal_closed eq false] me'],
    ['show me the leads i have not started on', 'list lead [lead_status eq new] me'],
    [
      'who of my customers did order nothing since monday',
      `list account ${current} none sales_transaction me`,
    ],
    [
      "who among my customers haven't I had on the phone in the last two months",
      `list account ${current} none activity me`,
    ],
    [
      'the 3 customers of me that logged in the least during the last 30 days',
      'logins by account logins asc 3 me',
    ],
    [
      'the 3 customers of mine with the most risk to leave us',
      'average_churn_probability by account average_churn_probability desc 3 me',
    ],
    [
      'tickets of mine about an allow list in the subject, still open',
      `list ticket ${open} [ticket_subject contains allow list] me`,
    ],
    [
      'in which category i need the most long time from opening to solving? average, this quarter, longest on top',
      'resolution_time_average by category resolution_time_average desc me',
    ],
    ['hours active per day this week, me', 'agent_active_time by day me'],
    ['idle hours of each of us yesterday', 'agent_idle_time by person'],
    ['how many of my tix from oct were done without missing any target', 'tickets_solved none sla_clock me'],
    [
      'tickets of my team that will miss their SLA within the next four hours if nobody moves',
      'list sla_clock [sla_state in running paused] my_team',
    ],
    [
      'tickets of mine whose first reply is due in the next 4 hours',
      'list sla_clock [sla_metric eq first_response] [sla_state in running paused] me',
    ],
    [
      'next 3 tickets where i must give first reply, nearest deadline on top',
      'list sla_clock [sla_state in running paused] [sla_metric eq first_response] [sla_due_at gt @now] sla_due_at asc 3',
    ],
    ['tix i carried over from the days before today, still not closed', `list ticket ${open} me`],
    ['how much of my open pipeline has a partner on it?', 'partner_open_amount me'],
    ['please the sum of my pipeline weighted with the probability', 'weighted_pipeline me'],
    ['how long does it usually take me from opening a deal to winning it?', 'days_to_close_average me'],
    [
      'which of my open deals has been sitting the longest in the stage it is in?',
      'list deal_signal deal_stage_age desc me',
    ],
    ['lost deals: at what stage did they die', 'stage_losses by stage'],
    ['customers below health 50', 'list health_score [health_score lt 50]'],
    ['api calls over all customers, week for week, since 28 september', 'api_calls by week'],
    ['how much tickets do I have open in this moment', 'open_tickets me'],
    ['what percentage of deals did we lose last quarter by rep', 'loss_rate by owner'],
    ['share of resolution targets met in october', 'sla_compliance_rate [sla_metric eq resolution]'],
    ['top 5 products by sales lines in Q3', 'transactions by product transactions desc 5'],
    ["who hasn't paid yet", 'list subscription [subscription_status eq past_due]'],
  ])('“%s” is %s', (question, plan) => {
    expect(told(question)).toBe(plan);
  });

  it('counts the share of what was opened then', () => {
    expect(planned('what percentage of my november tickets is still open')).toMatchObject({
      metrics: ['tickets_opened'],
      subject: 'me',
      time: { kind: 'calendar', unit: 'month', number: 11 },
      part: { where: [{ any: [{ dimension: 'ticket_status', op: 'in' }] }] },
    });
  });

  it.each([
    'how much accounts use the API',
    'how much pipeline is open',
    'how much revenue do customers at risk represent',
    'deals with health insurance companies',
    'which leads are due',
    'where do the numbers come from',
    'tickets that we solved',
    'open deals without a partner',
  ])('“%s” stays as it is', (question) => {
    expect(asSpoken(question)).toBe(question);
  });
});

describe('words that name no records', () => {
  it.each([
    ['how many came in yesterday', 4],
    ['how many are open', 4],
    ['how many are active right now', 3],
    ['how much activity did we have last week', 3],
    ['how far are we off target', 4],
    ['how much did we grow this year', 4],
    ['who has been inactive lately', 2],
  ])('“%s” is asked back with %i choices', (question, choices) => {
    const plan = planned(question);
    expect(plan.kind === 'clarify' ? plan.options.length : plan).toBe(choices);
  });

  it.each([
    ['how many leads came in yesterday', 'leads'],
    ['how many tickets are open', 'open_tickets'],
    ['how many subscriptions are active', 'active_subscriptions'],
    ['how many active users did we have yesterday', 'active_users_per_day'],
  ])('“%s” names them', (question, plan) => {
    expect(told(question)).toBe(plan);
  });
});

describe('changes in a breath', () => {
  it.each([
    [['how many api calls last week', 'the 5 biggest customers'], 'api_calls by account api_calls desc 5'],
    [
      ['how many orders did we get last month', 'by region', 'top 5 customers'],
      'orders by account orders desc 5',
    ],
    [['how many messages failed this month', 'why'], 'messages_failed by failed_reason'],
    [
      ['how many enterprise customers do we have', 'give me the names'],
      `list account [segment eq Enterprise] ${current}`,
    ],
    [
      ['which customer escalations are still open', 'just the urgent ones', 'back to all of them'],
      'list customer_escalation [escalation_status not_in resolved closed]',
    ],
    [
      [
        'which customer escalations are still open',
        'just the urgent ones',
        'back to all of them, count per category',
      ],
      'open_escalations by category',
    ],
    [['show my open tickets', 'longest waiting first'], `list ticket ${open} ticket_opened_at asc me`],
  ])('%j is %s', (turns, plan) => {
    expect(planWords(lastOf(...turns))).toBe(plan);
  });
});
