import { needsHours } from '../catalogue/calendar-unit.ts';
import type { DimensionDefinition, EntityDefinition } from '../catalogue/catalogue.ts';
import { calendarPartOf, type DimensionWay, findWay } from '../catalogue/paths.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { dimensionColumn, toCell } from './cells.ts';
import type { CheckedFilter } from './check-metric-plan.ts';
import { type CheckedRelated, checkRelated } from './check-related.ts';
import { type CheckedBeside, checkBeside, resolveBeside } from './columns-beside.ts';
import { compileList, type Listing, type ListOrder } from './compile/compile-list.ts';
import { totalsOf } from './list-totals.ts';
import { besideColumn, type ListPlan } from './metric-query.ts';
import { type Names, requireDimension, requireEntity } from './require-names.ts';
import { storedFilter } from './resolve/resolve-filter.ts';
import { type AbsoluteRange, absoluteRange, resolveRange } from './resolve/time-range.ts';
import { resolveRelated } from './resolve-related.ts';
import { resolveWhere } from './resolve-where.ts';
import type { Computed } from './run-metric-plan.ts';
import { subjectCondition } from './scope/row-scope.ts';
import { valueLookUp, type Work } from './work.ts';

export interface CheckedListPlan {
  readonly entity: EntityDefinition;
  readonly columns: readonly DimensionDefinition[];
  readonly time: DimensionDefinition | null;
  readonly where: readonly (readonly CheckedFilter[])[];
  readonly related: readonly CheckedRelated[];
  readonly onePer: DimensionDefinition | null;
  readonly beside: readonly CheckedBeside[];
  readonly order: readonly CheckedOrder[];
}

interface CheckedOrder {
  /** A place among the columns that other records tell, else a property of the rows. */
  readonly by: DimensionDefinition | number;
  readonly direction: 'asc' | 'desc';
}

/** Lists rows of one entity, newest first unless asked otherwise. */
export async function runListPlan(
  work: Work,
  names: Names,
  plan: ListPlan,
  withRowIds = false,
): Promise<Result<Computed>> {
  const checked = checkListPlan(names, plan);
  if (!checked.ok) return checked;
  const { entity, columns, time } = checked.value;
  const range = resolveTime(work, plan, time);
  if (!range.ok) return range;
  const where = await resolveWhere(work, checked.value.where, valueLookUp(work, [entity.id]));
  if (!where.ok) return where;
  const related = await resolveRelated(work, checked.value.related);
  if (!related.ok) return related;
  const beside = await resolveBeside(work, entity.id, checked.value.beside);
  if (!beside.ok) return beside;
  const subject = subjectCondition(work.catalogue, entity, work.asker, plan.subject);
  if ('code' in subject) return fail(subject);
  const wayTo = (dimension: DimensionDefinition): DimensionWay => {
    const way = findWay(work.catalogue, entity.id, dimension);
    if (!way) throw new Error(`${entity.id} does not reach ${dimension.id}`);
    return way;
  };
  /** Tickets listed by when they were solved were solved on that weekday. */
  const conditionWay = (dimension: DimensionDefinition): DimensionWay =>
    (time && calendarPartOf(wayTo(time), dimension)) ?? wayTo(dimension);
  const own = (entity.listFilters ?? [])
    .filter((filter) => !(filter.replaceable === true && where.value.dimensionIds.has(filter.dimension)))
    .flatMap((filter) => {
      const dimension = work.catalogue.dimensions.get(filter.dimension);
      return dimension ? [storedFilter(filter, dimension, work.settings)] : [];
    });
  const listing: Listing = {
    entity,
    columns: [...columns.map(wayTo), ...beside.value.columns],
    conditions: [
      work.scope(entity).condition,
      subject,
      ...own.map((filter) => filter.toCondition(wayTo(filter.dimension))),
      ...where.value.conditionsFor(conditionWay),
      ...related.value.conditionsFor(entity.id),
    ],
    time: range.value && time ? { way: wayTo(time), range: range.value } : null,
    ...(checked.value.onePer && { onePer: wayTo(checked.value.onePer) }),
    orderBy: checked.value.order.flatMap(({ by, direction }): ListOrder[] => {
      if (typeof by !== 'number') return [{ way: wayTo(by), direction, ...ranksOf(by) }];
      const way = beside.value.columns[by];
      return way ? [{ way, direction }] : [];
    }),
    limit: plan.limit,
    skip: plan.skip ?? 0,
    moment: work.settings,
    withIds: withRowIds && Object.hasOwn(entity.columns, 'id'),
  };
  const rows = await work.answer(compileList(work.catalogue, listing));
  const totals = await totalsOf(work, listing, columns.map(wayTo), rows.length);
  return ok({
    columns: [...columns.map(dimensionColumn), ...beside.value.shown],
    rows: rows.slice(0, plan.limit).map((row) => listing.columns.map((_, index) => toCell(row[`c${index}`]))),
    ...(listing.withIds === true && {
      rowIds: rows.slice(0, plan.limit).flatMap(({ row_id }) => row_id ?? []),
    }),
    truncated: rows.length > plan.limit,
    ...(totals && { totals }),
    time: range.value,
    comparedTime: null,
    filters: [...own.map(({ words }) => words), ...where.value.words, ...related.value.words],
    entityIds: [...new Set([entity.id, ...related.value.entityIds, ...beside.value.entityIds])],
    rowsRead: Math.min(rows.length, plan.limit),
    history: [],
    steps: [
      ...ofOtherTime(plan, range.value === null ? null : time),
      ...oneOfEach(checked.value),
      ...beside.value.steps,
    ],
  });
}

/** Records of one kind have several dates: which one the period is of, where it is not the usual one. */
const ofOtherTime = (plan: ListPlan, time: DimensionDefinition | null): readonly string[] =>
  time === null || plan.timeDimension === undefined ? [] : [`The period is that of “${time.label}”`];

/** Which of the records of each value is shown. */
function oneOfEach({ onePer, order: [first], entity }: CheckedListPlan): readonly string[] {
  if (onePer === null || first === undefined || typeof first.by === 'number') return [];
  const end = first.direction === 'asc' ? 'lowest or earliest' : 'highest or latest';
  return [
    `One of the ${entity.label.many} for each value of “${onePer.label}”: with the ${end} “${first.by.label}”`,
  ];
}

/** "Urgent" comes before "high", whatever their letters. */
function ranksOf({ order, values }: DimensionDefinition): { readonly ranks?: readonly string[] } {
  if (order?.highest === undefined) return {};
  const said = values.map(({ value }) => value);
  return { ranks: order.highest === 'first' ? said.reverse() : said };
}

/** Checks every name of a plan; all mistakes at once. */
export function checkListPlan(names: Names, plan: ListPlan): Result<CheckedListPlan> {
  const found = requireEntity(names, plan.entity, 'entity');
  if (!found.ok) return found;
  const entity = found.value;
  const issues: Issue[] = [];
  const require = (id: string, path: string): DimensionDefinition[] => {
    const result = requireDimension(names, entity, id, path);
    if (result.ok) return [result.value];
    issues.push(...result.issues);
    return [];
  };
  const columns =
    plan.columns.length > 0
      ? [...new Set(plan.columns)].flatMap((id, index) => require(id, `columns[${index}]`))
      : entity.listColumns.flatMap((id) => names.mine.dimensions.get(id) ?? []);
  const timeId = plan.timeDimension ?? entity.defaultTime;
  const [time] = timeId === null ? [] : require(timeId, 'timeDimension');
  if (time && time.type !== 'date' && time.type !== 'instant') {
    issues.push({ code: 'not-a-time', path: 'timeDimension', message: `${time.label} is no time.` });
  }
  if (plan.time !== null && plan.time.kind !== 'all' && !time) {
    issues.push({
      code: 'time-not-applicable',
      path: 'time',
      message: `${entity.label.many} have no time of their own; leave the range away.`,
    });
  }
  const where = plan.where.map(({ any }, outer) =>
    any.flatMap((filter, inner): CheckedFilter[] => {
      const path = `where[${outer}].any[${inner}]`;
      const [dimension] = require(filter.dimension, `${path}.dimension`);
      if (!dimension) return [];
      if (dimension.calendar !== undefined && needsHours(dimension.calendar) && time?.type === 'date') {
        const message = `${time.label} is a day; it has no hours.`;
        issues.push({ code: 'grain-too-fine', path: `${path}.dimension`, message });
        return [];
      }
      if (dimension.filterable) return [{ filter, dimension, path }];
      issues.push({
        code: 'not-filterable',
        path: `${path}.dimension`,
        message: `${dimension.label} cannot be filtered by.`,
      });
      return [];
    }),
  );
  const related = checkRelated(names, [entity.id], plan.related, 'related');
  issues.push(...related.issues);
  const beside = checkBeside(names, entity.id, plan.beside);
  issues.push(...beside.issues);
  const places = (plan.beside ?? []).map((_, index) => besideColumn(index));
  const asked = plan.orderBy.flatMap(({ by, direction }, index): readonly CheckedOrder[] =>
    places.includes(by)
      ? [{ by: places.indexOf(by), direction }]
      : require(by, `orderBy[${index}].by`).map((dimension) => ({ by: dimension, direction })),
  );
  const first = names.mine.dimensions.get(entity.listOrder ?? '') ?? time;
  const order = asked.length === 0 && first ? [{ by: first, direction: 'desc' as const }] : asked;
  const [onePer] = plan.onePer === undefined ? [] : require(plan.onePer, 'onePer');
  if (onePer?.groupable === false) {
    issues.push({
      code: 'not-groupable',
      path: 'onePer',
      message: `${entity.label.many} cannot be told apart by ${onePer.label}.`,
    });
  }
  return issues.length > 0
    ? fail(...issues)
    : ok({
        entity,
        columns,
        time: time ?? null,
        where,
        related: related.checked,
        onePer: onePer ?? null,
        beside: beside.checked,
        order,
      });
}

function resolveTime(
  work: Work,
  plan: ListPlan,
  time: DimensionDefinition | null,
): Result<AbsoluteRange | null> {
  if (!time || plan.time === null) return ok(null);
  const range = resolveRange(plan.time, work.settings);
  if (!range.ok) return range;
  return ok(absoluteRange(range.value, time.type === 'instant' ? 'instant' : 'date', work.settings));
}
