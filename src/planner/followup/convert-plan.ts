import type { Catalogue, DefaultTime, SimpleMetric } from '../../catalogue/catalogue.ts';
import { entityById } from '../../catalogue/paths.ts';
import { type ListPlan, type MetricPlan, plainMetricPlan, type TimeRange } from '../../query/metric-query.ts';
import { rowsOfPart } from '../../query/plan-conditions.ts';
import { fail, ok, type Result } from '../../toolkit/issue.ts';

const defaultRows = 10;

/** The records of a figure that a reader asks to see: what it counts each once, where its rows belong to that. */
export function recordsBehind(catalogue: Catalogue, plan: MetricPlan): Result<ListPlan> {
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  const told = metric?.type === 'simple' ? toldBy(catalogue, metric) : null;
  const isPlain = plan.related === undefined && plan.part === undefined && plan.groupBy.length === 0;
  const list = listBehind(catalogue, plan);
  const isOwn = plan.subject === 'my_accounts' || plan.subject === 'my_teams_accounts';
  if (told === null || !list.ok || !isPlain || isOwn || list.value.where.length > 6) return list;
  return ok(recordsTold(told, list.value));
}

/** The records that the first figure of a plan counts: its own conditions, its range, the question's conditions. */
export function listBehind(catalogue: Catalogue, plan: MetricPlan): Result<ListPlan> {
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  if (metric?.type !== 'simple') {
    return fail({
      code: 'no-records',
      path: 'to',
      message: `${metric?.label ?? 'This'} is computed from several figures; ask for the records of one of them.`,
    });
  }
  const entity = entityById(catalogue, metric.entity);
  const asked = new Set(plan.where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  const own = metric.filters
    .filter(({ replaceable, dimension }) => replaceable !== true || !asked.has(dimension))
    .map(({ dimension, op, values }) => ({ any: [{ dimension, op, values: [...values] }] }));
  const { timeDimension } = metric;
  const list: ListPlan = {
    kind: 'list',
    entity: metric.entity,
    columns: [],
    time: timeDimension === null ? null : rangeOf(metric, plan.time),
    ...rowsOfPart({ ...plan, where: [...own, ...plan.where] }),
    orderBy: [],
    limit: Math.min(25, plan.groupBy.length === 0 ? defaultRows : Math.max(defaultRows, plan.limit)),
    subject: plan.subject,
  };
  return ok(
    timeDimension === null || timeDimension === entity?.defaultTime ? list : { ...list, timeDimension },
  );
}

/** What a figure counts each once, where its rows belong to it: the tickets of missed targets. */
function toldBy(catalogue: Catalogue, { measure, entity }: SimpleMetric): string | null {
  if (measure.aggregate !== 'count_distinct' || measure.path === null) return null;
  const joins = Object.values(entityById(catalogue, entity)?.joins ?? {});
  const [only] = joins.filter(({ column, to }) => column === measure.path && to === undefined);
  return only === undefined || only.entity === 'account' ? null : only.entity;
}

/** "Which ones" of breached tickets, each once: the tickets, and not every target of theirs. */
function recordsTold(
  told: string,
  { entity, where, time, timeDimension, limit, subject }: ListPlan,
): ListPlan {
  const range = time === null || time.kind === 'all' ? null : time;
  const rows = {
    entity,
    has: 'some' as const,
    atLeast: 1,
    where,
    time: range,
    ...(range !== null && timeDimension !== undefined && { timeDimension }),
    subject: 'none' as const,
  };
  const list = { kind: 'list' as const, entity: told, columns: [], time: null, where: [], orderBy: [] };
  return { ...list, related: [rows], limit, subject };
}

/** The list shows what the figure counted, so the figure's own range is said where the question had none. */
function rangeOf(metric: SimpleMetric, time: TimeRange | null): TimeRange | null {
  return time ?? spokenDefault(metric.defaultTime);
}

/** A metric's own range as a question would say it. */
export function spokenDefault(time: DefaultTime): TimeRange {
  return time.kind === 'relative' ? { ...time, completeOnly: false } : time;
}

/**
 * The number of the records that a list shows: by the count whose own conditions are the most of the list's, over the
 * list's range and other conditions.
 */
export function countOf(catalogue: Catalogue, plan: ListPlan): Result<MetricPlan> {
  return figureOf(catalogue, plan, ({ measure }) => measure.aggregate === 'count');
}

/** A figure over the records that a list shows: of those that fit, the one with the most of the list's conditions. */
export function figureOf(
  catalogue: Catalogue,
  plan: ListPlan,
  isFit: (metric: SimpleMetric) => boolean,
): Result<MetricPlan> {
  const entity = entityById(catalogue, plan.entity);
  const wanted = plan.timeDimension ?? entity?.defaultTime ?? null;
  const keys = new Set(plan.where.map((group) => JSON.stringify(group)));
  const counts = [...catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' &&
      metric.entity === plan.entity &&
      isFit(metric) &&
      metric.filters.every((filter) => keys.has(groupKey(filter))) &&
      (metric.timeDimension === null
        ? plan.time === null
        : plan.time === null || metric.timeDimension === wanted),
  );
  const closeness = (metric: SimpleMetric) =>
    metric.filters.length * 2 + (metric.timeDimension === null ? 1 : 0);
  const [metric] = counts.toSorted((left, right) => closeness(right) - closeness(left));
  // One record of each value: no figure counts only those.
  if (!metric || plan.onePer !== undefined) {
    return fail({
      code: 'no-count',
      path: 'to',
      message: `There is no figure that counts these ${entity?.label.many ?? plan.entity} by this date.`,
    });
  }
  const own = new Set(metric.filters.map(groupKey));
  return ok(
    plainMetricPlan([metric.id], {
      time: metric.timeDimension === null ? null : (plan.time ?? { kind: 'all' }),
      where: plan.where.filter((group) => !own.has(JSON.stringify(group))),
      ...(plan.related && { related: plan.related }),
      subject: plan.subject,
    }),
  );
}

function groupKey({ dimension, op, values }: SimpleMetric['filters'][number]): string {
  return JSON.stringify({ any: [{ dimension, op, values }] });
}
