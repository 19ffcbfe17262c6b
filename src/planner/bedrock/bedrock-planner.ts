import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { Plan, QueryPlan } from '../../query/metric-query.ts';
import { mapFilters } from '../../query/plan-conditions.ts';
import type { Clock } from '../../toolkit/clock.ts';
import type { Log } from '../../toolkit/log.ts';
import { createPersonalMask } from '../../toolkit/mask-personal.ts';
import { withDeadline } from '../deadline.ts';
import { localDay, type ModelAllowance } from '../model-allowance.ts';
import type { PlannedQuestion, Planner, PlanRequest } from '../planner.ts';
import {
  buildRepair,
  buildRequest,
  expectedInputTokens,
  type RequestSettings,
  type ServiceTierName,
} from './build-request.ts';
import { type AskModel, type Connection, createAskModel, type Reply } from './converse.ts';
import { loadPrompt } from './load-prompt.ts';
import { type FailureName, failure } from './outcome.ts';
import { longestQuestion } from './question-text.ts';
import { type Answer, readAnswer } from './read-answer.ts';
import { refuseInvalid, refuseUnavailable } from './refuse-invalid.ts';
import { addUsage, noUsage, type Usage } from './usage.ts';
import { withinAllowance } from './within-allowance.ts';

export interface BedrockPlannerOptions extends Connection {
  /** Model id, inference profile or ARN. */
  readonly modelId: string;
  readonly guardrail?: { readonly id: string; readonly version: string };
  readonly serviceTier?: ServiceTierName;
  /** For one question, its repair included. */
  readonly timeoutMs: number;
  /** Of one answer; a plan takes a few hundred. */
  readonly maxTokens: number;
  /** How much each person may use per day; absent: as much as they like. */
  readonly allowance?: ModelAllowance;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Understands questions by a model on Amazon Bedrock.
 *
 * Enters: the question, and a catalogue that the caller filtered for the asker's role. Leaves: a plan of the contract
 * that names only what that catalogue has, or a refusal with a named reason. Never throws, never outlives its
 * deadline, never sends rows, names of people, rights or anything else a person wrote but the question.
 *
 * ```ts
 * const planner = createBedrockPlanner({ region, modelId, timeoutMs: 6000, maxTokens: 1500, log, clock });
 * const { plan, planner: who } = await planner.plan(request);
 * ```
 */
export function createBedrockPlanner(options: BedrockPlannerOptions): Planner {
  const ask = createAskModel(options);
  const prompt = loadPrompt('plan-question');
  const name = `bedrock:${options.modelId}`;
  // Models differ in what they accept; what the first refused request taught is kept.
  let features: RequestSettings['features'] = 'all';
  const talk = createTalk(ask, {
    settings: () => ({ ...options, prompt, features }),
    learnPlain: () => {
      features = 'plain';
    },
  });
  const askWithinAllowance = async (request: PlanRequest): Promise<Outcome> => {
    const expected = {
      inputTokens: expectedInputTokens({ ...options, prompt, features }, request.catalogue),
      outputTokens: options.maxTokens,
    };
    const who = { personId: request.personId ?? null, day: localDay(options.clock.now(), request.zone) };
    const ended = await withinAllowance({ ...options, ...who, expected }, () =>
      talkInTime(talk, options.timeoutMs, request),
    );
    return ended.kind === 'asked'
      ? ended.value
      : { outcome: ended.kind, plan: refuseUnavailable(ended.kind), usage: noUsage };
  };
  return {
    name,
    plan: async (request) => {
      const started = options.clock.now().getTime();
      const unasked = refuseUnasked(request);
      const outcome = unasked ?? (await askWithinAllowance(request));
      options.log.info(
        {
          requestId: request.requestId,
          planner: name,
          outcome: outcome.outcome,
          ...(outcome.detail === undefined ? {} : { detail: outcome.detail }),
          calls: outcome.usage.calls,
          inputTokens: outcome.usage.inputTokens,
          cachedTokens: outcome.usage.cachedTokens,
          outputTokens: outcome.usage.outputTokens,
          milliseconds: options.clock.now().getTime() - started,
        },
        'a model was asked for a plan',
      );
      return plannedOf(name, prompt.version, outcome);
    },
  };
}

/** How a question ended, for the log and for the answer. */
interface Outcome {
  readonly outcome: 'planned' | 'repaired' | 'invalid' | 'not_asked' | FailureName;
  readonly plan: Plan;
  readonly detail?: string;
  readonly usage: Usage;
  readonly isFollowUp?: boolean;
}

function plannedOf(
  planner: string,
  promptVersion: string,
  { outcome, plan, usage, isFollowUp }: Outcome,
): PlannedQuestion {
  const { inputTokens, outputTokens } = usage;
  return {
    plan,
    planner,
    confidence: confidenceOf(outcome, plan),
    notes: [],
    ...(isFollowUp === true && { isFollowUp }),
    promptVersion,
    ...(usage.calls > 0 ? { usage: { inputTokens, outputTokens } } : {}),
  };
}

function confidenceOf(outcome: Outcome['outcome'], plan: Plan): number {
  if (plan.kind === 'refuse') return plan.reason === 'unavailable' ? 0 : 0.3;
  if (plan.kind === 'clarify') return 0.6;
  return outcome === 'repaired' ? 0.7 : 0.8;
}

/** Questions that are not worth a call. */
function refuseUnasked({ question }: PlanRequest): Outcome | null {
  const detail =
    question.trim() === ''
      ? 'the question is empty'
      : question.length > longestQuestion
        ? `the question is longer than ${longestQuestion} characters`
        : null;
  if (detail === null) return null;
  return {
    outcome: 'not_asked',
    plan: { kind: 'refuse', reason: 'unclear', detail, nearestMetrics: [] },
    usage: noUsage,
  };
}

type Talk = (request: PlanRequest, signal: AbortSignal, count: (usage: Usage) => void) => Promise<Outcome>;

async function talkInTime(talk: Talk, timeoutMs: number, request: PlanRequest): Promise<Outcome> {
  // Tokens of a first answer are paid for even when the second one never comes.
  let spent = noUsage;
  const ended = await withDeadline(timeoutMs, request.signal, (signal) =>
    talk(request, signal, (usage) => {
      spent = usage;
    }),
  );
  if (ended.kind === 'done') return ended.value;
  const name = ended.kind;
  const detail = ended.kind === 'failed' ? String(ended.error).slice(0, 300) : undefined;
  return {
    outcome: name,
    plan: refuseUnavailable(name),
    usage: spent,
    ...(detail === undefined ? {} : { detail }),
  };
}

interface TalkDeps {
  readonly settings: () => RequestSettings;
  readonly learnPlain: () => void;
}

/** One question: ask, read, and once more with the mistakes when there were any. */
function createTalk(ask: AskModel, deps: TalkDeps): Talk {
  return async (asked, signal, count) => {
    // Addresses and numbers of people stay here; the plan that comes back gets them again.
    const mask = createPersonalMask();
    const request = {
      ...asked,
      question: mask.mask(asked.question),
      ...(asked.previous && { previous: maskedPlan(asked.previous, mask.mask) }),
    };
    let usage = noUsage;
    const send = async (input: ConverseCommandInput): Promise<Reply> => {
      const reply = await ask(input, signal);
      usage = addUsage(usage, reply);
      count(usage);
      return reply;
    };
    const finish = (answer: Answer, planned: 'planned' | 'repaired'): Outcome => {
      if (answer.kind === 'plan')
        return { outcome: planned, plan: answer.plan, usage, isFollowUp: answer.isFollowUp === true };
      if (answer.kind === 'invalid') {
        const detail = answer.issues.map(({ code, path }) => `${code} ${path}`).join('; ');
        return { outcome: 'invalid', plan: refuseInvalid(answer.issues, request.catalogue), detail, usage };
      }
      const { name, detail } = answer;
      return {
        outcome: name,
        plan: refuseUnavailable(name),
        usage,
        ...(detail === undefined ? {} : { detail }),
      };
    };
    const { input, reply } = await askWithFeatures(send, deps, request);
    const first = readReply(reply, asked, mask.restore);
    if (first.kind !== 'invalid') return finish(first, 'planned');
    const repair = buildRepair(input, first.toolUses, first.issues);
    if (repair === null || signal.aborted) return finish(first, 'planned');
    const second = readReply(await send(repair), asked, mask.restore);
    // A repair that failed for another reason leaves the first answer's mistakes, which say more to the reader.
    return second.kind === 'failed' ? finish(first, 'planned') : finish(second, 'repaired');
  };
}

/** The words that people typed stand in the conditions of a plan; the plan that is changed keeps them as they are. */
function maskedPlan(plan: QueryPlan, mask: (text: string) => string): QueryPlan {
  return mapFilters(plan, (filter) => ({
    ...filter,
    values: filter.values.map((value) => (typeof value === 'string' ? mask(value) : value)),
  }));
}

function readReply(
  reply: Reply,
  { catalogue, previous }: PlanRequest,
  restore: (text: string) => string,
): Answer {
  if (reply.kind === 'failed') return reply;
  try {
    return readAnswer(reply.output, catalogue, restore, previous);
  } catch (error) {
    return failure('unreadable_answer', String(error));
  }
}

/** A model without strict tools or cache points refuses the whole request: it is asked again without them. */
async function askWithFeatures(
  send: (input: ConverseCommandInput) => Promise<Reply>,
  { settings, learnPlain }: TalkDeps,
  request: PlanRequest,
): Promise<{ readonly input: ConverseCommandInput; readonly reply: Reply }> {
  const input = buildRequest(settings(), request);
  const reply = await send(input);
  const mayBePlainer = settings().features === 'all' && reply.kind === 'failed' && reply.name === 'rejected';
  if (!mayBePlainer) return { input, reply };
  const plain = buildRequest({ ...settings(), features: 'plain' }, request);
  const second = await send(plain);
  if (second.kind === 'answered') learnPlain();
  return { input: plain, reply: second };
}
