import { createRulesPlanner } from '../../../../src/planner/rules/rules-planner.ts';
import type { ListPlan, Plan, QueryPlan } from '../../../../src/query/metric-query.ts';
import type { StoredValues } from '../../../../src/query/stored-values.ts';
import { theCatalogue } from '../../../query/support/ask.ts';

/** What the rules make of questions, over the shipped catalogue and these values of columns. */
export function planning(
  stored: StoredValues,
  {
    now = new Date('2026-11-21T10:30:00Z'),
    zone = 'UTC',
  }: { readonly now?: Date; readonly zone?: string } = {},
) {
  const catalogue = theCatalogue();
  const planner = createRulesPlanner();
  const planned = (question: string): Plan =>
    planner.explain({ question, catalogue, now, zone, requestId: 'r', stored }).planned.plan;
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
  return { planned, query, list };
}

/** Conditions as words: `stage eq Prospecting`. */
export const filterWords = (where: QueryPlan['where'] = []): readonly string[] =>
  where.flatMap(({ any }) => any.map(({ dimension, op, values }) => [dimension, op, ...values].join(' ')));
