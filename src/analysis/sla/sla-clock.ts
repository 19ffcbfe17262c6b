/**
 * Door of the SLA clocks. In: a ticket with its events, the policies, the time. Out: one clock per promised metric
 * and cycle with what is used, when it is at risk, urgent and due. It never reads a row and never asks for the time.
 */
import type { Priority } from '../../domain/priority.ts';
import { type SlaMetric, slaMetrics, urgentShare, warnShare } from '../../domain/sla-policy.ts';
import { addSeconds, nextOpening } from './business-axis.ts';
import { type ClockCycle, cyclesOf } from './clock-cycles.ts';
import { type ClockInput, type ClockPlan, planPhases } from './clock-phases.ts';
import type { SlaRule } from './match-policy.ts';

export interface SlaClock {
  readonly metric: SlaMetric;
  /** 1-based; only next responses and updates have more than one. */
  readonly cycle: number;
  readonly policy: string;
  readonly calendar: string;
  readonly calendarVersion: string;
  readonly priority: Priority;
  readonly targetSeconds: number;
  /** When it began to run: the beginning of the cycle, or the opening after it. */
  readonly startedAt: Date;
  /**
   * Instants at which 75 %, 90 % and 100 % of the target are used, if nothing changes. While the clock is paused only
   * those that have passed are known.
   */
  readonly warnAt: Date | null;
  readonly urgentAt: Date | null;
  readonly dueAt: Date | null;
  /** The first of these three that lies ahead while the clock runs; null: time alone changes nothing any more. */
  readonly nextMarkAt: Date | null;
  readonly state: 'running' | 'paused' | 'met' | 'breached' | 'cancelled';
  readonly stoppedAt: Date | null;
  readonly breachedAt: Date | null;
  readonly usedSeconds: number;
}

/** The clocks of a ticket at `now`; a metric that no policy promises has none. */
export function computeClocks(input: ClockInput): readonly SlaClock[] {
  const clocks: SlaClock[] = [];
  for (const metric of slaMetrics) {
    for (const cycle of cyclesOf(input.history, metric)) {
      const clock = computeClock(input, metric, cycle);
      if (clock !== null) clocks.push(clock);
    }
  }
  return clocks;
}

/** One cycle of a clock; null: no policy promises the metric. */
export function computeClock(input: ClockInput, metric: SlaMetric, cycle: ClockCycle): SlaClock | null {
  const plan = planPhases(input, metric, cycle);
  if (plan === null) return null;
  const { rule, stop } = plan;
  const end = stop?.at ?? input.now;
  const usedSeconds = plan.phases.reduce((sum, phase) => sum + phase.countedSeconds, 0);
  const reached = (share: number) => instantOf(plan, share * rule.targetSeconds, usedSeconds, end);
  const [warnAt, urgentAt, dueAt] = [reached(warnShare), reached(urgentShare), reached(1)];
  // A stop in the very second it is due keeps the promise; an open clock has none of its time left then.
  const isBreached = dueAt !== null && (stop === null ? dueAt <= end : dueAt < end);
  const isRunning = stop === null && !plan.isPaused && !isBreached;
  const nextMark = [warnAt, urgentAt, dueAt].find((mark) => mark !== null && mark > input.now);
  return {
    metric,
    cycle: cycle.number,
    policy: rule.policy.id,
    calendar: rule.axis.calendar.id,
    calendarVersion: rule.axis.calendar.version,
    priority: rule.priority,
    targetSeconds: rule.targetSeconds,
    startedAt: toDate(startOf(plan)),
    warnAt: toDateOrNull(warnAt),
    urgentAt: toDateOrNull(urgentAt),
    dueAt: toDateOrNull(dueAt),
    nextMarkAt: isRunning ? toDateOrNull(nextMark ?? null) : null,
    state: isBreached ? 'breached' : stateOf(plan),
    stoppedAt: toDateOrNull(stop?.at ?? null),
    // A target that was tightened afterwards breaks when it is tightened, not before.
    breachedAt: isBreached ? toDate(Math.max(dueAt, plan.ruleSince)) : null,
    usedSeconds,
  };
}

function stateOf(plan: ClockPlan): 'running' | 'paused' | 'met' | 'cancelled' {
  if (plan.stop !== null) return plan.stop.reason === 'solved-without-reply' ? 'cancelled' : 'met';
  return plan.isPaused ? 'paused' : 'running';
}

function startOf({ phases, rule, cycle }: ClockPlan): number {
  const first = phases.find((phase) => phase.rule !== null);
  return nextOpening((first?.rule ?? rule).axis, first?.from ?? cycle.startsAt) ?? cycle.startsAt;
}

/** When the clock shows `seconds`: within its phases if it has passed them, else counted on from `end`. */
function instantOf(plan: ClockPlan, seconds: number, usedSeconds: number, end: number): number | null {
  let before = 0;
  for (const { rule, from, countedSeconds } of plan.phases) {
    const rest = seconds - before;
    if (rule !== null && countedSeconds > 0 && isWithin(rule, rest, countedSeconds))
      return addSeconds(rule.axis, from, rest, rule.axis.calendar.boundary);
    before += countedSeconds;
  }
  if (plan.isPaused) return null;
  const { axis } = plan.rule;
  return addSeconds(axis, end, Math.max(seconds - usedSeconds, 0), axis.calendar.boundary);
}

/** Where targets fall due at the next opening, one that a phase uses up to the last second is due in a later one. */
function isWithin({ axis }: SlaRule, seconds: number, countedSeconds: number): boolean {
  return seconds < countedSeconds || (seconds === countedSeconds && axis.calendar.boundary === 'closing');
}

function toDate(seconds: number): Date {
  return new Date(seconds * 1000);
}

function toDateOrNull(seconds: number | null): Date | null {
  return seconds === null ? null : toDate(seconds);
}
