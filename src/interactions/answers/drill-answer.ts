import { metricTime } from '../../catalogue/catalogue.ts';
import { filterCatalogue } from '../../catalogue/filter-catalogue.ts';
import { allRecords, shortAnswerId } from '../../messages/answer-actions.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import { runQuery } from '../../query/run-query.ts';
import type { AnswerDeps, AnsweredQuestion, QuestionRequest } from '../answer-deps.ts';
import { answerPlan } from '../answer-question.ts';
import { queryContext } from '../query-context.ts';
import { drilledPlan } from './drill-dimensions.ts';
import { type Found, type FoundAnswer, findAnswer } from './find-answer.ts';
import { recordsPlan } from './records-plan.ts';
import { groupKey } from './result-digest.ts';

type Request = Omit<QuestionRequest, 'question'>;

const longestQuestion = 300;
/** A group is looked for among so many, however few the answer showed. */
const mostGroups = 10_000;

/** Splits a kept answer by one dimension more, under the rights of whoever asks for it. */
export async function drillAnswer(
  deps: AnswerDeps,
  request: Request,
  id: string,
  dimension: string,
): Promise<Found<AnsweredQuestion>> {
  const found = await findAnswer(deps, request.asker, id);
  if (!found.ok) return found;
  const { kept, plan } = found.value;
  if (plan.kind !== 'metric') return { ok: false, message: notCounted };
  const label =
    dimension === metricTime ? 'time' : (deps.catalogue.dimensions.get(dimension)?.label ?? dimension);
  const question = `${kept.question} › by ${label.toLowerCase()}`.slice(0, longestQuestion);
  const value = await answerPlan(
    deps,
    { ...request, question },
    drilledPlan(plan, dimension),
    originOf(found.value),
  );
  return { ok: true, value };
}

/**
 * Lists the rows behind a kept answer, or behind one of its groups, under the rights of whoever asks for it.
 *
 * @param choice key of a group as the menu carries it, or `all`
 */
export async function listAnswerRecords(
  deps: AnswerDeps,
  request: Request,
  id: string,
  choice: string,
): Promise<Found<AnsweredQuestion>> {
  const found = await findAnswer(deps, request.asker, id);
  if (!found.ok) return found;
  const { kept, plan } = found.value;
  if (plan.kind !== 'metric') return { ok: false, message: notCounted };
  // Only the rows know which group has this key; they are read again, as the presser sees them.
  const now = await runQuery(queryContext(deps, request.asker), { ...plan, limit: mostGroups });
  if (!now.ok) return { ok: false, message: buildNotice(now.issues.map(({ message }) => message).join(' ')) };
  const group =
    choice === allRecords
      ? null
      : now.value.rows.find((row) => groupKey(kept.id, now.value.columns, row) === choice);
  if (group === undefined) return { ok: false, message: groupGone };
  const mine = filterCatalogue(deps.catalogue, request.asker.role);
  const list = recordsPlan(mine, plan, now.value, group);
  if (list === null) return { ok: false, message: notListable };
  const question = `${kept.question} › the records`.slice(0, longestQuestion);
  const value = await answerPlan(deps, { ...request, question }, list, originOf(found.value));
  return { ok: true, value };
}

const originOf = ({ kept }: FoundAnswer) => ({
  planner: `a choice under answer ${shortAnswerId(kept.id)}`,
  parentId: kept.id,
});

const notCounted = buildNotice('This answer is a list already; there is nothing to split.');
const groupGone = buildNotice(
  'This group has no rows that you may see, or none any more. Run the answer again to see the groups as they are now.',
);
const notListable = buildNotice(
  'The records behind this number cannot be listed exactly, so they are not listed at all. Ask for a list in your own words.',
);
