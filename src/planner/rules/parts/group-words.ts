import { type Catalogue, type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import { reachable } from '../compose/reach.ts';

/** Groups in words that stand behind "by", where another figure is asked for each of them. */
export function groupWords(catalogue: Catalogue, groups: MetricPlan['groupBy']): string | null {
  const said = groups.map(
    ({ dimension, grain }) => grain ?? catalogue.dimensions.get(dimension)?.label.toLowerCase(),
  );
  return said.length === 0 || said.includes(undefined) ? null : said.join(' and ');
}

/** Conditions on rows hold for every figure of a plan, which a figure of other rows may not know. */
export const mayShare = (catalogue: Catalogue, { where }: MetricPlan, metric: MetricDefinition): boolean =>
  simpleParts(catalogue, metric).every(({ entity }) =>
    where.every(({ any }) =>
      any.every(({ dimension }) => reachable(catalogue, entity, [dimension]).length > 0),
    ),
  );

/** Whether a figure can be told of each of these groups. */
export const mayBeSplit = (
  catalogue: Catalogue,
  { groupBy }: MetricPlan,
  metric: MetricDefinition,
): boolean =>
  simpleParts(catalogue, metric).every(({ entity }) =>
    groupBy.every(
      ({ dimension }) => dimension === metricTime || reachable(catalogue, entity, [dimension]).length > 0,
    ),
  );
