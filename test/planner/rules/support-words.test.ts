import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const stored = new Map([
  ['intent', ['password reset', 'slow queries']],
  ['category', ['Access', 'Billing', 'Performance', 'Replication']],
  ['channel', ['WhatsApp', 'Web chat', 'Web', 'Phone', 'E-mail']],
  ['region', ['EMEA', 'Americas']],
  ['sla_policy', ['americas', 'emea']],
  ['segment', ['Enterprise', 'SMB']],
]);
const { planned } = planning(stored, { now: new Date('2026-11-20T14:00:00Z'), zone: 'Europe/Berlin' });

/** What decides a plan, in one line. */
function told(question: string): string {
  const plan: Plan = planned(question);
  if (plan.kind === 'clarify') return `asked: ${plan.options.map(({ label }) => label).join(' / ')}`;
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan.kind;
  const head = plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join('+');
  const groups = plan.kind === 'metric' ? plan.groupBy.map(({ dimension }) => dimension) : [];
  return [
    head,
    ...(groups.length > 0 ? [`by ${groups.join(',')}`] : []),
    ...filterWords(plan.where).map((filter) => `[${filter}]`),
    ...(plan.subject === 'none' ? [] : [plan.subject]),
  ].join(' ');
}

describe('conversations of the bot', () => {
  it.each([
    'how many conversations were handed from bot to human yesterday',
    'chats passed from the bot to a person yesterday',
    'how many chats were transferred to a live agent by the bot yesterday',
    'how many chats ended up with a human yesterday',
  ])('“%s” counts those that went to a person', (question) => {
    expect(told(question)).toBe('handed_over_conversations');
  });

  it.each([
    ['how many chats did the bot close alone last week', 'bot_solved_conversations'],
    ['conversations the bot resolved by itself last week', 'bot_solved_conversations'],
    ['number of chats handled by the bot without a human last week', 'bot_only_conversations'],
    ['how many chats did the bot drop', 'bot_requests_dropped'],
    ['conversations abandoned by the bot yesterday', 'bot_requests_dropped'],
    ['average messages per conversation on whatsapp', 'messages_per_conversation [channel eq WhatsApp]'],
    ['how deep is the whatsapp queue', 'queue_depth_average [channel eq WhatsApp]'],
    ['how many hours did Tomasz spend away yesterday', 'presence_time [presence eq away] [person eq Tomasz]'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('whose turn it is', () => {
  it.each([
    ['tickets waiting for our reply', 'list ticket [ticket_status in new open]'],
    ['tickets awaiting my answer', 'list ticket [ticket_status in new open] me'],
    ['which tickets are waiting on the customer', 'list ticket [ticket_status eq pending]'],
    ['what is breached on my desk', 'list sla_clock [sla_state eq breached] [sla_stopped_at is_null] me'],
    [
      'chats nobody has taken',
      'list conversation [conversation_status in open pending] [conversation_agent is_null]',
    ],
    [
      'unanswered whatsapp chats',
      'list conversation [conversation_status in open pending] [conversation_first_response is_null] [channel eq WhatsApp]',
    ],
  ])('“%s” lists them', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('records that no word names', () => {
  it.each([
    [
      'urgent, phone, americas',
      'list ticket [ticket_status in new open pending hold] [priority eq urgent] [channel eq Phone] [region eq Americas]',
    ],
    ['billing, on hold', 'list ticket [category eq Billing] [ticket_status eq hold]'],
    [
      'phone, unassigned',
      'list ticket [ticket_status in new open pending hold] [assignee is_null] [channel eq Phone]',
    ],
    ['the paused stuff of sla clocks', 'list sla_clock [sla_state eq paused]'],
  ])('“%s” are the only ones that have all of it', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('are asked back where several kinds have it', () => {
    expect(told('low ones')).toBe('asked: low: tickets / low: incidents');
  });

  it('are none where customers have it too', () => {
    expect(planned('enterprise, emea')).toMatchObject({ kind: 'refuse' });
  });
});

describe('words of a headline', () => {
  it.each([
    ['tickets with a hot shard in the subject', 'list ticket [ticket_subject contains hot shard]'],
    ['tickets whose subject mentions failover', 'list ticket [ticket_subject contains failover]'],
    ['escalations with timeout in the title', 'list customer_escalation [escalation_title contains timeout]'],
    ['pool exhausted tickets last month', 'list ticket [ticket_subject contains pool exhausted]'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('are two at least, as one may be any adjective', () => {
    expect(planned('lost tickets last month')).toMatchObject({ kind: 'refuse' });
  });
});

describe('what is kept of the parts of a record', () => {
  it('is a condition that one part must meet', () => {
    expect(planned('password reset bot chats in november')).toMatchObject({
      metrics: ['bot_conversations'],
      related: [
        {
          entity: 'bot_event',
          has: 'some',
          where: [{ any: [{ dimension: 'intent', op: 'eq', values: ['password reset'] }] }],
        },
      ],
    });
  });

  it.each([
    ['handover rate by intent', 'bot_request_handover_rate by intent'],
    ['bot containment rate per intent', 'bot_request_containment_rate by intent'],
    ['which intents get dropped most', 'bot_requests_dropped by intent'],
    ['handover rate last month', 'bot_to_human_rate'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('a time in any unit', () => {
  it.each([
    ['p90 resolution hrs by category', 'resolution_time_p90 by category'],
    ['average hours to resolve for P1 tickets', 'resolution_time_average [priority eq urgent]'],
    ['average messages per whatsapp conversation', 'messages_per_conversation [channel eq WhatsApp]'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('records by a value and what is said of them', () => {
  it.each([
    ['unsolved P2s', 'list ticket [ticket_status in new open pending hold] [priority eq high]'],
    ['how many P1s came in today', 'tickets_opened [priority eq urgent]'],
    ['tickets that blew their sla this week', 'tickets_breached'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('verbs in a list of figures', () => {
  it.each([
    [
      'per agent: solved, reopened and median resolution time, last two weeks',
      'tickets_solved+tickets_reopened+resolution_time_median by assignee',
    ],
    ['csat, solved and breaches by agent this month', 'csat_average+tickets_solved+sla_breaches by assignee'],
    ['sla breach rate by team last month', 'sla_breach_rate by team'],
    ['unassigned tickets across both teams', 'unassigned_tickets by team'],
    ['what share of tickets came back reopened in october', 'reopen_rate'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('a figure of records that belong to others', () => {
  it.each([
    ['csat on my tickets this month', 'csat_average [ticket_number is_not_null] me'],
    ['csat of tickets in october', 'csat_average [ticket_number is_not_null]'],
    ['average csat on escalated tickets', 'csat_average [ticket_escalated eq true]'],
    ['breaches on my tickets this week', 'sla_breaches me'],
    ['breaches on escalated tickets this month', 'sla_breaches [ticket_escalated eq true]'],
    ['sentiment by category', 'ticket_sentiment_average by category'],
    ['sentiment over the past two months', 'ticket_sentiment_average'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('a noun of one before a figure or records', () => {
  it.each([
    [
      'ticket csat per engineer, october, average score',
      'csat_average by assignee [ticket_number is_not_null]',
    ],
    ['average csat score from ticket surveys last month', 'csat_average [ticket_number is_not_null]'],
    ['my avg csat from ticket surveys so far this quarter', 'csat_average [ticket_number is_not_null] me'],
    ['number of ticket survey responses last month', 'survey_responses [ticket_number is_not_null]'],
    ['ticket surveys last month by priority', 'survey_responses by priority [ticket_number is_not_null]'],
    ['ticket surveys last month', 'list survey_response [ticket_number is_not_null]'],
    ['average csat last month', 'csat_average'],
    ['csat per engineer in october', 'csat_average by assignee'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('people and records in a state', () => {
  it.each([
    [
      'who in my team is online right now?',
      'list agent_status [presence eq online] [presence_ended_at is_null] my_team',
    ],
    ['which agents are online?', 'list agent_status [presence eq online] [presence_ended_at is_null]'],
    ['how many agents are online', 'agents_online'],
    ['accounts by health band today', 'scored_accounts by health_band'],
    ['health bands', 'scored_accounts by health_band'],
    [
      "which conversations aren't resolved yet, and with which customer",
      'list conversation [conversation_status not_in resolved closed]',
    ],
    ['conversations by customer', 'conversations by account'],
    ['customer escalations opened in november by category', 'new_escalations by category'],
    ['customer escalations resolved last month', 'resolved_escalations'],
    ['how long was each of my people away yesterday', 'presence_time by person [presence eq away] my_team'],
    [
      'how long did it take on average to resolve the escalations that are done',
      'escalation_resolution_time_average',
    ],
    ['how long does it take on average to resolve an incident', 'incident_duration_average'],
    [
      'how many october chats did the bot finish alone, without handing over to a human?',
      'bot_only_conversations',
    ],
    ['how often did the bot hand over to a human per intent since 1 oct', 'handovers by intent'],
    ['peak whatsapp queue depth since wednesday 18 nov?', 'queue_depth_highest [channel eq WhatsApp]'],
    ['accounts whose average csat is below 3 this quarter', 'csat_average by account'],
    [
      'which customers gave us an nps score of 6 or less',
      'list survey_response [survey_score lte 6] [survey_kind eq nps]',
    ],
    ['customers with an nps below 7', 'nps_mean_score by account'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each(['accounts in the critical health band', 'accounts in the critical health band today'])(
    '“%s” lists them',
    (question) => {
      expect(told(question)).toContain('list health_score');
      expect(told(question)).toContain('[health_band eq critical]');
    },
  );
});

describe('not a single one', () => {
  it.each([
    ["accounts that haven't opened a single ticket this month", 'account', 'ticket'],
    ['customers who have not placed a single order this year', 'account', 'sales_transaction'],
    ['agents who did not solve a single ticket last week', 'person', 'ticket'],
  ])('“%s” are those without any', (question, rows, others) => {
    expect(planned(question)).toMatchObject({ entity: rows, related: [{ entity: others, has: 'none' }] });
  });
});
