import type { AnsweredQuestion } from '../../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../../src/interactions/answer-question.ts';
import { createBedrockPlanner } from '../../../src/planner/bedrock/bedrock-planner.ts';
import { startStandInServer } from '../../../src/planner/bedrock/stand-in/stand-in-server.ts';
import type { Store } from '../../../src/store/database.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { silentLog } from '../../../src/toolkit/log.ts';
import { modelId, region } from '../../planner/bedrock/support.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { asker, now } from '../../query/support/world.ts';

/** An answer of Converse around an input that may be no JSON. */
const bodyOf = (input: string): string =>
  `{"metrics":{"latencyMs":1},"output":{"message":{"role":"assistant","content":[{"toolUse":{"toolUseId":"t1","name":"answer_plan","input":${input}}}]}},"stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}}`;

/** Asks one question per input; each time the model hands over that input. */
export async function askWithInputs(
  store: Store,
  inputs: readonly string[],
  judge: (index: number, answered: AnsweredQuestion) => void,
): Promise<void> {
  const server = await startStandInServer({
    reply: ({ body }) => {
      const index = Number(/case (\d+)/.exec(JSON.stringify(body.messages))?.[1]);
      return { kind: 'raw', status: 200, contentType: 'application/json', body: bodyOf(inputs[index] ?? '') };
    },
  });
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
  for (const index of inputs.keys()) {
    const about = { asker: asker('Ann Admin'), question: `case ${index}`, surface, requestId: `r${index}` };
    judge(index, await answerQuestion(deps, about));
  }
  await server.close();
}
