import type { Candidate, EvaluationContext } from '../candidate.ts';
import { isFlapping } from './flapping.ts';

/** What comes and goes all the time writes to its earlier message instead of posting again. */
export function calmFlapping(
  candidates: readonly Candidate[],
  { recent }: EvaluationContext,
): readonly Candidate[] {
  return candidates.map((candidate) => {
    const changes = recent.get(candidate.fingerprint);
    const hasFired = candidate.decisions.some(({ transition }) => transition === 'fired');
    if (!hasFired || changes === undefined || !isFlapping(changes.changes)) return candidate;
    if (candidate.notify !== 'post' || changes.message === null) return { ...candidate, isFlapping: true };
    return {
      ...candidate,
      notify: 'edit',
      isFlapping: true,
      messageOf: changes.message.alertId,
      conversations: changes.message.conversations,
    };
  });
}
