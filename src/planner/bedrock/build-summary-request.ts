import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { SummaryRequest } from '../summariser.ts';
import { metadataValue, type RequestSettings } from './build-request.ts';
import { questionAsData } from './question-text.ts';
import { recordsAsData } from './records-as-data.ts';

/** Form of the answer, in the part of JSON Schema that the service accepts; limits are checked on the answer. */
const pointsSchema = JSON.stringify({
  type: 'object',
  properties: {
    points: {
      type: 'array',
      items: {
        type: 'object',
        properties: { text: { type: 'string' }, ids: { type: 'array', items: { type: 'string' } } },
        required: ['text', 'ids'],
        additionalProperties: false,
      },
    },
  },
  required: ['points'],
  additionalProperties: false,
});

/** One Converse request without any tool: fixed words first, the data last. */
export function buildSummaryRequest(
  { modelId, maxTokens, guardrail, serviceTier, prompt, features }: RequestSettings,
  request: SummaryRequest,
): ConverseCommandInput {
  const question = questionAsData(request.question);
  const records = recordsAsData(request.records);
  return {
    modelId,
    system: [
      { text: prompt.text },
      ...(features === 'all' ? [{ cachePoint: { type: 'default' as const } }] : []),
    ],
    messages: [
      {
        role: 'user',
        content: guardrail
          ? [
              { guardContent: { text: { text: question, qualifiers: ['query'] } } },
              { guardContent: { text: { text: records, qualifiers: ['grounding_source'] } } },
            ]
          : [{ text: question }, { text: records }],
      },
    ],
    inferenceConfig: { maxTokens, temperature: 0 },
    ...(features === 'all'
      ? {
          outputConfig: {
            textFormat: {
              type: 'json_schema',
              structure: { jsonSchema: { name: 'points', schema: pointsSchema } },
            },
          },
        }
      : {}),
    ...(guardrail
      ? { guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version } }
      : {}),
    ...(serviceTier === undefined ? {} : { serviceTier: { type: serviceTier } }),
    requestMetadata: {
      requestId: metadataValue(request.requestId),
      promptVersion: metadataValue(prompt.version),
    },
  };
}
