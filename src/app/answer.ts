import type { Asker } from '../access/asker.ts';
import type { AnswerDeps } from '../interactions/answer-deps.ts';
import { answerQuestion } from '../interactions/answer-question.ts';
import { clarifyQuestion } from '../interactions/clarify-question.ts';
import type { QuestionRequest } from '../interactions/create-interactions.ts';
import type { ActRequest } from '../interactions/interactions.ts';
import type { Message } from '../messages/message.ts';
import type { Heed } from './open-heed.ts';

/** Answers a question that came from a conversation or a command. */
export async function answerMessage(heed: Heed, request: QuestionRequest): Promise<Message> {
  const { asker, question, requestId, channelId, threadId } = request;
  const surface = { platform: 'slack', conversation: channelId, threadId };
  const { message, answer } = await answerQuestion(answerDeps(heed), { asker, question, surface, requestId });
  heed.log.info(
    {
      requestId,
      answerId: answer.id,
      outcome: answer.outcome,
      planner: answer.planner,
      latencyMs: answer.latencyMs,
    },
    'question answered',
  );
  return message;
}

/** Answers with the plan of a pressed option; null: the button is none of ours. */
export async function answerChoice(heed: Heed, request: ActRequest, asker: Asker): Promise<Message | null> {
  if (request.action !== 'clarify-question') return null;
  const surface = { platform: 'slack', conversation: request.channelId, threadId: request.threadId };
  const { message } = await clarifyQuestion(
    answerDeps(heed),
    { asker, surface, requestId: request.requestId },
    request.value,
  );
  return message;
}

export function answerDeps(heed: Heed): AnswerDeps {
  return {
    store: heed.store,
    catalogue: heed.catalogue,
    planner: heed.planner,
    ...(heed.summariser === undefined ? {} : { summariser: heed.summariser }),
    clock: heed.clock,
    log: heed.log,
    fiscalStartMonth: heed.settings.pipeline.fiscalStartMonth,
  };
}
