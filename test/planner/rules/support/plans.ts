import { createRulesPlanner } from '../../../../src/planner/rules/rules-planner.ts';
import {
  type ListPlan,
  type Plan,
  type QueryPlan,
  queryPlanSchema,
} from '../../../../src/query/metric-query.ts';
import type { SeenNames } from '../../../../src/query/seen-names.ts';
import type { StoredValues } from '../../../../src/query/stored-values.ts';
import { theCatalogue } from '../../../query/support/ask.ts';

/** What the rules make of questions, over the shipped catalogue and these values of columns. */
export function planning(
  stored: StoredValues,
  {
    now = new Date('2026-11-21T10:30:00Z'),
    zone = 'UTC',
    names,
  }: { readonly now?: Date; readonly zone?: string; readonly names?: SeenNames } = {},
) {
  const catalogue = theCatalogue();
  const planner = createRulesPlanner();
  const common = { catalogue, now, zone, requestId: 'r', stored, ...(names && { names }) };
  const planned = (question: string): Plan => planner.explain({ ...common, question }).planned.plan;
  /** @throws Error with the plan when it is none of figures or records */
  const query = (question: string): QueryPlan => {
    const plan = planned(question);
    if (plan.kind !== 'metric' && plan.kind !== 'list')
      throw new Error(`${question}: ${JSON.stringify(plan)}`);
    return plan;
  };
  /** @throws Error with the plan when it is none of records */
  const list = (question: string): ListPlan => {
    const plan = query(question);
    if (plan.kind !== 'list') throw new Error(`${question}: ${JSON.stringify(plan)}`);
    return plan;
  };
  /** The plan of the last of several texts, each of which may change the one before it. */
  const lastOf = (...texts: readonly string[]): Plan => {
    let previous: QueryPlan | undefined;
    let plan: Plan | undefined;
    for (const question of texts) {
      const request = { ...common, question };
      plan = planner.explain(previous ? { ...request, previous } : request).planned.plan;
      const known = queryPlanSchema.safeParse(plan);
      if (known.success) previous = known.data;
    }
    if (plan === undefined) throw new Error('nothing was asked');
    return plan;
  };
  return { planned, query, list, lastOf };
}

/** Conditions as words: `stage eq Prospecting`. */
export const filterWords = (where: QueryPlan['where'] = []): readonly string[] =>
  where.flatMap(({ any }) => any.map(({ dimension, op, values }) => [dimension, op, ...values].join(' ')));

/** What decides a plan, in one line. */
export function planWords(plan: Plan): string {
  if (plan.kind === 'refuse') return `refuse ${plan.reason}`;
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan.kind;
  const groups = plan.kind === 'metric' ? plan.groupBy.map(({ dimension, grain }) => grain ?? dimension) : [];
  const usual = plan.kind === 'metric' ? 20 : 10;
  return [
    plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join('+'),
    ...(groups.length > 0 ? [`by ${groups.join(',')}`] : []),
    ...(plan.kind === 'metric' && plan.compare !== 'none' ? [plan.compare] : []),
    ...(plan.kind === 'metric' && plan.transform !== 'none' ? [plan.transform] : []),
    ...filterWords(plan.where).map((filter) => `[${filter}]`),
    ...(plan.related ?? []).map(({ entity, has }) => `${has} ${entity}`),
    ...plan.orderBy.map(({ by, direction }) => `${by} ${direction}`),
    ...(plan.limit === usual ? [] : [`${plan.limit}`]),
    ...(plan.kind === 'metric' && plan.chart !== 'auto' ? [plan.chart] : []),
    ...(plan.subject === 'none' ? [] : [plan.subject]),
  ].join(' ');
}
