import { z } from 'zod';
import type { Spent } from '../model-allowance.ts';
import type { Reply } from './converse.ts';

/** Tokens of all calls for one question. */
export type Usage = Spent;

export const noUsage: Usage = { calls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };

const count = z.int().min(0).catch(0);
/** Converse counts cached tokens beside `inputTokens`, not within. */
const usageSchema = z
  .object({
    inputTokens: count,
    outputTokens: count,
    cacheReadInputTokens: count,
    cacheWriteInputTokens: count,
  })
  .catch({ inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 });

export function addUsage(before: Usage, reply: Reply): Usage {
  const used = usageSchema.parse(reply.kind === 'answered' ? reply.output.usage : undefined);
  return {
    calls: before.calls + 1,
    inputTokens:
      before.inputTokens + used.inputTokens + used.cacheReadInputTokens + used.cacheWriteInputTokens,
    cachedTokens: before.cachedTokens + used.cacheReadInputTokens,
    outputTokens: before.outputTokens + used.outputTokens,
  };
}
