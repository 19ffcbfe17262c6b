import type { Config } from '../config/load-config.ts';
import { type BedrockPlannerOptions, createBedrockPlanner } from '../planner/bedrock/bedrock-planner.ts';
import { createBedrockSummariser } from '../planner/bedrock/bedrock-summariser.ts';
import { createCascade } from '../planner/cascade.ts';
import type { ModelAllowance } from '../planner/model-allowance.ts';
import type { Planner } from '../planner/planner.ts';
import { createRulesPlanner } from '../planner/rules/rules-planner.ts';
import type { Summariser } from '../planner/summariser.ts';
import type { Clock } from '../toolkit/clock.ts';
import type { Log } from '../toolkit/log.ts';

/** Below this the rules are not sure enough to answer alone; see `planner/rules` for what lowers it. */
const sureEnough = 0.7;

export interface ModelDeps {
  readonly log: Log;
  readonly clock: Clock;
  readonly allowance: ModelAllowance;
  /** Instead of the configured model: a stand-in on this machine, which replies from a script. */
  readonly standIn?: { readonly url: string };
}

export interface Understanding {
  readonly planner: Planner;
  /** Absent without a model. */
  readonly summariser?: Summariser;
}

/** Whoever is configured to understand questions and to read texts: the rules alone, or a model behind them. */
export function createUnderstanding(config: Config, deps: ModelDeps): Understanding {
  const rules = createRulesPlanner();
  const model = modelOptions(config, deps);
  if (model === null) return { planner: rules };
  const second = createBedrockPlanner(model);
  return {
    planner: createCascade({ first: rules, second, threshold: sureEnough }),
    // Reading texts takes a model longer than choosing a plan.
    summariser: createBedrockSummariser({ ...model, timeoutMs: 10_000, maxTokens: 1000 }),
  };
}

/** Said in every answer, so that nobody takes the script for a model. */
const standInModel = 'stand-in.script-no-model';

function modelOptions(config: Config, { standIn, ...deps }: ModelDeps): BedrockPlannerOptions | null {
  const common = { ...deps, timeoutMs: 7000, maxTokens: 2000 };
  if (standIn !== undefined) {
    // Any key signs for a server that checks the shape of a signature alone.
    const credentials = { accessKeyId: 'STANDIN', secretAccessKey: 'stand-in' };
    return { ...common, region: 'us-east-1', modelId: standInModel, endpoint: standIn.url, credentials };
  }
  if (config.HEED_PLANNER === 'rules' || config.BEDROCK_MODEL_ID === undefined) return null;
  const [id, version] = config.BEDROCK_GUARDRAIL?.split(':') ?? [];
  return {
    ...common,
    region: config.BEDROCK_REGION,
    modelId: config.BEDROCK_MODEL_ID,
    ...(config.BEDROCK_ENDPOINT === undefined ? {} : { endpoint: config.BEDROCK_ENDPOINT }),
    ...(config.BEDROCK_SERVICE_TIER === undefined ? {} : { serviceTier: config.BEDROCK_SERVICE_TIER }),
    ...(id === undefined || version === undefined ? {} : { guardrail: { id, version } }),
  };
}
