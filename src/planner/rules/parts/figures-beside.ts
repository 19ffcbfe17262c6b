import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, entityOf } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { namingDimension } from '../compose/reach.ts';
import { nameIn } from './apply-form.ts';
import { groupWords, mayBeSplit, mayShare } from './group-words.ts';
import { plainFigure } from './plain-figure.ts';
import { namesIn } from './question-form.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

const mostMetrics = 4;
const mostGroups = 3;
const joiners =
  /,? (?:(?:along|together) with|as well as|with|including|incl|plus) (?:(?:the|their|its|an?) )?/gi;
const grouped = /\b(?:by|per|each|every)\b/i;
/** What compares, or goes on about the rows, is no name of a figure. */
const noName =
  /\d|\b(?:above|below|over|under|between|than|least|most|before|after|only|who|which|that|no|without|by|per|for|of|in|from|where)\b/i;

/**
 * "My tickets per category with average resolution time", "leads by source with conversion rate": the figures named behind
 * "with" stand beside the one that is asked for. Each is understood as a question of its own about the same groups.
 */
export function planFiguresBeside(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): Planned | null {
  const text = question.replace(/[?!.\s]+$/, '');
  for (const joiner of [...text.matchAll(joiners)].toReversed()) {
    const head = text.slice(0, joiner.index);
    const rest = text.slice(joiner.index + joiner[0].length);
    if (!grouped.test(head) || noName.test(rest)) continue;
    const names = namesIn(rest.replaceAll(/,? (?:and|plus|&) (?:(?:the|their|its) )?/gi, ', '));
    if (names.length === 0 || names.length > mostMetrics || names.some((name) => name.split(' ').length > 6))
      continue;
    const core = planWords(head);
    const plan = core?.plan;
    if (!core || plan?.kind !== 'metric' || !mayStandBeside(plan)) continue;
    const said = names.map((name) => figureOf({ catalogue, planWords, plan, head }, name, names.length > 1));
    if (said.includes(null)) continue;
    const found = said.flatMap((one) => one ?? []);
    const metrics = [
      ...new Set([...plan.metrics, ...found.flatMap((one) => ('metric' in one ? [one.metric] : []))]),
    ];
    const more = found.flatMap((one) => ('dimension' in one ? [one.dimension] : []));
    const known = plan.groupBy.map(({ dimension }) => dimension);
    const groupBy = [
      ...plan.groupBy,
      ...[...new Set(more)].filter((id) => !known.includes(id)).map((dimension) => ({ dimension })),
    ];
    const isMore = metrics.length > plan.metrics.length || groupBy.length > plan.groupBy.length;
    if (!isMore || metrics.length > mostMetrics || groupBy.length > mostGroups) continue;
    return { plan: { ...plan, metrics, groupBy }, from: [core] };
  }
  return null;
}

const mayStandBeside = (plan: MetricPlan): boolean =>
  plan.groupBy.length > 0 && plan.transform === 'none' && plan.part === undefined;

interface Beside {
  readonly catalogue: Catalogue;
  readonly planWords: PlanWords;
  readonly plan: MetricPlan;
  readonly head: string;
}

type Named = { readonly metric: string } | { readonly dimension: string };

/** A figure of the same groups, or a property of the records that are the groups. */
function figureOf(beside: Beside, name: string, isAmongOthers: boolean): Named | null {
  const { catalogue, planWords, plan, head } = beside;
  const own = propertyOf(beside, name);
  if (own !== null) return own;
  if (amounts.test(name)) return amountOf(beside);
  const by = groupWords(catalogue, plan.groupBy);
  const counted = catalogue.metrics.get(plan.metrics[0] ?? '');
  const rows = counted === undefined ? null : entityOf(catalogue, counted);
  const ofRows = rows === null || by === null ? [] : [`${name} of ${rows.label.many} by ${by}`];
  const texts = [`${name} of ${head}`, ...(by === null ? [] : [`${name} by ${by}`]), ...ofRows];
  for (const text of texts) {
    const figure = plainFigure(planWords(text))?.plan;
    const metric = catalogue.metrics.get(figure?.metrics[0] ?? '');
    if (figure === undefined || metric === undefined || !isAlike(figure, plan)) continue;
    if (!mayShare(catalogue, plan, metric) || !mayBeSplit(catalogue, plan, metric)) continue;
    // "Accounts by region with open escalations" are those that have some.
    const isCount = metric.type === 'simple' && /^count/.test(metric.measure.aggregate);
    if (isCount && !isAmongOthers && !/^(?:number|count) of\b/i.test(name)) return null;
    return { metric: metric.id };
  }
  return null;
}

const amounts = /^(?:total )?(?:amounts?|values?|worth)$/i;

/** "Deals by stage with amount": the amount of those that are counted. */
function amountOf({ planWords, plan, head }: Beside): Named | null {
  const both = planWords(`amount and number of ${head}`)?.plan;
  if (both?.kind !== 'metric' || both.metrics.length !== 2 || !isAlike(both, plan)) return null;
  const [other, another] = both.metrics.filter((id) => !plan.metrics.includes(id));
  return other === undefined || another !== undefined ? null : { metric: other };
}

/** Told of the same groups, and of no other rows or time than those that were named. */
function isAlike(figure: MetricPlan, plan: MetricPlan): boolean {
  const isSame = (key: 'groupBy' | 'where' | 'time'): boolean =>
    JSON.stringify(figure[key]) === JSON.stringify(plan[key]);
  return (
    isSame('groupBy') &&
    (figure.where.length === 0 || isSame('where')) &&
    (figure.time === null || isSame('time'))
  );
}

/** "Top 10 customers by ARR with owner": what a customer has, where the groups are customers. */
function propertyOf({ catalogue, plan }: Beside, name: string): Named | null {
  const [group] = plan.groupBy;
  const entity = catalogue.dimensions.get(group?.dimension ?? '')?.entity ?? '';
  const rows = catalogue.metrics.get(plan.metrics[0] ?? '');
  if (namingDimension(catalogue, entity) !== group?.dimension || rows === undefined) return null;
  const named = nameIn(catalogue, plan, name);
  const isOfGroups =
    named?.kind === 'dimension' &&
    (catalogue.dimensions.get(named.id)?.entity === entity || entityOf(catalogue, rows)?.id === entity) &&
    catalogue.dimensions.get(named.id)?.type !== 'number' &&
    dimensionsOf(catalogue, entity).some(({ id }) => id === named.id);
  return isOfGroups ? { dimension: named.id } : null;
}
