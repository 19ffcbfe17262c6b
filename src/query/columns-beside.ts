import type {
  Catalogue,
  DimensionDefinition,
  EntityDefinition,
  SimpleMetric,
} from '../catalogue/catalogue.ts';
import { type DimensionWay, findWay, followPath } from '../catalogue/paths.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import type { AnswerColumn } from './answer-data.ts';
import { dimensionColumn } from './cells.ts';
import { type CheckedRelated, checkRelated } from './check-related.ts';
import type { BesideColumn } from './compile/compile-beside.ts';
import type { RelatedRecords } from './condition.ts';
import { type Beside, besideColumn } from './metric-query.ts';
import { recordsBeside } from './plan-conditions.ts';
import { type Names, requireDimension } from './require-names.ts';
import { resolveRelated } from './resolve-related.ts';
import type { Work } from './work.ts';

/** A column told by other records whose names exist, fit together and are for this role. */
export interface CheckedBeside {
  readonly beside: Beside;
  readonly records: CheckedRelated;
  /** null: they are counted. */
  readonly dimension: DimensionDefinition | null;
}

/** Checks the columns of a list that other records tell; all mistakes at once. */
export function checkBeside(
  names: Names,
  outer: string,
  list: readonly Beside[] | undefined,
): { readonly checked: readonly CheckedBeside[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const checked = (list ?? []).flatMap((beside, index): CheckedBeside[] => {
    const path = `beside[${index}]`;
    const related = checkRelated(names, [outer], [recordsBeside(beside)], path);
    issues.push(
      ...related.issues.map((issue) => ({ ...issue, path: issue.path.replace(`${path}[0]`, path) })),
    );
    const [records] = related.checked;
    if (!records) return [];
    const dimension = requireShown(names, records.entity, beside, `${path}.dimension`);
    if (!dimension.ok) {
      issues.push(...dimension.issues);
      return [];
    }
    if (beside.show === 'latest' && records.time === null) {
      issues.push(unfit(path, `${records.entity.label.many} have no time by which one would be the latest.`));
    }
    return [{ beside, records, dimension: dimension.value }];
  });
  return { checked, issues };
}

/** What is told of the records must be a property of theirs that can be told so. */
function requireShown(
  names: Names,
  entity: EntityDefinition,
  { show, dimension: id }: Beside,
  path: string,
): Result<DimensionDefinition | null> {
  if (show === 'count')
    return id === undefined ? ok(null) : fail(unfit(path, 'Records are counted without a dimension.'));
  if (id === undefined) return fail(unfit(path, `“${show}” needs a dimension.`));
  const found = requireDimension(names, entity, id, path);
  if (!found.ok || show === 'latest') return found;
  const { type, label } = found.value;
  const isTime = type === 'date' || type === 'instant';
  const fits = type === 'number' || (isTime && (show === 'lowest' || show === 'highest'));
  return fits ? found : fail(unfit(path, `${label} has no ${show}.`));
}

const unfit = (path: string, message: string): Issue => ({ code: 'not-applicable', path, message });

/** Columns told by other records, ready to be read and shown. */
export interface ResolvedBeside {
  readonly columns: readonly BesideColumn[];
  readonly shown: readonly AnswerColumn[];
  /** What each is told of, where its name does not say it all. */
  readonly steps: readonly string[];
  readonly entityIds: readonly string[];
}

export async function resolveBeside(
  work: Work,
  outer: string,
  list: readonly CheckedBeside[],
): Promise<Result<ResolvedBeside>> {
  const related = await resolveRelated(
    work,
    list.map(({ records }) => records),
  );
  if (!related.ok) return related;
  const conditions = related.value.conditionsFor(outer);
  const found = list.flatMap((one, index): BesideColumn[] => {
    const condition = conditions[index];
    return condition?.kind === 'related' ? [columnOf(work.catalogue, one, condition.records)] : [];
  });
  const shown = list.map((one, index) => shownColumn(work.catalogue, one, besideColumn(index)));
  return ok({
    columns: found,
    shown,
    steps: shown.map(({ label }, index) => `“${label}” is told of those ${related.value.words[index] ?? ''}`),
    entityIds: related.value.entityIds,
  });
}

function columnOf(
  catalogue: Catalogue,
  { beside, dimension, records: { time } }: CheckedBeside,
  records: RelatedRecords,
): BesideColumn {
  const wayTo = (one: DimensionDefinition): DimensionWay => {
    const way = findWay(catalogue, records.entity.id, one);
    if (!way) throw new Error(`${records.entity.id} does not reach ${one.id}`);
    return way;
  };
  const sum = beside.show === 'sum' ? figureOf(catalogue, records.entity.id, dimension) : undefined;
  const currency = sum?.measure.currencyPath;
  return {
    show: beside.show,
    records,
    way: dimension && wayTo(dimension),
    by: time && wayTo(time),
    currency: currency === undefined ? null : followPath(catalogue, records.entity.id, currency),
  };
}

/** Money that is added up elsewhere as well: it has a currency there. */
function figureOf(
  catalogue: Catalogue,
  entityId: string,
  dimension: DimensionDefinition | null,
): SimpleMetric | undefined {
  return simpleMetrics(catalogue, entityId).find(
    ({ measure }) => measure.path === dimension?.path && measure.currencyPath !== undefined,
  );
}

function simpleMetrics(catalogue: Catalogue, entityId: string): readonly SimpleMetric[] {
  return [...catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric => metric.type === 'simple' && metric.entity === entityId,
  );
}

function shownColumn(catalogue: Catalogue, one: CheckedBeside, id: string): AnswerColumn {
  const { dimension, records } = one;
  const known = labelOfFigure(catalogue, one);
  if (dimension === null) {
    const { many } = records.entity.label;
    const label = known ?? `${many[0]?.toUpperCase() ?? ''}${many.slice(1)}${kindOf(one)}`;
    return { id, label, role: 'dimension', type: 'number', format: null };
  }
  // Of the newest state of a score there is one: it is no more than that.
  const isOnly = records.entity.snapshot !== undefined || records.entity.onePerParent !== undefined;
  const label = isOnly ? dimension.label : (known ?? labelOf(one, dimension));
  return { ...dimensionColumn(dimension), id, label };
}

function labelOf(checked: CheckedBeside, { label, type }: DimensionDefinition): string {
  const {
    beside: { show },
    records: { entity },
  } = checked;
  const kind = kindOf(checked);
  const many = `${entity.label.many}${kind}`;
  const one = `${entity.label.one}${kind}`;
  const isTime = type !== 'number';
  switch (show) {
    case 'sum':
      return `${label}, all ${many}`;
    case 'average':
      return `${label}, mean of ${many}`;
    case 'lowest':
      return `${label}, ${isTime ? 'earliest' : 'lowest'} of ${many}`;
    case 'highest':
      return `${label}, ${isTime ? 'latest' : 'highest'} of ${many}`;
    default:
      return `${label} of the latest ${one}`;
  }
}

/** "Activities (Meeting)": what they are narrowed to, where it is one value each. */
function kindOf({ records: { where } }: CheckedBeside): string {
  const values = where.flatMap((any) => {
    const [only, another] = any;
    const value = only?.filter.values[0];
    const isOne = only && !another && only.filter.op === 'eq' && only.filter.values.length === 1;
    if (!isOne || typeof value !== 'string') return [];
    return [only.dimension.values.find((one) => one.value === value)?.label ?? value];
  });
  return values.length === 0 ? '' : ` (${values.join(', ')})`;
}

/** "Open tickets", "MRR": the figure that is made of the same records in the same way. */
function labelOfFigure(
  catalogue: Catalogue,
  { beside, dimension, records }: CheckedBeside,
): string | undefined {
  const aggregate = { count: 'count', sum: 'sum', average: 'avg', lowest: null, highest: null, latest: null }[
    beside.show
  ];
  const where = JSON.stringify(beside.where);
  return simpleMetrics(catalogue, records.entity.id).find(
    ({ measure, filters, timeDimension }) =>
      measure.aggregate === aggregate &&
      measure.path === (dimension?.path ?? null) &&
      measure.times === undefined &&
      measure.since === undefined &&
      filters.length > 0 &&
      (timeDimension === null) === (beside.time === null) &&
      JSON.stringify(
        filters.map(({ dimension: id, op, values }) => ({ any: [{ dimension: id, op, values }] })),
      ) === where,
  )?.label;
}
