import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import type { Filter, ListPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { tidy } from '../token.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

const said = /^(?<core>.+?),? excluding (?<what>[^,;]+?)(?<rest>,[^;]*)?$/i;
/** What stands for the rows of the question: "the ones on hold", "anything below 20k". */
const rowsOfIt =
  /^(?:all |any of )?(?:the |those )?(?:ones?|those|anything|everything|any|stuff|things?|whatever)\b ?/i;
const relative =
  /\b(?:that|which|who|whose|where|with|below|above|under|over|less than|more than|older|younger|from|in|on|by|came|come)\b/i;

/** Whether an exception is more than a value: a clause of its own, which must be read whole. */
const isClause = (what: string): boolean => rowsOfIt.test(what) || relative.test(what);

/**
 * "Open tickets, leaving out the ones that are on hold", "won deals excluding renewals": what does not count is understood
 * as a list of the same records, and whatever makes it one is turned round. Null where it is none of those records, or
 * where more than their own properties tells it.
 *
 * @param isOnlyClause values alone are left to those who read the question as it stands
 */
export function planExcept(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
  { isOnlyClause }: { readonly isOnlyClause: boolean },
): Planned | null {
  const groups = said.exec(tidy(question).replace(/[?!.]+$/, ''))?.groups;
  const { core: words = '', what = '', rest = '' } = groups ?? {};
  if (what === '' || / excluding /i.test(words) || (isOnlyClause && !isClause(what))) return null;
  const core = planWords(`${words}${rest}`);
  const entity = core && entityOfRows(catalogue, core.plan);
  if (!core || !entity || (core.plan.kind !== 'metric' && core.plan.kind !== 'list')) return null;
  const left = exceptedOf(catalogue, entity, what, planWords);
  if (left === null) return null;
  const any = left.plan.where.map(({ any: [only] }) => only && negated(only));
  const turned = any.filter((one) => one !== null && one !== undefined);
  if (turned.length === 0 || turned.length < any.length) return null;
  return { plan: { ...core.plan, where: [...core.plan.where, { any: turned }] }, from: [core, left.from] };
}

function entityOfRows(catalogue: Catalogue, plan: PlannedQuestion['plan']): string | null {
  if (plan.kind === 'list') return plan.entity;
  if (plan.kind !== 'metric' || plan.part !== undefined) return null;
  const entities = plan.metrics.map((id) => {
    const metric = catalogue.metrics.get(id);
    return metric ? (entityOf(catalogue, metric)?.id ?? null) : null;
  });
  return new Set(entities).size === 1 ? (entities[0] ?? null) : null;
}

/** What does not count, as a list of the same records without a period, told by single conditions. */
function exceptedOf(
  catalogue: Catalogue,
  entity: string,
  what: string,
  planWords: PlanWords,
): { readonly plan: ListPlan; readonly from: PlannedQuestion } | null {
  const noun = catalogue.entities.get(entity)?.label.many.toLowerCase() ?? '';
  const bare = what.replace(/^(?:the|any|all|our|my) (?=\S)/i, '').replace(/ ones$/i, ` ${noun}`);
  const own = what.replace(rowsOfIt, '');
  const texts =
    own === what ? [`list ${bare}`, `list ${bare} ${noun}`, `list ${noun} ${bare}`] : [`list ${noun} ${own}`];
  for (const text of texts) {
    const from = planWords(text);
    if (from?.plan.kind !== 'list' || from.guess !== undefined) continue;
    const { plan } = from;
    const isPlain =
      plan.entity === entity && plan.time === null && plan.related === undefined && plan.subject === 'none';
    if (isPlain && plan.where.length > 0 && plan.where.every(({ any }) => any.length === 1))
      return { plan, from };
  }
  return null;
}

const opposite = {
  eq: 'neq',
  neq: 'eq',
  in: 'not_in',
  not_in: 'in',
  gt: 'lte',
  gte: 'lt',
  lt: 'gte',
  lte: 'gt',
  is_null: 'is_not_null',
  is_not_null: 'is_null',
} as const;

/** The rows for which a condition does not hold; null where no operator says that. */
function negated({ op, ...filter }: Filter): Filter | null {
  return op === 'contains' || op === 'between' ? null : { ...filter, op: opposite[op] };
}
