import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import type { SummaryPoint } from '../summariser.ts';
import { type Failure, failure } from './outcome.ts';
import { stops } from './read-answer.ts';

const pointsSchema = z.strictObject({
  points: z
    .array(z.strictObject({ text: z.string().min(1).max(600), ids: z.array(z.string().max(40)).max(40) }))
    .max(12),
});

const contentSchema = z.object({ message: z.object({ content: z.array(z.unknown()).max(20) }) });
const textSchema = z.strictObject({ text: z.string() });

/**
 * Reads an answer that must be one JSON object of points and nothing else. There are no tools here: an answer that
 * calls one, or says anything beside the object, is of no use.
 */
export function readPoints(
  output: ConverseCommandOutput,
): { readonly kind: 'points'; readonly points: readonly SummaryPoint[] } | Failure {
  const stopped = stops.get(output.stopReason ?? '');
  if (stopped === undefined) return failure('unknown_stop', String(output.stopReason));
  if (stopped !== 'read') return failure(stopped);
  const content = contentSchema.safeParse(output.output);
  const [block, second] = content.success
    ? content.data.message.content.filter((one) => !isReasoning(one))
    : [];
  const text = textSchema.safeParse(block);
  if (!text.success || second !== undefined) return failure('malformed', 'not one text');
  try {
    const parsed = pointsSchema.safeParse(JSON.parse(text.data.text));
    if (!parsed.success) return failure('malformed', parsed.error.issues[0]?.message);
    return {
      kind: 'points',
      points: parsed.data.points.map(({ text: words, ids }) => ({ text: words, handles: ids })),
    };
  } catch {
    return failure('malformed', 'no JSON');
  }
}

/** Models that think aloud do so in blocks of their own. */
function isReasoning(block: unknown): boolean {
  return typeof block === 'object' && block !== null && 'reasoningContent' in block;
}
