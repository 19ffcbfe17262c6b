import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { withoutOpening } from './question-opening.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

const seconds: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400, week: 604_800 };
const ops: readonly (readonly [RegExp, MetricPlan['having'][number]['op']])[] = [
  [/^(?:above|over|(?:more|longer|greater|higher) than)$/i, 'gt'],
  [/^(?:below|under|(?:less|shorter|lower) than)$/i, 'lt'],
  [/^at least$/i, 'gte'],
  [/^at most$/i, 'lte'],
];
const limited =
  /^(?<groups>[a-z]+(?: [a-z]+)?) (?:with|whose|where|having|(?:(?:that|who) )?(?:have|has|had)) (?:an? |the |their )?(?<figure>[a-z][a-z -]{0,40}?)(?: (?:is|are|was|were))? (?<op>above|over|below|under|at least|at most|(?:more|longer|greater|higher|less|shorter|lower) than) (?<n>\d+(?:\.\d+)?) (?<unit>minute|hour|day|week)s?$/i;

/**
 * "Categories with a median resolution time above 2 days", "customers whose average resolution time is over 40 hours": the
 * time of each group, where "tickets with a resolution time above 2 days" compares each ticket.
 */
export function planMeanLimit(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  const said = limited.exec(withoutOpening(question))?.groups;
  const op = ops.find(([words]) => words.test(said?.['op'] ?? ''))?.[1];
  if (!said || op === undefined) return null;
  const core = planWords(`${said['figure'] ?? ''} by ${said['groups'] ?? ''}`);
  const plan = core?.plan;
  if (!core || plan?.kind !== 'metric' || plan.groupBy.length !== 1 || plan.having.length > 0) return null;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  const group = catalogue.dimensions.get(plan.groupBy[0]?.dimension ?? '');
  const isTime = metric?.type === 'simple' && metric.format.kind === 'duration' && !metric.additive;
  if (!isTime || plan.metrics.length > 1 || plan.orderBy.length > 0 || group === undefined) return null;
  const rows = entityOf(catalogue, metric);
  if (rows !== null && group.entity === rows.id && [rows.key, rows.titleColumn].includes(group.path))
    return null;
  const value = Number(said['n']) * (seconds[(said['unit'] ?? '').toLowerCase()] ?? 1);
  return { plan: { ...plan, having: [{ metric: metric.id, op, value }] }, from: [core] };
}
