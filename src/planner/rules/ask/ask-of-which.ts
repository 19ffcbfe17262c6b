import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { tidy } from '../token.ts';
import type { Judged } from './judged.ts';

const kinds = ['tickets', 'deals', 'customers', 'conversations', 'customer escalations'] as const;
const figures = ['tickets opened', 'won amount', 'open pipeline', 'conversations'] as const;

/** Words that stand for records or a figure which nothing before them named. */
const rows = /\b(?:(?<of>of )?(?:those|these|them|the ones)|(?<which>which|what) ones)\b/i;
const figure =
  /\b(?<verb>split|break|group|show|chart|plot|compare|see) (?:it|that|this)\b(?= (?:down )?(?:by|per|for|in|over)\b)/i;

/**
 * "Which ones are older than 30 days", "how many of those are overdue", "split it by region" where nothing was answered
 * yet: asked back of which records or figure, each as the whole question.
 *
 * @param plan plans a question in other words
 * @returns null when no such word is in it, or when fewer than two kinds can be answered
 */
export function askOfWhich(
  request: PlanRequest,
  plan: (request: PlanRequest) => PlannedQuestion,
): Judged | null {
  const text = tidy(request.question);
  const isOfFigure = figure.test(text);
  if (!isOfFigure && !rows.test(text)) return null;
  const options = (isOfFigure ? figures : kinds).flatMap((one) => {
    const question = isOfFigure
      ? text.replace(figure, `$<verb> ${one}`)
      : text.replace(rows, (_, of?: string, which?: string) =>
          of ? `of the ${one}` : which ? `${which} ${one}` : `the ${one}`,
        );
    const { plan: found, guess, one: meant } = plan({ ...request, question });
    const isWhole = (found.kind === 'metric' || found.kind === 'list') && guess === undefined && !meant;
    const label = `${one.charAt(0).toUpperCase()}${one.slice(1)}`;
    return isWhole ? [{ label, plan: found }] : [];
  });
  return options.length < 2
    ? null
    : { question: isOfFigure ? 'Which figure?' : 'Which ones do you mean?', options };
}
