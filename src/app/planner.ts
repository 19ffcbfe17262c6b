import type { Config } from '../config/load-config.ts';
import type { Planner } from '../planner/planner.ts';
import { createRulesPlanner } from '../planner/rules/rules-planner.ts';

/** The planner that is configured: the rules alone, or the rules with a model behind them. */
export function createPlanner(_config: Config): Planner {
  return createRulesPlanner();
}
