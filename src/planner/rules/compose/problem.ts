import type { QueryPlan, RefusePlan } from '../../../query/metric-query.ts';

/** Why no plan could be made, or which plans would fit equally well. */
export type Problem =
  | {
      readonly kind: 'refuse';
      readonly reason: RefusePlan['reason'];
      readonly detail: string;
      readonly near: readonly string[];
    }
  | {
      readonly kind: 'ask';
      readonly question: string;
      readonly options: readonly { readonly label: string; readonly plan: QueryPlan }[];
    };

export type Composed = { readonly kind: 'plan'; readonly plan: QueryPlan } | Problem;

/** Thrown inside composing and caught at its door: the rest of the question no longer matters. */
export class Unplannable extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.kind === 'refuse' ? problem.detail : problem.question);
    this.name = 'Unplannable';
    this.problem = problem;
  }
}

export function refuse(
  reason: RefusePlan['reason'],
  detail: string,
  near: readonly string[] = [],
): Unplannable {
  return new Unplannable({ kind: 'refuse', reason, detail, near });
}
