import type { Priority } from './priority.ts';
import type { TicketStatus } from './records.ts';

/**
 * What is promised. `first_response`: until the first public reply. `next_response`: from the oldest unanswered message
 * of the customer until the next public reply or the solution, anew each time. `update`: from each public reply to the
 * next, or to the solution. `resolution`: until the ticket is solved.
 */
export const slaMetrics = ['first_response', 'next_response', 'update', 'resolution'] as const;
export type SlaMetric = (typeof slaMetrics)[number];

/** Share of the target at which an open clock is at risk, and at which it is urgent. */
export const warnShare = 0.75;
export const urgentShare = 0.9;

/** When work is done: open ranges of a week in one zone, without the holidays. */
export interface BusinessCalendar {
  readonly id: string;
  /** IANA zone in which the ranges and holidays are written. */
  readonly zone: string;
  /** Seven lists, Monday first. */
  readonly week: readonly (readonly DayRange[])[];
  /** Closed local days, midnight to midnight: `2026-04-03`, or `12-25` for every year. */
  readonly holidays: ReadonlySet<string>;
  /** When a target that is used up exactly at closing time is due: then, or when business opens again. */
  readonly boundary: DueBoundary;
  /** Hash of zone, week, holidays and boundary; kept with every clock that was counted by it. */
  readonly version: string;
}

export type DueBoundary = 'closing' | 'opening';

/** Minutes since local midnight of the day it begins on; above 1440 it reaches into the next day. */
export interface DayRange {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** What a policy may ask about a ticket and its account; words are compared without regard to case. */
export const slaConditionFields = [
  'priority',
  'tier',
  'region',
  'segment',
  'category',
  'channel',
  'type',
  'team',
  'source',
] as const;
type SlaConditionField = (typeof slaConditionFields)[number];

export interface SlaPolicy {
  readonly id: string;
  /** All must hold; a policy without conditions matches every ticket. Words are lower-case. */
  readonly when: readonly { readonly field: SlaConditionField; readonly words: ReadonlySet<string> }[];
  readonly calendar: BusinessCalendar;
  /** Seconds of business time; a priority without a target has no clock for that metric. */
  readonly targetSeconds: Readonly<Record<SlaMetric, Readonly<Partial<Record<Priority, number>>>>>;
  /** Statuses in which the resolution clock stands still. The first and the next response never pause. */
  readonly pauseOn: ReadonlySet<TicketStatus>;
  /** Whether the update clock stands still in those statuses too. */
  readonly updatePauses: boolean;
}

/** `catalogue/sla.yml`, checked. */
export interface SlaPolicies {
  /** Hash of policies and calendars; a clock that has stopped keeps those it was counted by. */
  readonly version: string;
  /** The first that matches applies; none: the ticket has no clock. */
  readonly policies: readonly SlaPolicy[];
  /** Priority of tickets that have none. */
  readonly defaultPriority: Priority;
  /** Open clocks become findings from this share of their target on. */
  readonly reportFromShare: number;
}
