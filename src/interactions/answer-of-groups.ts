import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { Filter, MetricPlan, QueryPlan } from '../query/metric-query.ts';
import type { AnswerDeps } from './answer-deps.ts';
import { type PlanResult, runPlan } from './run-plan.ts';

const mostNamed = 5;
const mostValues = 50;

/**
 * "List them" after "who has the most open tickets": the records of the groups that the answer before showed. It runs again under
 * the rights of whoever asks now, and whose records they are is said.
 */
export async function answerOfGroups(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: Asker,
  plan: QueryPlan,
  groups: MetricPlan,
): Promise<PlanResult> {
  const shown = await runPlan(deps, catalogue, asker, groups);
  if (shown.kind !== 'rows') return shown;
  const conditions = conditionsOf(groups, shown.data);
  if (conditions === null) return { kind: 'refuse', refusal: unclear };
  const where = [...plan.where, ...conditions.map((any) => ({ any: [...any] }))];
  const result = await runPlan(deps, catalogue, asker, { ...plan, where });
  if (result.kind !== 'rows') return result;
  return { ...result, notes: [...result.notes, noteOf(conditions)] };
}

const unclear: Extract<PlanResult, { kind: 'refuse' }>['refusal'] = {
  reason: 'unclear',
  detail: 'the records of which of them? Name those that are meant',
  nearestMetrics: [],
};

/** One group by several properties is all of them at once; several groups are told apart by one property. */
function conditionsOf({ groupBy }: MetricPlan, { columns, rows }: AnswerData): readonly Filter[][] | null {
  if (rows.length === 0 || (rows.length > 1 && groupBy.length > 1)) return null;
  const found = groupBy.map(({ dimension }) => {
    const at = columns.findIndex(({ id }) => id === dimension);
    const values = [...new Set(rows.map((row) => row[at]))];
    const named = values.filter((one) => typeof one === 'string' || typeof one === 'number');
    const isKnown = at >= 0 && named.length + (values.includes(null) ? 1 : 0) === values.length;
    return isKnown && named.length <= mostValues ? choice(dimension, named, values.includes(null)) : [];
  });
  return found.every((any) => any.length > 0) ? found : null;
}

const choice = (dimension: string, values: readonly (string | number)[], hasNone: boolean): Filter[] => [
  ...(values.length > 0
    ? [{ dimension, op: values.length === 1 ? ('eq' as const) : ('in' as const), values: [...values] }]
    : []),
  ...(hasNone ? [{ dimension, op: 'is_null' as const, values: [] }] : []),
];

function noteOf(conditions: readonly Filter[][]): string {
  const names = conditions.flat().flatMap(({ values }) => (values.length > 0 ? values : ['none']));
  const more = names.length - mostNamed;
  return `I took them as those of ${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
