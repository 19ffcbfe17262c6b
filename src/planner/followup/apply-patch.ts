import type { Catalogue } from '../../catalogue/catalogue.ts';
import { metricTime } from '../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../catalogue/lookup.ts';
import { entityById } from '../../catalogue/paths.ts';
import {
  besideColumn,
  type ListPlan,
  type MetricPlan,
  type QueryPlan,
  queryPlanSchema,
} from '../../query/metric-query.ts';
import type { PlanPatch } from '../../query/plan-patch.ts';
import { figureColumns } from '../../query/shown-columns.ts';
import { fail, type Issue, ok, type Result } from '../../toolkit/issue.ts';
import { checkNames } from '../bedrock/check-names.ts';
import { countOf, recordsBehind } from './convert-plan.ts';
import { patchWhere } from './patch-where.ts';

/**
 * The plan that a follow-up makes of the one before it. Pure; the result is checked like any plan, so a patch that
 * does not fit comes back as issues and never as a plan that leaves something out.
 *
 * ```ts
 * applyPatch(catalogue, plan, { kind: 'patch', groupBy: { op: 'add', groups: [{ dimension: 'region' }] } });
 * ```
 *
 * @param catalogue as the role of whoever asks now sees it
 */
export function applyPatch(catalogue: Catalogue, plan: QueryPlan, patch: PlanPatch): Result<QueryPlan> {
  const converted = convert(catalogue, plan, patch);
  if (!converted.ok) return converted;
  const unfit = unfitChanges(converted.value, patch);
  if (unfit.length > 0) return fail(...unfit);
  const changed =
    converted.value.kind === 'list'
      ? patchList(catalogue, converted.value, patch)
      : patchMetric(converted.value, patch);
  const parsed = queryPlanSchema.safeParse(changed);
  if (!parsed.success) return fail(...parsed.error.issues.map(contractIssue));
  const issues = checkNames(catalogue, parsed.data);
  return issues.length > 0 ? fail(...issues) : ok(parsed.data);
}

function contractIssue({ path, message }: { path: readonly PropertyKey[]; message: string }): Issue {
  return { code: 'invalid-plan', path: path.map(String).join('.'), message };
}

const figureChanges = {
  compare: 'compared',
  transform: 'computed further',
  having: 'filtered by a figure',
  includeEmpty: 'shown with empty groups',
  chart: 'drawn',
} as const;

/** A change that the plan has no place for must not be lost. */
function unfitChanges(plan: QueryPlan, patch: PlanPatch): readonly Issue[] {
  if (plan.kind === 'metric') {
    const message = 'Figures are of metrics; to see records of another kind, ask for the list.';
    const column = 'Figures have no columns of records; ask for the list.';
    return [
      ...(patch.entity === undefined ? [] : [{ code: 'not-of-figures', path: 'entity', message }]),
      ...(patch.columns === undefined ? [] : [{ code: 'not-of-figures', path: 'columns', message: column }]),
    ];
  }
  const keys = ['compare', 'transform', 'having', 'includeEmpty', 'chart'] as const;
  return keys
    .filter((key) => patch[key] !== undefined && patch[key] !== 'none' && patch[key] !== 'auto')
    .map((key) => ({
      code: 'not-of-lists',
      path: key,
      message: `A list of records cannot be ${figureChanges[key]}; ask for their number, or for it by something.`,
    }));
}

/** From a figure to its records and back, before anything else is changed. */
function convert(catalogue: Catalogue, plan: QueryPlan, patch: PlanPatch): Result<QueryPlan> {
  if (plan.kind === 'metric') {
    if (patch.to !== 'list') return ok(plan);
    return recordsBehind(catalogue, patchMetrics(plan, patch));
  }
  const wantsFigure = patch.to === 'metric' || patch.metrics || (patch.groupBy?.groups.length ?? 0) > 0;
  return wantsFigure && patch.to !== 'list' ? countOf(catalogue, plan) : ok(plan);
}

function patchList(catalogue: Catalogue, plan: ListPlan, patch: PlanPatch): ListPlan {
  const { timeDimension, onePer, beside, skip: _, ...rest } = plan;
  const isOther = patch.entity !== undefined && patch.entity !== plan.entity;
  const entity = patch.entity ?? plan.entity;
  // Columns told by other records are those of the rows that were asked for.
  const kept = isOther ? undefined : beside;
  const reached = new Set([
    ...dimensionsOf(catalogue, entity).map(({ id }) => id),
    ...(kept ?? []).map((__, index) => besideColumn(index)),
  ]);
  return {
    ...rest,
    ...(kept && { beside: kept }),
    ...(timeDimension === undefined || isOther ? {} : { timeDimension }),
    ...(onePer === undefined || isOther ? {} : { onePer }),
    entity,
    columns: withColumns(catalogue, entity, isOther ? [] : plan.columns, patch.columns ?? []),
    where: patchWhere(plan.where, patch),
    time: patch.time ?? plan.time,
    orderBy: patch.orderBy ?? plan.orderBy.filter(({ by }) => reached.has(by)),
    limit: Math.min(25, patch.limit ?? plan.limit),
    ...(patch.skip !== undefined && { skip: patch.skip }),
    subject: patch.subject ?? plan.subject,
  };
}

const mostColumns = 10;

/** What is asked for always fits in; the last of the others make room. */
function withColumns(
  catalogue: Catalogue,
  entity: string,
  shown: readonly string[],
  wished: readonly string[],
): string[] {
  const known = shown.length > 0 ? shown : (entityById(catalogue, entity)?.listColumns ?? []);
  const more = wished.filter((id) => !known.includes(id));
  return more.length === 0 ? [...shown] : [...known.slice(0, mostColumns - more.length), ...more];
}

function patchMetric(before: MetricPlan, wished: PlanPatch): MetricPlan {
  const { plan: own, patch } = withOtherPart(before, wished);
  const { skip: _, onePer, ...plan } = withoutOthers(patchMetrics(own, patch), patch);
  const groupBy = patchGroups(plan.groupBy, patch.groupBy);
  const isWhole = groupBy.length === 0;
  // "Top 3 customers", then "by region": three of something else was not asked for.
  const isOther =
    plan.groupBy.length > 0 &&
    !groupBy.some(({ dimension }) => plan.groupBy.some((one) => one.dimension === dimension));
  const next: MetricPlan = {
    ...plan,
    groupBy,
    where: patchWhere(plan.where, patch),
    time: patch.time ?? plan.time,
    compare: patch.compare ?? plan.compare,
    transform: patch.transform ?? (isWhole ? 'none' : plan.transform),
    window: patch.window ?? plan.window,
    includeEmpty: patch.includeEmpty ?? plan.includeEmpty,
    having: patch.having ?? (isOther ? [] : plan.having),
    limit: patch.limit ?? (isWhole || isOther ? 20 : plan.limit),
    ...(patch.skip !== undefined && { skip: patch.skip }),
    subject: patch.subject ?? plan.subject,
    chart: patch.chart ?? plan.chart,
  };
  const shown = new Set([...groupBy.map(({ dimension }) => dimension), ...figureColumns(next)]);
  const orderBy = patch.orderBy ?? plan.orderBy.filter(({ by }) => shown.has(by));
  const isOneOfEach =
    groupBy.length > 1 &&
    groupBy.every(({ grain }) => grain === undefined) &&
    groupBy.some(({ dimension }) => dimension === onePer) &&
    next.metrics.includes(orderBy[0]?.by ?? '');
  return { ...next, ...(isOneOfEach && { onePer }), orderBy: isWhole ? [] : orderBy };
}

/** "And high" after the share of urgent ones: the share of those, not that of urgent ones among them. */
function withOtherPart(plan: MetricPlan, patch: PlanPatch): { plan: MetricPlan; patch: PlanPatch } {
  const { part } = plan;
  const own = new Set(part?.where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  const isOfPart = ({ any }: MetricPlan['where'][number]): boolean =>
    any.every(({ dimension }) => own.has(dimension));
  if (!part || !patch.where || patch.metrics || !patch.where.all.some(isOfPart)) return { plan, patch };
  const { where: wish, ...rest } = patch;
  const others = wish.all.filter((group) => !isOfPart(group));
  const where = patchWhere(part.where, { where: { ...wish, all: wish.all.filter(isOfPart) } });
  return {
    plan: { ...plan, part: { ...part, where } },
    patch: others.length > 0 ? { ...rest, where: { ...wish, all: others } } : rest,
  };
}

/** A part is one of the figure that it was asked of; "without filters" are no conditions on other records either. */
function withoutOthers(plan: MetricPlan, { metrics: wish, dropWhere }: PlanPatch): MetricPlan {
  const { part, related, ...rest } = plan;
  const isUnfiltered = dropWhere === 'all';
  return {
    ...rest,
    ...(part && !wish && !isUnfiltered && { part }),
    ...(related && !isUnfiltered && { related }),
  };
}

/** Conditions on and order by a figure go over to the one that takes its place. */
function patchMetrics(plan: MetricPlan, { metrics: wish }: PlanPatch): MetricPlan {
  if (!wish) return plan;
  if (wish.op === 'add') return { ...plan, metrics: [...new Set([...plan.metrics, ...wish.ids])] };
  if (wish.op === 'remove') {
    const metrics = plan.metrics.filter((id) => !wish.ids.includes(id));
    return { ...plan, metrics: metrics.length > 0 ? metrics : plan.metrics };
  }
  const [from] = plan.metrics;
  const [to] = wish.ids;
  const renamed = (id: string): string => {
    if (from === undefined || to === undefined) return id;
    return id === from || id.startsWith(`${from}__`) ? `${to}${id.slice(from.length)}` : id;
  };
  return {
    ...plan,
    metrics: wish.ids,
    having: plan.having.map((one) => ({ ...one, metric: renamed(one.metric) })),
    orderBy: plan.orderBy.map((one) => ({ ...one, by: renamed(one.by) })),
  };
}

const mostGroups = 3;

function patchGroups(groups: MetricPlan['groupBy'], wish: PlanPatch['groupBy']): MetricPlan['groupBy'] {
  if (!wish) return groups;
  const said = new Set(wish.groups.map(({ dimension }) => dimension));
  const others = groups.filter(({ dimension }) => !said.has(dimension));
  switch (wish.op) {
    case 'remove':
      return wish.groups.length === 0 ? [] : others;
    case 'add': {
      // A course keeps its place, so that its other groups stay its lines.
      const same = groups.map(
        (group) => wish.groups.find((one) => one.dimension === group.dimension) ?? group,
      );
      const fresh = wish.groups.filter((one) => !groups.some(({ dimension }) => dimension === one.dimension));
      const all = [...same, ...fresh];
      return all.length <= mostGroups ? all : wish.groups;
    }
    case 'replace': {
      // "by week" of a course by month and team changes the grain alone.
      const isGrain = wish.groups.length === 1 && wish.groups[0]?.dimension === metricTime;
      return isGrain && others.length < groups.length ? [...others, ...wish.groups] : wish.groups;
    }
  }
}
