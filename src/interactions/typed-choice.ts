import type { PlannedQuestion } from '../planner/planner.ts';
import { canonical } from '../planner/rules/canonical.ts';
import { fillerWords } from '../planner/rules/filler-words.ts';
import { type PlanOption, planSchema, queryPlanSchema } from '../query/metric-query.ts';
import type { AnswerDeps, QuestionRequest } from './answer-deps.ts';
import { latestHere } from './find-previous.ts';

/**
 * An answer to the buttons before it that was typed: "the first one", "resolved", "yes". Null where the last message was
 * no question back, or where the words fit none or several of its buttons.
 */
export async function typedChoice(
  deps: Pick<AnswerDeps, 'store' | 'clock'>,
  request: QuestionRequest,
): Promise<PlannedQuestion | null> {
  if (request.question.length > longestReply) return null;
  const [latest] = await latestHere(deps, request, 1);
  if (latest?.outcome !== 'clarified') return null;
  const chosen = chooseOption(request.question, optionsOf(latest.plan));
  if (chosen === null) return null;
  const notes = chosen.label === '' ? [] : [`You chose “${chosen.label}”.`];
  return { plan: chosen.plan, planner: 'your choice', confidence: 1, notes };
}

const longestReply = 60;

function optionsOf(stored: unknown): readonly PlanOption[] {
  const plan = planSchema.safeParse(stored).data;
  if (plan?.kind === 'clarify') return plan.options;
  // A question with a single button keeps its plan alone.
  const only = queryPlanSchema.safeParse(stored).data;
  return only === undefined ? [] : [{ label: '', plan: only }];
}

const places: readonly RegExp[] = [
  /^(?:first|1st|1|one)$/,
  /^(?:second|2nd|2|two)$/,
  /^(?:third|3rd|3|three)$/,
  /^(?:fourth|4th|4|four)$/,
];
const agreed =
  /^(?:yes|yep|yeah|yup|sure|ok|okay|right|correct|exactly|please do|do it|go ahead)(?: (?:please|that|that one|exactly|thanks))*$/;

/** The one of several options that a short reply names: by its place, or by words that only its label has. */
export function chooseOption(reply: string, options: readonly PlanOption[]): PlanOption | null {
  const text = reply
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%#&-]+/gu, ' ')
    .trim();
  const [only, another] = options;
  if (only && !another && agreed.test(text)) return only;
  if (!another) return null;
  const place = text
    .replace(/^(?:(?:ok|yes|please) )?(?:the |option |number |no |#)*/, '')
    .replace(/ (?:one|option|please)$/, '');
  if (place === 'last') return options.at(-1) ?? null;
  const at = places.findIndex((one) => one.test(place));
  if (at !== -1) return options[at] ?? null;
  const said = contentOf(text);
  if (said.length === 0 || said.length > mostWords) return null;
  const exact = options.filter(({ label }) => contentOf(label).join(' ') === said.join(' '));
  const fitting = options.filter(({ label }) => {
    const known = new Set(contentOf(label));
    return said.every((word) => known.has(word));
  });
  const [chosen, second] = exact.length > 0 ? exact : fitting;
  return chosen && !second ? chosen : null;
}

const mostWords = 5;

/** Words that tell one label from another. */
const contentOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !spoken.test(word) && !(fillerWords.has(word) && !/^(?:all|any|now|still)$/.test(word)))
    .map(canonical);

const spoken = /^(?:ones?|mean|meant|option|then|go|take|thanks)$/;
