import { createHash } from 'node:crypto';
import type { Catalogue, EntityDefinition, SimpleMetric } from '../../catalogue/catalogue.ts';
import { entityById, findWay, followPath, type Way } from '../../catalogue/paths.ts';

/** How the values of a metric are kept per hour, day and week. */
export interface HistoryDefinition {
  readonly metric: SimpleMetric;
  readonly entity: EntityDefinition;
  /** The time that its rows are counted by; null: a state, which is known only for the moments it was looked at. */
  readonly time: { readonly way: Way; readonly type: 'date' | 'instant' } | null;
  readonly segments: readonly { readonly dimension: string; readonly way: Way }[];
  readonly currency: Way | null;
  /** Chains of joins that the values depend on. */
  readonly joins: readonly (readonly string[])[];
  /** Changes with everything that the values depend on. */
  readonly hash: string;
}

/** Columns whose changes are noted by triggers (migration 0040), so that the bucket a record left is found. */
export const watchedTimes: ReadonlySet<string> = new Set([
  'ticket.opened_at',
  'ticket.first_replied_at',
  'ticket.solved_at',
  'customer_escalation.opened_at',
  'customer_escalation.resolved_at',
  'opportunity.opened_on',
  'opportunity.close_date',
  'sla_clock.started_at',
  'sla_clock.breached_at',
  'incident.started_at',
  'survey_response.responded_at',
  'usage_daily.day',
  'conversation.opened_at',
  'message.at',
  'bot_event.at',
  'lead.opened_at',
  'lead.converted_at',
  'sales_transaction.sold_at',
  'mrr_movement.moved_on',
  'subscription.cancelled_on',
  'activity.at',
]);

/** Column that tells when a row was last stored, by the database's clock; null: the table has none. */
export function changeColumn(entity: EntityDefinition): string | null {
  return ['synced_at', 'computed_at'].find((name) => Object.hasOwn(entity.columns, name)) ?? null;
}

/**
 * How a metric is kept, or in words why it cannot be.
 *
 * @param segments ids of dimensions; those that the metric's rows do not reach by a value of their own are left out
 */
export function historyDefinition(
  catalogue: Catalogue,
  metric: SimpleMetric,
  segments: readonly string[],
  zone: string,
): HistoryDefinition | string {
  const entity = entityById(catalogue, metric.entity);
  if (!entity) return 'its records are not in the catalogue';
  if (entity.stored) return 'its records are not ours: nobody notes when they change';
  const { aggregate, path, since, times, currencyPath } = metric.measure;
  if (!metric.additive || (aggregate !== 'count' && aggregate !== 'sum'))
    return 'only counts and sums whose values may be added are kept';
  if (entity.snapshot) return 'its records are kept by day already';
  const isRelative = metric.filters.some(
    ({ values }) => values.includes('@now') || values.includes('@today'),
  );
  const time = metric.timeDimension === null ? null : timeOf(catalogue, metric);
  if (time === undefined) return 'its time is not a column whose changes are noted';
  if (time !== null && (isRelative || path === '@now')) return 'its past values depend on the present moment';
  const cuts = segments.flatMap((id) => {
    const dimension = catalogue.dimensions.get(id);
    const way = dimension && findWay(catalogue, entity.id, dimension);
    return way && way.key === null && way.type === 'text' ? [{ dimension: id, way }] : [];
  });
  const follow = (one: string | undefined | null) =>
    one === undefined || one === null || one === '@now' ? null : followPath(catalogue, entity.id, one);
  const currency = follow(currencyPath);
  const ways = [
    ...(time === null ? [] : [time.way]),
    ...cuts.map(({ way }) => way),
    ...metric.filters.flatMap(({ dimension: id }) => {
      const dimension = catalogue.dimensions.get(id);
      return (dimension && findWay(catalogue, entity.id, dimension)) ?? [];
    }),
    ...[follow(path), follow(since), follow(times), currency].flatMap((way) => way ?? []),
  ];
  const chains = ways.map(({ joins }) => joins).filter((chain) => chain.length > 0);
  if (entity.parent !== undefined) chains.push([entity.parent]);
  const joins = [...new Map(chains.map((chain) => [chain.join('.'), chain])).values()];
  const content = [1, zone, entity.table, entity.parent, metric.measure, metric.filters, time, cuts, joins];
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
  return { metric, entity, time, segments: cuts, currency, joins, hash };
}

/** Undefined: the time is reached over joins, or nobody notes when it moves. */
function timeOf(catalogue: Catalogue, metric: SimpleMetric): HistoryDefinition['time'] | undefined {
  const entity = entityById(catalogue, metric.entity);
  const dimension = catalogue.dimensions.get(metric.timeDimension ?? '');
  const way = dimension && findWay(catalogue, metric.entity, dimension);
  if (!entity || !way || way.joins.length > 0) return undefined;
  if (changeColumn(entity) === null || !watchedTimes.has(`${entity.table}.${way.column}`)) return undefined;
  return { way, type: way.type === 'date' ? 'date' : 'instant' };
}
