import type { Candidate, EvaluationContext } from '../candidate.ts';
import type { AlertCore } from '../state/alert-core.ts';
import type { Decision } from '../state/decision.ts';

/** Name under which an alert remembers that it has no message because it was snoozed before it got one. */
const heldBySilence = 'snoozed';

/** While snoozed an alert changes in place only; when the snooze ends and it still fires, its thread says so. */
export function applySilences(
  candidates: readonly Candidate[],
  { now }: EvaluationContext,
): readonly Candidate[] {
  return candidates.map((candidate) => {
    const { core } = candidate;
    if (core === null || core.silencedUntil === null || core.state === 'resolved') return candidate;
    if (core.silencedUntil > now) {
      if (candidate.notify === 'post') return { ...candidate, notify: 'none', held: heldBySilence };
      const notify = candidate.notify === 'edit-and-reply' ? 'edit' : candidate.notify;
      return { ...candidate, notify };
    }
    const decision = endSilence(core);
    return {
      ...candidate,
      core: decision.next,
      decisions: [...candidate.decisions, decision],
      notify: candidate.held === null ? decision.notify : 'none',
    };
  });
}

function endSilence(core: AlertCore): Decision {
  const next = { ...core, silencedUntil: null, silencedBy: null, version: core.version + 1 };
  // Somebody has it, or it is going away: no reason to call anyone.
  const isWanted = core.state === 'firing' && core.acknowledgedAt === null;
  return {
    next,
    transition: 'unsnoozed',
    notify: isWanted ? 'edit-and-reply' : 'edit',
    reason: 'snooze-elapsed',
  };
}
