import { type Catalogue, metricTime } from '../../../catalogue/catalogue.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { exactName } from '../exact-names.ts';
import { tokenise } from '../token.ts';
import { withoutOpening } from './question-opening.ts';
import type { PlanWords } from './with-related.ts';

const average = '(?:average|avg|mean)';
const unit = '(?:hour|day|week|month|quarter|(?:working|business|work) ?day|weekday)';
const per = `(?:per|a|an|each|every) (?<unit>${unit})`;

const adverbs: Readonly<Record<string, string | undefined>> = wordTable({
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
});

/** The adverb says both: "daily average of logins", "average weekly tickets". */
const forms: readonly RegExp[] = [
  new RegExp(`^${average} (?<adverb>hourly|daily|weekly|monthly|quarterly) (?<what>\\S.*)$`, 'i'),
  new RegExp(
    `^(?<adverb>hourly|daily|weekly|monthly|quarterly) ${average} (?:(?:number|count) )?(?:of )?(?<what>\\S.*)$`,
    'i',
  ),
];

function withAdverb(text: string): { readonly what: string; readonly grain: string } | null {
  for (const form of forms) {
    const { what, adverb = '' } = form.exec(text)?.groups ?? {};
    if (what !== undefined) return { what, grain: adverbs[adverb.toLowerCase()] ?? '' };
  }
  return null;
}

const often = `(?:,? ?\\b(?:(?:on|in) (?:an )?)?${average}\\b(?: (?:number|count|amount) of)?|,? ?\\b(?:usually|normally|typically|generally)\\b)`;
const perUnit = new RegExp(`,? ?\\b${per}\\b`, 'i');
const habit = new RegExp(often, 'i');

/** "How many tickets per day do I solve on average": wherever the two words of it stand, what is left is counted. */
function meanAnywhere(text: string): { readonly what: string; readonly grain: string } | null {
  const [said, grain] = perUnit.exec(text) ?? [];
  if (said === undefined || grain === undefined || !habit.test(text)) return null;
  const isWorking = /^(?:working|business|work|weekday)/i.test(grain);
  const what = text
    .replace(said, '')
    .replace(habit, '')
    // What somebody usually does is counted in what they did.
    .replace(/\b(?:do|does) (?=(?:i|we|you|they|my|our|the|each|every|"|\p{Lu}))/iu, 'did ')
    .replace(/\b(?:come|comes) in\b/i, 'came in')
    .replace(/ {2,}/g, ' ')
    .trim();
  return { what: isWorking ? `${what} on weekdays` : what, grain: isWorking ? 'day' : grain.toLowerCase() };
}

/** "Average tickets per day this month", "daily average of logins": the course by that unit, and the mean of its points. */
export function planMean(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): { readonly plan: MetricPlan; readonly from: readonly PlannedQuestion[] } | null {
  const text = withoutOpening(question);
  const said = withAdverb(text) ?? meanAnywhere(text);
  if (said === null || isOwnAverage(text, catalogue)) return null;
  const planned = planWords(`${said.what} by ${said.grain}`);
  const plan = planned?.plan;
  if (!planned || plan?.kind !== 'metric') return null;
  if (!isCourse(plan, said.grain) || !addsUp(catalogue, plan)) return null;
  return { plan: { ...plan, transform: 'mean' }, from: [planned] };
}

/** "Average cost of a campaign per month": the average is the figure's own, of each month. */
function isOwnAverage(text: string, catalogue: Catalogue): boolean {
  const tokens = tokenise(text);
  const own = exactName(catalogue, tokens);
  return own !== null && tokens.slice(own.from, own.to).some(({ word }) => word === 'average');
}

/** The average of a resolution time by week is that of each week, and not the mean of weeks. */
const addsUp = (catalogue: Catalogue, { metrics: [id = ''] }: MetricPlan): boolean => {
  const metric = catalogue.metrics.get(id);
  return metric?.type === 'simple' && metric.additive;
};

const isCourse = (
  { metrics, groupBy, compare, transform, part, having, orderBy }: MetricPlan,
  grain: string,
): boolean =>
  metrics.length === 1 &&
  groupBy.some((group) => group.dimension === metricTime && group.grain === grain) &&
  compare === 'none' &&
  transform === 'none' &&
  !part &&
  having.length === 0 &&
  orderBy.length === 0;
