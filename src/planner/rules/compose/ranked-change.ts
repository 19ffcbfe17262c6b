import type { MetricDefinition } from '../../../catalogue/catalogue.ts';
import { metricTime } from '../../../catalogue/catalogue.ts';
import { changesByPoints } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { NumberFilter } from '../slots/number-filters.ts';
import { vocabularyOf } from '../vocabulary.ts';
import type { Draft } from './draft.ts';
import { refuse, Unplannable } from './problem.ts';
import { namingDimension, reachable } from './reach.ts';

const upwards =
  /^(?:rose|risen|rise|rising|grew|grown|grow|growing|growth|increased?|increases|gain|gained|gains|rises|jumped|climbed|gainers?)$/;
const downwards =
  /^(?:fell|fallen|fall|falling|dropped|drop|drops|decreased?|decreases|declined?|declines|lost|falls|shrank|shrunk|slipped|losers?)$/;
const forBetter = /^(?:improved?|improvement|improvements|better)$/;
const forWorse = /^(?:worsened?|worse|deteriorated)$/;
const eitherWay = /^(?:changed?|changes|moved|movers?|swings?)$/;

type Movement = 'up' | 'down';

/** Which way a figure is said to have moved; null for a word that leaves it open or says nothing of it. */
export function movementOf(word: string, { goodDirection }: MetricDefinition): Movement | null {
  if (upwards.test(word)) return 'up';
  if (downwards.test(word)) return 'down';
  if (goodDirection === 'none') return null;
  if (forBetter.test(word)) return goodDirection;
  if (forWorse.test(word)) return goodDirection === 'up' ? 'down' : 'up';
  return null;
}

/** The word of a change beside a token, and which way it goes. */
function movementNear(
  { understood: { reading }, metrics: [metric] }: Draft,
  from: number,
  to: number,
): { readonly text: string; readonly way: Movement | null; readonly at: number } | null {
  for (const { lower, text, index: at } of reading.tokens.slice(Math.max(0, from), to)) {
    const way = metric ? movementOf(lower, metric) : null;
    if (way !== null) return { text, way, at };
    const isOpen = forBetter.test(lower) || forWorse.test(lower) || eitherWay.test(lower);
    if (isOpen) return { text, way, at };
  }
  return null;
}

/** Whether the ranking is one by how much something moved: "fell most", "biggest drops". */
export function ranksByChange(draft: Draft): boolean {
  return movementRanked(draft) !== null;
}

/** "Top 5 accounts whose logins dropped the most": the change stands beside the word that ranks by it, not beside each. */
function movementRanked(draft: Draft): ReturnType<typeof movementNear> {
  const { ranking, reading } = draft.understood;
  if (ranking === null) return null;
  const others = reading.tokens
    .filter(({ lower }) => /^(?:most|least)$/.test(lower))
    .map(({ index }) => index);
  for (const at of [ranking.at, ...others]) {
    // "Improved their first reply the most": what moved may stand between.
    const found = movementNear(draft, others.includes(at) ? at - 5 : at - 3, at + 4);
    if (found !== null) return found;
  }
  return null;
}

/** Column of the change of a figure against the period that it is compared with. */
const changeColumn = ({ id }: MetricDefinition): string => `${id}__change`;

/**
 * "Whose health fell most", "biggest drops in logins": ordered by the change of each group, in percent, or in points for
 * a rate; only those that moved that way.
 *
 * @throws Unplannable where nothing says which way, or nothing is split
 */
export function rankByChange(draft: Draft, plan: MetricPlan): MetricPlan {
  const { compare, understood, metrics } = draft;
  const { ranking } = understood;
  const [metric] = metrics;
  if (compare === 'none' || metric === undefined) return plan;
  const found = ranking === null ? movedOnes(draft, plan.having) : movementRanked(draft);
  if (found === null) return plan;
  const isOfGroups =
    plan.groupBy.length > 0 && plan.groupBy.every(({ dimension }) => dimension !== metricTime);
  if (!isOfGroups || compare === 'target')
    throw refuse(
      'unclear',
      `“${found.text}” most: ranked by a change`,
      metrics.map(({ id }) => id),
    );
  if (found.way !== null) return changedThatWay(plan, metric, found.way);
  const options = [
    { label: 'Those that rose', plan: changedThatWay(plan, metric, 'up') },
    { label: 'Those that fell', plan: changedThatWay(plan, metric, 'down') },
  ];
  throw new Unplannable({ kind: 'ask', question: `“${found.text}” most: up or down?`, options });
}

function changedThatWay(plan: MetricPlan, metric: MetricDefinition, way: Movement): MetricPlan {
  const isUp = way === 'up';
  const by = changeColumn(metric);
  return {
    ...plan,
    having: [...plan.having, { metric: by, op: isUp ? 'gt' : 'lt', value: 0 }],
    orderBy: [{ by, direction: isUp ? 'desc' : 'asc' }],
  };
}

const fewer = /^(?:fewer|less|lower|smaller)$/;
const more = /^(?:more|higher|bigger|greater|larger)$/;

/** "Which customers use fewer API calls than a month ago": those whose figure moved that way, and not all of them. */
function movedOnes(
  { understood: { kind, reading }, metrics: [metric], groupBy }: Draft,
  having: MetricPlan['having'],
): { readonly text: string; readonly way: Movement } | null {
  if (kind.whichAt === null || metric === undefined || having.length > 0) return null;
  if (groupBy.length === 0 || groupBy.some(({ dimension }) => dimension === metricTime)) return null;
  const ways = reading.tokens
    .filter(({ index }) => reading.isFree(index))
    .flatMap(({ lower, text }) => {
      const way = fewer.test(lower) ? 'down' : more.test(lower) ? 'up' : movementOf(lower, metric);
      return way === null ? [] : [{ text, way }];
    });
  const [first] = ways;
  return first !== undefined && ways.every(({ way }) => way === first.way) ? first : null;
}

/**
 * "Did any product's sales drop": the figure of each of them, which that of all together says nothing of.
 *
 * @throws Unplannable where the figure cannot be split so
 */
function groupByAnyOf(draft: Draft): void {
  const { catalogue, entity, understood, metrics } = draft;
  const { tokens, text } = understood.reading;
  const { keyOf } = vocabularyOf(catalogue);
  const any = tokens.find(({ lower }) => /^(?:any|some|anyone|anybody|someone|somebody)$/.test(lower));
  if (any === undefined) return;
  const keys = tokens.slice(any.index + 1, any.index + 4).map(({ word }) => keyOf(word));
  const ids = keys.flatMap((key) =>
    key.startsWith('@') ? (namingDimension(catalogue, key.slice(1)) ?? []) : [],
  );
  const [reached] = reachable(catalogue, entity, ids).filter(({ dimension }) => dimension.groupable);
  if (reached === undefined)
    throw refuse(
      'unclear',
      `“${any.text}” of which: ${text.slice(0, 100)}`,
      metrics.map(({ id }) => id),
    );
  draft.groupBy = [{ dimension: reached.dimension.id }];
}

/**
 * "Customers whose API calls fell by more than 30 %": the change is compared, never the figure itself.
 *
 * @returns whether the number speaks of a change
 * @throws Unplannable for a change that is no share, or of one number alone
 */
export function compareChange(draft: Draft, number: NumberFilter): boolean {
  const { understood, metrics } = draft;
  const [metric, another] = metrics;
  const { tokens } = understood.reading;
  const isBy = tokens[number.from - 1]?.lower === 'by';
  // "Grew their API calls by more than 20 %": what moved may stand between.
  const moved = movementNear(draft, isBy ? number.from - 6 : number.from - 1, number.from);
  if (moved === null || moved.way === null || metric === undefined) return false;
  if (!number.isPercent && !isBy) return false;
  draft.usedTokens.add(moved.at);
  if (isBy) draft.usedTokens.add(number.from - 1);
  const isAsked = /^(?:did|do|does|has|have|is|are)$/.test(tokens[0]?.lower ?? '');
  if (draft.groupBy.length === 0) groupByAnyOf(draft);
  const { groupBy } = draft;
  if (groupBy.length === 0 && isAsked && understood.time.range !== null) {
    if (draft.compare === 'none') draft.compare = 'previous_period';
    return true;
  }
  const isMore = number.op === 'gt' || number.op === 'gte';
  const byPoints = changesByPoints(metric);
  if (number.isPercent === byPoints || !isMore || another || groupBy.length === 0)
    throw refuse(
      'unclear',
      `“${moved.text} by ${number.words}”: say of whom, and by how many ${byPoints ? 'points' : 'percent'}`,
    );
  const unit = tokens[number.to];
  if (byPoints && unit !== undefined && /^(?:points?|pts?|pp)$/.test(unit.lower))
    draft.usedTokens.add(number.to);
  if (draft.compare === 'none') {
    if (understood.time.range === null) throw refuse('unclear', `“${moved.text}” since when?`);
    draft.compare = 'previous_period';
  }
  const size = number.values[0] ?? 0;
  const value = byPoints && metric.format.kind !== 'percent' ? size : size / 100;
  const isUp = moved.way === 'up';
  const op = isUp ? number.op : number.op === 'gte' ? 'lte' : 'lt';
  draft.having = [...draft.having, { metric: changeColumn(metric), op: op, value: isUp ? value : -value }];
  return true;
}
