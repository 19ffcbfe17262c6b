import { type Catalogue, metricTime } from '../../../catalogue/catalogue.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { withoutOpening } from './question-opening.ts';
import type { PlanWords } from './with-related.ts';

const average = '(?:average|avg|mean)';
const unit = '(?:hour|day|week|month|quarter)';
const per = `(?:per|a|an|each|every) (?<unit>${unit})`;

const adverbs: Readonly<Record<string, string | undefined>> = wordTable({
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
});

/** What is counted stands in `what`, everything that follows in `rest`. */
const forms: readonly RegExp[] = [
  new RegExp(`^${average} (?:(?:number|count|amount) of )?(?<what>\\S.*?) ${per}\\b(?<rest>.*)$`, 'i'),
  new RegExp(`^${average} (?<adverb>hourly|daily|weekly|monthly|quarterly) (?<what>\\S.*)$`, 'i'),
  new RegExp(
    `^(?<adverb>hourly|daily|weekly|monthly|quarterly) ${average} (?:(?:number|count) )?(?:of )?(?<what>\\S.*)$`,
    'i',
  ),
  new RegExp(`^(?<what>\\S.*?) ${per},? (?:(?:on|in) )?${average}\\b(?<rest>.*)$`, 'i'),
  new RegExp(`^(?:on|in) average,? (?<what>\\S.*?) ${per}\\b(?<rest>.*)$`, 'i'),
  new RegExp(`^(?<what>\\S.*?) (?:on|in) average ${per}\\b(?<rest>.*)$`, 'i'),
];

/** "Average tickets per day this month", "daily average of logins": the course by that unit, and the mean of its points. */
export function planMean(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): { readonly plan: MetricPlan; readonly from: readonly PlannedQuestion[] } | null {
  const text = withoutOpening(question);
  for (const form of forms) {
    const said = form.exec(text)?.groups;
    if (!said) continue;
    const { what = '', rest = '' } = said;
    const grain = said['unit']?.toLowerCase() ?? adverbs[(said['adverb'] ?? '').toLowerCase()];
    if (grain === undefined) continue;
    const planned = planWords(`${what}${rest} by ${grain}`);
    const plan = planned?.plan;
    if (planned && plan?.kind === 'metric' && isCourse(plan, grain) && addsUp(catalogue, plan))
      return { plan: { ...plan, transform: 'mean' }, from: [planned] };
  }
  return null;
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
