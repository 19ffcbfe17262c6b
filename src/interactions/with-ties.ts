import type { AnswerData } from '../query/answer-data.ts';
import type { MetricPlan, QueryPlan } from '../query/metric-query.ts';
import type { Result } from '../toolkit/issue.ts';

interface Rows {
  readonly plan: QueryPlan;
  readonly data: AnswerData;
}

/** More that share a place are no ranking any more. */
const mostTied = 10;

/**
 * "Which campaign brought the most leads", and three brought as many: whoever stands first by chance alone stands there
 * with all that share the figure. At the end of a longer ranking it is said how many share the last place.
 *
 * @returns null where the last place is somebody's own
 */
export async function withTies(
  { plan, data }: Rows,
  run: (plan: QueryPlan) => Promise<Result<AnswerData>>,
): Promise<(Rows & { readonly note: string }) | null> {
  if (plan.kind !== 'metric' || !data.truncated || !isRankedByFigure(plan)) return null;
  const at = data.columns.findIndex(({ id }) => id === plan.orderBy[0]?.by);
  const last = data.rows.at(-1)?.[at];
  if (last === undefined || last === null) return null;
  const longer = await run({ ...plan, limit: plan.limit + mostTied });
  if (!longer.ok) return null;
  const tied = longer.value.rows.slice(plan.limit).findIndex((row) => row[at] !== last);
  const isLongTail = tied === -1 && longer.value.truncated;
  const more = tied === -1 ? longer.value.rows.length - plan.limit : tied;
  if (more <= 0 || isLongTail) return null;
  const sharing = data.rows.filter((row) => row[at] === last).length + more;
  // Whoever asked for three gets three, and is told that there are more.
  if (plan.limit > 1)
    return {
      plan,
      data,
      note: `${sharing} share the last place; ${more} of them ${more === 1 ? 'is' : 'are'} not shown.`,
    };
  const wider = { ...plan, limit: plan.limit + more };
  const result = await run(wider);
  if (!result.ok) return null;
  return {
    plan: wider,
    data: result.value,
    note: `${sharing} share the first place, so all of them are shown.`,
  };
}

/** Cut by the asker's number, in the order of one figure of groups that have no order of their own. */
const isRankedByFigure = ({ orderBy: [first, more], groupBy, metrics, limit }: MetricPlan): boolean =>
  first !== undefined &&
  more === undefined &&
  metrics.includes(first.by) &&
  groupBy.length === 1 &&
  limit <= mostTied;
