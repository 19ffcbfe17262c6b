import type { Catalogue, MetricDefinition } from '../../../catalogue/catalogue.ts';
import { entityOf, simpleParts } from '../../../catalogue/lookup.ts';
import { entityById } from '../../../catalogue/paths.ts';
import {
  type ListPlan,
  type MetricPlan,
  plainMetricPlan,
  type QueryPlan,
  type Related,
} from '../../../query/metric-query.ts';
import { listBehind } from '../../followup/convert-plan.ts';
import { isCountOf } from '../compose/draft.ts';
import { refuse } from '../compose/problem.ts';
import { periodCondition } from '../period-condition.ts';

interface Moment {
  readonly now: Date;
  readonly zone: string;
}

const usualRows = 10;

/**
 * "How much ARR is that", "average first response for those": another figure over the very rows of the answer before.
 * Rows of another kind count through what hangs together with them.
 *
 * @throws Unplannable where those rows cannot be said as conditions
 */
export function ofThoseRows(
  catalogue: Catalogue,
  previous: QueryPlan,
  metric: MetricDefinition,
  moment: Moment,
): MetricPlan {
  const rows = rowsShown(catalogue, previous);
  const entity = entityOf(catalogue, metric)?.id ?? '';
  const isGrouped = previous.kind === 'metric' && rows.entity === entity;
  const plan = plainMetricPlan([metric.id], isGrouped ? { groupBy: previous.groupBy } : {});
  const isTimed = simpleParts(catalogue, metric).some(({ timeDimension }) => timeDimension !== null);
  // Their rows of any time: the period is that of the rows before.
  if (rows.entity !== entity)
    return { ...plan, time: isTimed ? { kind: 'all' } : null, related: [relatedRows(rows)] };
  const own = new Set(metric.type === 'simple' ? metric.filters.map(keyOf) : []);
  const where = rows.where.filter(
    ({ any }) => any.length !== 1 || !own.has(keyOf(any[0] as (typeof any)[number])),
  );
  const placed = placedTime(catalogue, rows, metric, moment);
  return {
    ...plan,
    where: [...where, ...placed.where],
    time: placed.time,
    subject: rows.subject,
    ...(rows.related && { related: rows.related }),
  };
}

/**
 * "How many of those have open tickets": the rows before that have records which the figure counts.
 *
 * @throws Unplannable for a figure of the same rows, or one that counts nothing
 */
export function withOthers(catalogue: Catalogue, previous: QueryPlan, metric: MetricDefinition): QueryPlan {
  const entity = entityOf(catalogue, metric)?.id ?? '';
  const isCount = metric.type === 'simple' && isCountOf(catalogue, metric, entity);
  const own =
    previous.kind === 'list'
      ? previous.entity
      : catalogue.metrics.get(previous.metrics[0] ?? '')?.type === 'simple'
        ? entityOf(catalogue, catalogue.metrics.get(previous.metrics[0] ?? '') as MetricDefinition)?.id
        : undefined;
  if (!isCount || own === undefined || own === entity)
    throw refuse('unclear', `which of those ${metric.label} counts`);
  const where = metric.filters.map(({ dimension, op, values }) => ({
    any: [{ dimension, op, values: [...values] }],
  }));
  const other: Related = { entity, has: 'some', atLeast: 1, where, time: null, subject: 'none' };
  return { ...previous, related: [...(previous.related ?? []), other].slice(0, 3) };
}

/**
 * The rows before, without whatever shows only some of them.
 *
 * @throws Unplannable where only some of them are shown
 */
export function rowsShown(catalogue: Catalogue, previous: QueryPlan): ListPlan {
  const isCut =
    previous.kind === 'list'
      ? previous.limit < usualRows
      : previous.having.length > 0 || (previous.groupBy.length > 0 && previous.orderBy.length > 0);
  if (isCut || (previous.kind === 'metric' && previous.part !== undefined))
    throw refuse('unclear', 'only some of the rows are shown; say which ones are meant');
  if (previous.kind === 'list') return previous;
  const list = listBehind(catalogue, previous);
  if (!list.ok) throw refuse('unclear', 'say of which records');
  return list.value;
}

function relatedRows(rows: ListPlan): Related {
  if (rows.related !== undefined || rows.where.length > 6)
    throw refuse('unclear', 'say of which records, in a question of its own');
  const { entity, where, time, timeDimension, subject } = rows;
  if (subject === 'my_accounts' || subject === 'my_teams_accounts')
    throw refuse('unclear', 'say whose records are meant, in a question of its own');
  const isTimed = time !== null && time.kind !== 'all';
  return {
    entity,
    has: 'some',
    atLeast: 1,
    where,
    time: isTimed ? time : null,
    ...(isTimed && timeDimension !== undefined && { timeDimension }),
    subject,
  };
}

/** The period of the rows, as the figure's own or, where that goes by another date, as a condition on theirs. */
function placedTime(
  catalogue: Catalogue,
  rows: ListPlan,
  metric: MetricDefinition,
  moment: Moment,
): Pick<MetricPlan, 'time' | 'where'> {
  const [part] = simpleParts(catalogue, metric);
  const own = rows.timeDimension ?? entityById(catalogue, rows.entity)?.defaultTime ?? null;
  const isState = part?.timeDimension === null;
  if (rows.time === null || rows.time.kind === 'all')
    return { time: isState ? null : { kind: 'all' }, where: [] };
  if (part !== undefined && part.timeDimension === own) return { time: rows.time, where: [] };
  const filter = own === null ? null : periodCondition(own, rows.time, moment);
  if (filter === null) throw refuse('unclear', 'say of which period');
  return { time: isState ? null : { kind: 'all' }, where: [{ any: [filter] }] };
}

const keyOf = ({ dimension, op, values }: { dimension: string; op: string; values: readonly unknown[] }) =>
  JSON.stringify([dimension, op, values]);
