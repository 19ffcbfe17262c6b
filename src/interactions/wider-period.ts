import type { Catalogue } from '../catalogue/catalogue.ts';
import { metricTime } from '../catalogue/catalogue.ts';
import { simpleParts } from '../catalogue/lookup.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { MetricPlan, QueryPlan, TimeRange } from '../query/metric-query.ts';
import type { Result } from '../toolkit/issue.ts';
import { defaultTimeInWords } from './time-words.ts';

interface Rows {
  readonly plan: QueryPlan;
  readonly data: AnswerData;
}

const year: TimeRange = { kind: 'relative', unit: 'month', n: 12, completeOnly: false };

/**
 * Nobody said when, and nothing falls into the period that the figure covers by itself: the last twelve months are told
 * instead, and that it is so; likewise where a ranking has nothing to rank. A count of none is an answer and stays one; so does whatever was said to be of some time.
 *
 * @returns null where the answer stays what it is
 */
export async function inWiderPeriod(
  catalogue: Catalogue,
  { plan, data }: Rows,
  run: (plan: QueryPlan) => Promise<Result<AnswerData>>,
): Promise<(Rows & { readonly note: string }) | null> {
  if (plan.kind !== 'metric' || plan.time !== null || plan.compare !== 'none') return null;
  if (plan.having.length > 0 || plan.part) return null;
  const [isNone, isThin] = [isEmpty(data), ranksSingles(catalogue, plan, data)];
  const usual = isNone || isThin ? shortPeriod(catalogue, plan) : null;
  if (usual === null) return null;
  // Of a tie all are shown, not the one that chance puts first.
  const wider = { ...plan, time: year, limit: isThin ? Math.max(10, plan.limit) : plan.limit };
  const result = await run(wider);
  if (!result.ok || isEmpty(result.value)) return null;
  const why = isNone ? `Nothing falls ${usual}` : `Nothing happened more than once ${usual}`;
  return { plan: wider, data: result.value, note: `${why}, so this is of the last 12 months.` };
}

/** A ranking by a count in which nobody has more than one: whoever stands first stands there by chance. */
function ranksSingles(catalogue: Catalogue, plan: MetricPlan, { rows, columns }: AnswerData): boolean {
  const metric = catalogue.metrics.get(plan.orderBy[0]?.by ?? '');
  if (metric?.type !== 'simple' || !/^count/.test(metric.measure.aggregate)) return false;
  const at = columns.findIndex(({ id }) => id === metric.id);
  return (
    plan.orderBy[0]?.direction === 'desc' && rows.length > 0 && rows.every((row) => Number(row[at]) <= 1)
  );
}

/** The period of a figure that is shorter than a year and lies behind us, in words. */
function shortPeriod(catalogue: Catalogue, { metrics, groupBy }: MetricPlan): string | null {
  if (groupBy.some(({ dimension }) => dimension === metricTime)) return null;
  const parts = metrics.flatMap((id) => {
    const metric = catalogue.metrics.get(id);
    return metric ? simpleParts(catalogue, metric) : [];
  });
  const [first] = parts;
  if (!first || parts.some(({ timeDimension }) => timeDimension === null)) return null;
  const { defaultTime } = first;
  const isShort =
    (defaultTime.kind === 'relative' && !(defaultTime.unit === 'month' && defaultTime.n >= 12)) ||
    (defaultTime.kind === 'to_date' && defaultTime.unit !== 'year');
  return isShort ? defaultTimeInWords(defaultTime).replace(/^this /, 'in this ') : null;
}

/** No row, or no figure in any: not a count of none. */
const isEmpty = ({ rows, columns }: AnswerData): boolean =>
  rows.every((row) => columns.every(({ role }, index) => role === 'dimension' || row[index] === null));
