import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import type { PlanWords } from './with-related.ts';

const figure = '(?:by|in|on|for|with) (?:its |their |his |her |the )?(?<figure>\\S.*)$';

/** "Where does Acme rank by revenue", "what place does Rita have in tickets solved". */
const places: readonly RegExp[] = [
  new RegExp(
    `^(?:where|how|at (?:what|which) place|(?:what|which) (?:place|rank|position)) (?:does|do|did|is|are|was|were|has|have) (?<one>\\S.*?)(?: (?:have|rank|ranked|ranking|stand|standing|come|placed?|sit|got))*(?: (?:among|within|in) (?:all )?(?:of )?(?:our|my|the) [a-z]+)? ${figure}`,
    'i',
  ),
  new RegExp(
    `^(?:what is |what's |show )?(?:the )?(?:rank|ranking|place|position) of (?<one>\\S.*?) ${figure}`,
    'i',
  ),
];
const saysPlace = /\b(?:rank|ranked|ranking|place|placed|position|stand|standing)\b/i;

/** "Is Acme one of our ten biggest customers by ARR", "is Rita among the top 3 agents by CSAT". */
const among =
  /^(?:is|are|was|were|does|do|did) (?<one>\S.*?) (?:(?:still )?(?:one of|among|amongst|part of|in|belong to|rank among|count among))(?: (?:the|our|my))? (?<rest>(?:top|bottom|best|worst|biggest|largest|smallest|(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twenty) (?:most|biggest|largest|best|worst|top|smallest|highest|lowest))\b.*)$/i;

const mostGroups = 100;

/** The ranking in which one stands: whoever asks for its place sees it among the others. */
export function planPlaceOfOne(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): { readonly plan: QueryPlan; readonly from: readonly PlannedQuestion[] } | null {
  const text = question.replace(/[?!.]+$/, '').trim();
  const rest = among.exec(text)?.groups?.['rest'];
  if (rest !== undefined) {
    const top = planWords(rest);
    const plan = top?.plan;
    const isRanking = plan?.kind === 'metric' && plan.groupBy.length === 1 && plan.orderBy.length > 0;
    return top && isRanking ? { plan, from: [top] } : null;
  }
  if (!saysPlace.test(text)) return null;
  for (const pattern of places) {
    const said = pattern.exec(text)?.groups;
    const { figure: what = '', one = '' } = said ?? {};
    // What is counted would be listed, were it not asked for by its number.
    for (const words of said
      ? [`${what} of ${one}`, `${what} for ${one}`, `how many ${what} for ${one}`]
      : []) {
      const core = planWords(words);
      const plan = core?.plan.kind === 'metric' ? rankingOf(catalogue, core.plan) : null;
      if (core && plan) return { plan, from: [core] };
    }
  }
  return null;
}

/** In place of the one all others of its kind beside it. */
function rankingOf(catalogue: Catalogue, plan: MetricPlan): MetricPlan | null {
  const [id = '', another] = plan.metrics;
  const metric = catalogue.metrics.get(id);
  if (!metric || another !== undefined || plan.groupBy.length > 0 || plan.compare !== 'none') return null;
  const ones = plan.where.filter(
    ({ any }) =>
      any.length === 1 && any[0]?.op === 'eq' && catalogue.dimensions.get(any[0].dimension)?.groupable,
  );
  const [one, more] = ones;
  const dimension = one?.any[0]?.dimension;
  if (one === undefined || dimension === undefined || more !== undefined) return null;
  return {
    ...plan,
    groupBy: [{ dimension }],
    where: plan.where.filter((other) => other !== one),
    transform: 'rank',
    orderBy: [{ by: id, direction: metric.goodDirection === 'down' ? 'asc' : 'desc' }],
    limit: mostGroups,
  };
}
