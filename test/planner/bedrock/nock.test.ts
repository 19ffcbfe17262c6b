import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aMetricPlan, aPlanner, aRequest, modelId, region, useTestCredentials } from './support.ts';

// The address of the service itself, without any endpoint in the configuration.
const host = `https://bedrock-runtime.${region}.amazonaws.com`;
const path = `/model/${encodeURIComponent(modelId)}/converse`;

beforeEach(() => {
  if (!nock.isActive()) nock.activate();
  useTestCredentials();
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
});

it('asks the host of the region over HTTP/1.1 and reads its plan', async () => {
  const scope = nock(host, { reqheaders: { authorization: /^AWS4-HMAC-SHA256 Credential=AKIA/ } })
    .post(path, (body: { toolConfig?: { toolChoice?: unknown } }) =>
      expect.objectContaining({ tool: { name: 'answer_plan' } }).asymmetricMatch(body.toolConfig?.toolChoice),
    )
    .reply(200, {
      metrics: { latencyMs: 700 },
      output: {
        message: {
          role: 'assistant',
          content: [{ toolUse: { toolUseId: 't1', name: 'answer_plan', input: { plan: aMetricPlan() } } }],
        },
      },
      stopReason: 'tool_use',
      usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
    });
  const planned = await aPlanner().plan(aRequest());
  expect(planned).toMatchObject({
    plan: aMetricPlan(),
    planner: `bedrock:${modelId}`,
    usage: { inputTokens: 10, outputTokens: 5 },
  });
  expect(scope.isDone()).toBe(true);
});

it('refuses as unavailable when the host denies access', async () => {
  const scope = nock(host)
    .post(path)
    .reply(403, { message: 'no' }, { 'x-amzn-errortype': 'AccessDeniedException' });
  const planned = await aPlanner().plan(aRequest());
  expect(planned.plan).toStrictEqual({
    kind: 'refuse',
    reason: 'unavailable',
    detail: 'access to the model is denied',
    nearestMetrics: [],
  });
  expect(scope.isDone()).toBe(true);
});
