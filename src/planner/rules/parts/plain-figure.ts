import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';

/** One metric and nothing made of it, with how it was understood. */
export interface PlainFigure {
  readonly plan: MetricPlan;
  readonly from: PlannedQuestion;
}

/** What may be set beside, or over, another figure: no comparison, no share, no condition on the number itself. */
export function plainFigure(planned: PlannedQuestion | null): PlainFigure | null {
  const plan = planned?.plan;
  if (!planned || plan?.kind !== 'metric' || plan.metrics.length !== 1) return null;
  const isPlain =
    plan.compare === 'none' &&
    plan.transform === 'none' &&
    plan.having.length === 0 &&
    !plan.part &&
    !plan.related;
  return isPlain ? { plan, from: planned } : null;
}

/** Whether two figures speak of the same rows, groups and time. */
export const isOfSameRows = (left: MetricPlan, right: MetricPlan): boolean =>
  (['where', 'groupBy', 'time', 'subject'] as const).every(
    (key) => JSON.stringify(left[key]) === JSON.stringify(right[key]),
  );
