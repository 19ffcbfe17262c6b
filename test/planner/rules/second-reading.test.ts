import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const stored = new Map([
  ['region', ['Americas', 'EMEA']],
  ['segment', ['Enterprise', 'Mid-market']],
]);
const { planned, query, list } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });

describe('bounds', () => {
  it.each([
    'which accounts opened 5 or more tickets in the last 30 days?',
    'list the accounts that have raised 5 tickets or more over the past 30 days',
    'accounts whose number of tickets opened in the past 30 days is no less than 5',
    'accounts that opened at least five tickets in the last 30 days',
  ])('are read in every wording: %s', (question) => {
    const plan = query(question);
    expect(planWords(plan)).toBe('tickets_opened by account');
    expect(plan).toMatchObject({ having: [{ op: 'gte', value: 5 }], time: { n: 30, unit: 'day' } });
  });

  it.each([
    ['incidents started no more than 180 days ago by severity', 'incidents_opened by severity'],
    [
      'show a count per severity of incidents which started no more than 90 days ago',
      'incidents_opened by severity',
    ],
  ])('of an age are a period: %s', (question, words) => {
    expect(planWords(planned(question))).toBe(words);
    expect(query(question)).toMatchObject({ time: { kind: 'relative', unit: 'day' } });
  });

  it('of nought hold where nothing is kept as well', () => {
    expect(list('deals without an amount').where).toContainEqual({
      any: [
        { dimension: 'deal_amount', op: 'is_null', values: [] },
        { dimension: 'deal_amount', op: 'eq', values: [0] },
      ],
    });
    expect(query('orders without a discount last month').where).toEqual([
      {
        any: [
          { dimension: 'line_discount', op: 'is_null', values: [] },
          { dimension: 'line_discount', op: 'eq', values: [0] },
        ],
      },
    ]);
  });
});

describe('requests for rows', () => {
  it.each([
    [
      'out of the tickets raised this week, name those that are escalated',
      'list ticket [ticket_escalated eq true]',
    ],
    [
      'give me all tickets with an opening date in this week which have been escalated',
      'list ticket [ticket_escalated eq true]',
    ],
    [
      'show me all urgent tickets which aren’t solved and still wait for a first reply',
      'list ticket [ticket_status in new open pending hold] [ticket_first_replied_at is_null] [priority eq urgent]',
    ],
    [
      'list the incidents that are still unresolved, beginning with the one that started earliest',
      'list incident [incident_status eq open] incident_started_at asc',
    ],
    [
      'what urgent customer escalations are still waiting to be resolved?',
      'list customer_escalation [escalation_status not_in resolved closed] [priority eq urgent]',
    ],
    [
      'open deals whose close date is in the past',
      'list opportunity [deal_closed eq false] [close_date lt @today]',
    ],
    ['what products did nobody buy last quarter?', 'list product none sales_transaction'],
    ['who hasn’t logged in even once in the past 30 days? customers please', 'list account none usage_daily'],
    [
      'top 10 lost deals last quarter by amount',
      'list opportunity [deal_closed eq true] [deal_won eq false] deal_amount desc',
    ],
    [
      'which active sales reps have not won any deal this quarter?',
      'list person [person_role eq rep] [person_active eq true] none opportunity',
    ],
    [
      'list the open deals whose close date has been postponed in the past 30 days',
      'list opportunity [deal_closed eq false] some stage_change',
    ],
  ])('are their name and what is true of them: %s', (question, words) => {
    expect(planWords(planned(question))).toBe(words);
  });

  it('ask for how long something took, from whichever moment', () => {
    const plan = list(
      'show me every ticket we solved in the previous month more than 7 days after it was opened',
    );
    expect(plan.time).toMatchObject({ kind: 'relative', unit: 'month', n: 1 });
    expect(plan.where).toContainEqual({
      any: [{ dimension: 'ticket_time_open', op: 'gt', values: [604_800] }],
    });
  });
});

describe('figures', () => {
  it.each([
    ['what did churn cost us in MRR over the last quarter?', 'churned_mrr'],
    ['so what MRR did churn eat up last quarter', 'churned_mrr'],
    ['last month against the month before it: how much MRR contracted?', 'contraction_mrr previous_period'],
    ['where did the new MRR come from last quarter, split by customer region?', 'new_mrr by region'],
    [
      'how much MRR from active subs do we have to renew next quarter, split by customer segment',
      'mrr_renewing by segment',
    ],
    ['how many NPS answers were detractors, 6 or below, last quarter?', 'nps_detractors'],
    [
      'incidents started this year: median duration from start to resolution, split by severity',
      'incident_duration_median by severity',
    ],
    [
      'avg resolution time per priority, customer escalations resolved last quarter',
      'escalation_resolution_time_average by priority',
    ],
    [
      'what percentage of the SLA clocks started last month has been breached, by priority?',
      'sla_breach_rate by priority',
    ],
    ['per customer region, which NPS was reached last quarter?', 'nps by region'],
    [
      'what ten accounts have spent the most on orders this year?',
      'transaction_amount by account transaction_amount desc 10',
    ],
    ['what is the average age in days of our open deals, by stage?', 'open_deal_age_average by stage'],
    ['won joint deal amount last year per partner region', 'partner_won_amount by partner_region'],
    ['how many pieces did we shift last quarter in each product category?', 'units_sold by product_category'],
  ])('are found in whole sentences: %s', (question, words) => {
    const plan = planned(question);
    expect(planWords(plan).replace(/ \[incident_started_at [^\]]*\]/, '')).toBe(words);
  });

  it.each([
    'which agents were idle for more than 2 hours in total yesterday?',
    'list the agents whose idle time yesterday added up to over 2 hours',
    'who sat idle for over two hours all in all yesterday? agents only',
  ])('of persons have a bound: %s', (question) => {
    expect(query(question)).toMatchObject({
      metrics: ['agent_idle_time'],
      having: [{ op: 'gt', value: 7200 }],
      time: { kind: 'day', offset: -1 },
    });
  });

  it.each([
    ['reps who reached their quota this year', 'gte'],
    ['how many reps met quota', 'gte'],
    ['which reps missed their quota this year', 'lt'],
    ['reps who have not met their quota', 'lt'],
    ['who has beaten their quota', 'gt'],
  ])('of a quota are held against it: %s', (question, op) => {
    expect(query(question)).toMatchObject({ metrics: ['quota_attainment'], having: [{ op, value: 1 }] });
  });
});

describe('what would be silently another answer', () => {
  it.each([
    ['average resolution time of escalations resolved in october', 'escalation_resolution_time_average'],
    ['average resolution time of conversations resolved last month', 'conversation_resolution_average'],
    [
      'median resolution time of conversations that were resolved last week by channel',
      'median_of_conversation_resolution_average by channel',
    ],
  ])(
    'a state that the figure goes by is no condition, as some have been closed since: %s',
    (question, words) => {
      expect(planWords(planned(question))).toBe(words);
    },
  );

  it.each([
    ['messages sent by customers yesterday by channel', 'messages by channel [message_direction eq in]'],
    ['campaigns started this year without conversions', 'list campaign [campaign_converted lt 1]'],
    ['tickets opened this year that were reopened at least twice', 'list ticket [ticket_reopens gte 2]'],
    ['unsolved and unassigned tickets by priority', 'unassigned_tickets by priority'],
    ['which of my chats are still open', 'list conversation [conversation_status in open pending] me'],
    [
      'avg first response by chat channel in october, slowest first',
      'conversation_first_response_average by channel conversation_first_response_average desc',
    ],
    ['total of the orders on 13 october', 'transaction_amount'],
    ['who has ticket 11854', 'list ticket [ticket_number eq 00011854]'],
    [
      'which category takes me the longest to solve, tickets solved this quarter',
      'resolution_time_median by category resolution_time_median desc 1 me',
    ],
    ['opened vs solved per day last week for my team', 'tickets_opened+tickets_solved by day my_team'],
    [
      'which channel do most of my tickets come from this month',
      'tickets_opened by channel tickets_opened desc 1 me',
    ],
    [
      'open critical incidents, which accounts',
      'list incident [incident_status eq open] [severity eq critical]',
    ],
    ['busiest hour for new chats since september', 'conversations by hour_of_day conversations desc 1'],
    ['most common category this month', 'tickets_opened by category tickets_opened desc 1'],
    [
      'tickets with failover in the subject this month, how many',
      'tickets_opened [ticket_subject contains failover]',
    ],
  ])('is read as it is meant: %s', (question, words) => {
    expect(planWords(planned(question))).toBe(words);
  });

  it('a share of what was opened has all of that for its whole', () => {
    expect(query('% of my tickets opened last month that were solved within 24h')).toMatchObject({
      metrics: ['tickets_opened'],
      time: { unit: 'month', n: 1 },
      part: { where: [{}, { any: [{ dimension: 'ticket_solved_at', op: 'is_not_null' }] }] },
    });
  });

  it.each([
    'worst category this month',
    'satisfaction this quarter',
    'average wait this month',
    'top lead source this quarter',
    'usage of Acme',
    'how big is Marlowe Retail Group',
    'which channel works best',
    'average time per ticket in october',
    'chats opened 11/09',
  ])('is asked back: %s', (question) => {
    expect(planned(question).kind).toBe('clarify');
  });
});
