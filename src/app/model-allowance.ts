import type { Config } from '../config/load-config.ts';
import type { ModelAllowance, Spent } from '../planner/model-allowance.ts';
import type { Store } from '../store/database.ts';
import { holdUsage, settleUsage } from '../store/model-usage-store.ts';

type Prices = Pick<
  Config,
  'BEDROCK_TOKENS_PER_DAY' | 'BEDROCK_COST_PER_DAY' | 'BEDROCK_PRICE_IN' | 'BEDROCK_PRICE_OUT'
>;

const nobody = '00000000-0000-8000-8000-000000000000';

/** The account of model tokens per person and day, in the store, with the caps of the configuration. */
export function createModelAllowance(
  store: Pick<Store, 'db'>,
  config: Prices,
  onSpent: (spent: Spent) => void = () => undefined,
): ModelAllowance {
  const most = { tokens: config.BEDROCK_TOKENS_PER_DAY, cost: config.BEDROCK_COST_PER_DAY ?? null };
  return {
    hold: async (personId, day, expected) => {
      const account = { personId: personId ?? nobody, day };
      const held = { tokens: expected.inputTokens + expected.outputTokens, cost: costOf(config, expected) };
      if (!(await holdUsage(store.db, account, held, most))) return null;
      return {
        settle: async (spent) => {
          onSpent(spent);
          await settleUsage(store.db, account, held, { ...spent, cost: costOf(config, spent) });
        },
      };
    },
  };
}

/** In the currency of the prices; null without them. Prices are of 1,000 tokens. */
export function costOf(
  { BEDROCK_PRICE_IN: priceIn, BEDROCK_PRICE_OUT: priceOut }: Prices,
  { inputTokens, outputTokens }: Pick<Spent, 'inputTokens' | 'outputTokens'>,
): number | null {
  if (priceIn === undefined || priceOut === undefined) return null;
  return (inputTokens * priceIn + outputTokens * priceOut) / 1000;
}
