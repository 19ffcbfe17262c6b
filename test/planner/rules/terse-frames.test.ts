import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const stored = new Map([
  ['currency', ['EUR', 'USD']],
  ['category', ['Backup', 'Billing', 'Performance']],
  ['region', ['Americas', 'EMEA']],
  ['segment', ['Enterprise', 'Mid-market', 'SMB']],
  ['partner_tier', ['gold', 'silver']],
  ['stage', ['Qualification', 'Negotiation/Review']],
  ['channel', ['Chat', 'Email', 'WhatsApp']],
]);
const { planned, query, lastOf } = planning(stored, {
  names: new Map([
    ['account', ['Ironwood Freight', 'Umbra Security']],
    ['person', ['Karen Whitfield', 'Naomi Carter']],
    ['product', ['Quorum Geo']],
  ]),
  now: new Date('2026-11-20T14:00:00Z'),
});

describe('a question in the words of somebody who does not know the figures', () => {
  it.each([
    ['how many replies do my solved tickets need on average, last month', 'replies_per_ticket me'],
    ['how much time did agents of my team spend idle on monday', 'agent_idle_time by person my_team'],
    [
      'share of tickets from our top 5 customers last month',
      'tickets_opened by account share tickets_opened desc 5',
    ],
    ['how many users logged in yesterday across all customers', 'active_users_per_day'],
    ['repeat purchase rate over 90 days', 'repeat_customer_rate'],
    ['how accurate was the last forecast', 'forecast_error'],
    ['deals where we only know one contact', 'list deal_signal [deal_contacts lte 1]'],
    ['deals stuck in the same stage for 45+ days', 'list deal_signal [deal_stage_age gt 45]'],
    [
      'how many days is my oldest deal open',
      'list opportunity [deal_closed eq false] deal_opened_on asc 1 me',
    ],
    [
      'number of leads, conversions and conversion rate by campaign this year',
      'leads+converted_leads+lead_conversion_rate by campaign',
    ],
    [
      'how many of my tickets from last week are still unsolved',
      'tickets_opened [ticket_status in new open pending hold] me',
    ],
    ['accounts with 3 or more sla breaches last month, by name and count', 'sla_breaches by account'],
    [
      'solved tickets with csat below 3 last month, with agent',
      'list ticket [ticket_solved_at is_not_null] some survey_response',
    ],
    [
      'share of conversations the bot escalated to a human, by week since september',
      'bot_to_human_rate by week',
    ],
    ['sales cycle length by segment, won this year', 'days_to_close by segment'],
    ['joint deals by tier', 'joint_deals by partner_tier'],
    [
      'partners by tier with number of open joint deals',
      'joint_deals by partner_tier [deal_closed eq false]',
    ],
    ['failed messages per channel this month, with reason', 'messages_failed by channel,failed_reason'],
    [
      'number of p1 and p2 tickets per account this quarter, only accounts with 5 or more',
      'tickets_opened by account [priority in urgent high]',
    ],
    ['incidents by customer this year, more than 2', 'incidents_opened by account'],
    ['win rate by rep below 50 %', 'win_rate by owner'],
    ['which intents have a success rate below 70 %', 'bot_success_rate by intent'],
    ['total incident duration by customer in q3', 'incident_downtime by account'],
    ['total resolution time of tickets last month', 'refuse no_metric'],
    ['number of tickets by sentiment this month', 'tickets_opened by text_tone'],
    ['accounts per rep and their total arr', 'accounts+arr by account_owner'],
    [
      'which industries have the lowest health',
      'average_health_score by industry average_health_score asc 10',
    ],
    ['unread whatsapp messages this week', 'messages_sent [channel eq WhatsApp] [delivery_status neq read]'],
    ['churn probability above 5%, by account, with owner', 'list churn_score [churn_probability gt 0.05]'],
    ['best product each month this year', 'refuse unclear'],
    ['who took the most chats yesterday', 'chats_handled by conversation_agent chats_handled desc 1'],
    [
      'hardest category by resolution time',
      'resolution_time_median by category resolution_time_median desc 1',
    ],
    ['chats resolved without a human last month, %', 'conversations'],
    ['product margins last month, worst first', 'product_margin by product product_margin asc'],
    ['partners certified per tier', 'partners by partner_tier [certification is_not_null]'],
    ['which employees have no manager', 'list person [person_manager is_null] [person_active eq true]'],
    ['who reports to Karen Whitfield', 'list person [person_manager eq Karen Whitfield]'],
    ['which customers expanded this quarter and by how much', 'expansion_mrr by account'],
    ['downgrades this year by customer and amount', 'contraction_mrr by account'],
    ['which customers ordered for the first time this quarter', 'customers_won by account'],
    [
      'how many leads came in per campaign this quarter, and how many converted',
      'leads+converted_leads by campaign',
    ],
    ['campaigns running now', 'list campaign [campaign_status eq running]'],
    ['what percentage of csat responses last month were 4 or 5', 'csat_responses'],
    [
      'what was the highest number of tickets opened on a single day last month',
      'tickets_opened by day tickets_opened desc 1',
    ],
    [
      'which interventions are more than a week overdue',
      'list intervention [intervention_status in open in_progress]',
    ],
    ['average deal cycle for deals above 100k', 'days_to_close_average [deal_amount gt 100000]'],
    ['mrr of subscriptions past due, by customer', 'mrr by account [subscription_status eq past_due]'],
    ['joint pipeline by partner, open deals only', 'partner_open_amount by partner'],
    ["when does each partner's certification expire, soonest first", 'list partner cert_expires_on asc'],
    ['deals closing in december by rep, with amount and stage', 'list opportunity [deal_closed eq false]'],
    ['which joint deals are open', 'list opportunity [deal_closed eq false] some partner_deal'],
    ['list the joint deals', 'list partner_deal'],
    ['partner certifications that are expired or run out within 30 days', 'list partner'],
    ['urgent or escalated tickets', 'list ticket [priority eq urgent] [ticket_escalated eq true]'],
    ['average time in negotiation for my teams deals', 'stage_days [stage eq Negotiation/Review]'],
    ['what did my team close in october, by deal', 'list opportunity [deal_won eq true] my_team'],
    [
      'my deals with a close date in the past, how many and how much',
      'open_deals+pipeline_amount [close_date lt @today] me',
    ],
    ["what's my quota and how much have i closed", 'quota+quota_won me'],
    ['tickets that changed agent this month', 'refuse no_field'],
    ['accounts in healthcare in my region', 'refuse no_field'],
    ['performance per team this quarter', 'clarify'],
    ['p90 by priority this month', 'clarify'],
    ['median by team last month', 'clarify'],
    ['deals on 03/11', 'clarify'],
    ['how many of our open tickets are in sla warning', 'open_tickets some sla_clock'],
    [
      'escalated tickets without a ce, still open',
      'list ticket [ticket_status in new open pending hold] [ticket_escalated eq true] none customer_escalation',
    ],
    [
      'avg csat by account, only those with 3 or more responses, last quarter',
      'csat_average+csat_responses by account',
    ],
    ['my most negative ticket last week', 'list ticket ticket_sentiment asc 1 me'],
    ['which bot intents have a success rate under 60% this month', 'bot_success_rate by intent'],
    ['bot dropoff rate per week this quarter', 'bot_drop_off_rate by week'],
    ['chats per week, bot vs human, in october', 'conversations by handled_by_bot,week'],
    ['inbound vs outbound messages last week', 'messages by message_direction'],
    ['when was each whatsapp number last seen', 'list messaging_session [channel eq WhatsApp]'],
    ['open tickets per agent, weighted by priority', 'open_work by person'],
  ])('%s', (question, words) => {
    expect(planWords(planned(question))).toBe(words);
  });
});

describe('a change in a few words', () => {
  it.each([
    [
      ['my open deals', 'bigger than 100k'],
      'list opportunity [deal_closed eq false] [deal_amount gt 100000] me',
    ],
    [['my leads', 'only new ones'], 'list lead [lead_status eq new] me'],
    [['how much did i win this year', 'in euros only'], 'won_amount [currency eq EUR] me'],
    [['won deals this quarter by rep', 'amounts too', 'list them'], 'list opportunity [deal_won eq true] 20'],
    [['nps this year', 'by segment', 'how many answered'], 'nps_responses by segment'],
    [['nps this year', 'how many answered'], 'nps_responses'],
    [
      ['sla breaches last month', 'by team', 'and by customer, top 5'],
      'sla_breaches by account sla_breaches desc 5',
    ],
    [
      ['tickets last week', 'which category had the most'],
      'tickets_opened by category tickets_opened desc 1',
    ],
    [
      ['tickets opened today', 'by category', 'what was it yesterday', 'and the same day last week'],
      'tickets_opened by category',
    ],
    [
      ['open ces', 'older than a week', 'root causes'],
      'list customer_escalation [escalation_status not_in resolved closed]',
    ],
  ])('%j', (questions, words) => {
    expect(planWords(lastOf(...questions))).toBe(words);
  });

  it('is of the same weekday, seven days before the day that is shown', () => {
    const day = lastOf('tickets opened today', 'what was it yesterday', 'and the same day last week');
    expect(day).toMatchObject({ time: { kind: 'day', offset: -8 } });
  });
});

describe('a bound behind everything else', () => {
  it.each([
    ['tickets per account this quarter, at least 5', { metric: 'tickets_opened', op: 'gte', value: 5 }],
    ['incidents by customer this year, more than 2', { metric: 'incidents_opened', op: 'gt', value: 2 }],
    ['sla breaches per account this month, min 2', { metric: 'sla_breaches', op: 'gte', value: 2 }],
    ['which intents have a success rate below 70 %', { metric: 'bot_success_rate', op: 'lt', value: 0.7 }],
  ])('is of the number of each group: %s', (question, having) => {
    expect(query(question)).toMatchObject({ having: [having] });
  });

  it('is asked for where it may be of another scale', () => {
    expect(planned('csat by agent this month, at least 5')).toMatchObject({
      kind: 'refuse',
      detail: '“at least 5” of what?',
    });
  });
});

describe('either of two states', () => {
  it.each(['urgent or escalated tickets', 'open tickets that are urgent or escalated'])(
    'is one condition: %s',
    (question) => {
      const any = [
        { dimension: 'priority', op: 'eq', values: ['urgent'] },
        { dimension: 'ticket_escalated', op: 'eq', values: [true] },
      ];
      expect(query(question).where).toContainEqual({ any });
    },
  );
});

it('asks for the day and for what happened on it in one question', () => {
  const plan = planned('deals on 03/11');
  if (plan.kind !== 'clarify') throw new Error(JSON.stringify(plan));
  expect(plan.options.map(({ label }) => label)).toEqual([
    '3 November 2026: Won deals',
    '3 November 2026: Lost deals',
    '11 March 2026: Won deals',
    '11 March 2026: Lost deals',
  ]);
});
