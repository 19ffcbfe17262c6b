import type { Alert } from '../../domain/alert.ts';
import { noWait } from '../../domain/alert-timing.ts';
import type { Candidate } from '../candidate.ts';
import { coreOf } from './alert-core.ts';
import { step } from './step.ts';

/** Ends the open alerts of a rule that is no longer in the catalogue. */
export function withdrawAlerts(open: readonly Alert[], now: Date): readonly Candidate[] {
  return open.map((current) => {
    const core = coreOf(current);
    const context = { now, runId: core.runId, for: noWait, keepFiringFor: noWait, ttlSeconds: null };
    const decision = step(core, { kind: 'withdrawn' }, context);
    const { conversations, held, isFlapping } = current.snapshot.delivery;
    return {
      fingerprint: current.fingerprint,
      current,
      finding: null,
      observation: { kind: 'withdrawn' },
      core: decision.next,
      decisions: [decision],
      notify: held === null ? decision.notify : 'none',
      labels: current.labels,
      conversations,
      held,
      messageOf: null,
      isFlapping,
    };
  });
}
