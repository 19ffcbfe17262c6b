import type { MetricDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { ListPlan, MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import type { Draft } from '../compose/draft.ts';
import { directionOf } from '../compose/lanes.ts';
import { orderOfList } from '../compose/list-order.ts';
import { refuse } from '../compose/problem.ts';
import type { Cue } from './cue-rule.ts';

type Changes = Omit<PlanPatch, 'kind'>;

/** "top 5", "the worst three", "which of them is the biggest": of groups, said now or before, or of records. */
export function rankingChange(
  draft: Draft,
  previous: QueryPlan,
  groups: MetricPlan['groupBy'],
  cue: Cue,
): Changes {
  const { ranking, reading } = draft.understood;
  if (!ranking) return {};
  const words = reading.tokens[ranking.at]?.text ?? '';
  const isOne =
    cue.asksWhich === 'one' || cue.asksOne || (draft.understood.kind.isWho && !asksSeveral(draft));
  const n = ranking.n ?? (isOne ? 1 : null);
  if (groups.length === 0 && (previous.kind === 'list' || isOfRecords(previous, cue)))
    return listRanking(draft, previous, n);
  const grouped = groups.length > 0 || (previous.kind === 'metric' && previous.groupBy.length > 0);
  const metric = rankedFigure(draft, previous);
  if (!grouped && metric && ranking.n !== null) {
    const records = largestOf(draft, previous, metric, ranking.n);
    if (records) return records;
  }
  if (!grouped || !metric)
    throw refuse('unclear', `“${words}” of what? Say by what to split, for example “top 5 customers”`);
  if (ranking.direction === 'newest' || ranking.direction === 'oldest')
    throw refuse('unclear', `“${words}” can only order records`);
  // "Worst first", then "top 3": the first three of what is shown.
  const isShort =
    words.toLowerCase() === 'top' && cue.mode === 'plain' && ranking.n !== null && groups.length === 0;
  if (isShort && previous.kind === 'metric' && previous.orderBy.some(({ by }) => by === metric.id))
    return { limit: ranking.n };
  return { limit: n ?? 10, orderBy: [{ by: metric.id, direction: directionOf(ranking.direction, metric) }] };
}

/** The figure that is named now; of several that are shown, the one in whose order they stand, or the first. */
function rankedFigure({ metrics, catalogue }: Draft, previous: QueryPlan): MetricDefinition | undefined {
  const shown = previous.kind === 'metric' ? previous.metrics : [];
  if (previous.kind === 'list' || metrics.length > shown.length) return metrics.at(-1);
  const ordered = shown.find((id) => previous.orderBy.some(({ by }) => by === id));
  return catalogue.metrics.get(ordered ?? shown[0] ?? '') ?? metrics.at(-1);
}

/** "Top 3" after an amount: the records that make most of it. */
function largestOf(
  { catalogue, understood }: Draft,
  previous: QueryPlan,
  metric: MetricDefinition,
  n: number,
): Changes | null {
  const word = understood.reading.tokens[understood.ranking?.at ?? -1]?.word ?? '';
  const isLarge = /^(?:top|biggest|largest|highest)$/.test(word);
  const isSmall = /^(?:smallest|lowest)$/.test(word);
  if (previous.kind === 'list' || metric.type !== 'simple' || metric.measure.aggregate !== 'sum') return null;
  const [by, another] = dimensionsOf(catalogue, metric.entity).filter(
    (one) => one.entity === metric.entity && one.path === metric.measure.path && one.type === 'number',
  );
  if (!by || another || metric.measure.times !== undefined || !(isLarge || isSmall)) return null;
  return {
    to: 'list',
    limit: Math.min(25, n),
    orderBy: [{ by: by.id, direction: isLarge ? 'desc' : 'asc' }],
  };
}

/** "Who are the biggest". */
const asksSeveral = ({ understood: { reading } }: Draft): boolean =>
  reading.tokens.some(({ lower }) => /^(?:are|were)$/.test(lower));

/** "List the worst ones" after a figure. */
const isOfRecords = (previous: QueryPlan, cue: Cue): boolean =>
  previous.kind === 'metric' && (cue.toList || (cue.asksWhich !== null && previous.groupBy.length === 0));

function listRanking(draft: Draft, previous: QueryPlan, n: number | null): Changes {
  const { ranking, reading } = draft.understood;
  if (!ranking) return {};
  const limit = n === null ? {} : { limit: Math.min(25, n) };
  const word = reading.tokens[ranking.at]?.word ?? '';
  const own = previous.kind === 'list' ? (previous.timeDimension ?? null) : null;
  const by = own ?? draft.catalogue.entities.get(draft.entity)?.defaultTime ?? null;
  const order = (direction: 'asc' | 'desc'): Changes =>
    by === null ? {} : { ...limit, orderBy: [{ by, direction }] };
  if (ranking.direction === 'newest') return order('desc');
  if (ranking.direction === 'oldest') return order('asc');
  // "Top 5" keeps the order there is.
  if (/^(?:top|ranked)$/.test(word) && ranking.n !== null && previous.kind === 'list') return limit;
  if (/^(?:longest|shortest)$/.test(word)) {
    if (!isStillRunning(draft, previous)) throw refuse('unclear', `“${word}” by what?`);
    return order(word === 'longest' ? 'asc' : 'desc');
  }
  const found: ListPlan['orderBy'][number] = orderOfList(draft, ranking.direction);
  return { ...limit, orderBy: [found] };
}

/** What is open now has been so since it began. */
function isStillRunning({ understood, catalogue }: Draft, previous: QueryPlan): boolean {
  const isSaid = understood.reading.tokens.some(({ word }) =>
    /^(?:open|pending|waiting|running|unsolved|unresolved|ongoing|active)$/.test(word),
  );
  if (isSaid || previous.kind === 'list') return isSaid;
  const metric = catalogue.metrics.get(previous.metrics[0] ?? '');
  return metric?.type === 'simple' && metric.timeDimension === null;
}
