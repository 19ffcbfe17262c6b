import { describe, expect, it } from 'vitest';
import { inServiceWords } from '../../../src/planner/rules/service-turns.ts';
import { inFullWords } from '../../../src/planner/rules/short-words.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const stored = new Map([
  ['intent', ['password reset', 'slow queries']],
  ['channel', ['WhatsApp', 'Web chat', 'Web', 'Phone', 'E-mail']],
  ['lifecycle_stage', ['Customer', 'Former Customer']],
]);
const { planned } = planning(stored, { now: new Date('2026-11-20T14:00:00Z'), zone: 'Europe/Berlin' });

/** What decides a plan, in one line. */
function told(question: string): string {
  const plan: Plan = planned(question);
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan.kind;
  const head = plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join('+');
  const groups = plan.kind === 'metric' ? plan.groupBy.map(({ dimension }) => dimension) : [];
  return [
    head,
    ...(groups.length > 0 ? [`by ${groups.join(',')}`] : []),
    ...filterWords(plan.where).map((filter) => `[${filter}]`),
    ...(plan.related ?? []).map(({ entity, has }) => `${has} ${entity}`),
    ...plan.orderBy.map(({ by, direction }) => `${by} ${direction}`),
    ...(plan.subject === 'none' ? [] : [plan.subject]),
  ].join(' ');
}

describe('turns of phrase of support', () => {
  const waiting =
    'list ticket [ticket_status in new open pending hold] [ticket_first_replied_at is_null] ticket_opened_at asc me';
  it.each([
    ['which of my tickets still wait for a first reply, longest waiting first', waiting],
    ['my tickets waiting for their first response, oldest first', waiting],
    [
      'share of first responses I got out within target',
      'sla_compliance_rate [sla_metric eq first_response] me',
    ],
    [
      'what percentage of my first replies were within the SLA',
      'sla_compliance_rate [sla_metric eq first_response] me',
    ],
    ['tickets that reached me by phone last month', 'list ticket [channel eq Phone] me'],
    [
      'which customers messaged me on WhatsApp this week',
      'messages by account [message_direction eq in] [channel eq WhatsApp] me',
    ],
    ['how many msgs did I write last week', 'messages_sent me'],
    [
      'which customer had the conversation with the most messages with me',
      'list conversation conversation_messages desc me',
    ],
    ['how many conversations this quarter were rated below 3', 'conversations [conversation_csat lt 3]'],
    ['average rating customers gave my conversations', 'conversation_rating_average me'],
    ['how many 5s did I get in csat surveys last month', 'csat_responses [survey_score eq 5] me'],
    ["what part of this month's conversations never reached a human", 'bot_share'],
    ['which intents does the bot hand over most often, top 3', 'handovers by intent handovers desc'],
    ['intents the bot handed over to us last mnth', 'handovers by intent'],
    ['number of times I went away today', 'list agent_status [presence eq away] me'],
    ['how often was I away today', 'list agent_status [presence eq away] me'],
    ['how many anomalies per series in the last 7 days', 'anomalies_detected by anomaly_series'],
    ['open tckts by priority', 'open_tickets by priority'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    'which urgent tickets had an SLA breach this month',
    'which urgent tickets have had an SLA breach this month',
    'urgent cases that suffered at least one sla breach this month',
  ])('“%s” lists each ticket once', (question) => {
    expect(told(question)).toBe('list ticket [priority eq urgent] some sla_clock');
  });

  it.each([
    'which customers wrote to me the most',
    'deals that reached me by phone',
    'how many deals were rated below 3',
    'tickets with a breach',
    'how often was Tomasz away today',
    'which intents did the bot drop most',
  ])('“%s” stays as it is', (question) => {
    expect(inServiceWords(question)).toBe(question);
  });
});

describe('short words with a slip', () => {
  it.each([
    ['shw my 3 slowest solved tickets', 'show my 3 slowest solved tickets'],
    ['lsit all tkts', 'list all tickets'],
    ['hi prio stuff still open', 'high priority tickets still open'],
    ['how many custs this mnth', 'how many customers this month'],
  ])('“%s” is “%s”', (typed, read) => {
    expect(inFullWords(typed)).toBe(read);
  });

  it.each(['slow my tickets', 'hi, my tickets', 'how the tickets', 'prior stuff', 'message me'])(
    '“%s” stays as it is',
    (typed) => {
      expect(inFullWords(typed)).toBe(typed);
    },
  );

  it('leaves what somebody or something is called', () => {
    expect(inFullWords('tckts of msgs', new Map([['account', ['Msgs Ltd']]]))).toBe('tickets of msgs');
  });
});
