import { Temporal } from 'temporal-polyfill';
import type { Catalogue, SimpleMetric } from '../../catalogue/catalogue.ts';
import { metricTime } from '../../catalogue/catalogue.ts';
import { simpleParts } from '../../catalogue/lookup.ts';
import { entityById } from '../../catalogue/paths.ts';
import { grainOf } from '../../messages/answer-cells.ts';
import type { AnswerData, CellValue, Provenance } from '../../query/answer-data.ts';
import type { Filter, ListPlan, MetricPlan, TimeRange, TimeUnit } from '../../query/metric-query.ts';
import { rowsOfPart } from '../../query/plan-conditions.ts';

/** The contract takes so many conditions. */
const mostConditions = 12;
const mostRelated = 3;
const mostListed = 25;

/**
 * The metric whose rows can be listed: the plan's first one, and of a ratio the rows that it is about. Null when a
 * list would show other rows than are counted: a condition that people cannot filter by, or one that lists of the
 * entity always have.
 */
export function listedMetric(catalogue: Catalogue, plan: MetricPlan): SimpleMetric | null {
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  if (!metric || metric.type === 'derived') return null;
  const part = simpleParts(catalogue, metric).at(-1);
  const entity = part && entityById(catalogue, part.entity);
  if (!part || !entity || !catalogue.entities.has(entity.id)) return null;
  const canFilter = part.filters.every(
    ({ dimension }) => catalogue.dimensions.get(dimension)?.filterable === true,
  );
  const always = (entity.listFilters ?? []).filter(
    (filter) => !part.filters.some((own) => JSON.stringify(own) === JSON.stringify(filter)),
  );
  return canFilter && always.length === 0 ? part : null;
}

/**
 * The list of the rows behind an answer, or behind one of its groups.
 *
 * @param group a row of `data`; null: all of them
 * @returns null when the rows cannot be named exactly (hours of a day, a range that begins within a bucket)
 */
export function recordsPlan(
  catalogue: Catalogue,
  plan: MetricPlan,
  data: Pick<AnswerData, 'columns' | 'rows'> & { readonly provenance: Pick<Provenance, 'time'> },
  group: readonly CellValue[] | null,
): ListPlan | null {
  const metric = listedMetric(catalogue, plan);
  if (!metric) return null;
  const asked = new Set(plan.where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  const own = metric.filters
    .filter(({ dimension, replaceable }) => !(replaceable === true && asked.has(dimension)))
    .map(({ dimension, op, values }): Filter => ({ dimension, op, values: [...values] }));
  const narrowed = group === null ? { filters: [], time: null } : narrowTo(plan, metric, data, group);
  if (narrowed === null) return null;
  const rows = rowsOfPart(plan);
  const where = [...rows.where, ...[...own, ...narrowed.filters].map((filter) => ({ any: [filter] }))];
  if (where.length > mostConditions || (rows.related?.length ?? 0) > mostRelated) return null;
  return {
    kind: 'list',
    entity: metric.entity,
    columns: [],
    time: metric.timeDimension === null ? null : (narrowed.time ?? plan.time ?? spoken(metric)),
    ...(metric.timeDimension === null ? {} : { timeDimension: metric.timeDimension }),
    where,
    ...(rows.related && { related: rows.related }),
    orderBy: [],
    limit: mostListed,
    subject: plan.subject,
  };
}

function spoken({ defaultTime }: SimpleMetric): TimeRange {
  return defaultTime.kind === 'relative' ? { ...defaultTime, completeOnly: false } : defaultTime;
}

interface Narrowed {
  readonly filters: readonly Filter[];
  readonly time: TimeRange | null;
}

function narrowTo(
  plan: MetricPlan,
  metric: SimpleMetric,
  data: Parameters<typeof recordsPlan>[2],
  group: readonly CellValue[],
): Narrowed | null {
  const filters: Filter[] = [];
  let time: TimeRange | null = null;
  for (const [index, column] of data.columns.entries()) {
    if (column.role !== 'dimension') continue;
    const cell = group[index] ?? null;
    const asked = plan.groupBy.find(({ dimension }) => dimension === column.id);
    if (asked === undefined) {
      // Amounts keep their currencies apart; no question can name one.
      if (cell !== null && column.id === 'currency') continue;
      return null;
    }
    if (column.type === 'date' || column.type === 'instant') {
      if (cell === null) return null;
      const days = daysOf(data, index, String(cell), asked.grain);
      if (days === null) return null;
      const isOwn = column.id === metricTime || column.id === metric.timeDimension;
      if (isOwn) time = { kind: 'between', ...days };
      else filters.push({ dimension: column.id, op: 'between', values: [days.from, days.to] });
    } else if (cell === null) filters.push({ dimension: column.id, op: 'is_null', values: [] });
    else filters.push({ dimension: column.id, op: 'eq', values: [cell] });
  }
  return { filters, time };
}

/** First and last day of a bucket, as far as they lie in the range of the answer. */
function daysOf(
  data: Parameters<typeof recordsPlan>[2],
  index: number,
  bucket: string,
  asked: TimeUnit | undefined,
): { readonly from: string; readonly to: string } | null {
  const grain = asked ?? grainOf(data.rows.map((row) => String(row[index] ?? '')));
  if (grain === 'hour' || bucket.length < 10) return null;
  const start = Temporal.PlainDate.from(bucket.slice(0, 10));
  const end = start.add(lengths[grain]);
  const range = data.provenance.time;
  const first = range?.start == null ? null : dayAt(range.start, range.zone);
  const beyond = range?.end == null ? null : dayAt(range.end, range.zone);
  if (first?.isWithin === true && Temporal.PlainDate.compare(first.day, start) >= 0) return null;
  const from = first !== null && Temporal.PlainDate.compare(first.day, start) > 0 ? first.day : start;
  const lastDay = beyond === null ? null : beyond.isWithin ? beyond.day : beyond.day.subtract({ days: 1 });
  const last = end.subtract({ days: 1 });
  const to = lastDay !== null && Temporal.PlainDate.compare(lastDay, last) < 0 ? lastDay : last;
  return { from: from.toString(), to: to.toString() };
}

const lengths: Readonly<Record<Exclude<TimeUnit, 'hour'>, Temporal.DurationLike>> = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
};

/** The day of an edge of a range, and whether the edge lies within that day. */
function dayAt(edge: string, zone: string): { readonly day: Temporal.PlainDate; readonly isWithin: boolean } {
  if (edge.length === 10) return { day: Temporal.PlainDate.from(edge), isWithin: false };
  const at = Temporal.Instant.from(edge).toZonedDateTimeISO(zone);
  const isWithin = Temporal.ZonedDateTime.compare(at, at.startOfDay()) !== 0;
  return { day: at.toPlainDate(), isWithin };
}
