import { z } from 'zod';
import { answerPlanSchema } from '../query/metric-query.ts';
import type { AnswerDeps, AnsweredQuestion, QuestionRequest } from './answer-deps.ts';
import { answerPlan, answerQuestion } from './answer-question.ts';

const choiceSchema = z.object({ question: z.string().max(300), plan: answerPlanSchema });

/**
 * Takes the button of a question back. Its value is a complete plan and carries no rights: it is checked like any
 * plan and runs under the scope of whoever clicked.
 *
 * @param value the button's value as it came back from the platform
 */
export async function clarifyQuestion(
  deps: AnswerDeps,
  request: Omit<QuestionRequest, 'question'>,
  value: string,
): Promise<AnsweredQuestion> {
  const choice = readChoice(value);
  // A value that is no plan (an old button, a forged one) is answered as what it is: not understood.
  if (choice === null) return answerQuestion(deps, { ...request, question: '' });
  return answerPlan(deps, { ...request, question: choice.question }, choice.plan);
}

function readChoice(value: string): z.output<typeof choiceSchema> | null {
  try {
    const parsed = choiceSchema.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
