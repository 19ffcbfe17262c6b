import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { ListPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { periodCondition } from '../period-condition.ts';
import { recordsPlan } from './asides.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: ListPlan;
  readonly from: readonly PlannedQuestion[];
}

/** One side of an "or", understood as a question of its own. */
interface Side {
  readonly plan: ListPlan;
  readonly from: PlannedQuestion;
  readonly isOver: boolean;
}

const asked =
  /^(?:(?:please|pls) )?(?:(?:show|list|give|tell|find|name|get)(?: me| us)? )?(?:(?:which|what|all|any|the|of) )*/i;
const linking = /^(?:(?:that|which|who) )?(?:(?:are|is|were|was|have|has|will|be|either) )*/i;
/** A date that lies behind, whatever the records call it. */
const over =
  /^(?:already |have |has |are |is )*(?:expired|overdue|over ?due|lapsed|late|run out|ran out|past their (?:due|close|end) date|slipped)(?: already)?$/i;
const mostNounWords = 5;

/**
 * "Certifications that have expired or run out within 30 days", "urgent or escalated tickets of my team": records of
 * which one or the other holds. Both are understood alone; what both have in common stays, and the one condition in which they
 * differ may be either. What is over, or will be by a day, lies before the end of that day.
 */
export function planEither(
  { question, catalogue, now, zone }: Pick<PlanRequest, 'question' | 'catalogue' | 'now' | 'zone'>,
  planWords: PlanWords,
): Planned | null {
  const text = question.replace(/[?!.\s]+$/, '').replace(asked, '');
  const [before, after, another] = text.split(/ or /i);
  if (before === undefined || after === undefined || another !== undefined || /,/.test(text)) return null;
  const words = before.split(' ');
  for (let length = 1; length <= Math.min(mostNounWords, words.length - 1); length += 1) {
    const noun = words.slice(0, length).join(' ');
    const sides = [words.slice(length).join(' '), after].map((said) =>
      sideOf(catalogue, noun, said.replace(linking, '').trim(), planWords),
    );
    const [left, right] = sides;
    if (!left || !right) continue;
    const plan = eitherOf(left, right) ?? untilThen({ catalogue, now, zone }, left, right);
    if (plan !== null) return { plan, from: [left.from, right.from] };
  }
  return adjectives(catalogue, before, after, planWords);
}

/** "Urgent or escalated tickets", "stale or overdue deals of my team": what they are stands in front of them. */
function adjectives(
  catalogue: Catalogue,
  before: string,
  after: string,
  planWords: PlanWords,
): Planned | null {
  const whose = /^(?:my|our|my team's) /i.exec(before)?.[0] ?? '';
  const first = before.slice(whose.length);
  if (first.split(' ').length > 3) return null;
  const words = after.split(' ');
  for (let length = 1; length <= Math.min(2, words.length - 1); length += 1) {
    const noun = `${whose}${words.slice(length).join(' ')}`;
    const left = sideOf(catalogue, noun, first, planWords);
    const right = sideOf(catalogue, noun, words.slice(0, length).join(' '), planWords);
    const plan = left && right && eitherOf(asSaid(left, right), asSaid(right, left));
    if (plan) return { plan, from: [left.from, right.from] };
  }
  return null;
}

/** A period that the other side does not have was not said, since it would stand behind both. */
function asSaid(side: Side, other: Side): Side {
  if (side.plan.time === null || other.plan.time !== null) return side;
  const { timeDimension: _unsaid, ...plan } = side.plan;
  return { ...side, plan: { ...plan, time: null } };
}

function sideOf(catalogue: Catalogue, noun: string, said: string, planWords: PlanWords): Side | null {
  if (said === '') return null;
  const found =
    recordsPlan(catalogue, planWords(`${noun} ${said}`)) ??
    recordsPlan(catalogue, planWords(`${said} ${noun}`));
  const isPlain =
    found !== null &&
    found.plan.related === undefined &&
    found.plan.orderBy.length === 0 &&
    !found.plan.onePer;
  return isPlain ? { ...found, isOver: over.test(said) } : null;
}

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Rows of one state or another: the same records at the same time, told apart by one condition each. */
function eitherOf({ plan: left }: Side, { plan: right }: Side): ListPlan | null {
  const isSame = (['entity', 'time', 'timeDimension', 'subject'] as const).every((key) =>
    same(left[key], right[key]),
  );
  if (!isSame) return null;
  const only = (own: ListPlan, other: ListPlan): ListPlan['where'] =>
    own.where.filter((group) => !other.where.some((one) => same(one, group)));
  const [first, more] = only(left, right);
  const [second, others] = only(right, left);
  if (!first || !second || more || others || first.any.length + second.any.length > 6) return null;
  const common = left.where.filter((group) => !same(group, first));
  return { ...left, where: [...common, { any: [...first.any, ...second.any] }] };
}

interface Settings {
  readonly catalogue: Catalogue;
  readonly now: Date;
  readonly zone: string;
}

/** What is over already, or will be by the end of a period: all that lies before that end. */
function untilThen({ catalogue, now, zone }: Settings, left: Side, right: Side): ListPlan | null {
  const [past, ahead] = left.isOver ? [left, right] : right.isOver ? [right, left] : [null, null];
  const { plan } = ahead ?? {};
  if (!past || !plan || plan.time === null) return null;
  const dimension = plan.timeDimension ?? catalogue.entities.get(plan.entity)?.defaultTime;
  const filter = dimension == null ? null : periodCondition(dimension, plan.time, { now, zone });
  const end = filter?.op === 'between' ? filter.values[1] : filter?.op === 'lte' ? filter.values[0] : null;
  if (typeof end !== 'string') return null;
  const isDate = ({ any }: ListPlan['where'][number]): boolean =>
    any.some((one) => one.dimension === dimension);
  const isOver = ({ any }: ListPlan['where'][number]): boolean =>
    any.some(({ values }) => values.some((value) => over.test(String(value).replaceAll('_', ' '))));
  // "Overdue or due this week": of those that are still to be done.
  const state =
    past.plan.entity === plan.entity
      ? past.plan.where.filter((group) => !isDate(group) && !isOver(group))
      : [];
  const where = [...plan.where, ...state.filter((group) => !plan.where.some((one) => same(one, group)))];
  return { ...plan, where, time: { kind: 'between', to: end } };
}
