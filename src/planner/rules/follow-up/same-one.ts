import type { QueryPlan } from '../../../query/metric-query.ts';
import { applyPatch } from '../../followup/apply-patch.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { understand } from '../understand.ts';

/**
 * "Open tickets" after the health of one customer: those of that customer, as nobody asks about one and then, in two words,
 * about all. A question with anything of its own (a name, a period, whose, everybody) starts anew.
 *
 * @returns null where nothing says that the one before is meant, or the answer knows nothing of it
 */
export function ofTheSameOne(
  { catalogue, question, now, zone, stored, fiscalStartMonth }: PlanRequest,
  previous: QueryPlan,
  { plan }: PlannedQuestion,
): QueryPlan | null {
  const isPlan = plan.kind === 'metric' || plan.kind === 'list';
  if (!isPlan || !isBare.test(question.trim())) return null;
  const one = previous.where.find(({ any: [filter, more] }) => {
    const isNamed =
      filter?.op === 'eq' && filter.values.length === 1 && isCalledByName.test(filter.dimension);
    return isNamed && more === undefined;
  });
  if (one === undefined || plan.related !== undefined || plan.where.some((group) => isOfOne(group)))
    return null;
  const read = understand(question, catalogue, now, zone, { stored, fiscalStartMonth });
  const saysMore =
    read.names.length > 0 ||
    read.time.range !== null ||
    read.subject !== 'none' ||
    (read.ranking !== null && !isNewest(plan)) ||
    read.numbers.length > 0;
  if (saysMore || (plan.kind === 'metric' && plan.groupBy.length > 0)) return null;
  const found = applyPatch(catalogue, plan, { kind: 'patch', where: { op: 'add', all: [one] } });
  return found.ok ? found.value : null;
}

/** One to three words, none of which speaks of all. */
const isBare =
  /^(?!(?:all|any|every|everybody|everyone|overall|total|company|our|how|what|which|who|when|where|show|list|give|help)\b)[\p{L}-]+(?: [\p{L}-]+){0,2}[?.!]*$/iu;
const isCalledByName = /^(?:account|partner)$/;
const isOfOne = ({ any }: QueryPlan['where'][number]): boolean =>
  any.some(({ dimension }) => isCalledByName.test(dimension));

/** "Last activity", "newest ticket". */
const isNewest = (plan: QueryPlan): boolean => plan.kind === 'list' && plan.limit === 1;
