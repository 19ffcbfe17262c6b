import { describe, expect, it } from 'vitest';
import type { QueryPlan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

/** Figures of records that are those of a date of their own, whatever date the figure goes by. */
const { planned, query } = planning(new Map([['team', ['Support EMEA', 'Support Americas']]]), {
  now: new Date('2026-11-20T14:00:00Z'),
});

function told(plan: QueryPlan): string {
  if (plan.kind === 'list') return `list ${plan.entity} [${filterWords(plan.where).join(', ')}]`;
  const groups = plan.groupBy.map(({ dimension }) => ` by ${dimension}`).join('');
  const time = plan.time === null ? '' : ` ${plan.time.kind}`;
  return `${plan.metrics.join('+')}${groups}${time} [${filterWords(plan.where).join(', ')}]`;
}

const october = (date: string): string => `${date} between 2026-10-01 2026-10-31`;

describe('rows of a date of their own', () => {
  it.each([
    [
      'first response SLA compliance for my team, tickets opened in October?',
      `sla_compliance_rate all [sla_metric eq first_response, ${october('ticket_opened_at')}]`,
    ],
    [
      'median time to first reply per engineer on my team, tickets opened in october',
      `first_response_time_median by assignee all [${october('ticket_opened_at')}]`,
    ],
    [
      'SLA compliance per team, tickets opened last month',
      `sla_compliance_rate by team all [${october('ticket_opened_at')}]`,
    ],
    [
      'median resolution time of conversations per agent, opened in october',
      `median_of_conversation_resolution_average by conversation_agent all [${october('conversation_opened_at')}]`,
    ],
    [
      'resolution time of tickets created in October by priority',
      `resolution_time_median by priority all [${october('ticket_opened_at')}]`,
    ],
    [
      'average resolution time of escalations opened in October',
      `escalation_resolution_time_average all [${october('escalation_opened_at')}]`,
    ],
    [
      'mean time to resolve of incidents that started in October',
      `incident_duration_average all [${october('incident_started_at')}]`,
    ],
    ['csat of tickets opened in October', `csat_average all [${october('ticket_opened_at')}]`],
    [
      'win rate of deals created in October',
      `win_rate all [deal_opened_on is_not_null, ${october('deal_opened_on')}]`,
    ],
    ['how many tickets opened in october were solved', `tickets_solved all [${october('ticket_opened_at')}]`],
    [
      'of the tickets my team got in october, how many were solved within 24 hours of opening',
      `tickets_solved all [ticket_time_open lte 86400, ticket_solved_at is_not_null, ${october('ticket_opened_at')}]`,
    ],
    [
      "of last month's tickets how many were solved within 24 hours",
      `tickets_solved all [ticket_time_open lte 86400, ticket_solved_at is_not_null, ${october('ticket_opened_at')}]`,
    ],
    [
      'of the conversations opened in october, how many were resolved',
      `conversations_resolved all [${october('conversation_opened_at')}]`,
    ],
    [
      'how many of our tickets opened in october missed the first response SLA',
      `tickets_breached all [sla_metric eq first_response, ${october('ticket_opened_at')}]`,
    ],
  ])('“%s” is %s', (question, expected) => {
    expect(told(query(question))).toBe(expected);
  });

  it.each([
    ['top 4 accounts by tickets opened in October', 'tickets_opened by account calendar []'],
    ['conversion rate of leads created in October', 'lead_conversion_rate calendar []'],
    ['reopen rate of tickets solved in October', 'reopen_rate calendar []'],
    [
      'of the tickets opened last month how many are still open',
      'tickets_opened relative [ticket_status in new open pending hold]',
    ],
    ['tickets opened and tickets solved in October', 'tickets_opened+tickets_solved calendar []'],
  ])('“%s” goes by that very date anyway', (question, expected) => {
    expect(told(query(question))).toBe(expected);
  });

  it.each([
    'invoice reminders of tickets opened in October',
    'revenue of tickets opened in October',
    'csat of deals created in October',
    'win rate of tickets opened in October',
  ])('“%s” names records that have nothing to do with the figure', (question) => {
    expect(planned(question).kind).toBe('refuse');
  });
});
