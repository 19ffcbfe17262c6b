import type { SlaMetric } from '../../domain/sla-policy.ts';
import type { ClockCycle } from './clock-cycles.ts';
import { type ClockInput, planPhases } from './clock-phases.ts';

/** One line of a clock's account: what happened from when to when, and what it added. */
export interface ClockSpan {
  readonly from: Date;
  readonly to: Date;
  /** `counted`: business time ran; `paused`: waiting for the customer; `solved`: closed time before a reopening. */
  readonly what: 'counted' | 'paused' | 'solved' | 'no-policy';
  readonly policy: string | null;
  readonly calendar: string | null;
  readonly targetSeconds: number | null;
  /** Business seconds of this span. */
  readonly countedSeconds: number;
  /** Sum so far. */
  readonly usedSeconds: number;
}

/**
 * A cycle of a clock as a table of spans, whose counted seconds add up to what the clock shows; neighbours that differ in
 * nothing are one line. Empty when no policy promises the metric.
 */
export function explainClock(input: ClockInput, metric: SlaMetric, cycle: ClockCycle): readonly ClockSpan[] {
  const plan = planPhases(input, metric, cycle);
  const spans: ClockSpan[] = [];
  for (const phase of plan?.phases ?? []) {
    const usedBefore = spans.at(-1)?.usedSeconds ?? 0;
    const span: ClockSpan = {
      from: new Date(phase.from * 1000),
      to: new Date(phase.to * 1000),
      what: phase.mode !== 'running' ? phase.mode : phase.rule === null ? 'no-policy' : 'counted',
      policy: phase.rule?.policy.id ?? null,
      calendar: phase.rule?.axis.calendar.id ?? null,
      targetSeconds: phase.rule?.targetSeconds ?? null,
      countedSeconds: phase.countedSeconds,
      usedSeconds: usedBefore + phase.countedSeconds,
    };
    const last = spans.at(-1);
    if (last && isSameKind(last, span)) {
      spans[spans.length - 1] = {
        ...span,
        from: last.from,
        countedSeconds: last.countedSeconds + span.countedSeconds,
      };
    } else spans.push(span);
  }
  return spans;
}

function isSameKind(a: ClockSpan, b: ClockSpan): boolean {
  return a.what === b.what && a.policy === b.policy && a.targetSeconds === b.targetSeconds;
}
