import type { Catalogue } from '../catalogue/catalogue.ts';
import type { MetricPlan, Plan, PlanOption, QueryPlan, RefusePlan } from '../query/metric-query.ts';
import type { SeenNames } from '../query/seen-names.ts';
import type { StoredValues } from '../query/stored-values.ts';
import type { MeantOne } from './rules/compose/problem.ts';

/** Turns words into a plan. Implementations: `rules` (no model), `bedrock` (a model), `cascade` (one after the other). */
export interface Planner {
  readonly name: string;
  plan(request: PlanRequest): Promise<PlannedQuestion>;
}

export interface PlanRequest {
  readonly question: string;
  /** Filtered to what the asker's role may see. */
  readonly catalogue: Catalogue;
  /** For relative words only; never handed to the plan. */
  readonly now: Date;
  readonly zone: string;
  /** First month of the company's year, 1-12; absent: January. */
  readonly fiscalStartMonth?: number;
  /**
   * Values that are stored in few-valued dimensions. With them an unknown word may also be taken as a name that somebody
   * looks up; absent: only the words of the catalogue are known.
   */
  readonly stored?: StoredValues;
  /** Names that whoever asks may see, read under their scope; never sent to a model. Absent: names are told by their form. */
  readonly names?: SeenNames;
  /** Whose allowance pays for a model; never sent to one. */
  readonly personId?: string;
  /** The last plan that was answered in the same thread: a follow-up changes it. */
  readonly previous?: QueryPlan;
  /** Follows the question from event to answer in log and audit. */
  readonly requestId: string;
  /** The caller gives up then; a planner ends its work. */
  readonly signal?: AbortSignal;
}

export interface PlannedQuestion {
  readonly plan: Plan;
  /** Who understood it: `verified` (a question that somebody has checked), `rules`, `bedrock:<model id>`. Shown in the answer. */
  readonly planner: string;
  /** 0-1: how sure; the cascade asks the next planner below its threshold. */
  readonly confidence: number;
  /** Things the reader should know, for example "the model did not answer in time; understood by rules". */
  readonly notes: readonly string[];
  /**
   * Words of the plan that nobody knew and that were taken as a name: they must be whole words of a name that the asker
   * may see, otherwise this refusal stands. `mustFind`: words that were taken as a part of a text, and mean nothing where no
   * record has them.
   */
  readonly guess?: {
    readonly names: readonly string[];
    readonly otherwise: RefusePlan;
    readonly mustFind?: true;
  };
  /** A condition that one record is meant by: "the energy customer" is one of those in that industry. */
  readonly one?: MeantOne;
  /** The records that are listed are those of the groups that this plan shows: "list them" after "who has the most". */
  readonly ofGroups?: MetricPlan;
  /** Further options of a question back, for those that turn out to have no rows. */
  readonly spare?: readonly PlanOption[];
  /** Beside a refusal: what can be answered without the words that nobody knows, as a button that names what is left. */
  readonly instead?: PlanOption;
  /** Beside a refusal: what is asked back in its place, with a complete plan for each meaning of what nobody knows. */
  readonly asking?: { readonly question: string; readonly options: readonly PlanOption[] };
  /** The plan is a change of the one before it. */
  readonly isFollowUp?: boolean;
  /** The plan runs only once the reader has said that it is meant: the question, and what its button says. */
  readonly inDoubt?: { readonly question: string; readonly label: string };
  /** Version of the prompt, for planners that have one. */
  readonly promptVersion?: string;
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}
