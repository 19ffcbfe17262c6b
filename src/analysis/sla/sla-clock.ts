/**
 * Door of the SLA clocks. In: a ticket with its events, the policies, the time. Out: one clock per promised metric
 * with what is used, when it is at risk, urgent and due. It never reads a row and never asks for the time.
 */
import type { Priority } from '../../domain/priority.ts';
import { type SlaMetric, slaMetrics, urgentShare, warnShare } from '../../domain/sla-policy.ts';
import { addSeconds, nextOpening } from './business-axis.ts';
import { type ClockInput, type ClockPlan, planPhases } from './clock-phases.ts';

export interface SlaClock {
  readonly metric: SlaMetric;
  readonly policy: string;
  readonly calendar: string;
  readonly calendarVersion: string;
  readonly priority: Priority;
  readonly targetSeconds: number;
  /** When it began to run: creation, or the opening after it. */
  readonly startedAt: Date;
  /**
   * Instants at which 75 %, 90 % and 100 % of the target are used, if nothing changes. While the clock is paused only
   * those that have passed are known.
   */
  readonly warnAt: Date | null;
  readonly urgentAt: Date | null;
  readonly dueAt: Date | null;
  readonly state: 'running' | 'paused' | 'met' | 'breached' | 'cancelled';
  readonly stoppedAt: Date | null;
  readonly breachedAt: Date | null;
  readonly usedSeconds: number;
}

/** The clocks of a ticket at `now`; a metric that no policy promises has none. */
export function computeClocks(input: ClockInput): readonly SlaClock[] {
  return slaMetrics.map((metric) => computeClock(input, metric)).filter((clock) => clock !== null);
}

export function computeClock(input: ClockInput, metric: SlaMetric): SlaClock | null {
  const plan = planPhases(input, metric);
  if (plan === null) return null;
  const { rule, stop } = plan;
  const end = stop?.at ?? input.now;
  const usedSeconds = plan.phases.reduce((sum, phase) => sum + phase.countedSeconds, 0);
  const reached = (share: number) => instantOf(plan, share * rule.targetSeconds, usedSeconds, end);
  const dueAt = reached(1);
  // A stop in the very second it is due keeps the promise; an open clock has none of its time left then.
  const isBreached = dueAt !== null && (stop === null ? dueAt <= end : dueAt < end);
  return {
    metric,
    policy: rule.policy.id,
    calendar: rule.axis.calendar.id,
    calendarVersion: rule.axis.calendar.version,
    priority: rule.priority,
    targetSeconds: rule.targetSeconds,
    startedAt: toDate(startOf(plan, input.history.openedAt)),
    warnAt: toDateOrNull(reached(warnShare)),
    urgentAt: toDateOrNull(reached(urgentShare)),
    dueAt: toDateOrNull(dueAt),
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

function startOf(plan: ClockPlan, openedAt: number): number {
  const first = plan.phases.find((phase) => phase.rule !== null);
  return nextOpening((first?.rule ?? plan.rule).axis, first?.from ?? openedAt) ?? openedAt;
}

/** When the clock shows `seconds`: within its phases if it has passed them, else counted on from `end`. */
function instantOf(plan: ClockPlan, seconds: number, usedSeconds: number, end: number): number | null {
  if (seconds > usedSeconds) {
    return plan.isPaused ? null : addSeconds(plan.rule.axis, end, seconds - usedSeconds);
  }
  let before = 0;
  for (const phase of plan.phases) {
    const rest = seconds - before;
    if (phase.rule !== null && phase.countedSeconds > 0 && rest <= phase.countedSeconds) {
      return addSeconds(phase.rule.axis, phase.from, rest);
    }
    before += phase.countedSeconds;
  }
  return null;
}

function toDate(seconds: number): Date {
  return new Date(seconds * 1000);
}

function toDateOrNull(seconds: number | null): Date | null {
  return seconds === null ? null : toDate(seconds);
}
