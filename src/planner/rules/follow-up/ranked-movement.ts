import { metricTime } from '../../../catalogue/catalogue.ts';
import type { MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import type { PlanRequest } from '../../planner.ts';
import { refuse } from '../compose/problem.ts';
import { movementOf } from '../compose/ranked-change.ts';
import { rangeOf } from './comparison.ts';
import { readCue } from './cue.ts';
import { hear } from './hear.ts';
import { patchFromWords } from './patch-from-words.ts';

const ranked =
  /^(?:(?:and|so) )?(?:who|which (?<noun>[\p{L}-]+(?: [\p{L}-]+)??))(?: (?:has|have|had))? (?<verb>[\p{L}]+)(?: the)? most(?: of (?:them|those|these|all))?$/iu;
const biggest =
  /^(?:(?:and|so) )?(?:(?:what|which|who) (?:is|are|was|were|had|has|have) )?the (?:biggest|largest|steepest|sharpest) (?<verb>drops?|falls?|declines?|decreases?|gains?|gainers?|losers?|rises?|increases?)(?: by (?<noun>[\p{L}-]+(?: [\p{L}-]+)?))?$/iu;

const most = 10;

/**
 * "Who dropped the most", "which industries grew the most" after a figure of a period: its parts in the order of their
 * change against the period before, and only those that went that way.
 *
 * @returns null where a text asks for nothing of that kind
 * @throws Unplannable where the figure has no period, or nothing to split it by
 */
export function rankedMovement(request: PlanRequest, previous: QueryPlan): PlanPatch | null {
  const text = request.question.trim().replace(/[\s?.!]+$/, '');
  const { noun, verb } = (ranked.exec(text) ?? biggest.exec(text))?.groups ?? {};
  if (verb === undefined || previous.kind !== 'metric') return null;
  const [id, another] = previous.metrics;
  const metric = request.catalogue.metrics.get(id ?? '');
  const way = metric && !another ? movementOf(verb.toLowerCase(), metric) : null;
  if (!metric || way === null) return null;
  if (rangeOf(request.catalogue, previous) === null)
    throw refuse('unclear', `“${verb}” since when? ${metric.label} is a state as of now`);
  const groups = groupsOf(request, previous, noun);
  if (groups.length === 0) throw refuse('unclear', `“${verb}” most: of whom?`);
  const by = `${metric.id}__change`;
  const isUp = way === 'up';
  return {
    kind: 'patch',
    groupBy: { op: 'replace', groups: [...groups] },
    compare: 'previous_period',
    having: [{ metric: by, op: isUp ? 'gt' : 'lt', value: 0 }],
    orderBy: [{ by, direction: isUp ? 'desc' : 'asc' }],
    limit: most,
  };
}

/** "More than 40 %" of what is ordered by its change: the change is meant, the way it went. */
export function ofTheChange(
  previous: QueryPlan,
  having: MetricPlan['having'] | undefined,
  isPercent: boolean,
): MetricPlan['having'] | undefined {
  const [order] = previous.orderBy;
  const own = order?.by.replace(/__change$/, '');
  if (previous.kind !== 'metric' || having === undefined || !order || own === order.by) return having;
  return having.map((one) => {
    if (one.metric !== own) return one;
    if (!isPercent || !/^gte?$/.test(one.op)) throw refuse('unclear', 'the change by how many percent');
    const share = one.value / 100;
    if (order.direction === 'desc') return { ...one, metric: order.by, value: share };
    return { metric: order.by, op: one.op === 'gte' ? ('lte' as const) : ('lt' as const), value: -share };
  });
}

/** By what is named; by what it is split by already; else by customer. */
function groupsOf(
  request: PlanRequest,
  previous: MetricPlan,
  noun: string | undefined,
): MetricPlan['groupBy'] {
  const own = previous.groupBy.filter(({ dimension }) => dimension !== metricTime);
  if (noun === undefined && own.length > 0) return own;
  const words = `by ${noun ?? 'customer'}`;
  const read = hear(request, previous, words);
  if (read === null) return [];
  const { catalogue } = request;
  const cue = readCue(words);
  return (
    patchFromWords({ catalogue, previous, cue, read, isCounting: false, moment: request }).groupBy?.groups ??
    []
  );
}
