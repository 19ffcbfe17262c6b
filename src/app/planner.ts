import type { Config } from '../config/load-config.ts';
import { createBedrockPlanner } from '../planner/bedrock/bedrock-planner.ts';
import { createCascade } from '../planner/cascade.ts';
import type { Planner } from '../planner/planner.ts';
import { createRulesPlanner } from '../planner/rules/rules-planner.ts';
import type { Clock } from '../toolkit/clock.ts';
import type { Log } from '../toolkit/log.ts';

/** Below this the rules are not sure enough to answer alone; see `planner/rules` for what lowers it. */
const sureEnough = 0.7;

/** The planner that is configured: the rules alone, or the rules with a model behind them. */
export function createPlanner(config: Config, deps: { readonly log: Log; readonly clock: Clock }): Planner {
  const rules = createRulesPlanner();
  if (config.HEED_PLANNER === 'rules' || config.BEDROCK_MODEL_ID === undefined) return rules;
  const [id, version] = config.BEDROCK_GUARDRAIL?.split(':') ?? [];
  const model = createBedrockPlanner({
    ...deps,
    region: config.BEDROCK_REGION,
    modelId: config.BEDROCK_MODEL_ID,
    timeoutMs: 7000,
    maxTokens: 2000,
    ...(config.BEDROCK_ENDPOINT === undefined ? {} : { endpoint: config.BEDROCK_ENDPOINT }),
    ...(id === undefined || version === undefined ? {} : { guardrail: { id, version } }),
  });
  return createCascade({ first: rules, second: model, threshold: sureEnough });
}
