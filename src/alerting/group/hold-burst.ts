import type { Candidate, EvaluationContext } from '../candidate.ts';
import { compareWorst } from '../rules/evaluate-rule.ts';

/** Name under which an alert remembers that it fired without a message of its own. */
export const heldByBurst = 'burst';

/**
 * A burst never floods a channel: the worst are posted, the rest fire without a message and are counted in one
 * summary line per conversation.
 */
export function holdBurst(
  candidates: readonly Candidate[],
  context: EvaluationContext,
): readonly Candidate[] {
  const posting = candidates.filter((candidate) => candidate.notify === 'post');
  if (posting.length <= context.postAtMost) return candidates;
  const held = new Set<string>();
  for (const group of byConversation(posting).values()) {
    for (const candidate of worstFirst(group, context).slice(context.postAtMost))
      held.add(candidate.fingerprint);
  }
  return candidates.map((candidate) =>
    held.has(candidate.fingerprint) ? { ...candidate, notify: 'none', held: heldByBurst } : candidate,
  );
}

/** Candidates that go to the same place. */
export function byConversation(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = candidate.conversations.join(' ');
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return groups;
}

/** The candidates that have a finding, worst first. */
export function worstFirst(
  candidates: readonly Candidate[],
  context: Pick<EvaluationContext, 'rule'>,
): readonly Candidate[] {
  const compare = compareWorst(context.rule);
  return candidates
    .flatMap((candidate) =>
      candidate.finding === null || candidate.core === null
        ? []
        : [{ candidate, finding: candidate.finding, severity: candidate.core.severity }],
    )
    .sort(compare)
    .map(({ candidate }) => candidate);
}
