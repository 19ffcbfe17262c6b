import { type Catalogue, metricTime, type SimpleMetric } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import { transformColumn } from '../../../query/shown-columns.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { canonical } from '../canonical.ts';
import { isCountOf } from '../compose/draft.ts';
import { perOther } from '../siblings.ts';
import { monthPattern } from '../time/time-words.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { isOfSameRows, plainFigure } from './plain-figure.ts';
import { withoutOpening } from './question-opening.ts';
import type { PlanWords } from './with-related.ts';

const rest = `(?<rest>(?:,? (?:by|in|for|this|last|since|over|during|among|from|at|on|between|today|yesterday|q[1-4]|${monthPattern}) ?.*)?)`;
const name = '\\S+(?: \\S+){0,2}?';

const quotients: readonly RegExp[] = [
  new RegExp(`^ratio (?:of|between) (?<of>.+?) (?:to|and|over) (?<over>${name})${rest}$`, 'i'),
  new RegExp(`^(?<of>\\S.*?) to (?<over>${name}) ratio${rest}$`, 'i'),
  new RegExp(`^(?<of>\\S.*?) divided by (?:the )?(?<over>${name})${rest}$`, 'i'),
];
const perOne = new RegExp(`^(?<of>\\S.*?),? (?:per|for each|for every) (?<over>${name})${rest}$`, 'i');
const averages: readonly RegExp[] = [
  new RegExp(
    `^(?:average|avg|mean)(?: (?:number|count|amount|no\\.?) of)? (?<of>\\S.*?) (?:per|for each|for every) (?<over>${name})${rest}$`,
    'i',
  ),
  new RegExp(
    `^(?:(?:on|in) average,? )?how many (?<of>\\S.*?) (?:per|for each|for every) (?<over>${name})(?: (?:do i have|do we have|are there))?(?: (?:on|in) average)?${rest}$`,
    'i',
  ),
  new RegExp(
    `^(?<of>\\S.*?) (?:per|for each|for every) (?<over>${name}),? (?:on average|avg|average|mean)${rest}$`,
    'i',
  ),
];
const saysAverage = /\b(?:average|avg|mean)\b/i;

interface Found {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

/** "Average number of tickets per customer": one number over all customers, where the words alone would show each of them. */
export function planAverageRatio(question: string, catalogue: Catalogue, planWords: PlanWords): Found | null {
  const isAsked = saysAverage.test(question);
  return firstOf(isAsked ? averages : [perOne], question, (said) => {
    // "Tickets per customer by segment": of each segment one number, not one per customer.
    const split = /^,? (?:by|(?:in|for|of) (?:each|every)) /i;
    if (!isAsked && !split.test(said.rest)) return null;
    const { keyOf } = vocabularyOf(catalogue);
    const isRecord = keyOf(canonical((said.over.split(' ')[0] ?? '').toLowerCase())).startsWith('@');
    if (!isRecord || /^(?:rep|agent|owner|person|people|engineer|seller)s?\b/i.test(said.over)) return null;
    const own = isAsked ? plainFigure(planWords(`average ${said.of}`)) : null;
    const average = catalogue.metrics.get(own?.plan.metrics[0] ?? '');
    // "Average ARR per customer" is a figure of customers as it stands.
    const records = keyOf(canonical((said.over.split(' ')[0] ?? '').toLowerCase())).slice(1);
    const isOwn = average !== undefined && (average.type !== 'simple' || average.entity === records);
    return isOwn ? null : ratio(catalogue, planWords, said, true);
  });
}

/** "MRR per seat", "ratio of leads to deals", "open pipeline divided by quota": two figures, and the one over the other. */
export function planRatio(question: string, catalogue: Catalogue, planWords: PlanWords): Found | null {
  return firstOf([...quotients, perOne], question, (said) => ratio(catalogue, planWords, said, false));
}

interface Said {
  readonly of: string;
  readonly over: string;
  readonly rest: string;
}

function firstOf(
  patterns: readonly RegExp[],
  question: string,
  plan: (said: Said) => Found | null,
): Found | null {
  const text = withoutOpening(question);
  for (const pattern of patterns) {
    const { of, over, rest: after = '' } = pattern.exec(text)?.groups ?? {};
    const found = of === undefined || over === undefined ? null : plan({ of, over, rest: after });
    if (found) return found;
  }
  return null;
}

/** "Messages per conversation" may be a figure with a name of its own. */
function isNamed(catalogue: Catalogue, { of, over }: Said): boolean {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const counted = of.replace(/^(?:(?:the|average|mean|number|of) )+/i, '');
  const noun = over.split(' ')[0] ?? '';
  return [`${counted} per ${noun}`, `${counted} ${noun}`, `average ${counted} ${noun}`].some((name) =>
    phrases.get(wordsOf(name).map(keyOf).join(' '))?.meanings.some(({ kind }) => kind === 'metric'),
  );
}

function ratio(catalogue: Catalogue, planWords: PlanWords, said: Said, isAverage: boolean): Found | null {
  if (isNamed(catalogue, said)) return null;
  const upper =
    plainFigure(planWords(`${said.of}${said.rest}`)) ??
    plainFigure(planWords(`how many ${said.of}${said.rest}`));
  if (!upper) return null;
  const alone = plainFigure(planWords(`how many ${said.over}`)) ?? plainFigure(planWords(said.over));
  const by = alone && simple(catalogue, alone.plan);
  const of = simple(catalogue, upper.plan);
  if (!by || !of || by.id === of.id || !addsUp(of) || !addsUp(by) || perOther(catalogue, of) !== null)
    return null;
  if (isAverage && !isCountOf(catalogue, by, entityOf(catalogue, by)?.id ?? '')) return null;
  const { plan } = upper;
  // Days of users are no users that a number of seats could be set against.
  if (/days/i.test(of.label) && by.timeDimension === null) return null;
  // A state has no period: what happened in a month is set against those there are.
  const isTimed = by.timeDimension !== null;
  const lower = isTimed
    ? (plainFigure(planWords(`how many ${said.over}${said.rest}`)) ??
      plainFigure(planWords(`${said.over}${said.rest}`)))
    : alone;
  if (
    !lower ||
    lower.plan.metrics[0] !== by.id ||
    plan.groupBy.some(({ dimension }) => dimension === metricTime && !isTimed)
  )
    return null;
  if (plan.orderBy.length > 0 || (isTimed && !isOfSameRows(plan, lower.plan))) return null;
  const isSplit = plan.groupBy.length > 0 && plan.groupBy.every(({ dimension }) => dimension !== metricTime);
  const added = alone.plan.where.length > 0 || alone.plan.subject !== 'none';
  if (!isTimed && added) return null;
  return {
    plan: {
      ...plan,
      metrics: [of.id, by.id],
      transform: 'ratio',
      orderBy: isSplit ? [{ by: transformColumn(of.id, 'ratio'), direction: 'desc' }] : [],
    },
    from: [upper.from, lower.from],
  };
}

const addsUp = ({ measure }: SimpleMetric): boolean => /^(?:count|sum)/.test(measure.aggregate);

function simple(catalogue: Catalogue, { metrics: [id = ''] }: MetricPlan): SimpleMetric | null {
  const metric = catalogue.metrics.get(id);
  return metric?.type === 'simple' ? metric : null;
}
