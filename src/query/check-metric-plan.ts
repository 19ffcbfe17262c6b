import { needsHours } from '../catalogue/calendar-unit.ts';
import {
  type DimensionDefinition,
  type MetricDefinition,
  metricTime,
  type SimpleMetric,
} from '../catalogue/catalogue.ts';
import { simpleParts } from '../catalogue/lookup.ts';
import { entityById } from '../catalogue/paths.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { type CheckedRelated, checkRelated } from './check-related.ts';
import { checkTransform } from './check-transform.ts';
import type { Filter, MetricPlan, TimeUnit } from './metric-query.ts';
import { type Names, requireDimension, requireMetric, timedMetricsLike } from './require-names.ts';
import { figureColumns } from './shown-columns.ts';

/** A plan whose names exist, fit together and are for this role; values are not looked at yet. */
export interface CheckedMetricPlan {
  readonly plan: MetricPlan;
  readonly metrics: readonly CheckedMetric[];
  /** Simple metrics to compute, each once. */
  readonly parts: readonly SimpleMetric[];
  readonly groups: readonly CheckedGroup[];
  readonly where: readonly (readonly CheckedFilter[])[];
  readonly related: readonly CheckedRelated[];
  /** Conditions of the part that is set against the whole; null when none is asked for. */
  readonly part: {
    readonly where: readonly (readonly CheckedFilter[])[];
    readonly related: readonly CheckedRelated[];
  } | null;
}

interface CheckedMetric {
  readonly metric: MetricDefinition;
  readonly parts: readonly SimpleMetric[];
}

export type CheckedGroup =
  | { readonly kind: 'dimension'; readonly dimension: DimensionDefinition }
  /** `dimension` null: each metric's own time. */
  | {
      readonly kind: 'time';
      readonly dimension: DimensionDefinition | null;
      readonly grain: TimeUnit | null;
    };

export interface CheckedFilter {
  readonly filter: Filter;
  readonly dimension: DimensionDefinition;
  readonly path: string;
}

/** Checks every name of a plan; all mistakes at once. */
export function checkMetricPlan(names: Names, plan: MetricPlan): Result<CheckedMetricPlan> {
  const issues: Issue[] = [];
  const keep = <T>(result: Result<T>): readonly T[] => {
    if (result.ok) return [result.value];
    issues.push(...result.issues);
    return [];
  };
  const metrics = plan.metrics
    .flatMap((id, index) => keep(requireMetric(names, id, `metrics[${index}]`)))
    .map((metric) => ({ metric, parts: simpleParts(names.mine, metric) }));
  if (issues.length > 0) return fail(...issues);
  const parts = [...new Map(metrics.flatMap((one) => one.parts).map((part) => [part.id, part])).values()];

  issues.push(...checkRepeats(plan), ...checkTime(names, plan, metrics, parts));
  const groups = plan.groupBy.flatMap((group, index) =>
    keep(checkGroup(names, metrics, parts, group, `groupBy[${index}]`)),
  );
  const checkWhere = (where: MetricPlan['where'], path: string) =>
    where.map(({ any }, outer) =>
      any.flatMap((filter, inner) =>
        keep(checkFilter(names, parts, filter, `${path}[${outer}].any[${inner}]`)),
      ),
    );
  const checkOthers = (list: MetricPlan['related'], path: string): readonly CheckedRelated[] => {
    const outers = [...new Set(parts.map((part) => part.entity))];
    const { checked, issues: wrong } = checkRelated(names, outers, list, path);
    issues.push(...wrong);
    return checked;
  };
  const where = checkWhere(plan.where, 'where');
  const related = checkOthers(plan.related, 'related');
  const part = plan.part
    ? {
        where: checkWhere(plan.part.where, 'part.where'),
        related: checkOthers(plan.part.related, 'part.related'),
      }
    : null;
  issues.push(...checkPart(plan, metrics));
  const times = groups.filter((group) => group.kind === 'time').length;
  const isStateByDay = (part: SimpleMetric) => names.mine.entities.get(part.entity)?.snapshot !== undefined;
  issues.push(...checkTransform(plan, { metrics, times, groups: groups.length, isStateByDay }));
  if (plan.compare === 'target') issues.push(...checkTarget(plan, metrics));
  issues.push(...checkOrder(plan), ...checkOnePer(plan), ...checkAgainst(plan));
  return issues.length > 0 ? fail(...issues) : ok({ plan, metrics, parts, groups, where, related, part });
}

function checkRepeats(plan: MetricPlan): Issue[] {
  const issues: Issue[] = [];
  for (const [key, ids] of [
    ['metrics', plan.metrics],
    ['groupBy', plan.groupBy.map(({ dimension }) => dimension)],
  ] as const) {
    const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
    if (repeated !== undefined) {
      issues.push({
        code: 'named-twice',
        path: key,
        message: `"${repeated}" is named twice; once is enough.`,
      });
    }
  }
  return issues;
}

/** A state has no range: "open tickets last month" would silently answer something else. */
function checkTime(
  names: Names,
  plan: MetricPlan,
  metrics: readonly CheckedMetric[],
  parts: readonly SimpleMetric[],
): Issue[] {
  const issues: Issue[] = [];
  const hasRange = plan.time !== null && plan.time.kind !== 'all';
  const isAllState = parts.every((part) => part.timeDimension === null);
  for (const [index, { metric, parts: own }] of metrics.entries()) {
    if (own.some((part) => part.timeDimension !== null)) continue;
    if (hasRange && isAllState && !isCourse(plan, parts)) {
      issues.push({
        code: 'time-not-applicable',
        path: 'time',
        message: `${metric.label} is a state as of now; no range applies to it.`,
        suggestions: timedMetricsLike(names, metric),
      });
    }
    if (plan.compare !== 'none' && plan.compare !== 'target') {
      issues.push({
        code: 'compare-not-applicable',
        path: `metrics[${index}]`,
        message: `${metric.label} is a state as of now and cannot be compared with an earlier period.`,
        suggestions: timedMetricsLike(names, metric),
      });
    }
  }
  return issues;
}

/** States over time are known where they were recorded; `history/read-course.ts` finds out. */
function isCourse({ groupBy }: MetricPlan, parts: readonly SimpleMetric[]): boolean {
  return isRecordable(parts) && groupBy.some(({ dimension }) => dimension === metricTime);
}

function isRecordable(parts: readonly SimpleMetric[]): boolean {
  return parts.every((part) => part.timeDimension === null && part.additive);
}

function checkGroup(
  names: Names,
  metrics: readonly CheckedMetric[],
  parts: readonly SimpleMetric[],
  { dimension: id, grain }: MetricPlan['groupBy'][number],
  path: string,
): Result<CheckedGroup> {
  if (id === metricTime) {
    const timeless = metrics.find((one) => one.parts.some((part) => part.timeDimension === null));
    if (!timeless || isRecordable(parts)) return ok({ kind: 'time', dimension: null, grain: grain ?? null });
    return fail({
      code: 'time-not-applicable',
      path,
      message: `${timeless.metric.label} is a state as of now; it has no course over time.`,
      suggestions: timedMetricsLike(names, timeless.metric),
    });
  }
  const found = requireForAll(names, parts, id, path);
  if (!found.ok) return found;
  const dimension = found.value;
  if (!dimension.groupable) {
    return fail({
      code: 'not-groupable',
      path,
      message: `${dimension.label} cannot be grouped by; filter by it, or ask for a list.`,
    });
  }
  if (dimension.type === 'date' || dimension.type === 'instant') {
    if (dimension.type === 'date' && grain === 'hour') {
      return fail({ code: 'grain-too-fine', path, message: `${dimension.label} is a day; it has no hours.` });
    }
    const isOwnTime = parts.every((part) => part.timeDimension === dimension.id);
    return ok({ kind: 'time', dimension: isOwnTime ? null : dimension, grain: grain ?? null });
  }
  if (grain !== undefined) {
    return fail({
      code: 'grain-without-time',
      path,
      message: `${dimension.label} is no time; leave the grain away.`,
    });
  }
  const tooFine = checkHours(names, parts, dimension, path);
  return tooFine ? fail(tooFine) : ok({ kind: 'dimension', dimension });
}

/** An hour of what is known by day alone would be midnight for all of it. */
function checkHours(
  { mine }: Names,
  parts: readonly SimpleMetric[],
  { calendar }: DimensionDefinition,
  path: string,
): Issue | null {
  if (calendar === undefined || !needsHours(calendar)) return null;
  const day = parts.find((part) => mine.dimensions.get(part.timeDimension ?? '')?.type === 'date');
  if (!day) return null;
  const message = `${day.label} is known by day; it has no hours.`;
  return { code: 'grain-too-fine', path, message, suggestions: ['weekday'] };
}

function checkFilter(
  names: Names,
  parts: readonly SimpleMetric[],
  filter: Filter,
  path: string,
): Result<CheckedFilter> {
  const found = requireForAll(names, parts, filter.dimension, `${path}.dimension`);
  if (!found.ok) return found;
  const tooFine = checkHours(names, parts, found.value, `${path}.dimension`);
  if (tooFine) return fail(tooFine);
  if (found.value.filterable) return ok({ filter, dimension: found.value, path });
  return fail({
    code: 'not-filterable',
    path: `${path}.dimension`,
    message: `${found.value.label} cannot be filtered by.`,
  });
}

/** The dimension must be reached by every metric of the plan; the first that does not is named. */
function requireForAll(
  names: Names,
  parts: readonly SimpleMetric[],
  id: string,
  path: string,
): Result<DimensionDefinition> {
  let found: Result<DimensionDefinition> | null = null;
  for (const part of parts) {
    const entity = entityById(names.mine, part.entity);
    if (!entity) continue;
    const result = requireDimension(names, entity, id, path);
    if (!result.ok) return result;
    found ??= result;
  }
  return found ?? fail({ code: 'unknown-dimension', path, message: `There is no field "${id}".` });
}

/** A target is agreed for the whole: of a count by customer there is none, of a rate there is. */
function checkTarget(plan: MetricPlan, metrics: readonly CheckedMetric[]): Issue[] {
  return metrics.flatMap(({ metric }, index): Issue[] => {
    const path = `metrics[${index}]`;
    if (metric.target === undefined) {
      const message = `No target is set for ${metric.label}; an administrator sets \`target\` in the catalogue.`;
      return [{ code: 'no-target', path, message }];
    }
    const isSplit = plan.groupBy.length > 0 && metric.type === 'simple' && metric.additive;
    const message = `The target of ${metric.label} is for all groups together; compare it without groups.`;
    return isSplit ? [{ code: 'target-of-groups', path, message }] : [];
  });
}

/** A part and its whole are set against each other as they are, and only where the parts of a figure add up to it. */
function checkPart(plan: MetricPlan, metrics: readonly CheckedMetric[]): Issue[] {
  if (!plan.part) return [];
  const issues: Issue[] = [];
  const say = (code: string, message: string, path = 'part') => issues.push({ code, path, message });
  if (plan.part.where.length === 0 && plan.part.related === undefined)
    say('part-without-condition', 'A part needs a condition that makes it one.');
  if (plan.compare !== 'none' || plan.transform !== 'none')
    say(
      'part-compared',
      'A part of a whole is shown alone; leave the comparison or what is computed beside it away.',
    );
  for (const [index, { metric }] of metrics.entries()) {
    const isSum = metric.type === 'simple' && /^(?:count|sum)/.test(metric.measure.aggregate);
    if (!isSum)
      say(
        'not-additive',
        `${metric.label} has no parts that add up to it, so there is no share of it.`,
        `metrics[${index}]`,
      );
    else if (metric.timeDimension === null && plan.groupBy.some(({ dimension }) => dimension === metricTime))
      say(
        'part-of-course',
        `${metric.label} is a state; a part of it is not kept for earlier days.`,
        `metrics[${index}]`,
      );
  }
  return issues;
}

/** A mean is that of several groups: of a figure alone, or of points in time, there is none to be held against. */
function checkAgainst({ having, groupBy }: MetricPlan): Issue[] {
  return having.flatMap(({ against, within }, index): Issue[] => {
    const path = `having[${index}]`;
    const dimensions = groupBy.map(({ dimension }) => dimension);
    if (within !== undefined && (against === undefined || !dimensions.includes(within)))
      return [{ code: 'no-such-mean', path, message: `The mean within "${within}" needs groups by it.` }];
    if (against === undefined || (dimensions.length > 0 && !dimensions.includes(metricTime))) return [];
    return [
      {
        code: 'no-such-mean',
        path,
        message: 'Only groups can be held against their mean, no course over time.',
      },
    ];
  });
}

/** Which group of each value is the first is told by the order of a figure, among at least one more dimension. */
function checkOnePer({ onePer, groupBy, orderBy, metrics }: MetricPlan): Issue[] {
  if (onePer === undefined) return [];
  const isGroup = groupBy.some(({ dimension, grain }) => dimension === onePer && grain === undefined);
  const isCourse = groupBy.some(({ dimension }) => dimension === metricTime);
  const isRanked = metrics.includes(orderBy[0]?.by ?? '');
  if (isGroup && !isCourse && isRanked && groupBy.length > 1) return [];
  const message =
    'One of each needs groups by that dimension and by another one, and an order by a figure; it does not go with a course.';
  return [{ code: 'one-per-not-applicable', path: 'onePer', message }];
}

/** Only what the answer shows can be ordered by or asked to be large. */
function checkOrder(plan: MetricPlan): Issue[] {
  const metrics = figureColumns(plan);
  const shown = [...plan.groupBy.map(({ dimension }) => dimension), ...metrics];
  const issues: Issue[] = [];
  for (const [index, { by }] of plan.orderBy.entries()) {
    if (!shown.includes(by)) {
      issues.push({
        code: 'not-shown',
        path: `orderBy[${index}].by`,
        message: `The answer can only be ordered by what it shows, not by "${by}".`,
        suggestions: shown,
      });
    }
  }
  for (const [index, { metric }] of plan.having.entries()) {
    if (!metrics.includes(metric)) {
      issues.push({
        code: 'not-shown',
        path: `having[${index}].metric`,
        message: `A condition on "${metric}" needs that metric in the question.`,
        suggestions: metrics,
      });
    }
  }
  return issues;
}
