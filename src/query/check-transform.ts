import type { MetricDefinition, SimpleMetric } from '../catalogue/catalogue.ts';
import type { Issue } from '../toolkit/issue.ts';
import { upperFirst } from '../toolkit/letter-case.ts';
import type { MetricPlan } from './metric-query.ts';

interface Shape {
  readonly metrics: readonly { readonly metric: MetricDefinition; readonly parts: readonly SimpleMetric[] }[];
  /** Groups by a time that has points, and the other ones. */
  readonly times: number;
  readonly groups: number;
  /** Newest states by day: they add up over groups, never over days. */
  readonly isStateByDay: (part: SimpleMetric) => boolean;
}

/** Whether the figures of an answer allow what is to be shown beside them. */
export function checkTransform(
  plan: MetricPlan,
  { metrics, times, groups, isStateByDay }: Shape,
): readonly Issue[] {
  const { transform } = plan;
  if (transform === 'none') return [];
  const issues: Issue[] = [];
  const say = (code: string, message: string, path = 'transform') => issues.push({ code, path, message });
  if (transform === 'ratio') {
    if (metrics.length !== 2)
      say(
        'ratio-needs-two',
        'A ratio needs exactly two figures: the one that is divided, and by what.',
        'metrics',
      );
    return issues;
  }
  const isAlongTime = alongTime.has(transform);
  if (isAlongTime && times === 0) {
    say(
      'transform-needs-time',
      `${upperFirst(transformWords[transform])} needs a course over time; group by time, or compare with an earlier period.`,
    );
  } else if (groups === 0) {
    say(
      'transform-needs-groups',
      `${upperFirst(transformWords[transform])} needs groups; say by what to split.`,
    );
  }
  if (times > 1) {
    say(
      'transform-two-times',
      `${upperFirst(transformWords[transform])} needs one course over time, not two.`,
    );
  }
  if (transform !== 'share' && transform !== 'running') return issues;
  for (const [index, { metric, parts }] of metrics.entries()) {
    const path = `metrics[${index}]`;
    if (metric.type !== 'simple' || !metric.additive) {
      say(
        'not-additive',
        `${metric.label} of several groups does not add up to that of all, so there is no ${transform === 'share' ? 'share' : 'running total'} of it.`,
        path,
      );
    } else if (
      transform === 'running' &&
      times > 0 &&
      parts.some((part) => part.timeDimension === null || isStateByDay(part))
    ) {
      say('not-additive', `${metric.label} is a state: days do not add up to a running total.`, path);
    }
  }
  return issues;
}

/** Read from one point in time to the next. */
export const alongTime: ReadonlySet<MetricPlan['transform']> = new Set([
  'change',
  'pct_change',
  'moving_avg',
  'mean',
]);

const transformWords: Readonly<Record<Exclude<MetricPlan['transform'], 'none'>, string>> = {
  change: 'a change from point to point',
  pct_change: 'a change from point to point',
  share: 'a share of the total',
  running: 'a running total',
  rank: 'a rank',
  ratio: 'a ratio',
  moving_avg: 'a moving average',
  mean: 'a mean of points',
};
