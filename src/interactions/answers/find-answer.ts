import type { Asker } from '../../access/asker.ts';
import type { Message } from '../../messages/message.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import { type QueryPlan, queryPlanSchema } from '../../query/metric-query.ts';
import { type KeptAnswer, latestAnswerOf, readAnswer } from '../../store/answer-store.ts';
import type { AnswerDeps } from '../answer-deps.ts';

/** A kept answer with a plan that can be run. */
export interface FoundAnswer {
  readonly kept: KeptAnswer;
  readonly plan: QueryPlan;
}

export type Found<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: Message };

/**
 * The plan of an answer, for whoever presses a button under it: a plan holds no rows and no rights, and runs under
 * those of the presser.
 *
 * @param id whole or short; null: the newest answer of the asker
 */
export async function findAnswer(
  deps: Pick<AnswerDeps, 'store'>,
  asker: Asker,
  id: string | null,
): Promise<Found<FoundAnswer>> {
  const { db } = deps.store;
  const kept = id === null ? await latestAnswerOf(db, asker.personId) : await readAnswer(db, id);
  if (kept === null) return { ok: false, message: id === null ? noAnswerYet : unknownAnswer };
  const plan = queryPlanSchema.safeParse(kept.plan);
  return plan.success ? { ok: true, value: { kept, plan: plan.data } } : { ok: false, message: notRunnable };
}

/** Who may see how an answer was computed, and what it said: whoever asked, managers and administrators. */
export function maySeeAnswer(asker: Asker, { personId }: Pick<KeptAnswer, 'personId'>): boolean {
  return personId === asker.personId || asker.role === 'manager' || asker.role === 'admin';
}

/** The same words whether there is no such answer or it is somebody else's: ids cannot be tried out. */
export const unknownAnswer = buildNotice(
  'There is no answer of yours with this id. Answers are kept for a year; the id stands at the end of the small print.',
);
const noAnswerYet = buildNotice('You have no answer yet that this could be about. Ask something first.');
const notRunnable = buildNotice(
  'This answer has no plan that could be run: it was a question back, a refusal, or it was made by an older version. Ask again.',
);
