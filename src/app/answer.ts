import type { Asker } from '../access/asker.ts';
import type { AnswerDeps } from '../interactions/answer-deps.ts';
import { answerQuestion } from '../interactions/answer-question.ts';
import { exportAnswer } from '../interactions/answers/export/export-answer.ts';
import { removeOwnAlert, showOwnAlerts } from '../interactions/answers/own-alerts.ts';
import {
  type AfterPress,
  afterAnswer,
  pressAnswerButton,
} from '../interactions/answers/press-answer-button.ts';
import { rerunAnswer } from '../interactions/answers/rerun-answer.ts';
import { addToBoard, removeFromBoard, showOwnBoard } from '../interactions/answers/saved-questions.ts';
import { showAnswer } from '../interactions/answers/show-answer.ts';
import { showFeedback } from '../interactions/answers/show-feedback.ts';
import { afterExport, type Submitted, submitAnswerForm } from '../interactions/answers/submit-answer-form.ts';
import { clarifyQuestion } from '../interactions/clarify-question.ts';
import type { QuestionRequest } from '../interactions/create-interactions.ts';
import type { ActRequest, CommandRequest, SubmitRequest } from '../interactions/interactions.ts';
import type { AnswerCommand } from '../interactions/parse-command.ts';
import type { Message } from '../messages/message.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
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

/** A press under an answer; null: none of these. */
export function pressAnswer(heed: Heed, request: ActRequest, asker: Asker): Promise<AfterPress | null> {
  const { action, value, requestId } = request;
  return pressAnswerButton(answerDeps(heed), {
    asker,
    action,
    value,
    requestId,
    surface: surfaceOf(request),
  });
}

/** A dialog of an answer; null: none of these. */
export function submitAnswer(heed: Heed, request: SubmitRequest, asker: Asker): Promise<Submitted | null> {
  const { form, state, answers, requestId } = request;
  const surface = surfaceOf(request);
  return submitAnswerForm(answerDeps(heed), { asker, form, state, answers, requestId, surface });
}

/** `/heed answer …`, `/heed export …`, `/heed feedback`. */
export async function answerCommand(
  heed: Heed,
  command: AnswerCommand,
  { channelId, requestId }: CommandRequest,
  asker: Asker,
): Promise<AfterPress> {
  const deps = answerDeps(heed);
  const surface = { platform: 'slack', conversation: channelId, threadId: null };
  switch (command.kind) {
    case 'answer':
      return { kind: 'private', message: await showAnswer(deps, asker, command.id) };
    case 'again':
      return afterAnswer(await rerunAnswer(deps, { asker, surface, requestId }, command.id));
    case 'export': {
      const { id: answerId, format } = command;
      return afterExport(await exportAnswer(deps, { asker, surface, answerId, format }));
    }
    case 'feedback':
      return { kind: 'private', message: await showFeedback(deps, asker) };
    case 'own-alerts':
      return { kind: 'private', message: await showOwnAlerts(deps, asker) };
    case 'own-alert-delete':
      return { kind: 'private', message: await removeOwnAlert(deps, asker, command.id) };
    case 'own-board':
      return { kind: 'private', message: await showOwnBoard(deps, asker) };
    case 'own-board-add':
      return { kind: 'private', message: await addToBoard(deps, asker, null, command.name) };
    case 'own-board-remove':
      return { kind: 'private', message: await removeFromBoard(deps, asker, command.name) };
    default:
      return exhaustive(command);
  }
}

const surfaceOf = ({ channelId, threadId }: Pick<ActRequest, 'channelId' | 'threadId'>) => ({
  platform: 'slack',
  conversation: channelId,
  threadId,
});

export function answerDeps(heed: Heed): AnswerDeps {
  return {
    store: heed.store,
    catalogue: heed.catalogue,
    planner: heed.planner,
    ...(heed.summariser === undefined ? {} : { summariser: heed.summariser }),
    clock: heed.clock,
    log: heed.log,
    spreads: heed.spreads,
    values: heed.values,
    names: heed.names,
    cache: heed.cache,
    ...(heed.costGate === undefined ? {} : { costGate: heed.costGate }),
    onAnswered: heed.metrics.answered,
    fiscalStartMonth: heed.settings.pipeline.fiscalStartMonth,
  };
}
