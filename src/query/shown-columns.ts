import type { MetricPlan } from './metric-query.ts';

/** Ends of the column ids that stand beside a metric; `change` is taken by the comparison of two periods. */
const transformSuffixes: Readonly<Record<Exclude<MetricPlan['transform'], 'none'>, string>> = {
  change: 'step',
  pct_change: 'pct_step',
  share: 'share',
  running: 'running',
  rank: 'rank',
  ratio: 'ratio',
  mean: 'mean',
  moving_avg: 'moving_avg',
};

export function transformColumn(
  metricId: string,
  transform: Exclude<MetricPlan['transform'], 'none'>,
): string {
  return `${metricId}__${transformSuffixes[transform]}`;
}

/** Whether the figure at this place has something computed beside it: of a ratio, the first. */
export const hasTransform = ({ transform }: Pick<MetricPlan, 'transform'>, index: number): boolean =>
  transform !== 'none' && (transform !== 'ratio' || index === 0);

/** The figure without the conditions that make the part. */
export const wholeColumn = (metricId: string): string => `${metricId}__whole`;

export const partShareColumn = (metricId: string): string => `${metricId}__of_whole`;

/** Ids of all columns with figures that a plan shows, in the order of the answer. */
export function figureColumns(
  plan: Pick<MetricPlan, 'metrics' | 'compare' | 'transform' | 'part'>,
): readonly string[] {
  return plan.metrics.flatMap((id, index) => [
    id,
    ...(plan.part ? [wholeColumn(id), partShareColumn(id)] : []),
    ...comparisonColumns(id, plan.compare),
    ...(plan.transform !== 'none' && hasTransform(plan, index) ? [transformColumn(id, plan.transform)] : []),
  ]);
}

function comparisonColumns(id: string, compare: MetricPlan['compare']): readonly string[] {
  if (compare === 'none') return [];
  return compare === 'target' ? [`${id}__target`, `${id}__to_target`] : [`${id}__previous`, `${id}__change`];
}
