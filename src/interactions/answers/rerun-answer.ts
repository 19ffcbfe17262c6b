import { filterCatalogue } from '../../catalogue/filter-catalogue.ts';
import { shortAnswerId } from '../../messages/answer-actions.ts';
import { formatInstant } from '../../messages/format.ts';
import type { AnswerData } from '../../query/answer-data.ts';
import { dataVersionOf } from '../../query/data-version.ts';
import type { QueryPlan } from '../../query/metric-query.ts';
import type { AnswerDeps, AnsweredQuestion, QuestionRequest } from '../answer-deps.ts';
import { answerPlan } from '../answer-question.ts';
import { type Found, type FoundAnswer, findAnswer, maySeeAnswer } from './find-answer.ts';
import { readDigest } from './result-digest.ts';
import { tellDifference } from './tell-difference.ts';

/**
 * Runs the plan of a kept answer now, under the rights of whoever asks for it, and says what is different. What the
 * answer said then is told only to those who may see it.
 *
 * @param id whole or short
 */
export async function rerunAnswer(
  deps: AnswerDeps,
  request: Omit<QuestionRequest, 'question'>,
  id: string,
): Promise<Found<AnsweredQuestion>> {
  const found = await findAnswer(deps, request.asker, id);
  if (!found.ok) return found;
  const { kept, plan } = found.value;
  const value = await answerPlan(deps, { ...request, question: kept.question }, plan, {
    planner: `answer ${shortAnswerId(kept.id)}, run again`,
    parentId: kept.id,
    notesOf: (data) => differenceNotes(deps, request, found.value, data),
  });
  return { ok: true, value };
}

function differenceNotes(
  deps: AnswerDeps,
  { asker }: Pick<QuestionRequest, 'asker'>,
  { kept, plan }: FoundAnswer,
  data: AnswerData,
): readonly string[] {
  if (!maySeeAnswer(asker, kept))
    return [
      'These are the rows that you may see; how they differ from the answer above is told to whoever asked.',
    ];
  const before = readDigest(kept.result);
  if (before === null)
    return ['What this answer said then was not kept, so there is nothing to compare with.'];
  const when = formatInstant(kept.askedAt, asker.zone, deps.clock.now());
  const difference = tellDifference(kept.id, before, data, isAdditive(deps, asker.role, plan));
  const isSameData = kept.dataVersion === dataVersionOf(data.provenance);
  const own =
    kept.personId === asker.personId
      ? ''
      : ` ${kept.personName ?? 'Somebody else'} asked then, so the rows may differ by who sees what.`;
  return [
    `Compared with ${when}: ${difference}${isSameData ? ' No source was brought up to date in between.' : ''}${own}`,
  ];
}

function isAdditive(deps: AnswerDeps, role: QuestionRequest['asker']['role'], plan: QueryPlan): boolean {
  if (plan.kind !== 'metric') return false;
  const metric = filterCatalogue(deps.catalogue, role).metrics.get(plan.metrics[0] ?? '');
  return metric?.type === 'simple' && metric.additive && plan.having.length === 0;
}
