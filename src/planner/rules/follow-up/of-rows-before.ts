import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityById, findWay } from '../../../catalogue/paths.ts';
import type { Filter, ListPlan, MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import { queryPlanSchema } from '../../../query/metric-query.ts';
import { listBehind } from '../../followup/convert-plan.ts';
import type { PlanRequest } from '../../planner.ts';
import { isCountOf } from '../compose/draft.ts';
import { Unplannable } from '../compose/problem.ts';
import { periodCondition } from '../period-condition.ts';
import { parentOf, type WholeQuestion } from './noun-put.ts';
import { ofThoseRows, rowsShown } from './of-those-rows.ts';
import { entityOfPlan } from './patch-from-words.ts';
import { someGroups } from './shown-groups.ts';

type Where = QueryPlan['where'];

/**
 * What a whole question asks, of the rows of the answer before: "which tickets have no reply yet" of those that came in since
 * yesterday. The conditions of both hold.
 *
 * @param asked the plan of the whole question by itself
 * @returns null where it asks for other rows, or where both cannot be said at once
 */
export function ofRowsBefore(
  request: PlanRequest,
  previous: QueryPlan,
  asked: QueryPlan,
  said: WholeQuestion,
): QueryPlan | null {
  const { catalogue } = request;
  if (entityOfPlan(catalogue, asked) !== entityOfPlan(catalogue, previous))
    return othersOf(catalogue, previous, asked, said);
  try {
    const plan =
      asked.kind === 'list'
        ? listOf(request, previous, asked, said)
        : figureOf(request, previous, asked, said);
    const parsed = plan === null ? null : queryPlanSchema.safeParse(plan);
    return parsed?.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof Unplannable) return null;
    throw error;
  }
}

/** "And which run out before new year" after the checks of partners that have: partners by the same, another time. */
function othersOf(
  catalogue: Catalogue,
  previous: QueryPlan,
  asked: QueryPlan,
  said: WholeQuestion,
): QueryPlan | null {
  const narrower = ofCheckedRows(catalogue, previous, asked);
  if (narrower !== null) return narrower;
  const own = catalogue.entities.get(entityOfPlan(catalogue, previous) ?? '');
  const isParent = own !== undefined && parentOf(own) === entityOfPlan(catalogue, asked);
  const isOneCondition =
    previous.where.length <= 1 && previous.related === undefined && previous.subject === 'none';
  const isOther = !said.isOfThose && asked.kind === 'list' && asked.time !== null;
  return isParent && isOneCondition && isOther ? asked : null;
}

/** "Only those with health below 50" after customers: health is told by their checks, of which each has one. */
function ofCheckedRows(catalogue: Catalogue, previous: QueryPlan, asked: QueryPlan): ListPlan | null {
  if (previous.kind !== 'list' || asked.kind !== 'list') return null;
  if (previous.related !== undefined || previous.time !== null || asked.time !== null) return null;
  const checks = catalogue.entities.get(asked.entity);
  const isOfEach = checks?.onePerParent !== undefined || checks?.snapshot !== undefined;
  if (!isOfEach || checks.joins[checks.parent ?? '']?.entity !== previous.entity) return null;
  const isTold = previous.where.every(({ any }) =>
    any.every(({ dimension }) => {
      const known = catalogue.dimensions.get(dimension);
      return known !== undefined && findWay(catalogue, asked.entity, known) !== null;
    }),
  );
  const where = isTold ? joined(previous.where, asked.where) : null;
  const subject = asked.subject === 'none' ? previous.subject : asked.subject;
  return where === null ? null : { ...asked, where, subject };
}

function listOf(
  request: PlanRequest,
  previous: QueryPlan,
  asked: ListPlan,
  said: WholeQuestion,
): ListPlan | null {
  const rows = rowsOf(request.catalogue, previous);
  if (rows === null) return null;
  if (asked.onePer !== undefined || rows.onePer !== undefined) return null;
  const own = ownTime(request.catalogue, rows);
  if (said.isRank && asked.orderBy.length === 0) return null;
  const where = said.isRank ? rows.where : joined(rows.where, asked.where);
  if (where === null) return null;
  const related = relatedOf(rows, asked);
  const { related: _, timeDimension: __, ...rest } = asked;
  const isOther = asked.time !== null && !said.isOfThose && ownTime(request.catalogue, asked) === own;
  const kept = isOther ? asked : rows;
  const period = asked.time !== null && !isOther ? conditionOf(request, asked) : [];
  if (period === null) return null;
  return {
    ...rest,
    where: [...where.filter((group) => !isOther || !isOf(group, own)), ...period],
    time: kept.time,
    ...(kept.timeDimension !== undefined && { timeDimension: kept.timeDimension }),
    ...(related.length > 0 && { related }),
    orderBy: asked.orderBy.length > 0 ? asked.orderBy : rows.orderBy,
    limit: said.isRank ? 1 : asked.limit,
    subject: asked.subject === 'none' ? rows.subject : asked.subject,
  };
}

/** All of the rows; of some groups only, those are looked up when the list runs. */
function rowsOf(catalogue: Catalogue, previous: QueryPlan): ListPlan | null {
  const groups = someGroups(previous);
  if (groups === null) return rowsShown(catalogue, previous);
  const list = listBehind(catalogue, groups);
  return list.ok ? list.value : null;
}

function figureOf(
  request: PlanRequest,
  previous: QueryPlan,
  asked: MetricPlan,
  said: WholeQuestion,
): MetricPlan | null {
  if (said.isRank) return null;
  const [id, another] = asked.metrics;
  const metric = request.catalogue.metrics.get(id ?? '');
  if (!metric || another !== undefined || (asked.time !== null && said.isOfThose)) return null;
  const part = said.isPart ? partOf(request.catalogue, previous, asked) : null;
  if (part) return part;
  const base = ofThoseRows(request.catalogue, previous, metric, request);
  const where = joined(base.where, asked.where);
  const related = relatedOf(base, asked);
  if (where === null) return null;
  return {
    ...asked,
    groupBy: asked.groupBy.length > 0 ? asked.groupBy : base.groupBy,
    where,
    time: asked.time ?? base.time,
    ...(related.length > 0 && { related }),
    subject: asked.subject === 'none' ? base.subject : asked.subject,
  };
}

/** "How many of them did the bot handle": beside all of them, and as a share of them. */
function partOf(catalogue: Catalogue, previous: QueryPlan, asked: MetricPlan): MetricPlan | null {
  const [before, now] = [previous, asked].map((plan) =>
    plan.kind === 'metric' && plan.metrics.length === 1 && plan.part === undefined
      ? catalogue.metrics.get(plan.metrics[0] ?? '')
      : undefined,
  );
  if (previous.kind !== 'metric' || before?.type !== 'simple' || now?.type !== 'simple') return null;
  const areCounts = [before, now].every((one) => isCountOf(catalogue, one, before.entity));
  const isSameDate = before.timeDimension === now.timeDimension;
  if (!areCounts || !isSameDate || !before.additive || asked.groupBy.length > 0) return null;
  const known = new Set(before.filters.map(keyOf));
  const own = now.filters
    .map(({ dimension, op, values }) => ({ dimension, op, values: [...values] }))
    .filter((filter) => !known.has(keyOf(filter)))
    .map((filter) => ({ any: [filter] }));
  const where = [...own, ...asked.where];
  if (where.length + (asked.related?.length ?? 0) === 0 || previous.having.length > 0) return null;
  const { orderBy: _, ...rest } = previous;
  return {
    ...rest,
    orderBy: [],
    transform: 'none',
    part: { where, ...(asked.related && { related: asked.related }) },
  };
}

/** Null where no row can meet both. */
function joined(rows: Where, asked: Where): Where | null {
  const known = new Set(rows.map((group) => JSON.stringify(group)));
  const fresh = asked.filter((group) => !known.has(JSON.stringify(group)));
  return fresh.some((group) => rows.some((other) => excludes(other, group))) ? null : [...rows, ...fresh];
}

function excludes(one: Where[number], other: Where[number]): boolean {
  const [left, right] = [one.any[0], other.any[0]];
  if (!left || !right || one.any.length + other.any.length > 2 || left.dimension !== right.dimension)
    return false;
  return isChoice(left) && isChoice(right) && !left.values.some((value) => right.values.includes(value));
}

const isChoice = ({ op }: Filter): boolean => op === 'eq' || op === 'in';

const isOf = ({ any }: Where[number], dimension: string | null): boolean =>
  any.every((filter) => filter.dimension === dimension);

function conditionOf(request: PlanRequest, asked: ListPlan): Where | null {
  const dimension = ownTime(request.catalogue, asked);
  if (dimension === null || asked.time === null) return null;
  const filter = periodCondition(dimension, asked.time, request);
  return filter === null ? null : [{ any: [filter] }];
}

const ownTime = (catalogue: Catalogue, { entity, timeDimension }: ListPlan): string | null =>
  timeDimension ?? entityById(catalogue, entity)?.defaultTime ?? null;

const relatedOf = (rows: QueryPlan, asked: QueryPlan): NonNullable<QueryPlan['related']> =>
  [...(rows.related ?? []), ...(asked.related ?? [])].slice(0, 3);

const keyOf = ({ dimension, op, values }: { dimension: string; op: string; values: readonly unknown[] }) =>
  JSON.stringify([dimension, op, values]);
