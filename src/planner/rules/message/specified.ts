import type { PlanRequest } from '../../planner.ts';
import { type ExplainedQuestion, isNotRead } from '../explained-question.ts';
import { tidy } from '../token.ts';

const said = /^(?:which|what|who)(?<groups> [\p{L}-]+)?\b[^?.]*[?.] (?<figure>[^?.]+)[?.!]*$/iu;
const asks =
  /^(?:and |or )?(?:how|what|which|who|whose|when|where|why|is|are|was|were|do|does|did|has|have|had|can)\b/i;

/**
 * "Which campaigns converted best? Conversion rate of sent, highest first": what the question means is said in a second
 * sentence, as a figure of the groups that are asked for.
 *
 * @param refused the question as it was understood whole
 * @returns null where the second sentence asks for something else, or is not understood
 */
export function explainSpecified(
  request: PlanRequest,
  refused: ExplainedQuestion,
  explain: (question: string) => ExplainedQuestion,
): ExplainedQuestion | null {
  if (!isNotRead(refused.planned.plan)) return null;
  const { groups, figure = '' } = said.exec(tidy(request.question))?.groups ?? {};
  if (figure === '' || asks.test(figure)) return null;
  const [name = '', ...rest] = figure.split(/, ?/);
  const wanted = /\b(?:by|per|each)\b/i.test(figure) || groups === undefined ? [figure] : [];
  const ofGroups = groups === undefined ? [] : [[`${name} per${groups}`, ...rest].join(', ')];
  for (const question of [...wanted, ...ofGroups]) {
    const found = explain(question);
    const { plan, guess, one } = found.planned;
    const isRanked = plan.kind === 'metric' && plan.groupBy.length > 0;
    if (!isRanked || guess !== undefined || one !== undefined) continue;
    const step = { rule: 'said in a second sentence', words: figure, meaning: question };
    return { ...found, trace: [step, ...found.trace] };
  }
  return null;
}
