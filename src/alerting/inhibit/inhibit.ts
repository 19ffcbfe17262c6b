import { type Candidate, type EvaluationContext, subjectKey } from '../candidate.ts';

/** A subject for which a more important rule is open is not reported twice; what is open is superseded. */
export function inhibit(candidates: readonly Candidate[], context: EvaluationContext): readonly Candidate[] {
  if (context.inhibitors.size === 0) return candidates;
  return candidates.map((candidate) => {
    const subject = candidate.finding?.subject ?? candidate.current?.subject;
    const by = subject === undefined ? undefined : context.inhibitors.get(subjectKey(subject));
    return by === undefined ? candidate : { ...candidate, observation: { kind: 'superseded', by } };
  });
}
