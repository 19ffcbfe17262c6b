import type { MetricPlan, Plan, QueryPlan } from '../../../query/metric-query.ts';
import { planSchema } from '../../../query/metric-query.ts';
import type { PlanRequest } from '../../planner.ts';
import { type ExplainedQuestion, isNotRead } from '../explained-question.ts';
import { isOfSameRows } from '../parts/plain-figure.ts';
import { tidy } from '../token.ts';
import { asksByForm } from './asking-words.ts';

/** Plans a question, or one that goes on with the answer before it. */
type Explain = (question: string, previous?: QueryPlan) => ExplainedQuestion;

const asking =
  "(?:(?:at|on|in|for|with|of|to|by|since|until) )?(?:how|what|which|whose|whom|who|when|where|why)(?:'s)?\\b|(?:is|are|was|were|does|did|do|has|have|had|can)\\b (?=(?:it|they|that|this|these|those|he|she|any|there|we|i|the)\\b)|whether\\b|if (?:so|yes|it|they)\\b";
const joint = new RegExp(
  `(?:,? (?:and|plus|as well as|but also)(?: also| then| if so,?| if yes,?)? |[?.;] |, )(?=(?:${asking}))`,
  'gi',
);

/** More places than this are not tried. */
const mostPlaces = 2;
const fewestWords = 3;

/**
 * "How many critical incidents did we have, and how long did they last": two things asked in one breath. The second is
 * understood as it would be after the answer of the first. Where both are of the same rows they stand in one answer;
 * otherwise the first is answered, and the second is named as not answered.
 *
 * @param refused the question as it was understood whole
 * @returns null where the first is not understood by itself
 */
export function explainTwo(
  request: PlanRequest,
  refused: ExplainedQuestion,
  explain: Explain,
): ExplainedQuestion | null {
  if (!isNotRead(refused.planned.plan)) return null;
  const text = (refused.asked ?? tidy(request.question)).replace(/[?!.]+$/, '');
  for (const { first, second } of splitsOf(text).slice(0, mostPlaces)) {
    const one = explain(first);
    const own = one.planned.plan;
    if ((own.kind !== 'metric' && own.kind !== 'list') || one.planned.guess || one.planned.one) continue;
    return withSecond(refused, one, own, second, explain);
  }
  return null;
}

interface Split {
  readonly first: string;
  readonly second: string;
}

/** The last place first: as much as can be is left to one plan. */
function splitsOf(text: string): readonly Split[] {
  return [...text.matchAll(joint)]
    .map((match) => ({
      first: text.slice(0, match.index).trim(),
      second: text.slice(match.index + match[0].length).trim(),
      isJoined: /[a-z?]/i.test(match[0]),
    }))
    .filter(
      ({ first, second, isJoined }) =>
        isWhole(first, isJoined) && second !== '' && !/^how (?:many|much) each$/i.test(second),
    )
    .reverse();
}

/** "Of the customers we won, how many" and "this or that, which one" are one question, whose rows or choices come first. */
const isWhole = (first: string, isJoined: boolean): boolean =>
  first.split(' ').length >= fewestWords &&
  !/\b(?:who|whom|whose|what|which|when|where|how|why)$/i.test(first) &&
  (asksByForm(first) || (isJoined && !opensTopic.test(first)));

const opensTopic = /^(?:out )?(?:of|for|from|in|on|with|among|between|at|since|during|if|when|given)\b/i;

function withSecond(
  { planned: { notes: background }, trace }: ExplainedQuestion,
  { planned }: ExplainedQuestion,
  first: QueryPlan,
  second: string,
  explain: Explain,
): ExplainedQuestion {
  const { plan: then } = explain(second, first).planned;
  const both = inOne(first, then);
  const said = [...new Set([...planned.notes, ...background])];
  const notes = both === null ? [...said, `I did not answer “${second}”: ask that next.`] : said;
  const step = {
    rule: 'two questions',
    words: second,
    meaning: both === null ? 'left for later' : 'in one answer',
  };
  return { planned: { ...planned, plan: both ?? first, notes }, trace: [step, ...trace] };
}

/** Both in one plan: figures of the same rows, or more columns of the same records; null where one plan cannot hold them. */
function inOne(first: QueryPlan, then: Plan): QueryPlan | null {
  if (first.kind === 'metric' && then.kind === 'metric') return figuresOf(first, then);
  if (first.kind !== 'list' || then.kind !== 'list' || first.entity !== then.entity) return null;
  const isSame = (['where', 'time', 'subject', 'related'] as const).every(
    (key) => JSON.stringify(first[key]) === JSON.stringify(then[key]),
  );
  if (!isSame || then.columns.length === 0) return null;
  const columns = [...new Set([...first.columns, ...then.columns])];
  return columns.length > 10 ? null : { ...first, columns };
}

function figuresOf(first: MetricPlan, then: MetricPlan): QueryPlan | null {
  const isPlain = [first, then].every(
    ({ compare, transform, having, part, orderBy }) =>
      compare === 'none' && transform === 'none' && having.length === 0 && !part && orderBy.length === 0,
  );
  const metrics = [...new Set([...first.metrics, ...then.metrics])];
  if (!isPlain || !isOfSameRows(first, then) || metrics.length > 4 || metrics.length === first.metrics.length)
    return null;
  const plan = planSchema.safeParse({ ...first, metrics });
  return plan.success && plan.data.kind === 'metric' ? plan.data : null;
}
