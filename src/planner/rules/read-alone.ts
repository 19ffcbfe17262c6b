import type { PlanRequest } from '../planner.ts';
import { composePlan } from './compose/compose-plan.ts';
import type { Composed } from './compose/problem.ts';
import { rowsSpokenOf, vocabularyAround } from './follow-up/vocabulary-around.ts';
import { type Understanding, understand } from './understand.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A question that stands alone, taken apart and put together. */
export interface ReadAlone {
  readonly understood: Understanding;
  readonly composed: Composed;
}

/**
 * "Failed messages by reason": a word that no rule could place may be the short name of something that these rows have,
 * so they are read once more with that in mind.
 */
export function readAlone(request: PlanRequest, understood: Understanding): ReadAlone {
  const { question, catalogue, now, zone, stored, names, fiscalStartMonth } = request;
  const composed = composePlan(understood, catalogue);
  if (composed.kind !== 'refuse' || !/^(?:unknown_word|no_field)$/.test(composed.reason))
    return { understood, composed };
  const entity = rowsSpokenOf(catalogue, understood);
  if (entity === null) return { understood, composed };
  const hear = (vocabulary: Vocabulary) => vocabularyAround(catalogue, vocabulary, entity, stored);
  const again = understand(question, catalogue, now, zone, { stored, names, hear, fiscalStartMonth });
  const second = composePlan(again, catalogue);
  return second.kind === 'plan' ? { understood: again, composed: second } : { understood, composed };
}
