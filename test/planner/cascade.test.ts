import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCascade } from '../../src/planner/cascade.ts';
import type { PlannedQuestion, Planner, PlanRequest } from '../../src/planner/planner.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { type Plan, planSchema, type RefusePlan, refusalReasons } from '../../src/query/metric-query.ts';
import {
  type BedrockReply,
  type BedrockServer,
  errorReply,
  planReply,
  startBedrockServer,
} from '../fakes/bedrock-server.ts';
import { aMetricPlan, aPlanner, aRequest, useTestCredentials } from './bedrock/support.ts';

const metric = planSchema.parse(aMetricPlan());
const refusal = (reason: RefusePlan['reason'], detail = 'x'): Plan => ({
  kind: 'refuse',
  reason,
  detail,
  nearestMetrics: [],
});
const clarify = (question: string): Plan =>
  planSchema.parse({
    kind: 'clarify',
    question,
    options: [
      { label: 'a', plan: metric },
      { label: 'b', plan: metric },
    ],
  });

/** A planner with one answer that keeps the requests it got. */
function aStep(
  name: string,
  plan: Plan,
  more: Partial<PlannedQuestion> = {},
): Planner & { readonly asked: PlanRequest[] } {
  const asked: PlanRequest[] = [];
  return {
    name,
    asked,
    plan: async (request) => {
      asked.push(request);
      return { plan, planner: name, confidence: 0.9, notes: [], ...more };
    },
  };
}
const aFailingStep = (work: () => Promise<PlannedQuestion>): Planner => ({ name: 'model', plan: work });

describe('a cascade', () => {
  it('does not ask the model when the rules are sure', async () => {
    const second = aStep('model', metric);
    const cascade = createCascade({
      first: aStep('rules', metric, { confidence: 0.7 }),
      second,
      threshold: 0.7,
    });
    expect(await cascade.plan(aRequest())).toMatchObject({ planner: 'rules', notes: [] });
    expect(second.asked).toHaveLength(0);
  });

  it('takes the plan of the model when the rules are below the threshold', async () => {
    const second = aStep('model', metric);
    const cascade = createCascade({
      first: aStep('rules', metric, { confidence: 0.69 }),
      second,
      threshold: 0.7,
    });
    expect(await cascade.plan(aRequest())).toMatchObject({ planner: 'model' });
  });

  const asked = ['no_metric', 'no_field', 'unknown_word', 'unclear', 'needs_text'];
  it.each(refusalReasons.filter((reason) => asked.includes(reason)))(
    'asks the model when the rules refuse with %s',
    async (reason) => {
      const first = aStep('rules', refusal(reason), { confidence: 0.9 });
      const cascade = createCascade({ first, second: aStep('model', metric), threshold: 0.7 });
      expect(await cascade.plan(aRequest())).toMatchObject({ planner: 'model', plan: { kind: 'metric' } });
    },
  );

  it.each(refusalReasons.filter((reason) => !asked.includes(reason)))(
    'never asks the model when the rules refuse with %s',
    async (reason) => {
      const second = aStep('model', metric);
      const first = aStep('rules', refusal(reason), { confidence: 0.1 });
      expect(await createCascade({ first, second, threshold: 0.7 }).plan(aRequest())).toMatchObject({
        planner: 'rules',
        notes: [],
      });
      expect(second.asked).toHaveLength(0);
    },
  );

  it('keeps the answer of the rules, with the reason, when the model is not available', async () => {
    const first = aStep('rules', metric, { confidence: 0.5, notes: ['I read “brech” as “breach”.'] });
    const second = aStep('model', refusal('unavailable', 'too many requests at the moment'), {
      confidence: 0,
    });
    expect(await createCascade({ first, second, threshold: 0.7 }).plan(aRequest())).toStrictEqual({
      plan: metric,
      planner: 'rules',
      confidence: 0.5,
      notes: [
        'I read “brech” as “breach”.',
        'The model could not be asked (too many requests at the moment); understood by rules.',
      ],
    });
  });

  it('keeps the answer of the rules when the model refuses, and counts its tokens', async () => {
    const usage = { inputTokens: 5, outputTokens: 2 };
    const second = aStep('model', refusal('no_metric', 'profit.'), { usage });
    const cascade = createCascade({
      first: aStep('rules', metric, { confidence: 0.5 }),
      second,
      threshold: 0.7,
    });
    expect(await cascade.plan(aRequest())).toMatchObject({
      plan: { kind: 'metric' },
      planner: 'rules',
      notes: ['The model found no better reading (profit); understood by rules.'],
      usage,
    });
  });

  it('keeps the question back of the rules when the model asks back too', async () => {
    const first = aStep('rules', clarify('Which?'), { confidence: 0.6 });
    const cascade = createCascade({ first, second: aStep('model', clarify('What?')), threshold: 0.7 });
    expect((await cascade.plan(aRequest())).plan).toMatchObject({ question: 'Which?' });
  });

  it.each<[string, () => Promise<PlannedQuestion>, string]>([
    ['throws', () => Promise.reject(new Error('boom')), 'an unexpected failure'],
    ['never answers', () => new Promise(() => undefined), 'it did not answer in time'],
  ])('survives a model that %s', async (_title, work, reason) => {
    const first = aStep('rules', refusal('no_metric'), { confidence: 0.3 });
    const cascade = createCascade({ first, second: aFailingStep(work), threshold: 0.7, deadlineMs: 50 });
    expect(await cascade.plan(aRequest())).toMatchObject({
      planner: 'rules',
      plan: { reason: 'no_metric' },
      notes: [`The model could not be asked (${reason}); understood by rules.`],
    });
  });

  it('tells the model to stop when the time is over, and returns at once when the caller gives up', async () => {
    const signals: AbortSignal[] = [];
    const second: Planner = {
      name: 'model',
      plan: ({ signal }) => {
        if (signal) signals.push(signal);
        return new Promise(() => undefined);
      },
    };
    const first = aStep('rules', refusal('unclear'));
    await createCascade({ first, second, threshold: 0.7, deadlineMs: 20 }).plan(aRequest());
    expect(signals[0]?.aborted).toBe(true);
    const controller = new AbortController();
    const going = createCascade({ first, second, threshold: 0.7 }).plan(
      aRequest({ signal: controller.signal }),
    );
    await expect.poll(() => signals.length).toBe(2);
    controller.abort();
    expect((await going).notes).toStrictEqual([
      'The model could not be asked (the question was cancelled); understood by rules.',
    ]);
    expect(signals[1]?.aborted).toBe(true);
  });
});

describe('rules, then Bedrock', () => {
  let server: BedrockServer;
  beforeAll(async () => {
    useTestCredentials();
    server = await startBedrockServer();
  });
  afterAll(() => server.close());
  const rules = createRulesPlanner();
  const cascade = (timeoutMs = 4000) =>
    createCascade({ first: rules, second: aPlanner({ endpoint: server.url, timeoutMs }), threshold: 0.7 });
  const strange = 'did we disappoint anybody on our promises last month';

  it('answers what the rules know without any call', async () => {
    server.script(planReply(aMetricPlan()));
    expect(await cascade().plan(aRequest({ question: 'SLA breaches last month' }))).toMatchObject({
      planner: 'rules',
      plan: { kind: 'metric', metrics: ['sla_breaches'] },
    });
    expect(server.requests).toHaveLength(0);
  });

  it('answers by the model what the rules do not understand', async () => {
    server.script(planReply(aMetricPlan()));
    expect(await cascade().plan(aRequest({ question: strange }))).toMatchObject({
      planner: expect.stringMatching(/^bedrock:/),
      plan: { kind: 'metric', metrics: ['sla_breaches'] },
      promptVersion: 'plan-question-6',
    });
  });

  it('never asks the model to act', async () => {
    server.script(planReply(aMetricPlan()));
    const planned = await cascade().plan(aRequest({ question: 'close ticket 4711' }));
    expect(planned).toMatchObject({ planner: 'rules', plan: { kind: 'refuse', reason: 'action' } });
    expect(server.requests).toHaveLength(0);
  });

  it.each<[string, BedrockReply]>([
    ['is throttled', errorReply('ThrottlingException', 429)],
    ['denies access', errorReply('AccessDeniedException', 403)],
    ['hangs', { kind: 'hang' }],
    ['pours', { kind: 'endless' }],
    ['answers with something else', planReply({ kind: 'sql', text: 'SELECT 1' })],
    ['names what is not there', planReply(aMetricPlan({ metrics: ['profit'] }))],
  ])('gives exactly the plan of the rules when the model %s', async (_title, reply) => {
    server.script(reply);
    const request = aRequest({ question: strange });
    const alone = await rules.plan(request);
    const planned = await cascade(300).plan(request);
    expect(planned.plan).toStrictEqual(alone.plan);
    expect(planned.planner).toBe('rules');
    expect(planned.notes).toHaveLength(alone.notes.length + 1);
  });
});
