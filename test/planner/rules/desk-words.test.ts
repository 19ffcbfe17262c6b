import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const stored = new Map([
  ['channel', ['Chat', 'Email', 'WhatsApp']],
  ['category', ['Replication', 'Billing', 'How-to']],
  ['product', ['Quorum Vault', 'Quorum Geo']],
]);
const { planned } = planning(stored);

/** What a plan asks for, as words; a refusal is its reason. */
function told(plan: Plan): string {
  if (plan.kind === 'refuse') return `refuse ${plan.reason}`;
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan.kind;
  const by = plan.kind === 'metric' ? plan.groupBy.map(({ dimension }) => dimension) : [];
  const part = plan.kind === 'metric' && plan.part ? filterWords(plan.part.where) : [];
  return [
    plan.kind === 'metric' ? plan.metrics.join(' ') : `list ${plan.entity}`,
    ...filterWords(plan.where),
    ...(by.length > 0 ? [`by ${by.join(' ')}`] : []),
    ...(part.length > 0 ? [`part ${part.join(' & ')}`] : []),
    ...plan.orderBy.map((order) => `${order.direction} ${order.by}`),
    ...(plan.kind === 'list' && plan.limit === 1 ? ['the first'] : []),
    ...(plan.subject === 'me' ? ['mine'] : []),
  ].join('; ');
}

const each = (cases: readonly (readonly [string, string])[]): void => {
  it.each(cases)('“%s” is %s', (question, plan) => {
    expect(told(planned(question))).toBe(plan);
  });
};

describe('the last record of somebody', () => {
  each([
    [
      'when did "Kestrel Payments" last open a ticket',
      'list ticket; account eq Kestrel Payments; desc ticket_opened_at; the first',
    ],
    [
      'when did "Kestrel Payments" last raise a ticket',
      'list ticket; account eq Kestrel Payments; desc ticket_opened_at; the first',
    ],
    [
      'when was "Kestrel Payments" last ticket',
      'list ticket; account eq Kestrel Payments; desc ticket_opened_at; the first',
    ],
    [
      'when did "Kestrel Payments" last open a ticket with me',
      'list ticket; account eq Kestrel Payments; desc ticket_opened_at; the first; mine',
    ],
    ['when did the last incident start', 'list incident; desc incident_started_at; the first'],
    [
      'who is the contact on my oldest open ticket',
      'list ticket; ticket_status in new open pending hold; asc ticket_opened_at; the first; mine',
    ],
    [
      'what was the subject of the last ticket from "Solvang Foods"',
      'list ticket; account eq Solvang Foods; desc ticket_opened_at; the first',
    ],
  ]);
});

describe('messages in and out', () => {
  each([
    ['messages from customers this week', 'messages; message_direction eq in'],
    ['how many messages did we get from customers last week', 'messages; message_direction eq in'],
    ['how many messages did I send to customers yesterday', 'messages_sent; mine'],
    ['how many messages did we write to customers last week', 'messages_sent'],
    ['messages by customer this week', 'messages; by account'],
  ]);
});

describe('the bot and who waits', () => {
  each([
    ['how many chats began with the bot last month', 'bot_conversations'],
    ['of my chats this month, how many started with the bot', 'bot_conversations; mine'],
    ['hey bot, how many chats last month', 'conversations'],
    ['how many chats are waiting for me', 'unanswered_conversations; mine'],
    ['how many chats wait for an agent', 'unassigned_conversations'],
    ['average wait in the chat queue today', 'conversation_first_response_average'],
  ]);
});

describe('a part of what is counted', () => {
  each([
    ['how much of our ticket volume is how-to questions', 'tickets_opened; part category eq How-to'],
    ['how much of our backlog is urgent', 'open_tickets; part priority eq urgent'],
    ['how much of our ARR is enterprise', 'arr; account eq enterprise'],
  ]);
});

describe('what somebody worked on', () => {
  each([
    ['tickets I handled in October', 'list ticket; ticket_solved_at is_not_null; mine'],
    [
      'all tickets from "Acme Rail" that I worked on this year',
      'list ticket; ticket_solved_at is_not_null; account eq Acme Rail; mine',
    ],
    ['which tickets am I handling', 'list ticket; ticket_status in new open pending hold; mine'],
    [
      'which customers have I dealt with most this year',
      'tickets_opened; by account; desc tickets_opened; mine',
    ],
    [
      'which topic takes me longest to resolve',
      'resolution_time_median; by category; desc resolution_time_median; mine',
    ],
    ['average number of replies I need to solve a ticket', 'replies_per_ticket; mine'],
  ]);
});

describe('targets, late replies and what is due', () => {
  each([
    ['were any of my first replies late yesterday', 'sla_breaches; sla_metric eq first_response; mine'],
    ['what share of first replies were late last week', 'sla_breach_rate; sla_metric eq first_response'],
    ['how did I do on SLAs this month', 'sla_compliance_rate; mine'],
    [
      'are we meeting the resolution target on urgent tickets',
      'sla_compliance_rate; sla_metric eq resolution; priority eq urgent',
    ],
    [
      'my open tickets sorted by deadline',
      'list sla_clock; sla_state in running paused; ticket_status in new open pending hold; asc sla_due_at; mine',
    ],
    [
      'when are my open tickets due',
      'list sla_clock; sla_state in running paused; ticket_status in new open pending hold; mine',
    ],
    ['sort my backlog by due date', 'list sla_clock; sla_state in running paused; asc sla_due_at; mine'],
    ['running SLA clocks sorted by due date', 'list sla_clock; sla_state in running paused; asc sla_due_at'],
  ]);
});

describe('what customers thought', () => {
  each([
    ['bad ratings this month', 'csat_responses; survey_score lte 2'],
    ['how many poor reviews did we get last month', 'csat_responses; survey_score lte 2'],
    ['which of my conversations got 1 or 2 stars', 'list conversation; conversation_csat in 1 2; mine'],
    ['who has rated me 5 this week', 'list survey_response; survey_score eq 5; survey_kind eq csat; mine'],
    ['CSAT and number of responses per agent', 'csat_average csat_responses; by assignee'],
    [
      'rank the team by CSAT, with number of responses',
      'csat_average csat_responses; by assignee; desc csat_average',
    ],
    [
      'which customers sound unhappy in my open tickets',
      'open_tickets; ticket_sentiment lte -0.3; by account; mine',
    ],
  ]);
});

describe('rows by a number of theirs, and who waits longest', () => {
  each([
    ['my five lowest sentiment tickets', 'list ticket; asc ticket_sentiment; mine'],
    ['three largest amount deals', 'list opportunity; desc deal_amount'],
    ['five lowest health accounts', 'average_health_score; by account; asc average_health_score'],
    [
      'which customer has been waiting the longest for a first reply from me',
      'list ticket; ticket_status in new open pending hold; ticket_first_replied_at is_null; asc ticket_opened_at; mine',
    ],
  ]);
});

describe('constructions of a sentence', () => {
  each([
    ['did we get more tickets than we solved last week', 'tickets_opened tickets_solved'],
    ['did I solve more tickets than I got this week', 'tickets_solved tickets_opened; mine'],
    ['split my tickets this month by channel', 'tickets_opened; by channel; mine'],
    ['tickets where I am waiting on the customer', 'list ticket; ticket_status eq pending; mine'],
    ['find my tickets mentioning failover', 'list ticket; ticket_subject contains failover; mine'],
    ['is our CSAT going up?', 'csat_average; by time'],
    ['has the reopen rate improved?', 'reopen_rate; by time'],
    ['show a heat map of incoming chats by weekday and hour', 'conversations; by hour_of_week'],
    [
      'tickets I solved without a survey answer, last two weeks',
      'list ticket; ticket_solved_at is_not_null; mine',
    ],
  ]);

  it('keeps the period with what was done, and not with what is lacking', () => {
    const plan = planned('tickets I solved without a survey answer, last two weeks');
    expect(plan).toMatchObject({ time: { n: 2, unit: 'week' }, related: [{ has: 'none', time: null }] });
  });
});

describe('what the records do not hold', () => {
  each([
    ['tickets of mine with no update in five days', 'refuse no_field'],
    ['open tickets not touched in three days', 'refuse no_field'],
    ['read out the latest survey comments', 'refuse no_field'],
    ['warn me if our backlog goes above 100', 'refuse action'],
    ['did "Foxglove Labs" reply to me today', 'refuse no_field'],
    ['did anyone answer our survey this week', 'survey_responses'],
  ]);
});
