import type { Catalogue } from '../../catalogue/catalogue.ts';
import { entityOf } from '../../catalogue/lookup.ts';
import type { PlanRequest } from '../planner.ts';
import { composePlan } from './compose/compose-plan.ts';
import type { Composed } from './compose/problem.ts';
import { type Edit, isPut } from './edit.ts';
import { exactName } from './exact-names.ts';
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
 * so they are read once more with that in mind. Before that the name of a figure counts as what it is, word by word.
 */
export function readAlone(request: PlanRequest, understood: Understanding): ReadAlone {
  const { question, catalogue, now, zone, stored, names, fiscalStartMonth } = request;
  const { tokens } = understood.reading;
  // An edit counts words as they were typed; behind words that were written out it would hit others.
  const exact = tokens.some(isPut) ? null : exactName(catalogue, tokens);
  const composed = composePlan(understood, catalogue);
  const isOther = exact !== null && isWholePhrase(understood, exact) && !isAbout(catalogue, exact, composed);
  const figure = exact !== null && (composed.kind === 'refuse' || isOther) ? readExactly(exact) : null;
  if (figure !== null) return figure;
  if (composed.kind !== 'refuse') return { understood, composed };
  if (!/^(?:unknown_word|no_field)$/.test(composed.reason)) return { understood, composed };
  const entity = rowsSpokenOf(catalogue, understood);
  if (entity === null) return { understood, composed };
  const hear = (vocabulary: Vocabulary) => vocabularyAround(catalogue, vocabulary, entity, stored);
  const again = understand(question, catalogue, now, zone, { stored, names, hear, fiscalStartMonth });
  const second = composePlan(again, catalogue);
  return second.kind === 'plan' ? { understood: again, composed: second } : { understood, composed };

  function readExactly(edit: Edit): ReadAlone | null {
    const edits = [edit];
    const again = understand(question, catalogue, now, zone, { stored, names, fiscalStartMonth, edits });
    const second = composePlan(again, catalogue);
    return second.kind === 'plan' ? { understood: again, composed: second } : null;
  }
}

/** Whether a plan has the rows of the figure that is named, which it may list instead. */
function isAbout(catalogue: Catalogue, { put: [one] }: Edit, composed: Composed): boolean {
  if (composed.kind !== 'plan' || one?.kind !== 'meaning' || one.meaning.kind !== 'metric') return false;
  const { plan } = composed;
  const named = catalogue.metrics.get(one.meaning.id);
  if (plan.kind === 'metric') return plan.metrics.some((id) => id === named?.id);
  return named !== undefined && entityOf(catalogue, named)?.id === plan.entity;
}

/**
 * "Chats waiting for an agent": so many words in a row are no accident, unless they split by something. "Currently
 * breached" is a state that "breached" is not.
 */
function isWholePhrase({ reading: { tokens } }: Understanding, { from, to }: Edit): boolean {
  const words = tokens.slice(from, to).map(({ lower }) => lower);
  if (words.some((word) => /^(?:by|per|and|or)$/.test(word))) return false;
  return words.length >= 4 || words.includes('currently');
}
