import { calendarLabels } from '../catalogue/calendar-unit.ts';
import type { DimensionDefinition, SimpleMetric } from '../catalogue/catalogue.ts';
import { type DimensionWay, entityById, findWay, followPath, type Way } from '../catalogue/paths.ts';
import { fail, ok, type Result } from '../toolkit/issue.ts';
import type { CellValue } from './answer-data.ts';
import type { EmptyGroup } from './assemble.ts';
import { toCell } from './cells.ts';
import type { CheckedMetricPlan } from './check-metric-plan.ts';
import { compileGroups, mostShownGroups } from './compile/compile-groups.ts';
import { type Condition, meets } from './condition.ts';
import { ownFilters } from './metric-words.ts';
import { type ResolvedFilter, storedFilter } from './resolve/resolve-filter.ts';
import type { ResolvedWhere } from './resolve-where.ts';
import { subjectCondition } from './scope/row-scope.ts';
import type { Work } from './work.ts';

interface GroupValue {
  readonly cell: CellValue;
  readonly key: CellValue;
}

/** Groups to show whether or not anything is in them, and which they are, in words. */
export interface EmptyGroups {
  readonly groups: readonly EmptyGroup[];
  readonly words: readonly string[];
}

const none: EmptyGroups = { groups: [], words: [] };

/**
 * Every combination of the groups' values that the asker may see: the words of a closed list, the hours or weekdays,
 * or the rows that the dimension belongs to (all customers, all people who work), under the asker's scope and under
 * the question's conditions on those rows. Conditions on what is counted ("urgent") leave the groups alone.
 *
 * @param buckets per group by time its points, null for the others
 */
export async function findEmptyGroups(
  work: Work,
  checked: CheckedMetricPlan,
  where: ResolvedWhere,
  buckets: readonly (readonly string[] | null)[],
): Promise<Result<EmptyGroups>> {
  const [part] = checked.parts;
  if (!part || checked.groups.length === 0) return ok(none);
  const sides: (readonly GroupValue[])[] = [];
  const words: string[] = [];
  for (const [index, group] of checked.groups.entries()) {
    if (group.kind === 'time') {
      const points = buckets[index];
      if (!points || points.length === 0) return ok(none);
      sides.push(points.map((point) => ({ cell: point, key: point })));
      continue;
    }
    const found = await valuesOf(work, checked, part, group.dimension, where);
    if (found === null) return ok(none);
    sides.push(found.values);
    words.push(found.words);
  }
  if (sides.reduce((product, side) => product * side.length, 1) > mostShownGroups) {
    return fail({
      code: 'too-many-groups',
      path: 'includeEmpty',
      message: `There are more than ${mostShownGroups} groups when empty ones are shown; filter the question, or leave empty groups away.`,
    });
  }
  const groups = sides.reduce<readonly EmptyGroup[]>(
    (rows, side) =>
      rows.flatMap(({ cells, keys }) =>
        side.map(({ cell, key }) => ({ cells: [...cells, cell], keys: [...keys, key] })),
      ),
    [{ cells: [], keys: [] }],
  );
  return ok({ groups, words });
}

/** Null where the values are without end, as those of a number. */
async function valuesOf(
  work: Work,
  checked: CheckedMetricPlan,
  part: SimpleMetric,
  dimension: DimensionDefinition,
  where: ResolvedWhere,
): Promise<{ readonly values: readonly GroupValue[]; readonly words: string } | null> {
  const words = `Every ${dimension.label.toLowerCase()} is shown, also where nothing was found`;
  const closed = closedValues(dimension);
  if (closed) {
    const way: Way = { joins: [], entity: part.entity, column: '', type: dimension.type };
    const asked = where.groups
      .filter((group) => group.every((filter) => filter.dimension.id === dimension.id))
      .map(
        (group): Condition => ({
          kind: 'any-of',
          conditions: group.map((filter) => filter.toCondition(way)),
        }),
      );
    const allowed = checked.parts.map((one) =>
      ownFilters(work, one, where)
        .filter((filter) => filter.dimension.id === dimension.id)
        .map((filter) => filter.toCondition(way)),
    );
    const values = closed.filter(
      (value) =>
        asked.every((condition) => meets(condition, value)) &&
        allowed.some((conditions) => conditions.every((condition) => meets(condition, value))),
    );
    return { values: values.map((value) => ({ cell: value, key: value })), words };
  }
  const way = findWay(work.catalogue, part.entity, dimension);
  if (dimension.type !== 'text' || !way) return null;
  const values = await rowsOf(work, checked, part, dimension, way, where);
  return { values, words };
}

function closedValues(dimension: DimensionDefinition): readonly (string | boolean)[] | null {
  if (dimension.calendar !== undefined) return Object.keys(calendarLabels(dimension.calendar)).sort();
  if (dimension.type === 'boolean') return [true, false];
  return dimension.values.length > 0 ? dimension.values.map(({ value }) => value) : null;
}

async function rowsOf(
  work: Work,
  checked: CheckedMetricPlan,
  part: SimpleMetric,
  dimension: DimensionDefinition,
  way: DimensionWay,
  where: ResolvedWhere,
): Promise<readonly GroupValue[]> {
  const { catalogue } = work;
  const home = entityById(catalogue, way.entity);
  if (!home) return [];
  const isOwn = way.joins.length === 0;
  const fromHome = (one: Way): Way => ({ ...one, joins: one.joins.slice(way.joins.length) });
  // Rows point at the home by its id, which on the home itself is the column "id".
  const keyAt = ({ key, joins }: DimensionWay): Way | null => {
    if (key === null) return null;
    return key.joins.length >= joins.length ? fromHome(key) : followPath(catalogue, home.id, 'id');
  };
  /** What speaks of the home's rows, or of the group itself; null: of what is counted. */
  const conditionOf = (filter: ResolvedFilter): Condition | null => {
    const to = findWay(catalogue, part.entity, filter.dimension);
    const isOfGroup = filter.dimension.id === dimension.id;
    const passes = to !== null && way.joins.every((join, index) => to.joins[index] === join);
    if (!to || !(isOfGroup || (!isOwn && passes))) return null;
    return filter.toCondition(fromHome(to));
  };
  const asked = where.groups.flatMap((group): Condition[] => {
    const conditions = group.map(conditionOf);
    const some = conditions.filter((condition) => condition !== null);
    return some.length === conditions.length ? [{ kind: 'any-of', conditions: some }] : [];
  });
  const own = ownFilters(work, part, where).flatMap((filter) => conditionOf(filter) ?? []);
  const standard = isOwn
    ? []
    : (home.listFilters ?? [])
        .filter(({ dimension: id }) => !where.dimensionIds.has(id))
        .flatMap((filter) => {
          const known = catalogue.dimensions.get(filter.dimension);
          const to = known && findWay(catalogue, home.id, known);
          return known && to ? [storedFilter(filter, known, work.settings).toCondition(to)] : [];
        });
  const subject = subjectCondition(catalogue, home, work.asker, checked.plan.subject);
  const conditions = [
    work.scope(home).condition,
    ...('code' in subject ? [] : [subject]),
    ...standard,
    ...own,
    ...asked,
  ];
  const column = { way: fromHome(way), key: keyAt(way) };
  const rows = await work.answer(compileGroups(catalogue, home, column, conditions, work.settings));
  return rows.map(({ shown, id }) => ({ cell: toCell(shown), key: toCell(id) ?? toCell(shown) }));
}

/** Every series with every point of its course, for rows that are read from one point to the next. */
export function fillPoints(
  rows: readonly EmptyGroup[],
  at: number,
  points: readonly string[],
): readonly EmptyGroup[] {
  if (at === -1) return [];
  const series = new Map<string, EmptyGroup>();
  for (const row of rows) {
    const key = JSON.stringify(row.keys.toSpliced(at, 1));
    if (!series.has(key)) series.set(key, row);
  }
  return [...series.values()].flatMap(({ cells, keys }) =>
    points.map((point) => ({ cells: cells.with(at, point), keys: keys.with(at, point) })),
  );
}
