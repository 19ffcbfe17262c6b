import type { Candidate, EvaluationContext } from '../candidate.ts';
import { step } from './step.ts';

/** One step of the state machine for each. An alert without a message gets one when it becomes worse. */
export function stepCandidates(
  candidates: readonly Candidate[],
  { rule, now, runId, isBetweenRuns = false }: EvaluationContext,
): readonly Candidate[] {
  return candidates.map((candidate) => {
    const decision = step(candidate.core, candidate.observation, {
      now,
      runId,
      for: rule.for,
      keepFiringFor: rule.keepFiringFor,
      ttlSeconds: rule.ttlSeconds,
      isBetweenRuns,
    });
    const next = { ...candidate, core: decision.next, decisions: [...candidate.decisions, decision] };
    if (candidate.held === null) return { ...next, notify: decision.notify };
    return decision.transition === 'severity-raised'
      ? { ...next, notify: 'post', held: null }
      : { ...next, notify: 'none' };
  });
}
