import type { Catalogue, DimensionDefinition } from '../../catalogue/catalogue.ts';
import { metricTime } from '../../catalogue/catalogue.ts';
import { filterCatalogue } from '../../catalogue/filter-catalogue.ts';
import { simpleParts } from '../../catalogue/lookup.ts';
import { findWay } from '../../catalogue/paths.ts';
import type { Role } from '../../domain/records.ts';
import { checkMetricPlan } from '../../query/check-metric-plan.ts';
import type { MetricPlan } from '../../query/metric-query.ts';
import type { Spread } from '../../query/spread.ts';

export interface Drill {
  readonly id: string;
  readonly label: string;
}

/** More choices than this nobody reads. */
const mostDrills = 25;
/** So many groups still fit on a screen. */
const readableGroups = 12;
/** The contract takes three groupings. */
const mostGroupings = 3;

/**
 * Dimensions by which an answer can be split further: those that every metric of the plan reaches and that are not
 * used yet, the best first. Best is what says much with few groups; without knowledge of the rows a closed list of
 * words of the entity itself.
 *
 * @param spreads by dimension id; may be empty
 */
export function drillDimensions(
  catalogue: Catalogue,
  role: Role,
  plan: MetricPlan,
  spreads: ReadonlyMap<string, Spread>,
): readonly Drill[] {
  const mine = filterCatalogue(catalogue, role);
  const metrics = plan.metrics.flatMap((id) => mine.metrics.get(id) ?? []);
  const parts = metrics.flatMap((metric) => simpleParts(mine, metric));
  const [first] = parts;
  if (first === undefined) return [];
  const pinned = pinnedDimensions(plan, parts);
  const used = new Set([...plan.groupBy.map(({ dimension }) => dimension), ...pinned]);
  const fits = (id: string): boolean =>
    checkMetricPlan({ all: catalogue, mine, role }, drilledPlan(plan, id)).ok;
  const found = [...mine.dimensions.values()]
    .filter(
      ({ id, groupable, type }) => groupable && !used.has(id) && (type === 'text' || type === 'boolean'),
    )
    .flatMap((dimension) => {
      const way = findWay(mine, first.entity, dimension);
      const spread = spreads.get(dimension.id);
      // One value on all rows splits nothing.
      if (!way || (spread !== undefined && spread.values < 2)) return [];
      return [{ dimension, score: scoreOf(dimension, way.distance, spread) }];
    })
    .sort((a, b) => b.score - a.score || (a.dimension.label < b.dimension.label ? -1 : 1));
  const drills: Drill[] = [];
  if (!used.has(metricTime) && parts.every(({ timeDimension }) => timeDimension !== null) && fits(metricTime))
    drills.push({ id: metricTime, label: 'Time' });
  for (const { dimension } of found) {
    if (drills.length >= mostDrills) break;
    if (fits(dimension.id)) drills.push({ id: dimension.id, label: dimension.label });
  }
  return drills;
}

/** The plan with one grouping more; at the contract's limit the last one gives way. */
export function drilledPlan(plan: MetricPlan, dimension: string): MetricPlan {
  const kept = plan.groupBy.slice(0, mostGroupings - 1);
  return {
    ...plan,
    groupBy: [...kept, { dimension }],
    orderBy: plan.orderBy.filter(
      ({ by }) =>
        kept.some((group) => group.dimension === by) || plan.metrics.includes(by.split('__')[0] ?? ''),
    ),
    limit: Math.max(plan.limit, 50),
    chart: 'auto',
  };
}

/** Dimensions that have one value already, by the question or by the metric itself. */
function pinnedDimensions(
  plan: MetricPlan,
  parts: readonly { readonly filters: readonly { readonly dimension: string; readonly op: string }[] }[],
): readonly string[] {
  const asked = plan.where.flatMap(({ any }) => {
    const [only, ...others] = any;
    const isOne = only?.op === 'is_null' || (only?.op === 'eq' && only.values.length === 1);
    return only !== undefined && others.length === 0 && isOne ? [only.dimension] : [];
  });
  const own = parts.flatMap(({ filters }) =>
    filters.flatMap(({ dimension, op }) => (op === 'eq' || op === 'is_null' ? [dimension] : [])),
  );
  return [...asked, ...own];
}

/** Bits that a reader takes in, less what many groups and a far way cost. */
function scoreOf(dimension: DimensionDefinition, distance: number, spread: Spread | undefined): number {
  const groups = spread?.values ?? guessedGroups(dimension);
  const bits = spread?.information ?? Math.log2(groups) * 0.7;
  const tooMany = Math.max(0, Math.log2(groups / readableGroups));
  return Math.min(bits, Math.log2(readableGroups)) - tooMany - distance * 0.4;
}

function guessedGroups(dimension: DimensionDefinition): number {
  if (dimension.type === 'boolean') return 2;
  return dimension.values.length > 0 ? dimension.values.length : 100;
}
