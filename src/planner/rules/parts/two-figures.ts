import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { isOfSameRows, type PlainFigure, plainFigure } from './plain-figure.ts';
import { withoutOpening } from './question-opening.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

const joiners = / (?:and|&|\+|plus|as well as) (?:the )?/gi;
const mostWords = 8;

/**
 * "Order count and revenue per week since October", "ARR and number of accounts by region": two figures that share all
 * that is said behind them. Each is understood as a question of its own, with the same words behind it.
 */
export function planTwoFigures(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  const text = withoutOpening(question);
  for (const joiner of text.matchAll(joiners)) {
    const left = text.slice(0, joiner.index);
    const said = text.slice(joiner.index + joiner[0].length);
    // What orders bring in is their amount, whatever revenue is of deals.
    const right = /\b(?:orders?|sales|customers? bought)\b/i.test(left)
      ? said.replace(/^(?:revenue|value|amount)\b/i, 'sales amount')
      : said;
    if (left.split(' ').length > mostWords) continue;
    const second = figure(planWords(right)) ?? figure(planWords(`number of ${right}`));
    if (second === null) continue;
    const words = right.split(' ');
    for (let from = words.length; from > 0; from -= 1) {
      const shared = words.slice(from).join(' ');
      const first = sharing(catalogue, planWords, `${left} ${shared}`.trim(), second.plan);
      if (first === null) continue;
      const metrics = [...new Set([...first.plan.metrics, ...second.plan.metrics])];
      return metrics.length === 2
        ? { plan: { ...second.plan, metrics }, from: [first.from, second.from] }
        : null;
    }
  }
  return null;
}

/** The first figure, when it speaks of the same rows, groups and time as the second. */
function sharing(catalogue: Catalogue, planWords: PlanWords, text: string, second: MetricPlan) {
  const first = figure(planWords(text)) ?? figure(planWords(`number of ${text}`));
  if (first === null) return null;
  // A state as of now and what happened in a usual period are not told in one breath.
  return isOfSameRows(first.plan, second) &&
    (second.time !== null || periodOf(catalogue, first.plan) === periodOf(catalogue, second))
    ? first
    : null;
}

function periodOf(catalogue: Catalogue, { metrics: [id = ''] }: MetricPlan): string | null {
  const metric = catalogue.metrics.get(id);
  return metric?.type === 'simple'
    ? JSON.stringify(metric.timeDimension === null ? null : metric.defaultTime)
    : id;
}

/** A ranking has its own order, which a second figure would not share. */
function figure(planned: PlannedQuestion | null): PlainFigure | null {
  const found = plainFigure(planned);
  return found?.plan.orderBy.length === 0 ? found : null;
}
