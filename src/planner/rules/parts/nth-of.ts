import type { QueryPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { isRankingWord } from '../slots/ranking.ts';
import { ordinalWords } from '../time/time-words.ts';
import { withoutOpening } from './question-opening.ts';
import type { PlanWords } from './with-related.ts';

const nth = /^(?<place>second|2nd|third|3rd|fourth|4th|fifth|5th)[- ](?<word>[a-z]+) (?<rest>.+)$/i;
/** "Which agent has the third most open tickets", "the customer with the second highest ARR": the place stands inside. */
const nthInside =
  /^(?<head>(?:which|what|who|show|list)?\b.*?\b(?:has|had|have|with|got|solved|closed|won|lost|opened|is|was)(?: the)?) (?<place>second|2nd|third|3rd|fourth|4th|fifth|5th)[- ](?<word>most|fewest|least|highest|lowest|best|worst|biggest|largest|smallest|longest|shortest) (?<rest>.+)$/i;

/** "Second largest customer in energy by ARR": the ranking is that of the largest, and its second place is shown. */
export function planNth(
  question: string,
  planWords: PlanWords,
): { readonly plan: QueryPlan; readonly from: readonly PlannedQuestion[] } | null {
  const said = nth.exec(withoutOpening(question))?.groups ?? nthInside.exec(question)?.groups;
  const word = said?.['word'] ?? '';
  const place = ordinalWords[(said?.['place'] ?? '').toLowerCase()];
  if (!said || place === undefined || !isRankingWord(word.toLowerCase())) return null;
  const core = planWords(`${said['head'] ?? ''} ${word} ${said['rest'] ?? ''}`.trim());
  const plan = core?.plan;
  if (!core || (plan?.kind !== 'metric' && plan?.kind !== 'list')) return null;
  if (plan.orderBy.length !== 1 || plan.skip !== undefined) return null;
  return { plan: { ...plan, limit: 1, skip: place - 1 }, from: [core] };
}
