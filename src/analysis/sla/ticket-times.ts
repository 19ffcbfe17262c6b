import type { TicketStatus } from '../../domain/records.ts';
import type { SlaPolicies } from '../../domain/sla-policy.ts';
import { secondsBetween } from './business-axis.ts';
import { type AxisOf, matchPolicy } from './match-policy.ts';
import { isStopped, type SlaTicket, type TicketHistory } from './ticket-history.ts';

/**
 * How long a ticket kept the customer waiting and us working, in seconds by the wall clock and by the business hours of
 * the policy that applies to the ticket now (null: none does). Time while the ticket is solved or pending counts for
 * neither; on hold the customer still waits, but nobody works.
 */
export interface TicketTimes {
  /** In `new`, `open` and `hold`. */
  readonly requesterWaitSeconds: number;
  readonly requesterWaitBusinessSeconds: number | null;
  /** In `new` and `open`. */
  readonly agentWorkSeconds: number;
  readonly agentWorkBusinessSeconds: number | null;
  readonly calendar: string | null;
  readonly calendarVersion: string | null;
  /** When the ticket was solved for good; null: its times still grow. */
  readonly stoppedAt: Date | null;
}

const waiting: ReadonlySet<TicketStatus> = new Set(['new', 'open', 'hold']);
const working: ReadonlySet<TicketStatus> = new Set(['new', 'open']);

/** @param now whole seconds since 1970 */
export function computeTicketTimes(input: {
  readonly ticket: SlaTicket;
  readonly history: TicketHistory;
  readonly policies: SlaPolicies;
  readonly axisOf: AxisOf;
  readonly now: number;
}): TicketTimes {
  const { statuses, priorities } = input.history;
  const policy = matchPolicy(input.policies, input.ticket, priorities.at(-1)!.priority);
  const axis = policy === null ? null : input.axisOf(policy);
  const sum = { wait: 0, waitBusiness: 0, work: 0, workBusiness: 0 };
  for (const [index, { at, status }] of statuses.entries()) {
    if (!waiting.has(status)) continue;
    const to = statuses[index + 1]?.at ?? Math.max(input.now, at);
    const business = axis === null ? 0 : secondsBetween(axis, at, to);
    sum.wait += to - at;
    sum.waitBusiness += business;
    if (!working.has(status)) continue;
    sum.work += to - at;
    sum.workBusiness += business;
  }
  return {
    requesterWaitSeconds: sum.wait,
    requesterWaitBusinessSeconds: axis === null ? null : sum.waitBusiness,
    agentWorkSeconds: sum.work,
    agentWorkBusinessSeconds: axis === null ? null : sum.workBusiness,
    calendar: axis?.calendar.id ?? null,
    calendarVersion: axis?.calendar.version ?? null,
    stoppedAt: stoppedAt(statuses),
  };
}

function stoppedAt(statuses: TicketHistory['statuses']): Date | null {
  if (!isStopped(statuses.at(-1)!.status)) return null;
  const lastRunning = statuses.findLastIndex(({ status }) => !isStopped(status));
  return new Date(statuses[lastRunning + 1]!.at * 1000);
}
