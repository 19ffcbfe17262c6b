import type { Priority } from './priority.ts';

/** What can be held against a limit at any time; the unit of its limits stands in brackets. */
export const serviceLevels = [
  /** Mean time until a person first answered in a conversation (seconds). */
  'response_time',
  /** The same in the peak hours of the week (seconds). */
  'peak_wait',
  /** Outgoing messages that arrived (share). */
  'delivery_rate',
  /** Messages of broadcasts that arrived (share). */
  'broadcast_success',
  /** Conversations of the bot in which the customer went away (share). */
  'bot_drop_off',
  /** Conversations of the bot that went to a person (share). */
  'bot_to_human',
] as const;
export type ServiceLevelName = (typeof serviceLevels)[number];

export interface ServiceLevelLimits {
  readonly name: ServiceLevelName;
  readonly warning: number;
  /** Farther out than `warning`; which way is worse follows from the two. */
  readonly critical: number;
  /** Fewer cases than this are no level. */
  readonly atLeast: number;
  readonly windowHours: number;
}

/** `catalogue/workload.yml`, checked: how agents' work is weighed, and when service is too slow. */
export interface WorkloadSettings {
  readonly weights: Readonly<Record<Priority | 'conversation', number>>;
  /** Of the team's median: above is overloaded, below underutilised. */
  readonly overloadedAbove: number;
  readonly underutilisedBelow: number;
  /** Teams with fewer agents are not compared. */
  readonly smallestTeam: number;
  readonly presence: {
    /** Id of the calendar of `sla.yml` whose hours are business hours. */
    readonly calendar: string;
    /** Other calendars, by the name of the team in lower case. */
    readonly calendarOfTeam: ReadonlyMap<string, string>;
    /** A status that lasts longer was not signed off. */
    readonly longestStatusHours: number;
  };
  readonly queue: {
    readonly windowMinutes: number;
    readonly highDepth: number;
    /** At the present rate the queue would need longer than this. */
    readonly slowDrainMinutes: number;
  };
  readonly demand: {
    /** Whole weeks that the hours of the week are learned from. */
    readonly weeks: number;
    /** Share of the hours in which anybody comes that are peak hours. */
    readonly peakShare: number;
    /** Share of their time that agents can spend in conversations. */
    readonly occupancy: number;
    /** Of one conversation, where no resolved one tells. */
    readonly handlingMinutes: number;
  };
  readonly repeatWindowDays: number;
  readonly levels: readonly ServiceLevelLimits[];
}
