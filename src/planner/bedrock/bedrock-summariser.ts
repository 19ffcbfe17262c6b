import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { withDeadline } from '../deadline.ts';
import { estimateTokens, localDay } from '../model-allowance.ts';
import type { Summariser, SummaryPoint, SummaryRequest } from '../summariser.ts';
import type { BedrockPlannerOptions } from './bedrock-planner.ts';
import { buildSummaryRequest } from './build-summary-request.ts';
import { createAskModel, type Reply } from './converse.ts';
import { loadPrompt } from './load-prompt.ts';
import { type FailureName, failureWords } from './outcome.ts';
import { readPoints } from './read-points.ts';
import { addUsage, noUsage, type Usage } from './usage.ts';
import { withinAllowance } from './within-allowance.ts';

interface Outcome {
  readonly outcome: 'points' | FailureName;
  readonly points: readonly SummaryPoint[];
  readonly usage: Usage;
  readonly detail?: string;
}

/**
 * Summarises texts by a model on Amazon Bedrock: one call without tools, delimited data, one form of answer. Never
 * throws, never outlives its deadline.
 */
export function createBedrockSummariser(options: BedrockPlannerOptions): Summariser {
  const ask = createAskModel(options);
  const prompt = loadPrompt('summarise-texts');
  const name = `bedrock:${options.modelId}`;
  let features: 'all' | 'plain' = 'all';

  const talk = async (
    request: SummaryRequest,
    signal: AbortSignal,
    count: (usage: Usage) => void,
  ): Promise<Outcome> => {
    let usage = noUsage;
    const send = async (input: ConverseCommandInput): Promise<Reply> => {
      const reply = await ask(input, signal);
      usage = addUsage(usage, reply);
      count(usage);
      return reply;
    };
    const settings = { ...options, prompt };
    let reply = await send(buildSummaryRequest({ ...settings, features }, request));
    // A model without forms of answers refuses the request; it is asked in words alone, and read as strictly.
    if (reply.kind === 'failed' && reply.name === 'rejected' && features === 'all') {
      reply = await send(buildSummaryRequest({ ...settings, features: 'plain' }, request));
      if (reply.kind === 'answered') features = 'plain';
    }
    const read = reply.kind === 'failed' ? reply : readPoints(reply.output);
    if (read.kind === 'points') return { outcome: 'points', points: read.points, usage };
    return {
      outcome: read.name,
      points: [],
      usage,
      ...(read.detail === undefined ? {} : { detail: read.detail }),
    };
  };

  const talkInTime = async (request: SummaryRequest): Promise<Outcome> => {
    let spent = noUsage;
    const ended = await withDeadline(options.timeoutMs, request.signal, (signal) =>
      talk(request, signal, (usage) => {
        spent = usage;
      }),
    );
    return ended.kind === 'done' ? ended.value : { outcome: ended.kind, points: [], usage: spent };
  };

  return {
    name,
    summarise: async (request) => {
      const started = options.clock.now().getTime();
      const body = JSON.stringify(buildSummaryRequest({ ...options, prompt, features }, request));
      const expected = { inputTokens: estimateTokens(body), outputTokens: options.maxTokens };
      const who = { personId: request.personId, day: localDay(options.clock.now(), request.zone) };
      const ended = await withinAllowance({ ...options, ...who, expected }, () => talkInTime(request));
      const outcome: Outcome =
        ended.kind === 'asked' ? ended.value : { outcome: ended.kind, points: [], usage: noUsage };
      options.log.info(
        {
          requestId: request.requestId,
          summariser: name,
          outcome: outcome.outcome,
          ...(outcome.detail === undefined ? {} : { detail: outcome.detail }),
          records: request.records.length,
          points: outcome.points.length,
          ...outcome.usage,
          milliseconds: options.clock.now().getTime() - started,
        },
        'a model was asked for a summary',
      );
      const promptVersion = prompt.version;
      return outcome.outcome === 'points'
        ? { kind: 'points', points: outcome.points, promptVersion }
        : { kind: 'failed', why: failureWords[outcome.outcome], promptVersion };
    },
  };
}
