import type { Priority } from '../../domain/priority.ts';
import type { SlaMetric, SlaPolicies } from '../../domain/sla-policy.ts';
import { secondsBetween } from './business-axis.ts';
import type { ClockCycle, ClockStop } from './clock-cycles.ts';
import { type AxisOf, ruleFor, type SlaRule } from './match-policy.ts';
import { isStopped, type SlaTicket, type TicketHistory } from './ticket-history.ts';

/** A stretch of a ticket's life during which nothing changed for the clock. */
interface ClockPhase {
  readonly from: number;
  readonly to: number;
  readonly mode: 'running' | 'paused' | 'solved';
  readonly rule: SlaRule | null;
  /** Business seconds that this stretch adds to the clock. */
  readonly countedSeconds: number;
}

export interface ClockPlan {
  readonly cycle: ClockCycle;
  readonly phases: readonly ClockPhase[];
  /** The rule by which the clock is judged: that of the last moment. */
  readonly rule: SlaRule;
  /** Since when that target applies without a break. */
  readonly ruleSince: number;
  /** What ended it; null: still open. */
  readonly stop: ClockStop | null;
  readonly isPaused: boolean;
}

export interface ClockInput {
  readonly ticket: SlaTicket;
  readonly history: TicketHistory;
  readonly policies: SlaPolicies;
  readonly axisOf: AxisOf;
  /** The moment the clock is read, whole seconds since 1970. */
  readonly now: number;
}

/** Cuts a cycle of a clock into phases of one status mode and one rule; null: no policy promises this metric. */
export function planPhases(input: ClockInput, metric: SlaMetric, cycle: ClockCycle): ClockPlan | null {
  const { ticket, history, policies, axisOf, now } = input;
  const { stop, startsAt } = cycle;
  const end = stop?.at ?? now;
  const rules = new Map<Priority | null, SlaRule | null>();
  const ruleOf = (priority: Priority | null) => {
    let rule = rules.get(priority);
    if (rule === undefined) {
      rule = ruleFor(policies, ticket, metric, priority, axisOf);
      rules.set(priority, rule);
    }
    return rule;
  };
  // Fixed at the end, so that raising the priority of a closed ticket rewrites no history.
  const lastPriority = history.priorities.findLast((change) => change.at <= end) ?? history.priorities[0]!;
  const rule = ruleOf(lastPriority.priority);
  if (rule === null) return null;
  const phases: ClockPhase[] = [];
  let ruleSince = startsAt;
  for (const { from, to, status, priority } of stretches(history, startsAt, end)) {
    const current = ruleOf(priority);
    const mode = modeOf(metric, status, current ?? rule);
    const counts = mode === 'running' && current !== null;
    phases.push({
      from,
      to,
      mode,
      rule: current,
      countedSeconds: counts ? secondsBetween(current.axis, from, to) : 0,
    });
    if (current?.targetSeconds !== rule.targetSeconds) ruleSince = to;
  }
  const lastStatus = history.statuses.findLast((change) => change.at <= end) ?? history.statuses[0]!;
  return {
    cycle,
    phases,
    rule,
    ruleSince,
    stop,
    isPaused: stop === null && modeOf(metric, lastStatus.status, rule) === 'paused',
  };
}

function modeOf(
  metric: SlaMetric,
  status: TicketHistory['statuses'][number]['status'],
  rule: SlaRule,
): ClockPhase['mode'] {
  if (metric === 'first_response' || metric === 'next_response') return 'running';
  if (isStopped(status)) return 'solved';
  if (metric === 'update' && !rule.policy.updatePauses) return 'running';
  return rule.policy.pauseOn.has(status) ? 'paused' : 'running';
}

function* stretches(history: TicketHistory, start: number, end: number) {
  const { statuses, priorities } = history;
  let from = start;
  let status = 0;
  let priority = 0;
  while (from < end) {
    while (status + 1 < statuses.length && statuses[status + 1]!.at <= from) status += 1;
    while (priority + 1 < priorities.length && priorities[priority + 1]!.at <= from) priority += 1;
    const to = Math.min(
      end,
      statuses[status + 1]?.at ?? Number.POSITIVE_INFINITY,
      priorities[priority + 1]?.at ?? Number.POSITIVE_INFINITY,
    );
    yield { from, to, status: statuses[status]!.status, priority: priorities[priority]!.priority };
    from = to;
  }
}
