import type { Catalogue } from '../catalogue/catalogue.ts';
import { metricTime } from '../catalogue/catalogue.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { MetricPlan, QueryPlan } from '../query/metric-query.ts';
import type { Result } from '../toolkit/issue.ts';

interface Rows {
  readonly plan: QueryPlan;
  readonly data: AnswerData;
}

/** Longer tables are no ranking: there the rest is told as one of the groups. */
const longestRanking = 10;

/**
 * "Which campaign brought the most leads": what has no campaign is none that could stand first. Such groups leave their
 * places to the next, and that is said.
 *
 * @returns null where every place is somebody's
 */
export async function withoutUnnamed(
  catalogue: Catalogue,
  { plan, data }: Rows,
  run: (plan: QueryPlan) => Promise<Result<AnswerData>>,
): Promise<(Rows & { readonly note: string }) | null> {
  if (plan.kind !== 'metric' || !isRanking(plan)) return null;
  const unnamed = plan.groupBy.filter(({ dimension }) => {
    const at = data.columns.findIndex(({ id, role }) => id === dimension && role === 'dimension');
    const isKept = catalogue.dimensions.get(dimension)?.filterable === true;
    return isKept && dimension !== metricTime && data.rows.some((row) => row[at] === null);
  });
  if (unnamed.length === 0) return null;
  const named = unnamed.map(({ dimension }) => ({
    any: [{ dimension, op: 'is_not_null' as const, values: [] }],
  }));
  const narrower = { ...plan, where: [...plan.where, ...named] };
  const result = await run(narrower);
  if (!result.ok || result.value.rows.length === 0) return null;
  const names = unnamed.map(
    ({ dimension }) => catalogue.dimensions.get(dimension)?.label.toLowerCase() ?? dimension,
  );
  return {
    plan: narrower,
    data: result.value,
    note: `Those without a known ${names.join(' or ')} are left out.`,
  };
}

/** Cut at the best or the worst few. */
const isRanking = ({ orderBy, groupBy, limit, part }: MetricPlan): boolean =>
  orderBy.length > 0 && groupBy.length > 0 && limit <= longestRanking && !part;
