import { filterCatalogue } from '../../catalogue/filter-catalogue.ts';
import { simpleParts } from '../../catalogue/lookup.ts';
import {
  answerActions,
  type FurtherAction,
  furtherActions,
  readAnswerValue,
} from '../../messages/answer-actions.ts';
import type { Form } from '../../messages/form.ts';
import type { Message } from '../../messages/message.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import { ownAlertActions } from '../../messages/own-alert-message.ts';
import type { QueryPlan } from '../../query/metric-query.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { AnswerDeps, AnsweredQuestion, QuestionRequest } from '../answer-deps.ts';
import { drillAnswer, listAnswerRecords } from './drill-answer.ts';
import type { ExportDeps } from './export/export-answer.ts';
import { buildExportForm } from './export/export-form.ts';
import { buildFilterForm } from './filter-form.ts';
import { type Found, type FoundAnswer, findAnswer } from './find-answer.ts';
import { buildFeedbackForm, giveFeedback } from './give-feedback.ts';
import { buildAlertForm, removeOwnAlert } from './own-alerts.ts';
import { rerunAnswer } from './rerun-answer.ts';
import { buildSaveForm } from './saved-questions.ts';
import { showAnswer } from './show-answer.ts';

/** What follows a press under an answer. */
export type AfterPress =
  /** A new answer, for the conversation that the button stands in. */
  | { readonly kind: 'answer'; readonly message: Message }
  /** For the presser alone. */
  | { readonly kind: 'private'; readonly message: Message }
  /** A dialog; `message` where none can be opened. */
  | { readonly kind: 'form'; readonly form: Form; readonly message: Message }
  /** A message with a file that goes out with it. */
  | {
      readonly kind: 'file';
      readonly message: Message;
      readonly file: { readonly id: string; readonly content: Uint8Array };
    };

export interface AnswerPress extends Omit<QuestionRequest, 'question'> {
  /** Name of the action as in `messages`. */
  readonly action: string;
  readonly value: string;
}

/** Every button and menu under an answer; null for an action that is none of them. */
export async function pressAnswerButton(deps: ExportDeps, press: AnswerPress): Promise<AfterPress | null> {
  if (press.action === ownAlertActions.remove)
    return { kind: 'private', message: await removeOwnAlert(deps, press.asker, press.value) };
  if (!(Object.values(answerActions) as readonly string[]).includes(press.action)) return null;
  const read = readAnswerValue(press.value);
  if (read === null) return unreadable;
  const { answerId, choice } = read;
  switch (press.action) {
    case answerActions.drill:
      return choice === null ? unreadable : afterAnswer(await drillAnswer(deps, press, answerId, choice));
    case answerActions.records:
      return choice === null
        ? unreadable
        : afterAnswer(await listAnswerRecords(deps, press, answerId, choice));
    case answerActions.filter:
      return await openFor(deps, press, answerId, (found) => filterFormFor(deps, press, found));
    case answerActions.helpful:
      return { kind: 'private', message: await giveFeedback(deps, press.asker, answerId, null) };
    case answerActions.unhelpful:
      return { kind: 'form', form: buildFeedbackForm(answerId), message: noForm };
    case answerActions.again:
      return afterAnswer(await rerunAnswer(deps, press, answerId));
    case answerActions.explain:
      return { kind: 'private', message: await showAnswer(deps, press.asker, answerId) };
    default: {
      const verb = furtherActions.find((one) => one === choice);
      return verb === undefined ? unreadable : await pressFurther(deps, press, answerId, verb);
    }
  }
}

async function pressFurther(
  deps: ExportDeps,
  press: AnswerPress,
  answerId: string,
  verb: FurtherAction,
): Promise<AfterPress> {
  switch (verb) {
    case 'again':
      return afterAnswer(await rerunAnswer(deps, press, answerId));
    case 'explain':
      return { kind: 'private', message: await showAnswer(deps, press.asker, answerId) };
    case 'export':
      return await openFor(deps, press, answerId, () =>
        buildExportForm(answerId, { hasWorkbook: deps.writeWorkbook !== undefined }),
      );
    case 'alert':
      return await openFor(deps, press, answerId, (found) => buildAlertForm(deps, found));
    case 'save':
      return await openFor(deps, press, answerId, ({ kept }) => buildSaveForm(answerId, kept.question));
    default:
      return exhaustive(verb);
  }
}

async function openFor(
  deps: AnswerDeps,
  { asker }: AnswerPress,
  answerId: string,
  build: (found: FoundAnswer) => Form,
): Promise<AfterPress> {
  const found = await findAnswer(deps, asker, answerId);
  if (!found.ok) return { kind: 'private', message: found.message };
  return { kind: 'form', form: build(found.value), message: noForm };
}

function filterFormFor(deps: AnswerDeps, { asker }: AnswerPress, { kept, plan }: FoundAnswer): Form {
  const entity = entityOfPlan(deps, asker.role, plan);
  const spreads = entity === undefined ? undefined : deps.spreads?.of(entity);
  const answer = { id: kept.id, question: kept.question, plan };
  return buildFilterForm(deps.catalogue, asker, answer, spreads ?? new Map());
}

function entityOfPlan(
  deps: AnswerDeps,
  role: QuestionRequest['asker']['role'],
  plan: QueryPlan,
): string | undefined {
  if (plan.kind === 'list') return plan.entity;
  const mine = filterCatalogue(deps.catalogue, role);
  const metric = mine.metrics.get(plan.metrics[0] ?? '');
  return metric && simpleParts(mine, metric)[0]?.entity;
}

/** A new answer goes where the button stands; what stands in the way is for the presser alone. */
export function afterAnswer(found: Found<AnsweredQuestion>): AfterPress {
  return found.ok
    ? { kind: 'answer', message: found.value.message }
    : { kind: 'private', message: found.message };
}

const unreadable: AfterPress = {
  kind: 'private',
  message: buildNotice(
    'This button is from an older version of Heed. Ask the question again to get new ones.',
  ),
};
const noForm = buildNotice('The dialog could not be opened in time. Please press again.');
