import type { ContentBlock, ConverseCommandInput, Message } from '@aws-sdk/client-bedrock-runtime';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Issue } from '../../toolkit/issue.ts';
import { estimateTokens } from '../model-allowance.ts';
import type { PlanRequest } from '../planner.ts';
import { catalogueText } from './catalogue-text.ts';
import type { Json } from './json.ts';
import type { Prompt } from './load-prompt.ts';
import { longestQuestion, previousAsData, questionAsData, todayText } from './question-text.ts';
import type { ToolUse } from './read-answer.ts';
import { toolInputSchema, toolName } from './tool-schema.ts';

export type ServiceTierName = 'default' | 'flex' | 'priority' | 'reserved';

export interface RequestSettings {
  readonly modelId: string;
  readonly maxTokens: number;
  readonly guardrail?: { readonly id: string; readonly version: string };
  readonly serviceTier?: ServiceTierName;
  readonly prompt: Prompt;
  /** Strict tool and cache points; models that know neither refuse them. */
  readonly features: 'all' | 'plain';
}

/**
 * One Converse request: what never changes first (tool, prompt, catalogue), each ended by a cache point, the question
 * last.
 */
export function buildRequest(settings: RequestSettings, request: PlanRequest): ConverseCommandInput {
  const { modelId, maxTokens, guardrail, serviceTier, prompt, features } = settings;
  const cachePoint = features === 'all' ? [{ cachePoint: { type: 'default' as const } }] : [];
  return {
    modelId,
    system: [{ text: prompt.text }, { text: catalogueText(request.catalogue) }, ...cachePoint],
    messages: [{ role: 'user', content: questionContent(request, guardrail !== undefined) }],
    inferenceConfig: { maxTokens, temperature: 0 },
    toolConfig: {
      tools: [
        {
          toolSpec: {
            name: toolName,
            description: 'Hands over the plan of the question. Call it exactly once.',
            inputSchema: { json: toolInputSchema },
            ...(features === 'all' ? { strict: true } : {}),
          },
        },
        ...cachePoint,
      ],
      toolChoice: { tool: { name: toolName } },
    },
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

/** Of one request from above: what never changes, and the longest question. */
export function expectedInputTokens({ prompt }: RequestSettings, catalogue: Catalogue): number {
  return (
    estimateTokens(prompt.text) +
    estimateTokens(catalogueText(catalogue)) +
    schemaTokens +
    estimateTokens(' '.repeat(longestQuestion))
  );
}

const schemaTokens = estimateTokens(JSON.stringify(toolInputSchema));

/** With a guardrail, only the words of the person are judged by it: the catalogue is ours. */
function questionContent(request: PlanRequest, hasGuardrail: boolean): ContentBlock[] {
  const question = questionAsData(request.question);
  return [
    hasGuardrail ? { guardContent: { text: { text: question, qualifiers: ['query'] } } } : { text: question },
    { text: todayText(request.now, request.zone) },
    ...(request.previous ? [{ text: previousAsData(request.previous) }] : []),
  ];
}

/** Characters and length that request metadata allows (API reference of Converse, `requestMetadata`). */
export function metadataValue(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9\s:_@$#=/+,.-]/g, '_').slice(0, 256);
}

/** Longer inputs are not sent back: the second try would cost more than it can mend. */
const longestEcho = 16_384;
const longestIssues = 4000;

/**
 * The second try: the model's own call and what is wrong with it. Null when the call cannot be sent back.
 *
 * @param first the request that was answered
 */
export function buildRepair(
  first: ConverseCommandInput,
  toolUses: readonly ToolUse[],
  issues: readonly Issue[],
): ConverseCommandInput | null {
  const echoes = toolUses.map(echoOf);
  if (echoes.length === 0 || echoes.some((echo) => echo === null)) return null;
  const uses = echoes.filter((echo) => echo !== null);
  const words = issuesText(issues);
  const messages: Message[] = [
    ...(first.messages ?? []),
    { role: 'assistant', content: uses.map((toolUse) => ({ toolUse })) },
    {
      role: 'user',
      content: uses.map(({ toolUseId }) => ({
        toolResult: { toolUseId, status: 'error' as const, content: [{ text: words }] },
      })),
    },
  ];
  return { ...first, messages };
}

function echoOf({
  toolUseId,
  name,
  input,
}: ToolUse): { toolUseId: string; name: string; input: Json } | null {
  // Limits of the API for both names.
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(toolUseId) || !/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return null;
  try {
    const text = JSON.stringify(input ?? {});
    if (text.length > longestEcho) return null;
    const echo = JSON.parse(text) as Json;
    return {
      toolUseId,
      name,
      input: typeof echo === 'object' && !Array.isArray(echo) && echo !== null ? echo : {},
    };
  } catch {
    return null;
  }
}

function issuesText(issues: readonly Issue[]): string {
  const lines = issues.map(({ path, message, suggestions }) => {
    const near = suggestions && suggestions.length > 0 ? ` Nearest: ${suggestions.join(', ')}.` : '';
    return `- ${path === '' ? '' : `${path}: `}${message}${near}`;
  });
  return `The plan cannot be used:\n${lines.join('\n')}\nCall ${toolName} once more with a corrected plan, or refuse.`.slice(
    0,
    longestIssues,
  );
}
