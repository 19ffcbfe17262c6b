import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CheckedMetricPlan } from './check-metric-plan.ts';

/** How the figures beside the counted ones came about, one sentence each without its full stop. */
export function transformSteps(
  { plan, groups }: Pick<CheckedMetricPlan, 'plan' | 'groups'>,
  catalogue: Pick<Catalogue, 'metrics' | 'dimensions'>,
): readonly string[] {
  const isTimed = groups.some((group) => group.kind === 'time');
  const hasOthers = groups.length > 1;
  const each = catalogue.dimensions.get(plan.onePer ?? '')?.label;
  const steps = [
    ...targets(plan, catalogue),
    ...(each === undefined ? [] : [`Of each value of “${each}” only the first group is shown`]),
  ];
  switch (plan.transform) {
    case 'none':
      return steps;
    case 'change':
    case 'pct_change':
      return [...steps, 'Change is against the point before'];
    case 'share':
      return [
        ...steps,
        isTimed && hasOthers
          ? 'Share is the part of the total of its point in time, groups that are not shown included'
          : 'Share is the part of the total of all groups, those that are not shown included',
      ];
    case 'running':
      return [
        ...steps,
        isTimed
          ? 'The running total adds up from the first point of the range'
          : 'The running total adds up in the order of the rows',
      ];
    case 'rank':
      return [...steps, 'Rank counts all groups, also those that are not shown; equal figures share a rank'];
    case 'ratio': {
      const [first = '', second = ''] = plan.metrics.map((id) => catalogue.metrics.get(id)?.label ?? id);
      return [...steps, `${first} is divided by ${second}; where that is zero there is no ratio`];
    }
    case 'mean':
      return [...steps, 'The mean is that of all points of the range, the one that still runs included'];
    case 'moving_avg':
      return [
        ...steps,
        `The moving average is the mean of a point and the ${plan.window - 1} before it, unknown until there are as many`,
      ];
  }
}

function targets(plan: CheckedMetricPlan['plan'], catalogue: Pick<Catalogue, 'metrics'>): readonly string[] {
  if (plan.compare !== 'target') return [];
  const labels = plan.metrics.flatMap((id) => catalogue.metrics.get(id)?.label ?? []);
  return [`Compared with the target that the catalogue sets for ${labels.join(' and ')}`];
}
