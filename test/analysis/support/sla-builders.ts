import { type BusinessAxis, buildBusinessAxis } from '../../../src/analysis/sla/business-axis.ts';
import { cyclesOf } from '../../../src/analysis/sla/clock-cycles.ts';
import type { ClockInput } from '../../../src/analysis/sla/clock-phases.ts';
import { type ClockSpan, explainClock } from '../../../src/analysis/sla/explain-clock.ts';
import { computeClock, type SlaClock } from '../../../src/analysis/sla/sla-clock.ts';
import {
  readTicketHistory,
  type SlaTicket,
  type SlaTicketEvent,
} from '../../../src/analysis/sla/ticket-history.ts';
import type {
  BusinessCalendar,
  DayRange,
  SlaMetric,
  SlaPolicies,
  SlaPolicy,
} from '../../../src/domain/sla-policy.ts';

/** `9:00-17:30` -> minutes; an end before the beginning is on the next day. */
function hours(text: string): DayRange {
  const [from, to] = text.split('-').map((time) => {
    const [hour, minute] = time.split(':').map(Number);
    return hour! * 60 + minute!;
  });
  return { fromMinute: from!, toMinute: to! > from! ? to! : to! + 1440 };
}

/** Open on the given days of the week (0 = Monday); default Monday to Friday 9:00-17:00 in UTC. */
export function aCalendar(
  overrides: Partial<Omit<BusinessCalendar, 'week' | 'holidays'>> & {
    days?: readonly number[];
    ranges?: readonly string[];
    week?: readonly (readonly DayRange[])[];
    holidays?: readonly string[];
  } = {},
): BusinessCalendar {
  const { days = [0, 1, 2, 3, 4], ranges = ['9:00-17:00'], week, holidays = [], ...rest } = overrides;
  return {
    id: 'test',
    zone: 'UTC',
    version: 'v1',
    boundary: 'closing',
    ...rest,
    week: week ?? Array.from({ length: 7 }, (_, day) => (days.includes(day) ? ranges.map(hours) : [])),
    holidays: new Set(holidays),
  };
}

export const alwaysOpen = aCalendar({ id: 'always', days: [0, 1, 2, 3, 4, 5, 6], ranges: ['0:00-24:00'] });

type PolicyParts = Omit<SlaPolicy, 'targetSeconds'> & {
  readonly targetSeconds: Partial<SlaPolicy['targetSeconds']>;
};

/** Targets that are not given are not promised. */
export function aPolicy({ targetSeconds, ...overrides }: Partial<PolicyParts> = {}): SlaPolicy {
  return {
    id: 'standard',
    when: [],
    calendar: aCalendar(),
    targetSeconds: {
      first_response: {},
      next_response: {},
      update: {},
      resolution: {},
      ...(targetSeconds ?? { first_response: { normal: 3_600 }, resolution: { normal: 8 * 3_600 } }),
    },
    pauseOn: new Set(['pending']),
    updatePauses: true,
    ...overrides,
  };
}

export function somePolicies(...policies: readonly SlaPolicy[]): SlaPolicies {
  return { version: 'v1', policies, defaultPriority: 'normal', reportFromShare: 0.5 };
}

export function aTicket(overrides: Partial<SlaTicket> = {}): SlaTicket {
  return {
    id: 'ticket-1',
    status: 'open',
    priority: 'normal',
    openedAt: at('2026-03-02T10:00Z'),
    firstRepliedAt: null,
    solvedAt: null,
    closedAt: null,
    updatedAt: null,
    tier: null,
    region: null,
    segment: null,
    category: null,
    channel: null,
    type: null,
    team: null,
    source: 'test',
    ...overrides,
  };
}

export function anEvent(
  kind: string,
  when: string,
  overrides: Partial<Omit<SlaTicketEvent, 'kind' | 'at'>> = {},
): SlaTicketEvent {
  return { kind, oldValue: null, newValue: null, public: null, actorId: null, at: at(when), ...overrides };
}

/** A change of status. */
export function turned(newValue: string, when: string): SlaTicketEvent {
  return anEvent('status', when, { newValue });
}

/** A clock of a ticket by its cycle; null: it has none. */
export function clockOf(input: ClockInput, metric: SlaMetric, number = 1): SlaClock | null {
  const cycle = cyclesOf(input.history, metric)[number - 1];
  return cycle === undefined ? null : computeClock(input, metric, cycle);
}

/** The spans of a clock by its cycle. */
export function spansOf(input: ClockInput, metric: SlaMetric, number = 1): readonly ClockSpan[] {
  return explainClock(input, metric, cyclesOf(input.history, metric)[number - 1]!);
}

export function at(text: string): Date {
  return new Date(text);
}

export function seconds(text: string): number {
  return new Date(text).getTime() / 1000;
}

/** Everything a clock is computed from; axes cover 2024 to 2027. */
export function clockInput(
  ticket: SlaTicket,
  events: readonly SlaTicketEvent[],
  now: string,
  policies: SlaPolicies = somePolicies(aPolicy()),
): ClockInput {
  const axes = new Map<SlaPolicy, BusinessAxis>();
  return {
    ticket,
    policies,
    now: seconds(now),
    history: readTicketHistory(ticket, events, seconds(now)),
    axisOf: (policy) => {
      const axis =
        axes.get(policy) ??
        buildBusinessAxis(policy.calendar, { from: at('2025-06-01T00:00Z'), to: at('2026-12-31T00:00Z') });
      axes.set(policy, axis);
      return axis;
    },
  };
}
