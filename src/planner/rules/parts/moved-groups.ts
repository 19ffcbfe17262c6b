import { type Catalogue, type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { byGroups } from './deed-figures.ts';
import { type Move, readMoves, type SaidMoves, type Way } from './moved-words.ts';
import { isOfSameRows } from './plain-figure.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

/**
 * "Accounts that had more tickets this month than last month", "products with falling sales", "is usage falling at any of my
 * customers": the figure of each group in both periods, and only the groups whose figure moved as it is said. Of two
 * figures both must have.
 *
 * @param question a tidied question
 */
export function planMovedGroups(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): Planned | null {
  const said = readMoves(question);
  if (said === null) return null;
  const figures = said.moves.map((move) => figureOf(said, move, catalogue, planWords));
  const known = figures.filter((one) => one !== null);
  const [first] = known;
  if (first === undefined || known.length < figures.length) return null;
  if (!known.every((one) => isOfSameRows(one.plan, first.plan) && one.plan.compare === first.plan.compare))
    return null;
  const conditions = known.map(({ metric }, index) => conditionOn(metric, said.moves[index]?.way ?? 'up'));
  const having = conditions.filter((one) => one !== null);
  const [order] = having;
  if (order === undefined || having.length < conditions.length) return null;
  const metrics = [...new Set(known.map(({ metric }) => metric.id))];
  return {
    plan: {
      ...first.plan,
      metrics,
      having: [...having],
      orderBy: [{ by: order.metric, direction: order.op === 'gt' ? 'desc' : 'asc' }],
    },
    from: known.map(({ from }) => from),
  };
}

interface Figure {
  readonly metric: MetricDefinition;
  readonly plan: MetricPlan;
  readonly from: PlannedQuestion;
}

/** The figure by its groups, in its period and the one before. */
function figureOf(said: SaidMoves, move: Move, catalogue: Catalogue, planWords: PlanWords): Figure | null {
  for (const text of textsOf(said, move)) {
    const from = planWords(text);
    const plan = from?.plan;
    if (!from || plan?.kind !== 'metric') continue;
    const [id = '', another] = plan.metrics;
    const metric = catalogue.metrics.get(id);
    const compare = plan.compare === 'none' && said.reference === null ? 'previous_period' : plan.compare;
    if (!metric || another !== undefined || !isOfGroups(plan) || !hasBefore(catalogue, metric)) continue;
    if (compare === 'none' || compare === 'target') continue;
    return { metric, plan: { ...plan, compare }, from };
  }
  return null;
}

function textsOf({ groups, rest, reference, deed }: SaidMoves, { figure }: Move): readonly string[] {
  const behind = [rest, ...(reference === null ? [] : [`versus ${reference}`])].filter((part) => part !== '');
  const by = byGroups(groups);
  const names = [
    ...(deed === null || /^(?:had|have|has|got|get|see|saw|with)$/i.test(deed) ? [] : [`${figure} ${deed}`]),
    ...(/^sales$/i.test(figure) ? ['sales amount'] : []),
    ...(/^(?:product )?usage$/i.test(figure) ? ['API calls'] : []),
    figure,
  ];
  return names.map((name) => [name, by, ...behind].join(' '));
}

const isOfGroups = ({ groupBy, transform, part, having, related }: MetricPlan): boolean =>
  groupBy.length > 0 &&
  groupBy.every(({ dimension }) => dimension !== metricTime) &&
  transform === 'none' &&
  having.length === 0 &&
  part === undefined &&
  related === undefined;

/** A state as of now has no period before. */
const hasBefore = (catalogue: Catalogue, metric: MetricDefinition): boolean =>
  simpleParts(catalogue, metric).every(({ timeDimension }) => timeDimension !== null);

function conditionOn(
  { id, goodDirection }: MetricDefinition,
  way: Way,
): { readonly metric: string; readonly op: 'gt' | 'lt'; readonly value: number } | null {
  if (goodDirection === 'none' && (way === 'better' || way === 'worse')) return null;
  const isUp =
    way === 'up' || (way === 'better' ? goodDirection === 'up' : way === 'worse' && goodDirection === 'down');
  return { metric: `${id}__change`, op: isUp ? 'gt' : 'lt', value: 0 };
}
