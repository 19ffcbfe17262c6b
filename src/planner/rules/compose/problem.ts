import type { Filter, MetricPlan, PlanOption, QueryPlan, RefusePlan } from '../../../query/metric-query.ts';

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
      readonly options: readonly PlanOption[];
    };

/** A condition by which one record is meant: "the energy customer" is one of those in that industry. */
export interface MeantOne {
  /** Of what there is one. */
  readonly dimension: string;
  readonly filter: Filter;
  readonly words: string;
  /** The record is called by words of this text; the filter only holds the place of its number. */
  readonly headline?: { readonly dimension: string; readonly words: readonly string[] };
}

export type Composed =
  | {
      readonly kind: 'plan';
      readonly plan: QueryPlan;
      readonly one?: MeantOne;
      /** Its records are those of the groups that this plan shows. */
      readonly ofGroups?: MetricPlan;
    }
  | Problem;

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
