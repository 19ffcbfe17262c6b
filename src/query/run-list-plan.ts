import { needsHours } from '../catalogue/calendar-unit.ts';
import type { DimensionDefinition, EntityDefinition } from '../catalogue/catalogue.ts';
import { calendarPartOf, type DimensionWay, findWay } from '../catalogue/paths.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { dimensionColumn, toCell } from './cells.ts';
import type { CheckedFilter } from './check-metric-plan.ts';
import { type CheckedRelated, checkRelated } from './check-related.ts';
import { compileList, type Listing } from './compile/compile-list.ts';
import { totalsOf } from './list-totals.ts';
import type { ListPlan } from './metric-query.ts';
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
  readonly order: readonly { readonly dimension: DimensionDefinition; readonly direction: 'asc' | 'desc' }[];
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
    columns: columns.map(wayTo),
    conditions: [
      work.scope(entity).condition,
      subject,
      ...own.map((filter) => filter.toCondition(wayTo(filter.dimension))),
      ...where.value.conditionsFor(conditionWay),
      ...related.value.conditionsFor(entity.id),
    ],
    time: range.value && time ? { way: wayTo(time), range: range.value } : null,
    ...(checked.value.onePer && { onePer: wayTo(checked.value.onePer) }),
    orderBy: checked.value.order.map(({ dimension, direction }) => ({
      way: wayTo(dimension),
      direction,
      ...ranksOf(dimension),
    })),
    limit: plan.limit,
    skip: plan.skip ?? 0,
    moment: work.settings,
    withIds: withRowIds && Object.hasOwn(entity.columns, 'id'),
  };
  const rows = await work.answer(compileList(work.catalogue, listing));
  const totals = await totalsOf(work, listing, columns.map(wayTo), rows.length);
  return ok({
    columns: columns.map(dimensionColumn),
    rows: rows.slice(0, plan.limit).map((row) => columns.map((_, index) => toCell(row[`c${index}`]))),
    ...(listing.withIds === true && {
      rowIds: rows.slice(0, plan.limit).flatMap(({ row_id }) => row_id ?? []),
    }),
    truncated: rows.length > plan.limit,
    ...(totals && { totals }),
    time: range.value,
    comparedTime: null,
    filters: [...own.map(({ words }) => words), ...where.value.words, ...related.value.words],
    entityIds: [...new Set([entity.id, ...related.value.entityIds])],
    rowsRead: Math.min(rows.length, plan.limit),
    history: [],
    steps: [...ofOtherTime(plan, range.value === null ? null : time), ...oneOfEach(checked.value)],
  });
}

/** Records of one kind have several dates: which one the period is of, where it is not the usual one. */
const ofOtherTime = (plan: ListPlan, time: DimensionDefinition | null): readonly string[] =>
  time === null || plan.timeDimension === undefined ? [] : [`The period is that of “${time.label}”`];

/** Which of the records of each value is shown. */
function oneOfEach({ onePer, order: [first], entity }: CheckedListPlan): readonly string[] {
  if (onePer === null || first === undefined) return [];
  const end = first.direction === 'asc' ? 'lowest or earliest' : 'highest or latest';
  return [
    `One of the ${entity.label.many} for each value of “${onePer.label}”: with the ${end} “${first.dimension.label}”`,
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
  const asked = plan.orderBy.flatMap(({ by, direction }, index) =>
    require(by, `orderBy[${index}].by`).map((dimension) => ({ dimension, direction })),
  );
  const first = names.mine.dimensions.get(entity.listOrder ?? '') ?? time;
  const order = asked.length === 0 && first ? [{ dimension: first, direction: 'desc' as const }] : asked;
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
