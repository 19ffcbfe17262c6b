import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { createBedrockPlanner } from '../../src/planner/bedrock/bedrock-planner.ts';
import {
  type StandInServer,
  startStandInServer,
} from '../../src/planner/bedrock/stand-in/stand-in-server.ts';
import { planSchema } from '../../src/query/metric-query.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { silentLog } from '../../src/toolkit/log.ts';
import { modelId, region, useTestCredentials } from '../planner/bedrock/support.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { asker, now, seedWorld } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';
import { brokenPlans } from './support/broken-plans.ts';

const broken = brokenPlans();
let store: Store;
let server: StandInServer;

/** An answer of Converse around an input that may be no JSON. */
const bodyOf = (input: string): string =>
  `{"metrics":{"latencyMs":1},"output":{"message":{"role":"assistant","content":[{"toolUse":{"toolUseId":"t1","name":"answer_plan","input":${input}}}]}},"stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}}`;

beforeAll(async () => {
  useTestCredentials();
  store = await openTestStore();
  await seedWorld(store);
  server = await startStandInServer({
    reply: ({ body }) => {
      const index = Number(/case (\d+)/.exec(JSON.stringify(body.messages))?.[1]);
      return {
        kind: 'raw',
        status: 200,
        contentType: 'application/json',
        body: bodyOf(broken[index]?.input ?? ''),
      };
    },
  });
});
afterAll(() => server.close());

it('knows 318 kinds of broken plans', () => {
  expect(broken).toHaveLength(318);
  expect(new Set(broken.map(({ title }) => title)).size).toBe(318);
});

it('answers or refuses visibly, within the deadline, whatever comes in the place of a plan', async () => {
  const deps = {
    store,
    catalogue: theCatalogue(),
    planner: createBedrockPlanner({
      ...{ region, modelId, endpoint: server.url, timeoutMs: 6000, maxTokens: 500 },
      ...{ log: silentLog, clock: fixedClock(now) },
    }),
    clock: fixedClock(now),
    deadlineMs: 15_000,
  };
  const surface = { platform: 'cli', conversation: null, threadId: null };
  const outcomes = new Map<string, number>();
  for (const [index, { title }] of broken.entries()) {
    const request = { asker: asker('Ann Admin'), question: `case ${index}`, surface, requestId: `r${index}` };
    const { answer, message } = await answerQuestion(deps, request);
    expect(['answered', 'clarified', 'refused'], title).toContain(answer.outcome);
    expect(message.text.trim(), title).not.toBe('');
    expect(message.blocks.length, title).toBeGreaterThan(0);
    expect(answer.latencyMs, title).toBeLessThan(15_000);
    if (answer.plan !== null) expect(planSchema.safeParse(answer.plan).success, title).toBe(true);
    outcomes.set(answer.outcome, (outcomes.get(answer.outcome) ?? 0) + 1);
  }
  const stored = await store.db.selectFrom('answer').select('id').execute();
  expect(stored).toHaveLength(broken.length);
  expect(outcomes.get('refused')).toBeGreaterThan(200);
}, 120_000);
